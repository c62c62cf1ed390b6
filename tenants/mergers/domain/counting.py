"""Numbers of a merger, each counted inside of the organisation that it is of, and never a name."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, Subquery

from halka.common.current import required_organisation
from network_registry.directory.models import Location, Service
from network_registry.exchange.dealing_enums import TRANSFER_UNDER_WAY, AccessState
from network_registry.exchange.relocation_enums import UNDER_WAY, RelocationState
from network_registry.membership.enums import MergerObstacle
from network_registry.membership.models import Merger
from tenants.caseloads.domain.queries.person import rows_about
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import Case, Client, Document, Job, Programme
from tenants.caseloads.models import Merge as RecordMerge
from tenants.mergers.models import MergedRecord
from tenants.organisations.models import Colleague, Takeout
from tenants.referrals.models import Access, Referral, Transfer
from tenants.relocations.domain.undoing import NOT_COUNTED, fingerprints
from tenants.relocations.models import Relocation

Numbers = dict[str, int]
UNFINISHED: Final = (JobState.WAITING, JobState.RUNNING)
CAN_GO_BACK: Final = (*UNDER_WAY, RelocationState.CARRIED)
IGNORED: Final = NOT_COUNTED | {"mergers.MergedRecord"}


def own_numbers() -> Numbers:
    """What goes along, or joins it, of the organisation that we are inside of."""
    here = required_organisation().id
    return {
        "clients": Client.objects.whole().count(),
        "cases": Case.objects.open().filter(client__in=Client.objects.whole()).count(),
        "documents": Document.objects.filter(client__in=Client.objects.whole()).count(),
        "programmes": Programme.objects.count(),
        "people": Colleague.objects.filter(ended_at=None).count(),
        "services": Service.objects.filter(organisation=here).count(),
        "places": Location.objects.filter(organisation=here).count(),
    }


def own_obstacles() -> Numbers:
    """Code of MergerObstacle -> how many of ours have to be ended before we can be absorbed."""
    waiting = Takeout.objects.unfinished().filter(organisation_id=required_organisation().id)
    return _found(
        {
            MergerObstacle.REFERRALS: Referral.objects.open().count(),
            MergerObstacle.TRANSFERS: Transfer.objects.in_state(*TRANSFER_UNDER_WAY).count(),
            MergerObstacle.ACCESS: Access.objects.in_state(AccessState.ASKED, AccessState.GRANTED).count(),
            MergerObstacle.MOVES: Relocation.objects.in_state(*CAN_GO_BACK).count(),
            MergerObstacle.JOBS: Job.objects.filter(state__in=UNFINISHED).count() + waiting.count(),
        }
    )


def _found(numbers: dict[MergerObstacle, int]) -> Numbers:
    return {code.value: number for code, number in numbers.items() if number}


# --- since a merger, inside of what remains -------------------------------------------------------------------
def undo_obstacles(merger: Merger) -> Numbers:
    """Code of MergerObstacle -> how many about records that came have to be ended before these can go back."""
    came = Subquery(MergedRecord.objects.came(merger).exclude(client=None).values("client"))
    merges = RecordMerge.objects.filter(Q(kept__in=came) | Q(absorbed__in=came), undone_at=None)
    takeouts = Job.objects.filter(kind=JobKind.TAKEOUT, state__in=UNFINISHED)  # sealed, of whom; there are few
    return _found(
        {
            MergerObstacle.REFERRALS: Referral.objects.open().filter(client__in=came).count(),
            MergerObstacle.TRANSFERS: Transfer.objects.in_state(*TRANSFER_UNDER_WAY).filter(client__in=came).count(),
            MergerObstacle.ACCESS: Access.objects.in_state(AccessState.ASKED, AccessState.GRANTED)
            .filter(client__in=came)
            .count(),
            MergerObstacle.MOVES: Relocation.objects.in_state(*CAN_GO_BACK).filter(client__in=came).count(),
            MergerObstacle.JOBS: takeouts.count(),
            MergerObstacle.MERGES: merges.count(),
        }
    )


def since(merger: Merger) -> Numbers:
    """`changed`: records that came and were added to or changed; `new`: clients who came to it otherwise since."""
    came = MergedRecord.objects.came(merger)
    changed = sum(is_changed(row) for row in came.exclude(client=None).select_related("client").order_by("pk"))
    new = Client.objects.whole().filter(created_at__gte=merger.merged_at)
    known = Subquery(came.exclude(client=None).values("client"))
    return {"changed": changed, "new": new.exclude(pk__in=known).count()}


def is_changed(row: MergedRecord) -> bool:
    """Whether anything about the person was added or changed since the record came."""
    assert row.client is not None
    about = {model._meta.label: keys for model, keys in rows_about(row.client).items()}
    now = fingerprints({label: keys for label, keys in about.items() if label not in IGNORED})
    return any(row.written.get(label, {}).get(key) != found for label, prints in now.items() for key, found in
               prints.items())  # fmt: skip
