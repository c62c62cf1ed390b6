"""Having the network asked about our clients: who agreed to it is there by signs, nobody else, and none for longer."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.sealing import keyring
from network_registry.exchange.domain import matches as network
from network_registry.exchange.errors import EnoughForToday
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.models import Client, Consent
from tenants.organisations.isolation import send_after_commit
from tenants.referrals.domain.elsewhere.members import is_new
from tenants.referrals.domain.elsewhere.signs import fingerprint, signs_of
from tenants.referrals.errors import NewMember
from tenants.referrals.models import Match, Participation, Presence


def takes_part() -> bool:
    return not is_new() and Participation.objects.filter(takes_part=True).exists()


def change_participation(*, takes_part: bool, by: Seat) -> None:
    """Begins to ask about all who agreed, or takes back every sign and forgets every match that waits.

    Raises NewMember.
    """
    from tenants.referrals.elsewhere.tasks import refresh

    if takes_part and is_new():
        raise NewMember(
            _("Your organisation is new in the network: it can take part once the secretariat made it a full member.")
        )
    with transaction.atomic():
        row, _made = Participation.objects.get_or_create()
        row = Participation.objects.select_for_update().get(pk=row.pk)
        if row.takes_part == takes_part:
            return
        row.takes_part, row.changed_at, row.changed_by_id = takes_part, timezone.now(), by.membership_id
        row.save()
        record(action="elsewhere.joined" if takes_part else "elsewhere.left", on=row, by=by)
        if not takes_part:
            for presence in Presence.objects.exclude(signs=""):
                _remove(presence, by=by)
        send_after_commit(refresh, required_organisation().short_name)


def consent_to_ask(client_id: UUID, *, hold: bool = False) -> Consent | None:
    """The newest valid one; held, so that it is not taken back in this moment."""
    receipts = Consent.objects.valid().filter(client=client_id, purpose=ConsentPurpose.NETWORK_CHECK)
    receipts = receipts.order_by("-given_at", "-id")
    return (receipts.select_for_update() if hold else receipts).first()


def client_changed(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Registered as a reaction: signs that may lie there no longer go in the same transaction, others come after it."""
    from tenants.referrals.elsewhere.tasks import place

    if not Presence.objects.filter(client=client_id).exists() and consent_to_ask(client_id) is None:
        return
    stands_here = Client.objects.whole().filter(pk=client_id).exists()
    may_be_asked = not is_going and stands_here and consent_to_ask(client_id) is not None
    if may_be_asked and takes_part():
        send_after_commit(place, required_organisation().short_name, str(client_id))
    elif presence := Presence.objects.filter(client=client_id).first():
        _remove(presence, is_going=is_going, by=by)


def _remove(presence: Presence, *, is_going: bool = False, by: Seat) -> None:
    """Signs, and what was found by them. The key stays as long as the record, so that nobody is asked about the same
    two again."""
    from tenants.referrals.elsewhere.tasks import settle

    if network.remove_tokens(presence.person):
        record(action="elsewhere.stopped", about=presence.client_id, by=by)
    Presence.objects.filter(pk=presence.pk).delete()
    if not is_going:
        Presence.objects.create(client_id=presence.client_id, person=presence.person)
    sides = network.leave_matches(presence.person)
    Match.objects.filter(side__in=sides).delete()
    for side_id in sides:
        send_after_commit(settle, str(side_id))


def place_signs(client_id: UUID) -> bool:
    """Puts the person's signs where the network compares them; False when they lie there already, or nothing of them
    may or can be compared. Raises EnoughForToday."""
    with transaction.atomic():
        client = Client.objects.select_for_update().filter(pk=client_id, merged_into=None).first()
        consent = consent_to_ask(client_id, hold=True)
        if client is None or consent is None or not takes_part():
            return False
        signs = signs_of(client, consent.scopes, keyring.pepper())
        lying = fingerprint(signs, consent.expires_on) if signs else ""
        presence = Presence.objects.filter(client=client).first() or Presence.objects.create(client=client)
        if presence.signs == lying:
            return False
        network.remove_tokens(presence.person)
        Presence.objects.filter(pk=presence.pk).delete()
        Presence.objects.create(client=client, person=presence.person, signs=lying)
        if signs:
            network.add_tokens(person=presence.person, digests=signs, expires_on=consent.expires_on)
            record(action="elsewhere.asked", on=client, by=SYSTEM)
            _compare_soon(presence.person)
    return bool(signs)


def _compare_soon(person: UUID) -> None:
    from tenants.referrals.elsewhere.tasks import compare

    send_after_commit(compare, str(person))


def place_all() -> int:
    """Everybody who agreed and whose signs do not lie there as they should; how many were placed, as far as today's
    number allows. Whose consent has ended by itself is taken back."""
    agreed = Consent.objects.valid().filter(purpose=ConsentPurpose.NETWORK_CHECK, client__in=Client.objects.whole())
    for presence in Presence.objects.exclude(signs="").exclude(client__in=agreed.values("client")):
        with transaction.atomic():
            _remove(presence, by=SYSTEM)
    placed = 0
    if takes_part():
        for client_id in list(agreed.order_by("client").values_list("client", flat=True).distinct()):
            try:
                placed += place_signs(client_id)
            except EnoughForToday:
                break
    return placed
