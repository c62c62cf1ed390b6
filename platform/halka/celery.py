"""Background work: `celery -A halka.celery worker`, `celery -A halka.celery beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
app = Celery("halka")
app.config_from_object("django.conf:settings.CELERY")
app.autodiscover_tasks()
