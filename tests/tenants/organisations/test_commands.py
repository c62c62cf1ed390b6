"""Commands that people who run an installation type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command, get_commands

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.common.current import OrganisationRef
from tenants.organisations.enums import Kind
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Domain, Invitation, Organisation
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl
from tenants.organisations.walls.moments import moment_of

NEW = {"name": "Ura", "manager_name": "First Manager", "manager_email": "first@example.org"}


@pytest.fixture
def removed_afterwards(committing: None) -> Iterator[None]:
    yield
    for organisation in Organisation.objects.filter(schema_name="founded"):
        Invitation.objects.filter(organisation=organisation).delete()
        Domain.objects.filter(tenant=organisation).delete()
        with as_owner():
            ddl.drop_organisation(organisation.db_role, organisation.schema_name)
            Organisation.objects.filter(pk=organisation.pk).delete()


@pytest.mark.parametrize(
    ("kind", "role"), [("ngo", "manager"), ("secretariat", "secretariat"), ("branch", "provincial")]
)
def test_an_organisation_is_created_and_its_first_manager_invited(
    removed_afterwards: None, kind: str, role: str
) -> None:
    call_command("create_organisation", "founded", kind=kind, **NEW)
    organisation = Organisation.objects.get(schema_name="founded")
    assert organisation.kind == Kind(kind)
    invitation = Invitation.objects.get(organisation=organisation)
    assert (invitation.email, invitation.role) == ("first@example.org", role)
    assert mail.outbox[-1].to == ["first@example.org"]
    with inside(organisation.ref()):
        assert Entry.objects.filter(action="invitation.sent").exists()


def test_a_taken_name_is_refused_in_words(alpha: OrganisationRef) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("create_organisation", "alpha", **NEW)
    with pytest.raises(CommandError, match="small letters"):
        call_command("create_organisation", "Not_A_Name", **NEW)


def test_a_new_master_key_reaches_every_login(login_walls: None, delta: OrganisationRef, settings: Any) -> None:
    """With the new key first the old passwords still open; after the command the new key opens alone."""
    old = settings.MASTER_KEYS[0]
    new = "development-only-another-key-that-comes-later"
    try:
        settings.MASTER_KEYS = [new, old]
        walls.close_all()
        with inside(delta):
            assert Entry.objects.count() >= 0
        with moment_of(delta) as moment:
            assert moment.rows("SELECT current_user") == [(delta.db_role,)]
        call_command("renew_logins")
        walls.close_all()
        settings.MASTER_KEYS = [new]
        with inside(delta):
            assert Entry.objects.count() >= 0
    finally:
        settings.MASTER_KEYS = [old]
        call_command("renew_logins")
        walls.close_all()
    assert User.objects.count() >= 0


def test_djangos_word_migrates_every_organisation_too():
    """django_tenants brings a `migrate` of its own, which would leave schemas behind."""
    assert get_commands()["migrate"] == "tenants.organisations"
