"""What has to be ended first, before a record can leave or be taken away again."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from network_registry.exchange.dealing_enums import TRANSFER_UNDER_WAY, AccessState
from tenants.caseloads.enums.work import JobKind, JobState
from tenants.caseloads.models import Client, Job
from tenants.referrals.models import Access, Referral, Transfer


def standing_in_the_way(client_id: UUID) -> list[str]:
    """In words; empty where the record can go."""
    client = Client.objects.filter(pk=client_id).first()
    if client is None or client.merged_into_id is not None:
        return [_("The record is not here any more.")]
    found = []
    if Referral.objects.open().filter(client=client_id).exists():
        found.append(_("A referral of this person is under way. Recall it, finish it, or wait for its end."))
    if Transfer.objects.in_state(*TRANSFER_UNDER_WAY).filter(client=client_id).exists():
        found.append(_("A case of this person is being handed over. Withdraw it first, or wait until it is there."))
    if Access.objects.in_state(AccessState.ASKED, AccessState.GRANTED).filter(client=client_id).exists():
        found.append(_("Another organisation reads this record, or one of both has asked to. End that first."))
    if _is_being_copied(client_id):
        found.append(_("A copy of everything about this person is being made. Wait until it is done."))
    return found


def _is_being_copied(client_id: UUID) -> bool:
    """Jobs lie sealed, so each that runs is opened; there are few."""
    running = Job.objects.filter(kind=JobKind.TAKEOUT, state__in=(JobState.WAITING, JobState.RUNNING))
    return any(job.ask.get("client") == str(client_id) for job in running)
