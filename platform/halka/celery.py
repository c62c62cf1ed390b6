"""Background work: `celery -A halka.celery worker`, `celery -A halka.celery beat`."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun
from django.conf import settings
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
app = Celery("halka")
app.config_from_object(settings.CELERY)
# Celery would hang up before and after each task; a new connection costs more than most tasks do.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize
app.autodiscover_tasks()


@task_prerun.connect
@task_postrun.connect
def close_broken_connections(sender: Any, **_: Any) -> None:
    """What Django does around a request: drops the broken and the aged."""
    if not sender.request.is_eager:
        close_old_connections()
