"""Around background tasks, as `middleware` is around requests: a task's lines carry the request it came from and the
organisation it is for; how it ended is counted.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any, Final

from celery.signals import before_task_publish, task_postrun, task_prerun

from halka.operating import counters, lines

REQUEST, ORGANISATION = "halka_request", "halka_organisation"
SINCE: Final = "_halka_watched"


@before_task_publish.connect
def send_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """With the message: which request it came from, and which organisation's code sent it."""
    about = lines.context()
    if headers is None or about is None:
        return
    headers[REQUEST] = about.request_id
    headers[ORGANISATION] = lines.organisation_of(about)


@task_prerun.connect
def begin(task_id: str = "", task: Any = None, args: Any = (), **_: Any) -> None:
    around = lines.context()
    sent = task.request.get(REQUEST) or (around.request_id if around else task_id.replace("-", ""))
    stack = ExitStack()
    stack.enter_context(lines.within(lines.Context(sent, organisation=_organisation_of(task, args), task=task.name)))
    setattr(task.request, SINCE, (time.perf_counter(), stack))


def _organisation_of(task: Any, args: Any) -> str:
    """A task that enters an organisation has its short name before everything else."""
    if getattr(task, "enters_organisation", False):
        return str(args[0]) if args else ""
    return task.request.get(ORGANISATION) or ""


@task_postrun.connect
def end(task: Any = None, state: str | None = None, **_: Any) -> None:
    watched = task.request.get(SINCE)
    if watched is None:
        return
    began, stack = watched
    stack.close()
    queue = (task.request.get("delivery_info") or {}).get("routing_key") or "none"
    counters.add("halka_tasks_total", task.name, (state or "unknown").lower())
    counters.observe("halka_task_seconds", queue, seconds=time.perf_counter() - began)
    counters.write_if_due()
