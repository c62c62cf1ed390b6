"""Background work: `celery -A halka.celery worker`, `celery -A halka.celery beat`."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
app = Celery("halka")
app.config_from_object(settings.CELERY)
app.autodiscover_tasks()
