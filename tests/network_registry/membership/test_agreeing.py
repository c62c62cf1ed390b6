"""The framework is signed by those who apply, and in the workspace by everybody else and for every new version."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from network_registry.membership.domain import agreeing
from network_registry.membership.errors import CannotChange
from network_registry.membership.models import Agreement, Application, FrameworkVersion
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

PAGE = reverse("own-framework", urlconf=WORKSPACE_URLS)
OWN = reverse("own-membership", urlconf=WORKSPACE_URLS)


@pytest.fixture
def framework(db: None) -> FrameworkVersion:
    return FrameworkVersion.objects.create(number=1, texts={"en": "We promise."})


@pytest.fixture
def manager(alpha: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(alpha, Role.MANAGER)


def signed(framework: FrameworkVersion, by: Seat) -> Agreement:
    return agreeing.agree(framework=framework, name="Ana", office="chair", language="fa", by=by)


def test_a_manager_signs_on_the_page(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    framework: FrameworkVersion,
    member: Callable[..., User],
    client_of: Callable[..., Client],
) -> None:
    desk = client_of(member(alpha, Role.MANAGER), alpha)
    assert b"waits to be read and signed" in desk.get("/").content
    assert b"We promise." in desk.get(PAGE).content
    form = {"signed_by": "Ana Anić", "signed_as": "chair", "agrees": "on", "framework": str(framework.pk)}
    refused = desk.post(PAGE, {**form, "agrees": ""})
    assert refused.status_code == 400
    assert b"Ana Ani" in refused.content
    assert desk.post(PAGE, form)["Location"] == PAGE
    assert b"agreed to version 1" in desk.get(PAGE).content
    assert b"agreed to version 1" in desk.get(OWN).content
    assert b"waits to be read and signed" not in desk.get("/").content
    again = desk.post(PAGE, form)
    assert (again.status_code, Agreement.objects.count()) == (400, 1)
    with inside(alpha):
        assert Entry.objects.filter(action="framework.agreed").count() == 1
    other = client_of(member(beta, Role.MANAGER), beta)
    assert b"agreed to version" not in other.get(PAGE).content


def test_a_new_version_is_signed_anew(alpha: OrganisationRef, framework: FrameworkVersion, manager: Seat) -> None:
    with inside(alpha):
        signed(framework, manager)
        assert agreeing.is_signed()
    newer = FrameworkVersion.objects.create(number=2, texts={"en": "We promise more."})
    with inside(alpha):
        assert agreeing.left_to_sign() == newer
        with pytest.raises(CannotChange, match="Please read it"):
            signed(framework, manager)
        signed(newer, manager)
        own = agreeing.agreement_here()
        assert own is not None
        assert (own.framework, own.language) == (newer, "en")


def test_only_managers_of_members(
    alpha: OrganisationRef, secretariat: OrganisationRef, framework: FrameworkVersion, seat_in: Callable[..., Seat],
    member: Callable[..., User], client_of: Callable[..., Client]
) -> None:  # fmt: skip
    mentor = seat_in(alpha, Role.MENTOR)
    with inside(alpha), pytest.raises(CannotChange):
        signed(framework, mentor)
    ada = seat_in(secretariat, Role.SECRETARIAT)
    with inside(secretariat):
        assert agreeing.left_to_sign() is None
        with pytest.raises(CannotChange):
            signed(framework, ada)
    assert client_of(member(secretariat, Role.SECRETARIAT), secretariat).get(PAGE).status_code in (403, 404)


def test_nothing_to_sign(alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> None:
    assert b"nothing to agree to" in client_of(member(alpha, Role.MANAGER), alpha).get(PAGE).content
    with inside(alpha):
        assert agreeing.is_signed()


def test_what_was_signed_with_the_application_is_kept(
    alpha: OrganisationRef, framework: FrameworkVersion, draft: Callable[..., tuple[Application, str]]
) -> None:
    (application, _token), organisation = draft(), Organisation.objects.get(pk=alpha.id)
    agreeing.keep_signature(application, organisation)
    assert not Agreement.objects.exists()
    application.framework, application.signed_at = framework, timezone.now()
    application.signed_by, application.signed_as, application.signed_language = "Mira", "chair", "en"
    agreeing.keep_signature(application, organisation)
    agreeing.keep_signature(application, organisation)
    with inside(alpha):
        assert agreeing.is_signed()
    assert Agreement.objects.get().signed_by == "Mira"
