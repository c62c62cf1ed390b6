"""The machine of a merger of two members, and what a worker has to do for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.identifiers import uuid7
from network_registry.membership.enums import (
    MERGER_HOLDS,
    MERGER_OPEN,
    MERGER_TRANSITIONS,
    MERGER_UNDO_DAYS,
    MERGER_WORKED_ON,
    MERGING_KINDS,
    Actor,
    MergerMatter,
    MergerState,
)
from network_registry.membership.errors import CannotMerge, Superseded
from network_registry.membership.models import Merger, MergerAnswer
from tenants.organisations.enums import State
from tenants.organisations.enums_leaving import ClosingState
from tenants.organisations.models import Closing, Organisation

WAIT: Final = timedelta(minutes=3)  # before a worker that said nothing is taken for dead
CONFIRMED_FOR: Final = timedelta(days=1)
SIDES: Final = ("absorbed", "remaining")
MERGING_STATES: Final = (State.PROVISIONAL, State.ACTIVE, State.SUSPENDED)


# --- who can be merged ----------------------------------------------------------------------------------------
def mergeable() -> QuerySet[Organisation]:
    """Those that could be one of both; by short name."""
    closing = Closing.objects.exclude(state=ClosingState.CALLED_OFF).values("organisation")
    found = Organisation.objects.filter(kind__in=MERGING_KINDS, state__in=MERGING_STATES).exclude(pk__in=closing)
    open_ones = Merger.objects.filter(state__in=MERGER_OPEN)
    return found.exclude(
        Q(pk__in=open_ones.values("absorbed")) | Q(pk__in=open_ones.values("remaining"))
        | Q(pk__in=Merger.objects.filter(state=MergerState.MERGED, settled_at=None).values("remaining"))
    ).order_by("schema_name")  # fmt: skip


def check_sides(absorbed: UUID, remaining: UUID) -> None:
    """Raises CannotMerge."""
    if absorbed == remaining:
        raise CannotMerge(_("Choose two different organisations."))
    if mergeable().filter(pk__in=(absorbed, remaining)).count() < len(SIDES):
        raise CannotMerge(
            _(
                "One of them cannot be merged now: it is leaving or closed, or another merger of it is under way or "
                "can still be undone."
            )
        )


def obstacle(organisation: Organisation) -> str:
    """Why an absorbed organisation does not come back by itself. Empty for others."""
    if not Merger.objects.filter(absorbed=organisation.pk, state__in=MERGER_HOLDS).exists():
        return ""
    return _("It is merged with another organisation. Undo the merger instead.")


def hold(organisation: Organisation) -> str:
    """Why the end of an absorbed organisation is not called off by itself: what it had lives elsewhere."""
    if not Merger.objects.filter(absorbed=organisation.pk, state=MergerState.MERGED).exists():
        return ""
    return _("It is merged with another organisation. Undo the merger instead.")


# --- moving ---------------------------------------------------------------------------------------------------
def move(merger: Merger, to: MergerState, *, actor: Actor, **values: Any) -> None:
    """Moves it in the caller's transaction. Raises CannotMerge where it is elsewhere by now."""
    sources = [state for state, targets in MERGER_TRANSITIONS.items() if actor in targets.get(to, ())]
    changes = {"state": to, **values}
    found = Merger.objects.filter(pk=merger.pk, state__in=sources)
    if not found.update(version=F("version") + 1, **changes):
        raise CannotMerge(_("Somebody was faster: this cannot be done any more."))
    for name, value in changes.items():
        setattr(merger, name, value)


def settle_answers(merger_id: UUID) -> str:
    """What follows from the answers to a proposal: the state it has moved to just now, or nothing."""
    with transaction.atomic():
        found = Merger.objects.select_for_update(of=("self",)).filter(pk=merger_id, state=MergerState.PROPOSED).first()
        if found is None:
            return ""
        answers = list(found.answers.filter(about=MergerMatter.MERGE).values_list("agrees", flat=True))
        if False in answers:
            move(found, MergerState.DECLINED, actor=Actor.SYSTEM, ended_at=timezone.now())
        elif len(answers) == len(SIDES):
            move(found, MergerState.AGREED, actor=Actor.SYSTEM)
        else:
            return ""
    return str(found.state)


def confirmed(merger: Merger) -> MergerAnswer | None:
    """That the remaining organisation knows that work goes when it is undone; the latest since it was merged.

    It holds for a day, since numbers of records do not grow with what is written in each.
    """
    found = MergerAnswer.objects.filter(merger=merger.pk, about=MergerMatter.UNDO, at__gte=merger.merged_at)
    return found.filter(at__gt=timezone.now() - CONFIRMED_FOR).order_by("-at", "-id").first()


# --- for the worker -------------------------------------------------------------------------------------------
def take(merger_id: UUID) -> Merger | None:
    """For this worker alone, until it says nothing for WAIT; None where there is nothing to do now."""
    now, turn = timezone.now(), uuid7()
    waiting = Merger.objects.filter(pk=merger_id, state__in=MERGER_WORKED_ON, due_at__lte=now)
    if not waiting.update(turn=turn, tries=F("tries") + 1, due_at=now + WAIT):
        return None
    return Merger.objects.with_sides().get(pk=merger_id)


def go_on(merger: Merger, **values: Any) -> None:
    """The worker is alive, and keeps what it has to know. Raises Superseded."""
    values["due_at"] = timezone.now() + WAIT
    if not Merger.objects.filter(pk=merger.pk, turn=merger.turn).update(**values):
        raise Superseded(str(merger.pk))
    for name, value in values.items():
        setattr(merger, name, value)


def check_turn(merger: Merger) -> None:
    """Inside of either organisation, before what is written there is committed. Raises Superseded."""
    if not Merger.objects.filter(pk=merger.pk, turn=merger.turn, due_at__gt=timezone.now()).exists():
        raise Superseded(str(merger.pk))


def give_back(merger: Merger) -> None:
    """For another try, later each time."""
    wait = timedelta(seconds=15 * 2 ** min(merger.tries, 8))
    Merger.objects.filter(pk=merger.pk, turn=merger.turn).update(due_at=timezone.now() + wait, turn=None)


def due(limit: int) -> list[UUID]:
    """What a lost task or a dead worker left behind, answers that nobody has drawn a conclusion from among it."""
    work = Q(state__in=MERGER_WORKED_ON, due_at__lte=timezone.now())
    answers = MergerAnswer.objects.filter(about=MergerMatter.MERGE).values("merger")
    both = answers.annotate(number=Count("pk")).filter(number=len(SIDES)).values("merger")
    answered = Q(pk__in=answers.filter(agrees=False)) | Q(pk__in=both)
    found = Merger.objects.filter(work | Q(answered, state=MergerState.PROPOSED))
    return list(found.order_by("proposed_at").values_list("pk", flat=True)[:limit])


def merged_lately() -> list[Merger]:
    """Those that can still be undone."""
    return list(Merger.objects.with_sides().filter(state=MergerState.MERGED, settled_at=None).order_by("pk"))


def past_undoing() -> list[UUID]:
    """Those merged for good, whose traces have not been removed."""
    before = timezone.now() - timedelta(days=MERGER_UNDO_DAYS)
    found = Merger.objects.filter(state=MergerState.MERGED, merged_at__lte=before, settled_at=None)
    return list(found.values_list("pk", flat=True))
