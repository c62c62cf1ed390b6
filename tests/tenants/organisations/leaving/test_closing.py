"""The end of an organisation: announced, called off, erased, proved. Stopped at any point, it is gone on with."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing import keyring
from network_registry.directory.models import Service
from network_registry.exchange.models import Envelope
from tenants.organisations.doctor.examination import examine
from tenants.organisations.domain.closing import CannotClose, announce_closing, call_off_closing, preview
from tenants.organisations.domain.takeouts import ask_for_takeout
from tenants.organisations.isolation import OrganisationUnavailable, as_owner, inside
from tenants.organisations.leaving import erasing
from tenants.organisations.leaving.backups import back_up, folder_of
from tenants.organisations.models import (
    Closing,
    Domain,
    Invitation,
    Membership,
    Organisation,
    Software,
    Takeout,
    WorkingGroup,
)
from tenants.organisations.tasks_leaving import erase_outstanding_organisations, tell_closing
from tenants.organisations.walls import ddl
from tests.tenants.organisations.leaving.conftest import private_rows


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_ROOT = tmp_path / "backups"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is sent to another organisation waits for a worker: it is not run inside of this one."""
    sent: list[Any] = []
    monkeypatch.setattr(tell_closing, "delay", lambda *given: sent.append(given))
    return sent


@pytest.fixture
def secretary(network: OrganisationRef) -> Seat:
    return Seat(1, None, Role.SECRETARIAT, "Ada")


@pytest.fixture
def closing(leaver: OrganisationRef, network: OrganisationRef, secretary: Seat) -> Closing:
    with inside(network):
        return announce_closing(organisation=leaver.id, reason="It merged.", days=30, by=secretary)


def is_due(closing: Closing) -> Closing:
    with as_owner():
        moment = timezone.now() - timedelta(days=31)
        Closing.objects.filter(pk=closing.pk).update(asked_at=moment, due_at=moment + timedelta(days=30))
    return Closing.objects.get(pk=closing.pk)


def there(ref: OrganisationRef) -> tuple[bool, bool]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(erasing.THERE, [ref.short_name, ddl.restored(ref.short_name), ref.db_role])
        schema, role = cursor.fetchone()
        return schema, role


def test_nothing_happens_before_its_time(leaver: OrganisationRef, closing: Closing) -> None:
    assert erase_outstanding_organisations() == 0
    assert erasing.erase(closing) is None
    assert Closing.objects.get().state == "waiting"
    with inside(leaver):
        assert Closing.objects.get().reason == "It merged."  # it reads of its own end


def test_managers_are_told_in_their_language(
    leaver: OrganisationRef, closing: Closing, secretary: Seat, network: OrganisationRef, told: list[Any]
) -> None:
    User.objects.filter(email__endswith="leaver.example").update(language="en")
    mail.outbox.clear()
    assert tell_closing("leaver", str(closing.pk)) == 2
    message = mail.outbox[0]
    assert message.subject == "The end of Leaver in the network"
    assert "It merged." in message.body
    assert "/settings/takeout/" in message.body
    with inside(network):
        call_off_closing(closing=closing.pk, by=secretary)
    assert told == [("leaver", str(closing.pk))] * 2
    assert tell_closing("leaver", str(closing.pk)) == 2
    assert mail.outbox[-1].subject == "Leaver stays"
    assert tell_closing("leaver", str(uuid7())) == 0


def test_it_is_called_off_until_it_begins(
    leaver: OrganisationRef, closing: Closing, secretary: Seat, network: OrganisationRef
) -> None:
    with inside(network):
        call_off_closing(closing=closing.pk, by=secretary)
        with pytest.raises(CannotClose):
            call_off_closing(closing=closing.pk, by=secretary)
        again = announce_closing(organisation=leaver.id, reason="After all.", days=60, by=secretary)
        with pytest.raises(CannotClose, match="announced already"):
            announce_closing(organisation=leaver.id, reason="Twice.", days=60, by=secretary)
    assert erasing.erase(is_due(again)) is not None
    with inside(network), pytest.raises(CannotClose, match="begun"):
        call_off_closing(closing=again.pk, by=secretary)
    with inside(network), pytest.raises(CannotClose, match="cannot be closed"):
        announce_closing(organisation=leaver.id, reason="Once more.", days=60, by=secretary)


@pytest.mark.parametrize("days", [29, 366])
def test_there_is_time_to_object(leaver: OrganisationRef, network: OrganisationRef, secretary: Seat, days: int) -> None:
    with inside(network), pytest.raises(CannotClose, match="between 30 and 365"):
        announce_closing(organisation=leaver.id, reason="Soon.", days=days, by=secretary)


def test_only_the_secretariat_does_it(
    leaver: OrganisationRef, manager: Seat, closing: Closing, network: OrganisationRef
) -> None:
    with inside(leaver):
        with pytest.raises(CannotClose, match="secretariat"):
            announce_closing(organisation=leaver.id, reason="We.", days=30, by=manager)
        with pytest.raises(CannotClose, match="secretariat"):
            call_off_closing(closing=closing.pk, by=manager)
    with inside(network), pytest.raises(CannotClose, match="cannot be closed"):
        announce_closing(organisation=network.id, reason="We.", days=30, by=Seat(1, None, Role.SECRETARIAT, "Ada"))


def furnish(leaver: OrganisationRef, manager: Seat) -> None:
    """What else has to go: a takeout, a backup, software, an invitation, a place in a group."""
    with inside(leaver):
        ask_for_takeout(by=manager)
    back_up(Organisation.objects.get(pk=leaver.id))
    client = OAuthClient.objects.create(id="leavers", name="Case system", secret="x")
    Software.objects.create(organisation_id=leaver.id, client=client, created_by_name="x")
    Invitation.objects.create(
        organisation_id=leaver.id, email="asked@leaver.example", name="Asked", role=Role.VIEWER, language="en",
        token_hash="leaver", invited_by_name="x", expires_at=timezone.now(),
    )  # fmt: skip
    group = WorkingGroup.objects.create(name="Of the leaver")
    group.organisations.add(leaver.id)
    Organisation.objects.filter(pk=leaver.id).update(logo=b"x", logo_type="image/png", contact_email="a@leaver.example")


def assert_gone(leaver: OrganisationRef, media: Path) -> None:
    assert there(leaver) == (False, False)
    assert keyring.is_destroyed(leaver.id)
    assert not (media / "organisations" / str(leaver.id)).exists()
    organisation = Organisation.objects.defer(None).get(pk=leaver.id)
    assert not folder_of(organisation).exists()
    assert (organisation.state, organisation.logo, organisation.contact_email) == ("closed", None, "")
    for model in (Software, Invitation, Takeout, Service):
        assert not model.objects.filter(organisation_id=leaver.id).exists(), model
    assert not Domain.objects.filter(tenant_id=leaver.id).exists()
    assert not OAuthClient.objects.filter(id="leavers").exists()
    assert not WorkingGroup.objects.get(name="Of the leaver").organisations.exists()
    assert Membership.objects.filter(organisation_id=leaver.id, ended_at=None).count() == 0
    assert Envelope.objects.filter(sender_id=leaver.id).exists()  # that something was exchanged stays
    assert Browser(headers={"host": workspace_host("leaver")}).get("/").status_code == 404
    with pytest.raises(OrganisationUnavailable), inside(organisation.ref()):
        pass


def test_everything_is_gone_and_proved(
    leaver: OrganisationRef, manager: Seat, closing: Closing, media: Path, network: OrganisationRef,
    epsilon: OrganisationRef, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    furnish(leaver, manager)
    key = Path(keyring.settings.KEYRING_ROOT, f"{leaver.id}.json").read_bytes()
    neighbour = private_rows(epsilon)
    clients = len(private_rows(leaver)["caseloads_client"])
    with as_owner(), connection.cursor() as cursor:  # as a restore that was stopped leaves it
        cursor.execute(f"CREATE SCHEMA {ddl.restored('leaver')} CREATE TABLE left_behind (words text)")
    is_due(closing)
    try:
        call_command("close_organisations")
        assert "leaver is erased; proof " in capsys.readouterr().out
        assert_gone(leaver, media)
        assert private_rows(epsilon) == neighbour
        done = Closing.objects.get(pk=closing.pk)
        noted = done.proof["note_what_there_is"]
        assert noted["rows"]["caseloads_client"] == clients
        assert noted["keyring_sha256"] == sha256(key).hexdigest()
        assert noted["audit"]["number"] == noted["rows"]["audit_link"]
        assert done.proof["check"]["left"] == {"schema": False, "role": False, "key": False, "files": False}
        assert done.proof["close"]["announced_by"] == "Ada"
        text = json.dumps(done.proof, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert done.proof_hash == sha256(text.encode()).hexdigest()
        assert "Given" not in text
        with inside(network):
            entry = Entry.objects.filter(action="closing.done").latest("at")
            assert entry.detail == {"sha256": done.proof_hash}
        assert [found.what for report in examine() for found in report.findings if "leaver" in found.what] == []
        call_command("close_organisations")
        assert "nothing to do" in capsys.readouterr().out
    finally:
        WorkingGroup.objects.filter(name="Of the leaver").delete()


class Killed(BaseException):
    """As SIGKILL would."""


STEPS = ("close", "note_what_there_is", "destroy_keys", "remove_files", "remove_shared", "drop", "check")


def test_a_stop_after_any_step_is_gone_on_with(
    leaver: OrganisationRef, manager: Seat, closing: Closing, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is done, and the process is killed before it is noted; the next one does it once more."""
    furnish(leaver, manager)
    due = is_due(closing)
    try:
        for number, step in enumerate(STEPS):
            right = getattr(erasing._Erasing, step)

            def stop(work: Any, right: Callable[[Any], Any] = right) -> None:
                right(work)
                raise Killed

            with monkeypatch.context() as patch:
                patch.setattr(erasing._Erasing, step, _named(step, stop))
                with pytest.raises(Killed):
                    erasing.erase(Closing.objects.get(pk=due.pk))
            half = Closing.objects.get(pk=due.pk)
            assert (half.state, len(half.proof)) == ("erasing", number)
        assert erase_outstanding_organisations() == 1
        assert_gone(leaver, media)
        done = Closing.objects.get(pk=due.pk)
        assert done.state == "done"
        assert done.proof["note_what_there_is"]["rows"]["caseloads_client"] > 0
        assert done.proof["note_what_there_is"]["keyring_sha256"]
    finally:
        WorkingGroup.objects.filter(name="Of the leaver").delete()


def _named(name: str, function: Any) -> Any:
    function.__name__ = name
    return function


def test_two_at_once_do_not_trip_over_each_other(leaver: OrganisationRef, closing: Closing) -> None:
    due = is_due(closing)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [erasing.LOCK, str(leaver.id)])
        found: list[Any] = []
        thread = threading.Thread(target=lambda: (found.append(erasing.erase(due)), connections.close_all()))
        thread.start()
        thread.join()
    assert found == [None]
    assert there(leaver) == (True, True)


def test_what_is_still_there_is_not_called_gone(
    leaver: OrganisationRef, closing: Closing, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_due(closing)
    with monkeypatch.context() as patch:
        patch.setattr(ddl, "drop_organisation", lambda *_: None)
        with pytest.raises(CommandError, match="Still there: schema, role"):
            call_command("close_organisations")
    assert Closing.objects.get().state == "erasing"


def test_the_secretariat_sees_what_goes(leaver: OrganisationRef, manager: Seat, network: OrganisationRef) -> None:
    with inside(network):
        seen = preview(Organisation.objects.get(pk=leaver.id))
        assert (seen.hosts, seen.takeout) == ([workspace_host("leaver")], None)
        assert seen.private > 60
        assert "services" in seen.removed
        assert "memberships" in seen.kept
    with inside(leaver):
        ask_for_takeout(by=manager)
    with inside(network):
        taken = preview(Organisation.objects.get(pk=leaver.id)).takeout
        assert taken is not None
        assert taken.downloads == 0
