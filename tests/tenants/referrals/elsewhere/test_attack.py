"""What stays of a name that was told under a consent, and new members that ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.models import Consent
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.domain.elsewhere.presence import change_participation, place_all, place_signs
from tenants.referrals.errors import NewMember, RecipientUnavailable
from tenants.referrals.models import Access, Participation, Presence

from .asked import copy_of, grant
from .conftest import ANA


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
