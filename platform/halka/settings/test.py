"""The suite: real servers, walls of the second kind so that a test can be rolled back.

Each worker has a database and a cache database of its own.
"""

import os
import re

os.environ.setdefault("SECRET_KEY", "development-only-secret-key-of-the-test-suite")
os.environ.setdefault("MASTER_KEYS", "development-only-master-key-of-the-test-suite")
os.environ.setdefault("DATABASE_WALLS", "local")
os.environ.setdefault("EMAIL_URL", "console:")

from halka.settings.base import *  # noqa: F403
from halka.settings.base import BROKER_URL, CACHES, CELERY, DATABASES, ROOT, STORAGES

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "single")
MAINTENANCE_DATABASE = DATABASES["default"]["NAME"]
DATABASES["default"]["NAME"] = f"{MAINTENANCE_DATABASE}_test_{WORKER}"
# Beside the database, and as old: one folder for each server and database.
KEYRING_ROOT = ROOT / "var" / "test-keys" / f"{DATABASES['default']['PORT'] or 'socket'}-{DATABASES['default']['NAME']}"
WORKER_NUMBER = int(re.sub(r"\D", "", WORKER) or 0) % 20
for _cache in CACHES.values():
    _cache["LOCATION"] = re.sub(r"/\d+$", f"/{2 + WORKER_NUMBER}", BROKER_URL)
CELERY["task_always_eager"] = True
CELERY["task_eager_propagates"] = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "halka.common.keys.KeyHasher"]
MEDIA_ROOT = ROOT / "var" / "test" / f"media-{WORKER}"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = ROOT / "var" / "test" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected for tests, and WhiteNoise warns of no folder
