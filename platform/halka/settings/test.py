"""The suite: real servers, walls of the second kind so that a test can be rolled back."""

import os

os.environ.setdefault("SECRET_KEY", "development-only-secret-key-of-the-test-suite")
os.environ.setdefault("MASTER_KEYS", "development-only-master-key-of-the-test-suite")
os.environ.setdefault("DATABASE_WALLS", "local")
os.environ.setdefault("EMAIL_URL", "console:")

from halka.settings.base import *  # noqa: E402, F403
from halka.settings.base import CACHES, ROOT, STORAGES, TEMPLATES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_worker = os.environ.get("PYTEST_XDIST_WORKER", "single")
MEDIA_ROOT = ROOT / "var" / "test" / f"media-{_worker}"
CACHES["network"]["KEY_PREFIX"] = f"network-{_worker}"
CACHES["default"]["KEY_PREFIX"] = f"test-{_worker}"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
