"""Work in the background that its owner can watch, take up again and fetch the result of.

What a kind of work does is registered by the part that offers it: `register(JobKind.EXPORT, run, permission)`. A worker
that dies leaves a job that is taken up again, from the beginning: work must come out the same when it is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Role, Seat
from halka.common.calendars import active_calendar, calendar_in_use
from halka.common.current import required_organisation
from halka.common.errors import Refused
from halka.common.sealing import files
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import Job
from tenants.organisations.isolation import after_commit, send_after_commit
from tenants.organisations.models import Colleague

logger = logging.getLogger(__name__)

KEPT: Final = timedelta(hours=24)  # from the last thing that happened to it
SILENCE: Final = timedelta(minutes=2)  # of a worker that is taken for dead
TURNS: Final = 5  # work that kills its worker is not taken up for ever


class JobBroken(Refused):
    """The work cannot be done; the message is shown to the owner. Nothing is to be repaired by trying again."""


class JobTakenOver(Exception):
    """Another worker does this now: whoever meets this stops."""


@dataclass(frozen=True)
class Work:
    """What a kind of job does. `run(job, seat)` is called inside of the organisation, in the owner's language.

    `may_fetch(job, seat)` is asked, beside the permission, before the work and before each download. `words(job)` tells
    what came out of it; `page` names the address, with the job's key, where its owner goes on with a draft.
    """

    run: Callable[[Job, Seat], None]
    permission: Permission
    may_fetch: Callable[[Job, Seat], bool]
    words: Callable[[Job], list[str]]
    page: str


_works: dict[str, Work] = {}


def register(
    kind: JobKind,
    run: Callable[[Job, Seat], None],
    permission: Permission,
    may_fetch: Callable[[Job, Seat], bool] = lambda job, seat: True,
    words: Callable[[Job], list[str]] = lambda job: [],
    page: str = "",
) -> None:
    """Called once for each kind, when the app is ready."""
    _works[kind] = Work(run, permission, may_fetch, words, page)


def work_of(job: Job) -> Work:
    return _works[job.kind]


def start_job(
    *,
    kind: JobKind,
    ask: dict[str, Any],
    by: Seat,
    file: Iterable[bytes] | None = None,
    file_name: str = "",
    draft: bool = False,
) -> Job:
    """A job of one's own, sent to a worker; a `draft` waits for `begin`. `file` is sealed with it.

    Raises PermissionDenied.
    """
    job = Job(
        kind=kind,
        state=JobState.DRAFT if draft else JobState.WAITING,
        ask=ask,
        file_name=file_name[-200:],
        owner_id=by.membership_id,
        language=get_language() or required_organisation().language,
        calendar=active_calendar().value,
        expires_at=timezone.now() + KEPT,
    )
    if by.membership_id is None or not is_allowed(job, by):
        raise PermissionDenied(_not_allowed())
    if file is not None:
        job.file = files.write(row=job, column="file", source=file)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            record(action="job.begun", on=job, detail={"work": job.kind}, by=by)
            if not draft:
                _send(job)
    except BaseException:
        if job.file:
            files.remove(job.file)
        raise
    return job


def begin(*, job: Job, ask: dict[str, Any], by: Seat) -> Job:
    """Sends a draft to a worker. Raises Refused where it is under way already."""
    with transaction.atomic():
        saved: Job = Job.objects.select_for_update().get(pk=job.pk)
        if saved.state != JobState.DRAFT:
            raise Refused(_("This is under way already."))
        saved.ask, saved.state, saved.done, saved.turn = ask, JobState.WAITING, 0, 0
        saved.expires_at = timezone.now() + KEPT
        saved.save(force_update=True)
        record(action="job.begun", on=saved, detail={"work": saved.kind}, by=by)
        _send(saved)
    return saved


def resume(*, job: Job, by: Seat) -> Job:
    """Takes up work whose worker is gone, or that failed. Raises Refused where nothing stands still."""
    with transaction.atomic():
        saved: Job = Job.objects.select_for_update().get(pk=job.pk)
        if not (saved.state == JobState.FAILED or stands_still(saved)):
            raise Refused(_("This is under way already."))
        saved.state, saved.turn, saved.created_at = JobState.WAITING, 0, timezone.now()
        saved.finished_at = saved.beat_at = None
        saved.expires_at = timezone.now() + KEPT
        saved.save(force_update=True)
        _send(saved)
    return saved


def stands_still(job: Job) -> bool:
    """Whether no worker has been seen at it for a while."""
    if job.state not in (JobState.WAITING, JobState.RUNNING):
        return False
    return (job.beat_at or job.created_at) < timezone.now() - SILENCE


def is_allowed(job: Job, seat: Seat) -> bool:
    """Whether somebody may have this kind of work done, and fetch what comes out of it, as things stand now."""
    work = _works[job.kind]
    return seat.can(work.permission) and work.may_fetch(job, seat)


def seat_of_owner(job: Job) -> Seat | None:
    """The owner's place in the organisation as it is now; None for somebody who has left."""
    owner = Colleague.objects.filter(pk__in=[job.owner_id], ended_at=None).first()
    return Seat(owner.user_id, owner.pk, Role(owner.role), owner.name) if owner else None


# --- the worker's side ------------------------------------------------------------------------------------
def run(job_id: UUID) -> bool:
    """Does the work, unless another worker is at it, it is done, or its owner may not have it done any more."""
    job = _taken(job_id)
    if job is None:
        return False
    zone = ZoneInfo(required_organisation().time_zone)
    with translation.override(job.language), calendar_in_use(job.calendar), timezone.override(zone):
        try:
            _run(job)
        except JobTakenOver:
            return False
        except Refused as refusal:
            _fail(job, str(refusal))
        except Exception:
            logger.exception("job %s failed", job.pk)
            _fail(job, "")
    return True


def _taken(job_id: UUID) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        job: Job | None = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None or not (job.state == JobState.WAITING or (job.state == JobState.RUNNING and stands_still(job))):
            return None
        job.turn += 1
        job.state = JobState.FAILED if job.turn > TURNS else JobState.RUNNING
        job.beat_at = now
        job.finished_at = now if job.state == JobState.FAILED else None
        job.save(update_fields=["turn", "state", "beat_at", "finished_at"])
    return job if job.state == JobState.RUNNING else None


def _run(job: Job) -> None:
    seat = seat_of_owner(job)
    if seat is None or not is_allowed(job, seat):
        record(action="job.refused", on=job, detail={"work": job.kind}, by=seat or _gone(job))
        raise JobBroken(_not_allowed())
    _works[job.kind].run(job, seat)


def progress(job: Job, *, done: int, total: int | None = None, told: dict[str, Any] | None = None) -> None:
    """Notes how far it is; also the sign of life, so call it every few seconds. Raises JobTakenOver."""
    job.done, job.beat_at = done, timezone.now()
    values: dict[str, Any] = {"done": done, "beat_at": job.beat_at}
    if total is not None:
        values["total"] = job.total = total
    if told is not None:
        values["told"] = job.told = told
    _write(job, values)


def finish(
    job: Job,
    *,
    result: Iterable[bytes] | None = None,
    result_name: str = "",
    told: Callable[[], dict[str, Any]] | dict[str, Any] | None = None,
    also: Callable[[], object] = lambda: None,
) -> None:
    """The work is done; `result` is sealed and can be fetched. Raises JobTakenOver, and keeps no file then.

    `told` may be asked once the result is written; `also` is called in the transaction that ends the job.
    """
    _end(job, JobState.DONE, result, result_name, job.told if told is None else told, also)


def back_to_draft(
    job: Job,
    *,
    result: Iterable[bytes] | None = None,
    result_name: str,
    told: Callable[[], dict[str, Any]] | dict[str, Any],
) -> None:
    """A first part is done: its owner looks at what came out and decides. Raises JobTakenOver."""
    _end(job, JobState.DRAFT, result, result_name, told)


def _end(
    job: Job,
    state: JobState,
    result: Iterable[bytes] | None,
    result_name: str,
    told: Callable[[], dict[str, Any]] | dict[str, Any],
    also: Callable[[], object] = lambda: None,
) -> None:
    old, new = job.result, ""
    if result is not None:
        new = files.write(row=job, column="result", source=result)
    now = timezone.now()
    told = told() if callable(told) else told
    try:
        with transaction.atomic():
            values = {"state": state, "told": told, "finished_at": now, "beat_at": now, "expires_at": now + KEPT}
            sealed = {"result": new, "result_name": result_name if new else ""}
            _write(job, values | sealed)
            also()
            if old:
                after_commit(lambda: files.remove(old))
    except BaseException:
        if new:
            files.remove(new)
        raise
    for name, value in (values | sealed).items():
        setattr(job, name, value)


def fail(job: Job, reason: str) -> None:
    """Ends it with words for its owner."""
    _fail(job, reason)


def _fail(job: Job, reason: str) -> None:
    now = timezone.now()
    values = {"state": JobState.FAILED, "finished_at": now, "expires_at": now + KEPT, "told": {"reason": reason}}
    Job.objects.filter(pk=job.pk, turn=job.turn, state=JobState.RUNNING).update(**values)


def _write(job: Job, values: dict[str, Any]) -> None:
    if not Job.objects.filter(pk=job.pk, turn=job.turn, state=JobState.RUNNING).update(**values):
        raise JobTakenOver


def _send(job: Job) -> None:
    from tenants.caseloads.tasks.jobs import run_job

    send_after_commit(run_job, required_organisation().short_name, str(job.pk))


def _gone(job: Job) -> Seat:
    return Seat(0, job.owner_id, None, str(Colleague.objects.filter(pk__in=[job.owner_id]).first() or ""))


def _not_allowed() -> str:
    return _("Your role here does not allow this any more, or your membership has ended.")


# --- fetching and clearing away ------------------------------------------------------------------------------
def fetch(*, job: Job, by: Seat) -> Iterator[bytes]:
    """The result, part by part; that it was fetched is audited. Raises PermissionDenied, Refused."""
    if not is_allowed(job, by):
        record(action="job.refused", on=job, detail={"work": job.kind}, by=by)
        raise PermissionDenied(_not_allowed())
    if not job.result or job.expires_at <= timezone.now():
        raise Refused(_("The file is not kept any more. Make it again."))
    try:
        parts = files.read(row=job, column="result", name=job.result)
    except FileNotFoundError:
        raise Refused(_("The file is not kept any more. Make it again.")) from None
    record(action="job.fetched", on=job, detail={"work": job.kind}, by=by)
    return parts


def discard(*, job: Job, by: Seat) -> None:
    """Removes a job of one's own with its files. A worker that is at it stops at its next sign of life."""
    _remove(Job.objects.filter(pk=job.pk, owner=by.membership_id))


def remove_expired(now: datetime | None = None) -> int:
    """Jobs past their time, with their files. Returns how many."""
    return _remove(Job.objects.filter(expires_at__lt=now or timezone.now()))


def _remove(jobs: Any) -> int:
    with transaction.atomic():
        found = list(jobs.select_for_update().only("pk", "file", "result"))
        names = [name for job in found for name in (job.file, job.result) if name]
        Job.objects.filter(pk__in=[job.pk for job in found]).delete()
        for name in names:
            after_commit(partial(files.remove, name))
    return len(found)


def take_up_abandoned(now: datetime | None = None) -> int:
    """Sends what no worker is at to one. Returns how many."""
    before = (now or timezone.now()) - SILENCE
    waiting = Q(state=JobState.WAITING, created_at__lt=before)
    running = Q(state=JobState.RUNNING, beat_at__lt=before)
    with transaction.atomic():
        found = list(Job.objects.filter(waiting | running).only("pk"))
        for job in found:
            _send(job)
    return len(found)
