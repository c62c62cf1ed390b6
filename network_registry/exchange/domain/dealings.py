"""Beginning and moving transfers and requests for access, inside of the organisation that acts.

The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.current import current_organisation, required_organisation
from network_registry.exchange.dealing_enums import ANSWER_DAYS
from network_registry.exchange.domain.envelopes import new_reference
from network_registry.exchange.enums import Side
from network_registry.exchange.errors import DealingMoved, ReasonMissing
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import DealingEvent, Parcel
from network_registry.exchange.models.dealings import Dealing

D = TypeVar("D", bound=Dealing)


@dataclass(frozen=True)
class Machine:
    """The states of one kind of dealing: who moves it from where to where, in which words a state says why, and what
    carries a step to the other side."""

    edges: Mapping[Any, Mapping[Any, frozenset[Side]]]
    reasons: Mapping[Any, type[TextChoices]]
    first: str
    step: Load


@dataclass(frozen=True)
class Moved:
    """An event, and whether something of it is on its way to the other side."""

    event: DealingEvent
    parcels: list[Parcel] = field(default_factory=list)


def begin(model: type[D], machine: Machine, *, target_id: UUID, load: Load, reason: str = "") -> tuple[D, Moved]:
    """From the organisation we are inside of. Raises ReasonMissing."""
    _check_reason(machine, machine.first, reason)
    now = timezone.now()
    dealing = model._default_manager.create(
        reference=f"{model.KIND[0].upper()}{new_reference()[1:]}",
        sender_id=required_organisation().id,
        target_id=target_id,
        reason=reason,
        created_at=now,
        moved_at=now,
        expires_at=now + timedelta(days=ANSWER_DAYS),
    )
    return dealing, tell_others(dealing, machine.first, reason, load)


def move(
    dealing: Dealing, machine: Machine, *, to: str, reason: str = "", load: Load | None = None, **changes: Any
) -> Moved:
    """Moves it on, notes the event and tells the others of it.

    Raises DealingMoved unless its state in the database and our side allow it; ReasonMissing.
    """
    here = current_organisation()
    side = Side.SYSTEM if here is None else dealing.side_of(here.id)
    sources = [state for state, edges in machine.edges.items() if side in edges.get(to, ())]
    rows: QuerySet[Any] = type(dealing)._default_manager.all()
    locked = rows.select_for_update(no_key=True).filter(pk=dealing.pk, state__in=sources).first()
    if locked is None:
        raise DealingMoved(_("Somebody was faster: this cannot be done any more."))
    _check_reason(machine, to, reason)
    now = max(timezone.now(), locked.moved_at)
    values: dict[str, Any] = {"state": to, "reason": reason, "moved_at": now, **changes}
    rows.filter(pk=dealing.pk).update(**values, version=F("version") + 1)
    for name, value in {**values, "version": locked.version + 1}.items():
        setattr(dealing, name, value)
    return tell_others(dealing, to, reason, load or machine.step)


def _check_reason(machine: Machine, state: str, reason: str) -> None:
    words = {key: choices.values for key, choices in machine.reasons.items()}.get(state)
    if (words is None and reason) or (words is not None and reason not in words):
        raise ReasonMissing(_("Say why, in one of the words that stand there."))


def tell_others(dealing: Dealing, type: str, reason: str, load: Load) -> Moved:
    """Notes the event, and puts it on its way to whoever did not make it."""
    here = current_organisation()
    event = DealingEvent.objects.create(
        dealing=dealing.pk, type=type, reason=reason, organisation_id=here.id if here else None
    )
    sides = [side for side in (dealing.sender_id, dealing.target_id) if here is None or side != here.id]
    return Moved(event, [send(dealing, to=side, load=load, about=event.pk) for side in sides])


def send(dealing: Dealing, *, to: UUID, load: Load, about: UUID | None = None) -> Parcel:
    return Parcel.objects.create(dealing=dealing.pk, to_id=to, load=load, about=about)
