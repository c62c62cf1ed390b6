"""How long records are kept after they have ended, and removing what was kept long enough.

A rule removes nothing by itself: somebody who may has seen the preview and confirmed it, and the work takes nothing
that was not in it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit import history
from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain import jobs
from tenants.caseloads.domain.documents import forget_files
from tenants.caseloads.domain.erasure import NotErased, erase_client
from tenants.caseloads.domain.queries.person import has_history
from tenants.caseloads.enums.consents import ErasureReason, RetentionScope
from tenants.caseloads.enums.work import JobKind
from tenants.caseloads.models import Case, Client, Document, Job, JournalEntry, RetentionRule

LONGEST: Final = 600  # months


@dataclass(frozen=True)
class Amount:
    """What a rule would remove: people, and rows where it removes only parts of records."""

    people: int
    rows: int

    @property
    def is_nothing(self) -> bool:
        return not self.people and not self.rows


def set_rule(*, scope: str, months: int | None, seen_version: int | None = None, by: Seat) -> RetentionRule | None:
    """Keeps so many months; None keeps for ever. Raises EditedMeanwhile."""
    with transaction.atomic():
        rule = RetentionRule.objects.select_for_update().filter(scope=scope).first()
        if seen_version is not None and (rule.version if rule else 0) != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this since you opened it."))
        if months is None:
            if rule is not None:
                rule.delete()
                record(action="retention.changed", detail={"scope": scope, "months": 0}, by=by)
            return None
        if rule is not None and rule.months == months:
            return rule
        rule = rule or RetentionRule(scope=RetentionScope(scope), version=0)
        rule.months, rule.changed_at, rule.changed_by_id = months, timezone.now(), by.membership_id
        rule.version += 1
        rule.save()
        record(action="retention.changed", detail={"scope": scope, "months": months}, by=by)
    return rule


def cutoff_of(rule: RetentionRule, today: date | None = None) -> date:
    """What ended before this day has been kept long enough."""
    day = today or timezone.localdate()
    years, month = divmod(day.year * 12 + day.month - 1 - rule.months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def people_past(scope: str, before: date) -> models.QuerySet[Client]:
    """Whom a rule with this last day is about, whatever is left of them."""
    cases = Case.objects.filter(client=OuterRef("pk"))
    present = Client.objects.whole()
    if scope == RetentionScope.NEVER_ENROLLED:
        untouched = Q(last_contact_on=None) | Q(last_contact_on__lt=before)
        return present.filter(~Exists(cases), untouched, changed_at__date__lt=before)
    ended = present.filter(Exists(cases), ~Exists(cases.filter(Q(closed_on=None) | Q(closed_on__gte=before))))
    parts = _PARTS.get(scope)
    return ended.filter(Exists(parts.objects.filter(client=OuterRef("pk")))) if parts else ended


_PARTS: Final[dict[str, Any]] = {RetentionScope.DOCUMENTS: Document, RetentionScope.JOURNAL: JournalEntry}


def amount(scope: str, before: date) -> Amount:
    people = people_past(scope, before)
    parts = _PARTS.get(scope)
    return Amount(people.count(), parts.objects.filter(client__in=people).count() if parts else 0)


def start_retention(*, scope: str, before: date, seen: Amount, by: Seat) -> Job:
    """Removes what the preview showed, in the background.

    Raises Refused where more has come since the preview, or there is nothing; PermissionDenied.
    """
    rule = RetentionRule.objects.filter(scope=scope).first()
    if rule is None or cutoff_of(rule) < before:
        raise Refused(_("The period was changed since you looked. Look at it again."))
    now = amount(scope, before)
    if now.is_nothing:
        raise Refused(_("There is nothing to remove."))
    if now.people > seen.people or now.rows > seen.rows:
        raise Refused(_("More has come since you looked. Look at it again."))
    with transaction.atomic():
        ask = {"scope": scope, "before": before.isoformat()}
        job = jobs.start_job(kind=JobKind.RETENTION, ask=ask, by=by)
        record(action="retention.started", detail={"scope": scope, "shown": seen.people}, by=by)
    return job


def run(job: Job, seat: Seat) -> None:
    """What a worker does; taken up again, it goes on with what is left."""
    scope, before = job.ask["scope"], date.fromisoformat(job.ask["before"])
    keys = list(people_past(scope, before).order_by("pk").values_list("pk", flat=True))
    remove: Callable[[UUID, Seat], int] = _REMOVERS.get(scope, _person)
    removed = passed_over = 0
    jobs.progress(job, done=0, total=len(keys))
    for number, key in enumerate(keys, 1):
        if people_past(scope, before).filter(pk=key).exists():  # and has not come back meanwhile
            try:
                removed += remove(key, seat)
            except NotErased:
                passed_over += 1
        jobs.progress(job, done=number)
    told = {"removed": removed, "passed_over": passed_over}
    record(action="retention.removed", detail={"scope": scope, **told}, by=seat)
    jobs.finish(job, told=told)


def _person(key: UUID, by: Seat) -> int:
    erase_client(client=Client.objects.get(pk=key), reason=ErasureReason.RETENTION, by=by)
    return 1


def _documents(key: UUID, by: Seat) -> int:
    with transaction.atomic():
        found = Document.objects.filter(client=key)
        keys = list(found.values_list("pk", flat=True))
        forget_files(found)
        found.delete()
        _forget(Document, keys, key, by)
    return len(keys)


def _journal(key: UUID, by: Seat) -> int:
    with transaction.atomic():
        keys = list(JournalEntry.objects.filter(client=key).values_list("pk", flat=True))
        JournalEntry.objects.filter(pk__in=keys).delete()
        _forget(JournalEntry, keys, key, by)
    return len(keys)


def _forget(model: Any, keys: list[UUID], about: UUID, by: Seat) -> None:
    if keys and has_history(model):
        history.forget(model, keys, about=about, by=by)


_REMOVERS: Final = {RetentionScope.DOCUMENTS: _documents, RetentionScope.JOURNAL: _journal}


def register() -> None:
    jobs.register(JobKind.RETENTION, run, Permission.RIGHTS_MANAGE)
