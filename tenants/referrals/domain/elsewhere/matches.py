"""A client may be known elsewhere: agreeing or not, and what arrives from the network, where twice is once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Permission, Seat
from network_registry.exchange.domain import matches as network
from network_registry.exchange.errors import MatchOver
from network_registry.exchange.match_enums import MatchState
from tenants.caseloads.models import Client
from tenants.integrations.domain.events import note_event
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague
from tenants.referrals import crossing
from tenants.referrals.domain.elsewhere.notices import tell
from tenants.referrals.domain.notices import those_who
from tenants.referrals.models import Match, Presence


def agree_to_match(*, match: Match, by: Seat) -> Match:
    """We agree to know of each other. Raises MatchOver."""
    return _answer(match, agreed=True, by=by)


def refuse_match(*, match: Match, by: Seat) -> None:
    """Nothing is revealed, and nobody asks about these two again. Raises MatchOver."""
    _answer(match, agreed=False, by=by)


def _answer(match: Match, *, agreed: bool, by: Seat) -> Match:
    from tenants.referrals.elsewhere.tasks import settle

    with transaction.atomic():
        locked = Match.objects.select_for_update().filter(pk=match.pk, state=MatchState.OPEN).first()
        if locked is None:
            raise MatchOver
        network.answer_match(side_id=locked.side, agreed=agreed)
        locked.agreed, locked.answered_at, locked.answered_by_id = agreed, timezone.now(), by.membership_id
        locked.save(update_fields=["agreed", "answered_at", "answered_by"])
        record(action="elsewhere.agreed" if agreed else "elsewhere.refused", on=locked, by=by)
        send_after_commit(settle, str(locked.side))
    return locked


# --- what the network brings ----------------------------------------------------------------------------------
def receive_match(*, side_id: UUID, person: UUID, likeness: str, found_at: datetime, expires_at: datetime) -> None:
    """Nothing, where the person is not to be asked about any more."""
    with transaction.atomic():
        presence = Presence.objects.select_related("client").filter(person=person).exclude(signs="").first()
        if presence is None or Match.objects.filter(side=side_id).exists():
            return
        match = Match.objects.create(
            side=side_id, client=presence.client, likeness=likeness, found_at=found_at, expires_at=expires_at
        )
        record(action="elsewhere.found", on=match, by=SYSTEM)
        data = {"match": match.pk, "client": presence.client_id, "likeness": likeness}
        note_event(type="match.found", referral_id=None, envelope_id=None, source_id=side_id, data=data)
        _tell("match_found", match, presence.client)


def _tell(word: str, match: Match, client: Client) -> None:
    tell(word, match.pk, client.assigned_to_id, otherwise=Permission.CASE_SUPERVISE)


def tell_responsible(side_id: UUID, organisation_id: UUID) -> crossing.Responsible | None:
    """Whom the other organisation may ask, read on our side; None where we have forgotten it meanwhile."""
    match = Match.objects.select_related("client").filter(side=side_id).first()
    if match is None:
        return None
    colleague = responsible_for(match.client) or match.answered_by
    return crossing.Responsible(
        organisation_id, colleague.name if colleague else "", colleague.email if colleague else ""
    )


def responsible_for(client: Client) -> Colleague | None:
    """Who works with the person, else who supervises."""
    here = Colleague.objects.filter(ended_at=None)
    own = here.filter(pk=client.assigned_to_id).first() if client.assigned_to_id else None
    return own or here.filter(pk__in=those_who(Permission.CASE_SUPERVISE)).first()


def receive_responsible(side_id: UUID, other: crossing.Responsible) -> None:
    with transaction.atomic():
        match = Match.objects.select_for_update().filter(side=side_id, state=MatchState.OPEN).first()
        if match is None:
            return
        match.state, match.revealed_at = MatchState.REVEALED, timezone.now()
        match.other_id, match.other_name, match.other_email = other.organisation_id, other.name, other.email
        match.save()
        record(action="elsewhere.revealed", on=match, by=SYSTEM)
        _tell("match_revealed", match, match.client)


def forget_match(side_id: UUID) -> None:
    """Without saying why: whether somebody did not agree or did not answer is theirs alone."""
    with transaction.atomic():
        match = Match.objects.filter(side=side_id).first()
        if match is not None:
            record(action="elsewhere.forgotten", on=match, by=SYSTEM)
            match.delete()
