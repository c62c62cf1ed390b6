"""What stays of a name that was told under a consent, and new members that ask."""

from __future__ import annotations

import pytest

from tenants.caseloads.domain.consents import withdraw_consent
from tenants.caseloads.models import Consent
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.errors import RecipientUnavailable
from tenants.referrals.models import Access

from .asked import copy_of, grant


def test_the_name_that_was_told_goes_with_the_consent_to_tell_it(ask, ours, theirs, owned, tasks):
    made = ask()
    grant(theirs, ours, owned, made.shared, tasks)
    with tasks(), inside(ours.ref):
        withdraw_consent(consent=Consent.objects.get(), how="spoken", by=ours.seat)
    with inside(theirs.ref):
        assert copy_of(made.shared).named == {}


@pytest.mark.xfail(strict=True, reason="open: transfers refuse new members, requests for access do not")
def test_a_new_member_names_nobody_to_others_unseen(ask, ours, theirs, owned, tasks):
    Organisation.objects.filter(pk=ours.ref.id).update(state=State.PROVISIONAL)
    ours.ref = Organisation.objects.get(pk=ours.ref.id).ref()
    with pytest.raises(RecipientUnavailable):
        ask()
    with inside(theirs.ref):
        assert not Access.objects.exists()
