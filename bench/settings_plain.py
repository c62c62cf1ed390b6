"""The same pages as a plain Django project with one tenant: stock backend, one login, no walls.

All tables stand in one database for one organisation; whoever is signed in may see the page.
"""

from bench.settings_ours import *  # noqa: F403
from bench.settings_ours import CACHES, DATABASES, MIDDLEWARE

SCHEMA = "plain"  # holds what is private elsewhere; the search path finds it like any table of a plain project
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["NAME"] += "_plain"
DATABASES["default"]["OPTIONS"]["options"] = f"-c search_path={SCHEMA},public"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]  # its app insists; bench.work.plain takes it away
for _cache in CACHES.values():
    _cache["BACKEND"] = "django.core.cache.backends.redis.RedisCache"
    _cache["KEY_PREFIX"] = "bench-plain"
    _cache.pop("KEY_FUNCTION", None)
MIDDLEWARE = [
    {
        "tenants.organisations.middleware.find_organisation": "bench.work.plain.one_organisation",
        "tenants.organisations.middleware.enter_organisation": "bench.work.plain.signed_in_only",
    }.get(name, name)
    for name in MIDDLEWARE
]
