"""Halka as in production, in a database of the bench's own."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-secret-key-of-the-benches")
os.environ.setdefault("MASTER_KEYS", "development-only-master-key-of-the-benches")
os.environ.setdefault("EMAIL_URL", "console:")
os.environ["DEMO"] = "0"

from halka.settings.base import *  # noqa: F403
from halka.settings.base import CACHES, DATABASES, LOGGING, ROOT, STORAGES

DATABASES["default"]["NAME"] += "_bench"
KEYRING_ROOT = ROOT / "var" / "bench-keys"
for _cache in CACHES.values():
    _cache["KEY_PREFIX"] = "bench"
# Its list of files is made by `make run`; the names of files are not what is measured.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "ERROR"}}
