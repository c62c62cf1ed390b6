"""A plain Django project that keeps referrals: stock backend, one login, one database for all.

What stands around a request is the same as in Halka, without its walls.
"""

from bench.referral_settings import *  # noqa: F403
from bench.referral_settings import MIDDLEWARE, REST_FRAMEWORK, in_network

SCHEMA = "plain"  # holds what is private elsewhere; the search path finds it like any table of a plain project
globals().update(in_network("referrals_plain"))
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"  # noqa: F405
DATABASES["default"]["OPTIONS"]["options"] = f"-c search_path={SCHEMA},public"  # noqa: F405
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]  # its app insists; bench.work.plain takes it away
ROOT_URLCONF = "bench.work.plain_referrals"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(("tenants.", "knowledge_base."))]
REST_FRAMEWORK = {
    **REST_FRAMEWORK,
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": [],
    "EXCEPTION_HANDLER": "rest_framework.views.exception_handler",
}
