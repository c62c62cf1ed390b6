"""The suite's settings for a worker of its own, which really takes its tasks from the broker."""

import os

from halka.settings.test import *  # noqa: F403
from halka.settings.test import CELERY

CELERY["task_always_eager"] = False
CELERY["task_default_queue"] = os.environ["WORKER_QUEUE"]
CELERY["task_routes"] = {}
WEBHOOKS_REACH_INSIDE = True
