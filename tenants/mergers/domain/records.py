"""The records of a merger, one transaction each: held there, written here; and back.

A record lives in the organisation where it is not held. Either step may be begun again: what is through is known on
both sides by a row that was written in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import transaction

from halka.audit.domain import SYSTEM
from halka.authorization.roles import Seat
from network_registry.membership.domain import mergers as network
from network_registry.membership.models import Merger
from tenants.caseloads.models import Case, Client
from tenants.mergers.models import MergedRecord
from tenants.organisations.isolation import inside
from tenants.referrals.enums import Direction
from tenants.relocations import carrying
from tenants.relocations.carrying import Landing, NotCarried
from tenants.relocations.domain.undoing import fingerprints

AT_ONCE: Final = 50  # records, between two signs of life


# --- there and here -------------------------------------------------------------------------------------------
def carry_all(merger: Merger, landing: Landing) -> None:
    """Until none is left: each can be read there until it goes. Raises NotCarried where something came up."""
    while True:
        with inside(merger.absorbed.ref()):
            still = list(Client.objects.whole().order_by("pk").values_list("pk", flat=True))
            held = list(MergedRecord.objects.went(merger).order_by("pk").values_list("client", flat=True))
        with inside(merger.remaining.ref()):
            arrived = set(MergedRecord.objects.came(merger).values_list("came_from", flat=True))
        waiting = [key for key in held if key not in arrived] + still
        network.go_on(merger, done=len(arrived), total=len(arrived) + len(waiting))
        if not waiting:
            return
        for number, key in enumerate(waiting, start=len(arrived) + 1):
            _hold(merger, key)
            _carry(merger, landing, key)
            network.go_on(merger, done=number)


def has_arrived(merger: Merger) -> bool:
    with inside(merger.remaining.ref()):
        return MergedRecord.objects.came(merger).exists()


def _hold(merger: Merger, key: UUID) -> None:
    with inside(merger.absorbed.ref()), transaction.atomic():
        network.check_turn(merger)
        carrying.hold_record(key, by=SYSTEM)
        MergedRecord.objects.get_or_create(merger_id=merger.pk, direction=Direction.OUT, client_id=key)


def _carry(merger: Merger, landing: Landing, key: UUID) -> None:
    source, target = merger.absorbed.ref(), merger.remaining.ref()
    with inside(source):
        carrying.wait_for_writers()
        whole = carrying.read_record(key, authors=landing.colleagues)
    copied = carrying.copy_files(
        whole, source=source, target=target, after_each=lambda _number: network.go_on(merger)
    )  # fmt: skip
    try:
        with inside(target), transaction.atomic():
            written = carrying.write_record(whole, landing, copied=copied, by=SYSTEM)
            MergedRecord.objects.create(
                merger_id=merger.pk,
                direction=Direction.IN,
                client_id=written.client_id,
                came_from=key,
                written=fingerprints(written.rows),
            )
            network.check_turn(merger)
    except BaseException:
        carrying.remove_files(copied, target=target)
        raise


# --- and back -------------------------------------------------------------------------------------------------
def hold_arrived(merger: Merger) -> None:
    """All that came, or none: where something came up meanwhile, they live on here. Raises NotCarried."""
    try:
        _each_arrived(merger, lambda key: carrying.hold_record(key, by=SYSTEM))
    except NotCarried:
        release_arrived(merger)
        raise


def release_arrived(merger: Merger) -> None:
    """They are where they were. Once is enough."""
    _each_arrived(merger, lambda key: carrying.release_record(key, by=SYSTEM))


def _each_arrived(merger: Merger, act: Callable[[UUID], None]) -> None:
    last = None
    while True:
        with inside(merger.remaining.ref()):
            came = MergedRecord.objects.came(merger).exclude(client=None).order_by("pk")
            rows = list((came.filter(pk__gt=last) if last else came).values_list("pk", "client")[:AT_ONCE])
            for _pk, key in rows:
                with transaction.atomic():
                    network.check_turn(merger)
                    act(key)
        if not rows:
            return
        last = rows[-1][0]
        network.go_on(merger)


def return_all(merger: Merger) -> None:
    """Those that came, and then those that never left. Raises NotCarried, before a record of theirs is touched."""
    with inside(merger.remaining.ref()):
        came = list(MergedRecord.objects.came(merger).order_by("pk").only("pk", "came_from", "client"))
    for number, row in enumerate(came, start=1):
        assert row.came_from is not None  # a constraint says so
        _return(merger, row.pk, row.came_from, row.client_id)
        network.go_on(merger, done=max(0, merger.total - len(came) + number))
    with inside(merger.absorbed.ref()):
        kept = MergedRecord.objects.went(merger).exclude(client=None).order_by("pk")
        left = list(kept.values_list("client", flat=True))
    for key in left:
        _release(merger, key)
        network.go_on(merger)


def _return(merger: Merger, row: UUID, key: UUID, client: UUID | None) -> None:
    """Out of sight here, alive there, gone here. What was erased here meanwhile is erased there too."""
    source, target = merger.absorbed.ref(), merger.remaining.ref()
    if client is not None:
        with inside(target), transaction.atomic():
            network.check_turn(merger)
            carrying.hold_record(client, by=SYSTEM)
        _release(merger, key)
    else:
        with inside(source), transaction.atomic():
            network.check_turn(merger)
            carrying.erase_record(key, by=SYSTEM)
            MergedRecord.objects.went(merger).filter(client=None).delete()
    with inside(target), transaction.atomic():
        network.check_turn(merger)
        if client is not None:
            cases = MergedRecord.objects.get(pk=row).written.get(Case._meta.label, ())
            carrying.erase_record(client, came=[UUID(case) for case in cases], by=SYSTEM)
        MergedRecord.objects.filter(pk=row).delete()


def _release(merger: Merger, key: UUID) -> None:
    with inside(merger.absorbed.ref()), transaction.atomic():
        network.check_turn(merger)
        carrying.release_record(key, by=SYSTEM)
        MergedRecord.objects.went(merger).filter(client=key).delete()


def person_goes(client_id: UUID, is_going: bool, by: Seat) -> None:  # as every reaction is called
    """Before somebody is erased: that the record came or went stays known, so that the other copy goes too."""
    if is_going:
        MergedRecord.objects.filter(client=client_id).update(client=None, written={})


# --- after it -------------------------------------------------------------------------------------------------
def follow_erasures(merger: Merger) -> int:
    """What was erased where it lives is erased where it was held, before its time; how many."""
    with inside(merger.remaining.ref()):
        gone = list(MergedRecord.objects.came(merger).filter(client=None).values_list("came_from", flat=True))
    with inside(merger.absorbed.ref()):
        return sum(carrying.erase_record(key, by=SYSTEM) is not None for key in gone if key)


def forget_prints(merger: Merger) -> None:
    """When nothing can be undone any more."""
    with inside(merger.remaining.ref()), transaction.atomic():
        for row in MergedRecord.objects.came(merger):
            row.written = {}
            row.save(update_fields=["written"])
