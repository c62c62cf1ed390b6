"""A developer's machine: embedded servers, secrets that production refuses."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
os.environ.setdefault("SECRET_KEY", "development-only-secret-key-that-production-settings-refuse")
os.environ.setdefault("MASTER_KEYS", "development-only-master-key-that-production-refuses")
os.environ.setdefault("DEMO", "1")

from halka.settings.base import *  # noqa: F403

DEBUG = os.environ.get("DEBUG", "0") == "1"
WEBHOOKS_REACH_INSIDE = True  # a receiver on one's own machine
