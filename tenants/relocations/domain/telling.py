"""What either side learns of a move: the request, what the other one wrote, and by e-mail that something happened.

Run by the worker before every step, so that nothing is left out where one died. E-mails never say about whom.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission
from halka.common.current import OrganisationRef, required_organisation
from network_registry.exchange.models import DealingEvent
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RelocationState
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside, send_after_commit
from tenants.organisations.models import Colleague
from tenants.referrals.domain.notices import those_who
from tenants.referrals.enums import Direction
from tenants.relocations.crossing import Preview
from tenants.relocations.models import Relocation

S = RelocationState
# Who is told of which state, by direction; a state that a worker passes through is not told of.
TOLD: Final = {
    Direction.IN: frozenset({S.ASKED, S.WITHDRAWN, S.EXPIRED, S.FAILED, S.CARRIED, S.UNDOING, S.UNDONE}),
    Direction.OUT: frozenset(
        {S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED, S.FAILED, S.CARRIED, S.UNDOING, S.UNDONE}
    ),
}
TO_MANAGERS: Final = frozenset({S.UNDOING, S.UNDONE})  # too, since one of them may undo it


def tell_both(shared: Shared) -> None:
    """Where the target was closed, the sender is told all the same."""
    if shared.target.state != State.CLOSED:
        _tell_each_other(shared)
    for side in (shared.sender.ref(), shared.target.ref()):
        if side.state != State.CLOSED:
            with inside(side):
                _tell_people(shared)


def _tell_each_other(shared: Shared) -> None:
    if shared.state == S.ASKED:
        _tell_request(shared)
    if shared.state in (S.ACCEPTED, S.DECLINED):
        _copy(shared, "answer", source=shared.target.ref(), to=shared.sender.ref())
    if shared.state == S.UNDOING:
        _copy_undo_note(shared)


def _tell_request(shared: Shared) -> None:
    with inside(shared.sender.ref()):
        own = Relocation.objects.get(shared=shared.pk)
        preview = Preview(shared.pk, shared.sender_id, own.need, own.area, tuple(own.counts.items()), own.note)
    with inside(shared.target.ref()), transaction.atomic():
        relocation, is_new = Relocation.objects.get_or_create(
            shared_id=preview.shared_id,
            defaults={
                "direction": Direction.IN,
                "other_id": preview.sender_id,
                "need": preview.need,
                "area": preview.area,
                "counts": dict(preview.counts),
                "note": preview.note,
            },
        )
        if is_new:
            record(action="relocation.received", on=relocation, by=SYSTEM)


def _copy(shared: Shared, column: str, *, source: OrganisationRef, to: OrganisationRef) -> None:
    """What one side wrote for the other."""
    with inside(source):
        text = getattr(Relocation.objects.get(shared=shared.pk), column)
    with inside(to), transaction.atomic():
        own = Relocation.objects.select_for_update().get(shared=shared.pk)
        if getattr(own, column) != text:
            setattr(own, column, text)
            own.save(update_fields=[column])


def _copy_undo_note(shared: Shared) -> None:
    """From whoever asked for it, who wrote last."""
    sides = (shared.sender.ref(), shared.target.ref())
    asked_by = _who_undoes(shared)
    (other,) = (side for side in sides if side.id != asked_by.id)
    _copy(shared, "undo_note", source=asked_by, to=other)


def _who_undoes(shared: Shared) -> OrganisationRef:
    events = DealingEvent.objects.filter(dealing=shared.pk, type=S.UNDOING)
    last = events.order_by("-at", "-id").first()
    is_target = last is not None and last.organisation_id == shared.target_id
    return shared.target.ref() if is_target else shared.sender.ref()


def _tell_people(shared: Shared) -> None:
    with transaction.atomic():
        own = Relocation.objects.select_for_update().filter(shared=shared.pk).first()
        if own is None or own.told_version >= shared.version:
            return
        Relocation.objects.filter(pk=own.pk).update(told_version=shared.version)
        state = RelocationState(shared.state)
        if state in TOLD[Direction(own.direction)]:
            _send(own, word_of(own, state, shared.reason), _people(own, state, shared.reason))


def word_of(own: Relocation, state: RelocationState, reason: str) -> str:
    """The key in tenants.relocations.words: `in_carried`, or `out_stays` where it was not undone after all."""
    is_kept = state == S.CARRIED and bool(reason)
    return f"{own.direction}_{'stays' if is_kept else state.value}"


def _people(own: Relocation, state: RelocationState, reason: str) -> set[UUID]:
    """Whoever is responsible, while they are here, else all who take records on."""
    at_work = Colleague.objects.filter(pk__in=[own.owner_id], ended_at=None).values_list("pk", flat=True)
    people = set(at_work) or set(those_who(Permission.RECORD_RECEIVE))
    if state in TO_MANAGERS or (state == S.CARRIED and reason):
        people |= set(those_who(Permission.RIGHTS_MANAGE))
    return people


def _send(own: Relocation, word: str, people: set[UUID]) -> None:
    from tenants.relocations.tasks import send_words

    keys = sorted(str(person) for person in people)
    send_after_commit(send_words, required_organisation().short_name, word, str(own.pk), keys)
