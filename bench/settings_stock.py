"""The same apps and tables on stock django-tenants: its backend, one login, its own way of creating a tenant."""

from bench.settings_ours import *  # noqa: F403
from bench.settings_ours import DATABASES, MIDDLEWARE

DATABASES["default"]["ENGINE"] = "django_tenants.postgresql_backend"
DATABASES["default"]["NAME"] += "_stock"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
MIDDLEWARE = [
    "django_tenants.middleware.main.TenantMainMiddleware",
    *(name for name in MIDDLEWARE if not name.startswith("tenants.")),
]
