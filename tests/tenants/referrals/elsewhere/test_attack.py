"""What stays of a name that was told under a consent, and new members that ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from halka.accounts.models import User
from halka.authorization.roles import Role
from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.models import Client, Consent, TeamMember
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain.elsewhere.presence import change_participation, place_all, place_signs
from tenants.referrals.errors import NewMember, RecipientUnavailable
from tenants.referrals.models import Access, Participation, Presence

from .asked import copy_of, grant
from .conftest import ANA
from .handover import accept, agreed


def test_the_name_that_was_told_goes_with_the_consent_to_tell_it(ask, ours, theirs, owned, tasks):
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks)
    with tasks(), inside(ours.ref):
        withdraw_consent(consent=Consent.objects.get(), how="spoken", by=ours.seat)
    with inside(theirs.ref):
        assert copy_of(made.shared).named == {}


def test_a_new_member_names_nobody_to_others_unseen(ask, ours, theirs, owned, tasks):
    Organisation.objects.filter(pk=ours.ref.id).update(state=State.PROVISIONAL)
    ours.ref = Organisation.objects.get(pk=ours.ref.id).ref()
    with pytest.raises(RecipientUnavailable, match="new in the network"):
        ask()
    with inside(theirs.ref):
        assert not Access.objects.exists()


def test_a_new_member_places_no_signs(ours, person, tasks):
    client = person(ours, **ANA)
    as_new = replace(ours.ref, state=State.PROVISIONAL)
    with inside(as_new), pytest.raises(NewMember, match="new in the network"):
        change_participation(takes_part=True, by=ours.seat)
    with inside(ours.ref):
        change_participation(takes_part=True, by=ours.seat)
    with inside(as_new):
        assert not place_signs(client.pk)
        assert place_all() == 0
        assert not Presence.objects.exclude(signs="").exists()
        change_participation(takes_part=False, by=ours.seat)  # leaving is never refused
        assert not Participation.objects.get().takes_part


# --- who only reads ------------------------------------------------------------------------------------------
def test_who_only_reads_is_not_shown_health_by_what_another_organisation_knows(
    ask, ours, theirs, known, owned, tasks, member, client_of
):
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks, scopes=["identity", "health"])
    with inside(ours.ref):
        Client.objects.filter(pk=known.pk).update(assigned_to=None)  # the pool: who only reads opens it
    pages = [client_of(who, ours.ref).get(f"/access/{made.out}/").content.decode()
             for who in (member(ours.ref, Role.VIEWER), User.objects.get(pk=ours.seat.user_id))]  # fmt: skip
    assert [("Kovrdžić" in page, "Asthma" in page) for page in pages] == [(True, False), (True, True)]


def test_who_only_reads_is_not_shown_what_is_for_professionals_of_a_case_handed_over(
    own_files, offer, theirs, tasks, member, client_of
):
    scopes = ["identity", "contact", "health", "sensitive", "documents"]
    made = offer(agreed(theirs, scopes=scopes))
    accept(theirs, made.shared, tasks)
    with inside(theirs.ref):
        Client.objects.update(assigned_to=None)
    pages = [client_of(who, theirs.ref).get(f"/transfers/{made.into}/").content.decode()
             for who in (member(theirs.ref, Role.VIEWER), User.objects.get(pk=theirs.seat.user_id))]  # fmt: skip
    words = ("Kovrdžić", "(team)", "Asthma", "(professionals)")
    assert [[word in page for word in words] for page in pages] == [[True, True, False, False], [True] * 4]


def test_a_partner_on_the_team_offers_a_case_without_reading_health(own_files, life, ours, theirs, seat_in, client_of):
    partner = seat_in(ours.ref, Role.MENTOR)
    with inside(ours.ref):
        TeamMember.objects.create(case=life.case, colleague_id=partner.membership_id, profession="partner")
    filled = {
        "target": str(theirs.ref.id), "reason": "moved", "note": "", "scopes": ["identity", "health"],
        "how_given": "signed", "language": "en", "expires_on": "2027-01-31", "step": "preview",
    }  # fmt: skip
    browser = client_of(User.objects.get(pk=partner.user_id), ours.ref)
    page = browser.post(f"/cases/{life.case.pk}/transfer/", filled).content.decode()
    assert ("Kovrdžić" in page, "Here only professionals read it" in page, "Asthma" in page) == (True, True, False)
