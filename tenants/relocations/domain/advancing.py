"""The worker: takes a move on from whatever state it finds it in. Each step may be begun again after a worker died.

A step ends with one move of what both sides share, in the transaction that writes what the move says: the target's
record begins to live with the very commit that says so, and until then the sender's copy is the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.current import OrganisationRef
from network_registry.exchange.domain import relocations as network
from network_registry.exchange.errors import DealingMoved
from network_registry.exchange.models import Relocation as Shared
from network_registry.exchange.relocation_enums import RelocationFailure, RelocationState, RelocationStay
from tenants.caseloads.domain.erasure import forget_sheets
from tenants.caseloads.models import Case, Consent
from tenants.integrations.domain import answers
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.relocations import carrying
from tenants.relocations.carrying import Landing, Record
from tenants.relocations.carrying.files import Copied
from tenants.relocations.domain import telling
from tenants.relocations.domain.undoing import goes_too, keep_prints, standing_against
from tenants.relocations.models import Relocation

TAKING: Final = (State.ACTIVE, State.PROVISIONAL)  # whoever is suspended meanwhile cannot work with anybody
MOST_TRIES: Final = 8  # of one step, each later than the one before; then it is rolled back


def advance(relocation_id: UUID) -> str:
    """As far as it goes now, outside of any organisation. The state it is in then; "" where there was nothing to do."""
    shared = network.take(relocation_id)
    if shared is None:
        return ""
    if shared.sender.state == State.CLOSED:  # its copy went with it, and nothing of it can be told
        network.finish(shared, seen=shared.version)
        return str(shared.state)
    while True:
        seen = shared.version
        try:
            telling.tell_both(shared)
            step = STEPS.get(RelocationState(shared.state))
            if step is not None:
                step(shared)
        except DealingMoved:  # somebody acted at this moment: what they did counts
            shared.refresh_from_db()
        except BaseException:
            network.give_back(shared, seen=seen)
            raise
        if shared.version == seen and network.finish(shared, seen=seen):
            return str(shared.state)
        shared.refresh_from_db()


def _locked(shared: Shared) -> Relocation:
    """Our own copy, in the caller's transaction."""
    found = Relocation.objects.select_for_update(of=("self",)).select_related("client")
    relocation: Relocation = found.get(shared=shared.pk)
    return relocation


# --- there --------------------------------------------------------------------------------------------------
def _hold(shared: Shared) -> None:
    """Asks everything again, since days have passed, and locks the record away."""
    with inside(shared.sender.ref()), transaction.atomic():
        relocation = _locked(shared)
        if shared.target.state not in TAKING:
            _fail(shared, relocation, RelocationFailure.CLOSED)
            return
        if relocation.client is None or not _is_agreed(relocation):
            _fail(shared, relocation, RelocationFailure.CONSENT)
            return
        if relocation.client.restricted_at is not None or carrying.standing_in_the_way(relocation.client.pk):
            _fail(shared, relocation, RelocationFailure.BLOCKED)
            return
        carrying.hold_record(relocation.client.pk, by=SYSTEM)
        forget_sheets()
        answers.forget(relocation.client.pk)
        network.move(shared, to=RelocationState.CARRYING)
        record(action="relocation.carrying", on=relocation, by=SYSTEM)


def _is_agreed(relocation: Relocation) -> bool:
    """The receipt is locked, so that it is not taken back in this moment."""
    consent = Consent.objects.select_for_update().filter(pk__in=[relocation.consent_id]).first()
    return consent is not None and consent.is_valid


def _fail(shared: Shared, relocation: Relocation, why: RelocationFailure) -> None:
    network.move(shared, to=RelocationState.FAILED, reason=why)
    record(action="relocation.failed", on=relocation, detail={"reason": why}, by=SYSTEM)


def _carry(shared: Shared) -> None:
    """Reads it where it is held, copies its files, writes it where it goes."""
    if shared.tries > MOST_TRIES:
        _roll_back(shared, RelocationFailure.BROKEN)
        return
    source, target = shared.sender.ref(), shared.target.ref()
    if target.state == State.CLOSED:
        _roll_back(shared, RelocationFailure.CLOSED)
        return
    with inside(source):
        carrying.wait_for_writers()
        with transaction.atomic():
            relocation = _locked(shared)
            is_agreed = _is_agreed(relocation)
            assert relocation.client_id is not None  # held, so that nobody erases it
            whole = carrying.read_record(relocation.client_id)
    if not is_agreed:
        _roll_back(shared, RelocationFailure.CONSENT)
        return
    total = len(whole.files) + 1
    network.go_on(shared, done=0, total=total)
    copied = carrying.copy_files(
        whole, source=source, target=target, after_each=lambda number: network.go_on(shared, done=number)
    )
    try:
        _arrive(shared, whole, copied, target)
    except BaseException:
        carrying.remove_files(copied, target=target)
        raise
    network.go_on(shared, done=total)


def _arrive(shared: Shared, whole: Record, copied: Copied, target: OrganisationRef) -> None:
    with inside(target), transaction.atomic():
        relocation = _locked(shared)
        landing = Landing(
            source=shared.sender.ref().name(target.language),
            assignee=relocation.owner_id,
            on=timezone.localdate(),
        )
        written = carrying.write_record(whole, landing, copied=copied, by=SYSTEM)
        relocation.client_id = written.client_id
        keep_prints(relocation, written)
        relocation.save(update_fields=["client", "written"])
        network.move(shared, to=RelocationState.CARRIED, carried_at=timezone.now())
        record(action="relocation.carried", on=relocation, about=written.client_id, by=SYSTEM)


def _roll_back(shared: Shared, why: RelocationFailure) -> None:
    with inside(shared.sender.ref()), transaction.atomic():
        relocation = _locked(shared)
        _fail(shared, relocation, why)
        assert relocation.client_id is not None
        carrying.release_record(relocation.client_id, by=SYSTEM)


# --- and back -----------------------------------------------------------------------------------------------
def _leave_again(shared: Shared) -> None:
    """The target's copy is locked away, unless something was done with it that nobody may throw away."""
    with inside(shared.target.ref()):
        carrying.wait_for_writers()  # what they write is counted
        _lock_away(shared)


def _lock_away(shared: Shared) -> None:
    with transaction.atomic():
        relocation = _locked(shared)
        stay = _stays(relocation)
        if stay is not None:
            relocation.loses = False  # that was said of what was there when it was said
            relocation.save(update_fields=["loses"])
            network.move(shared, to=RelocationState.CARRIED, reason=stay)
            record(action="relocation.stays", on=relocation, detail={"reason": stay}, by=SYSTEM)
            return
        assert relocation.client_id is not None
        carrying.hold_record(relocation.client_id, by=SYSTEM)
        network.move(shared, to=RelocationState.RETURNING)
        record(action="relocation.returning", on=relocation, by=SYSTEM)


def _stays(relocation: Relocation) -> RelocationStay | None:
    if standing_against(relocation):
        return RelocationStay.BLOCKED
    return None if goes_too(relocation) else RelocationStay.ADDED


def _live_again(shared: Shared) -> None:
    """The sender's copy is the record again, as it was when it left."""
    with inside(shared.sender.ref()), transaction.atomic():
        relocation = _locked(shared)
        assert relocation.client_id is not None
        network.move(shared, to=RelocationState.UNDONE)
        carrying.release_record(relocation.client_id, by=SYSTEM)
        record(action="relocation.undone", on=relocation, by=SYSTEM)


def _forget_there(shared: Shared) -> None:
    """The target's copy goes; that somebody was here for a time stays."""
    if shared.target.state == State.CLOSED:  # it went with everything there
        return
    with inside(shared.target.ref()), transaction.atomic():
        relocation = _locked(shared)
        if relocation.client_id is not None:
            _forget(relocation, came=relocation.written.get(Case._meta.label, ()))
            record(action="relocation.forgotten", on=relocation, by=SYSTEM)


def _settle(shared: Shared) -> None:
    """The sender's copy goes; that somebody was moved there on that day stays, and nothing else."""
    with inside(shared.sender.ref()), transaction.atomic():
        relocation = _locked(shared)
        network.move(shared, to=RelocationState.SETTLED)
        _forget(relocation)
        record(action="relocation.settled", on=relocation, by=SYSTEM)


def _forget(relocation: Relocation, *, came: Iterable[str] = ()) -> None:
    """`came` are cases that live again where they came from."""
    key = relocation.client_id
    relocation.client = relocation.consent = None
    relocation.need = relocation.note = relocation.answer = relocation.undo_note = relocation.area = ""
    relocation.counts, relocation.written = {}, {}
    relocation.save()
    assert key is not None  # held, so that nobody else erases it
    carrying.erase_record(key, came=[UUID(case) for case in came], by=SYSTEM)


STEPS: Final[dict[RelocationState, Callable[[Shared], None]]] = {
    RelocationState.ACCEPTED: _hold,
    RelocationState.CARRYING: _carry,
    RelocationState.UNDOING: _leave_again,
    RelocationState.RETURNING: _live_again,
    RelocationState.UNDONE: _forget_there,
    RelocationState.SETTLING: _settle,
}
