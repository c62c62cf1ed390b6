"""The doctor finds what is broken, says how to mend it, and mends what it can. Everything is broken for real."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from halka.audit.domain import SYSTEM, record
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.sealing import keyring
from tenants.organisations.directory import organisation_at
from tenants.organisations.doctor import Finding, error, findings, register, roles, warning
from tenants.organisations.doctor.examination import NETWORK, Report, examine
from tenants.organisations.domain.provisioning import NewOrganisation, prepare_spare, provision
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import as_owner, inside
from tenants.organisations.models import Domain, Organisation, OwnDomain
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl, scripts
from tenants.organisations.walls.identities import members_group, network_role, secretariat_group
from tests.guards.crowd import remove
from tests.name_server import name_server

NAME = "examined"


def as_the_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def clear() -> None:
    for left in Organisation.objects.filter(schema_name=NAME):
        as_the_owner(f"DROP SCHEMA IF EXISTS {NAME} CASCADE")
        keyring.discard(left.pk)
        remove(left.ref())


@pytest.fixture
def patient(committing: None) -> Iterator[OrganisationRef]:
    """An organisation with one entry in its audit, as good as new."""
    clear()
    ref = provision(new=NewOrganisation(NAME, {"en": "Examined"})).ref()
    with inside(ref):
        record(action="first", by=SYSTEM)
    yield ref
    walls.forget(ref.db_role)
    clear()


def of_patient(**options: Any) -> Report:
    (report,) = examine(only=NAME, **options)
    return report


def told(report: Report, check: str) -> str:
    """All that was found, which is of this one check alone."""
    assert {finding.check for finding in report.findings} == {check}
    assert all(finding.mend for finding in report.findings)
    return " ".join(finding.what for finding in report.findings)


def of_network() -> tuple[Finding, ...]:
    """But for keys and folders of organisations that other tests have made and removed."""
    report = next(iter(examine()))
    assert report.short_name == NETWORK
    left = tuple(str(path) for path in Path(django_settings.MEDIA_ROOT, "organisations").glob("*"))
    return tuple(
        finding
        for finding in report.findings
        if not finding.what.startswith(("The keyring has keys of", *(f"The folder {path}" for path in left)))
    )


def test_nothing_is_wrong_with_organisations_as_they_are_made(patient: OrganisationRef) -> None:
    reports = list(examine())
    assert [report.findings for report in reports if report.short_name] == [()] * (len(reports) - 1)
    assert of_network() == ()
    assert {report.short_name for report in reports} >= {"", "delta", "epsilon", NAME, "secretariat"}


# --- schema ---------------------------------------------------------------------------------------
MISSING = {
    "DROP TABLE {0}.learning_calendarfeed CASCADE": "table learning_calendarfeed",
    "ALTER TABLE {0}.integrations_attempt DROP COLUMN status": "column integrations_attempt.status",
    "DROP INDEX {0}.entry_newest": "index entry_newest",
    "DROP TRIGGER audit_chain ON {0}.audit_entry": "trigger audit_entry.audit_chain",
}
CHANGED = {
    "ALTER TABLE {0}.integrations_event ALTER type TYPE varchar(9)": "column integrations_event.type",
    "ALTER TABLE {0}.caseloads_client DISABLE TRIGGER ALL": "trigger caseloads_client.",
}


@pytest.mark.parametrize(("broken", "beginning"), [(MISSING, "Missing"), (CHANGED, "Changed")])
def test_an_incomplete_schema(
    patient: OrganisationRef, broken: dict[str, str], beginning: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.organisations.doctor.schemas.MOST", 40)
    for statement in broken:
        as_the_owner(statement.format(NAME).replace("TRIGGER ALL", "TRIGGER USER"))
    (finding,) = of_patient(checks=["schema"]).findings
    assert finding.what.startswith(f"{beginning} in its schema: ")
    assert [part for part in broken.values() if part not in finding.what] == []
    assert "restore_organisation" in finding.mend


def test_what_no_version_made_is_a_warning(patient: OrganisationRef) -> None:
    as_the_owner(f"CREATE TABLE {NAME}.of_somebody (id int)")
    report = of_patient(checks=["schema"])
    assert "table of_somebody" in told(report, "schema")
    assert report.is_good


def test_only_some_of_many_differences_are_named(patient: OrganisationRef) -> None:
    as_the_owner("".join(f"CREATE TABLE {NAME}.of_{number} (id int);" for number in range(12)))
    assert "and 14 more" in told(of_patient(checks=["schema"]), "schema")


def test_a_missing_schema(patient: OrganisationRef) -> None:
    as_the_owner(f"DROP SCHEMA {NAME} CASCADE")
    walls.forget(patient.db_role)
    report = of_patient()
    words = " ".join(finding.what for finding in report.findings)
    assert "The schema examined is missing." in words
    assert "Its audit cannot be read" in words
    assert not report.is_good


def test_an_old_schema(patient: OrganisationRef) -> None:
    Organisation.objects.filter(pk=patient.id).update(schema_version="old")
    report = of_patient(checks=["schema", "audit"])
    assert [finding.check for finding in report.findings] == ["schema", "audit"]
    assert "prepare_database" in report.findings[0].mend


def test_old_scripts_compare_nothing(patient: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    as_the_owner(f"CREATE TABLE {NAME}.of_somebody (id int)")
    monkeypatch.setattr(scripts, "script_version", lambda script: "older")
    monkeypatch.setattr("tenants.organisations.doctor.leftovers.script_version", lambda script: "older")
    assert of_patient(checks=["schema"]).findings == ()
    assert "write_schema_scripts" in of_network()[0].mend


# --- role -----------------------------------------------------------------------------------------
def database() -> str:
    with as_owner():
        return ddl.database_name()


BREAKING = {
    'ALTER ROLE "{role}" NOLOGIN': "may not log in",
    "ALTER ROLE \"{role}\" PASSWORD 'another'": "cannot log in: ",
    'ALTER ROLE "{role}" CREATEDB': "only an administrator",
    "ALTER ROLE \"{role}\" SET statement_timeout TO '0'": "other settings than they should: statement_timeout",
    'ALTER ROLE "{role}" SET search_path TO delta, public': "other settings than they should: search_path",
    'REVOKE "{members}" FROM "{role}"': "does not reach the shared tables",
    'GRANT "{secretariat}" TO "{role}"': "has the rights of it",
    'GRANT "{role}" TO "{delta}"': "may act as its role",
    'REVOKE UPDATE ON {name}.caseloads_client FROM "{role}"': "lacks rights in its schema: caseloads_client",
    'REVOKE USAGE ON SCHEMA {name} FROM "{role}"': "lacks rights in its schema",
    'GRANT DELETE ON {name}.audit_entry TO "{role}"': "that nobody should have: audit_entry",
    'GRANT SELECT ON {name}.django_migrations TO "{role}"': "that nobody should have: django_migrations",
    'GRANT SELECT ON {name}.caseloads_client TO "{delta}"': "that nobody should have: caseloads_client",
    'GRANT SELECT (id) ON {name}.caseloads_client TO "{members}"': "should have: caseloads_client.id",
    "GRANT USAGE ON SCHEMA {name} TO PUBLIC": "that nobody should have: everybody USAGE",
}


def test_a_role_that_is_not_right_is_mended(patient: OrganisationRef, delta: OrganisationRef) -> None:
    name = database()
    names = {"role": patient.db_role, "delta": delta.db_role, "name": NAME}
    names |= {"members": members_group(name), "secretariat": secretariat_group(name)}
    organisation = Organisation.objects.get(pk=patient.id)
    for statement, words in BREAKING.items():
        as_the_owner(statement.format(**names))
        assert words in told(of_role(organisation), "role"), statement
        roles.mend_role(organisation)
        assert of_role(organisation).findings == (), statement


def of_role(organisation: Organisation) -> Report:
    """As `of_patient`, without looking at the schema."""
    with as_owner():
        found = list(roles.Roles([organisation]).check(organisation))
    return Report(organisation.schema_name, tuple(replace(finding, check="role") for finding in found))


def test_a_missing_role_is_made_again(patient: OrganisationRef) -> None:
    walls.close_all()
    with as_owner():
        ddl._close_to_others(NAME)
    as_the_owner(f'REVOKE "{members_group(database())}" FROM "{patient.db_role}"; DROP ROLE "{patient.db_role}"')
    assert "is missing" in told(of_patient(checks=["role"]), "role")
    report = of_patient(checks=["role"], mend=True)
    assert report.mended == report.findings != ()
    assert report.is_good
    assert of_patient().findings == ()


def test_the_networks_role_stays_outside_where_each_has_a_login(patient: OrganisationRef, settings: Any) -> None:
    settings.DATABASE_WALLS = "login"
    assert f"{network_role(database())} may act as its role." in told(of_patient(checks=["role"]), "role")
    assert of_patient(checks=["role"], mend=True).is_good
    assert of_patient(checks=["role"]).findings == ()


def test_what_cannot_be_mended_is_said(patient: OrganisationRef) -> None:
    as_the_owner(f'ALTER ROLE "{patient.db_role}" NOLOGIN; DROP TABLE {NAME}.audit_entry CASCADE')
    (finding, *_rest) = of_patient(checks=["role"], mend=True).findings
    assert finding.mend.startswith("It could not be mended: ")
    assert not of_patient(checks=["role"], mend=True).is_good


# --- key, host, audit, answers --------------------------------------------------------------------
def test_a_missing_key(patient: OrganisationRef) -> None:
    keyring.discard(patient.id)
    assert "Its keys do not open" in told(of_patient(checks=["key"]), "key")


def test_a_damaged_key(patient: OrganisationRef) -> None:
    path = Path(django_settings.KEYRING_ROOT, f"{patient.id}.json")
    path.write_text("no keys")
    assert "Its keys do not open" in told(of_patient(checks=["key"]), "key")


def test_a_destroyed_key(patient: OrganisationRef) -> None:
    keyring.destroy(patient.id)
    try:
        assert "were destroyed" in told(of_patient(checks=["key"]), "key")
    finally:
        Path(django_settings.KEYRING_ROOT, f"{patient.id}.destroyed").unlink()


@pytest.mark.parametrize("left", [0, 2])
def test_one_host_is_the_primary(patient: OrganisationRef, left: int) -> None:
    domains = Domain.objects.filter(tenant_id=patient.id)
    if left:
        Domain.objects.bulk_create([Domain(domain="work.example.org", tenant_id=patient.id, is_primary=True)])
    else:
        domains.delete()
    assert "primary host" in told(of_patient(checks=["host"]), "host")
    assert of_patient(checks=["host"], mend=True).is_good
    assert [domain.domain for domain in domains.filter(is_primary=True)] == [workspace_host(NAME)]
    assert of_patient(checks=["host"]).findings == ()


def test_a_host_of_anothers_is_not_taken(patient: OrganisationRef, delta: OrganisationRef) -> None:
    Domain.objects.filter(tenant_id=patient.id).update(tenant_id=delta.id, is_primary=False)
    report = of_patient(checks=["host"], mend=True)
    assert "belongs to another organisation" in report.findings[0].mend
    Domain.objects.filter(domain=workspace_host(NAME)).delete()


def test_a_host_that_is_remembered_wrongly(patient: OrganisationRef) -> None:
    host = workspace_host(NAME)
    assert organisation_at(host) is not None
    Organisation.objects.filter(pk=patient.id).update(state=State.SUSPENDED)  # and nobody forgot the host
    report = of_patient(checks=["host"])
    assert "as it was before a change" in told(report, "host")
    assert report.is_good
    of_patient(checks=["host"], mend=True)
    known = organisation_at(host)
    assert known is not None
    assert known.state == State.SUSPENDED


def test_an_address_that_its_hosts_do_not_fit(patient: OrganisationRef) -> None:
    assert of_patient(checks=["address"]).findings == ()
    Organisation.objects.filter(pk=patient.id).update(subdomain="elsewhere", earlier_subdomains=["before"])
    report = of_patient(checks=["address"])
    assert "answers at elsewhere.halka.localhost" in told(report, "address")
    assert "lead nowhere any more: before" in told(report, "address")
    of_patient(checks=["address"], mend=True)
    of_patient(checks=["address"], mend=True)  # each way of repairing once
    assert of_patient(checks=["address"]).findings == ()
    hosts = Domain.objects.filter(tenant_id=patient.id).order_by("domain").values_list("domain", "is_primary")
    assert dict(hosts)["elsewhere.halka.localhost"]
    assert not dict(hosts)["before.halka.localhost"]


def test_domains_of_its_own_are_looked_at(patient: OrganisationRef, settings: Any) -> None:
    now = timezone.now()
    live = OwnDomain.objects.create(
        organisation_id=patient.id, domain="work.hand.org", token="t", asked_by_name="x", state="live", checked_at=now
    )  # fmt: skip
    failing = OwnDomain.objects.create(
        organisation_id=patient.id, domain="old.hand.org", token="t", asked_by_name="x", state="failing",
        failing_since=now, lack="proof",
    )  # fmt: skip
    OwnDomain.objects.create(organisation_id=patient.id, domain="new.hand.org", token="t", asked_by_name="x")
    try:
        with name_server() as served:
            settings.DNS_SERVERS = [served.address]
            assert "DNS could not be asked" in told(of_patient(checks=["domain"]), "domain")
            served.records = {(settings.BASE_DOMAIN, "A"): ["192.0.2.80"], ("work.hand.org", "A"): ["192.0.2.80"]}
            report = of_patient(checks=["domain"])
            assert "work.hand.org is live, and its proof is gone" in told(report, "domain")
            assert "old.hand.org fails since" in told(report, "domain")
            assert "new.hand.org" not in told(report, "domain")
            assert not report.is_good
            served.records["_halka.work.hand.org", "TXT"] = ["halka=t"]
            assert of_patient(checks=["domain"]).is_good
            served.records["work.hand.org", "A"] = ["198.51.100.1"]
            assert "does not point here" in told(of_patient(checks=["domain"]), "domain")
            OwnDomain.objects.filter(pk=live.pk).update(checked_at=now - timedelta(days=3))
            assert "not looked at for two days" in told(of_patient(checks=["domain"]), "domain")
    finally:
        OwnDomain.objects.filter(pk__in=[live.pk, failing.pk]).delete()
        OwnDomain.objects.filter(organisation_id=patient.id).delete()


def test_a_changed_audit(patient: OrganisationRef) -> None:
    as_the_owner(f"UPDATE {NAME}.audit_entry SET action = 'another'")
    assert "was changed" in told(of_patient(checks=["audit"]), "audit")


@pytest.fixture
def answering(settings: Any) -> Iterator[Callable[[int], None]]:
    """A web server that answers with the status it is told."""
    status = [200]

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.BASE_PORT = str(server.server_port)
    yield lambda code: status.__setitem__(0, code)
    server.shutdown()
    thread.join()
    server.server_close()


def test_hosts_are_asked_over_the_network_on_demand(
    patient: OrganisationRef, answering: Callable[[int], None], settings: Any
) -> None:
    Domain.objects.filter(tenant_id=patient.id).update(domain="localhost")
    try:
        assert of_patient(checks=["answers"]).findings == ()
        answering(503)
        assert "localhost does not answer: status 503" in told(of_patient(checks=["answers"]), "answers")
        settings.BASE_PORT = "1"
        assert "localhost does not answer: " in told(of_patient(checks=["answers"]), "answers")
    finally:
        Domain.objects.filter(tenant_id=patient.id).delete()


# --- the network ----------------------------------------------------------------------------------
def test_rights_on_shared_tables_that_the_code_does_not_give(committing: None) -> None:
    group = members_group(database())
    as_the_owner(f'GRANT SELECT ON accounts_user TO "{group}"')
    try:
        assert "accounts_user" in of_network()[0].what
    finally:
        as_the_owner(f'REVOKE SELECT ON accounts_user FROM "{group}"')
    assert of_network() == ()


def test_what_belongs_to_nobody(committing: None, settings: Any, tmp_path: Path) -> None:
    role = f"{database()}_o_nobody"
    stray = uuid7()
    settings.MEDIA_ROOT = tmp_path
    for name in (str(stray), "notes"):
        (tmp_path / "organisations" / name).mkdir(parents=True)
    keyring.create(stray)
    as_the_owner(f'CREATE SCHEMA of_nobody; CREATE ROLE "{role}"')
    try:
        words = " ".join(finding.what for finding in next(iter(examine())).findings)
        for left in ("The schema of_nobody", f"The role {role}", f"has keys of {stray}", "organisations/notes"):
            assert left in words
    finally:
        as_the_owner(f'DROP SCHEMA of_nobody; DROP ROLE "{role}"')
        keyring.discard(stray)


def test_a_spare_whose_schema_is_gone(committing: None) -> None:
    spare = prepare_spare()
    with as_owner():
        ddl.drop_organisation(spare.db_role, spare.schema_name)
    try:
        assert spare.schema_name in of_network()[0].what
    finally:
        with as_owner():
            spare.delete()


def test_a_closed_organisation_that_is_still_there(patient: OrganisationRef) -> None:
    Organisation.objects.filter(pk=patient.id).update(state=State.CLOSED)
    (finding,) = of_network()
    assert finding.what == "examined is closed, and its schema is still there."
    assert list(examine(only=NAME)) == []


def test_a_network_role_that_may_enter(patient: OrganisationRef, settings: Any) -> None:
    settings.DATABASE_WALLS = "login"
    assert any("The network's role may act as" in finding.what for finding in of_network())


# --- checks of other apps, and the command --------------------------------------------------------
@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """An app's own check, which finds what the test puts in."""
    monkeypatch.setattr(findings, "_registered", {})
    found: list[Finding] = []
    register("licence", lambda organisation: found if organisation.schema_name == NAME else [])
    return found


def test_other_apps_register_checks(patient: OrganisationRef, licences: list[Finding]) -> None:
    licences.append(warning("Its licence ends in 7 days.", "Renew it."))
    report = of_patient()
    assert told(report, "licence") == "Its licence ends in 7 days."
    assert report.is_good


def test_a_check_that_fails_is_a_finding(patient: OrganisationRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(organisation: Organisation) -> list[Finding]:
        raise OSError

    monkeypatch.setattr(findings, "_registered", {"licence": fail})
    assert "It could not be examined: OSError" in told(of_patient(), "licence")


def test_the_command_says_it_in_words(patient: OrganisationRef, licences: list[Finding]) -> None:
    out = StringIO()
    call_command("doctor", organisation=NAME, verbosity=2, stdout=out)
    assert out.getvalue() == "examined: all is well.\n1 organisations were examined.\n"
    call_command("doctor", organisation=NAME, stdout=(out := StringIO()))
    assert out.getvalue() == "1 organisations were examined.\n"
    licences.append(error("It has no licence.", "Issue one."))
    with pytest.raises(CommandError, match=r"Something is wrong\.") as refused:
        call_command("doctor", stdout=(out := StringIO()))
    assert refused.value.returncode == 1
    assert "examined:\n  ✗ It has no licence.\n    Issue one.\n" in out.getvalue()


def test_the_command_tells_what_it_mended(patient: OrganisationRef) -> None:
    as_the_owner(f'ALTER ROLE "{patient.db_role}" NOLOGIN')
    call_command("doctor", organisation=NAME, mend=True, check=["role"], stdout=(out := StringIO()))
    assert "may not log in.\n    Mended.\n" in out.getvalue()


def test_the_command_for_software(patient: OrganisationRef, licences: list[Finding]) -> None:
    licences += [error("It has no licence.", "Issue one."), warning("Its address is old.", "Ask.")]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", organisation=NAME, json=True, stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["good"] is False
    (report,) = answer["reports"]
    assert report["organisation"] == NAME
    assert report["findings"][0] == {
        "check": "licence",
        "level": "error",
        "what": "It has no licence.",
        "mend": "Issue one.",
        "mended": False,
    }


def test_the_command_knows_no_stranger(committing: None) -> None:
    with pytest.raises(CommandError, match="no organisation nobodyhere") as refused:
        call_command("doctor", organisation="nobodyhere")
    assert refused.value.returncode == 2


def test_a_secretariats_role_is_in_its_group(patient: OrganisationRef) -> None:
    Organisation.objects.filter(pk=patient.id).update(kind=Kind.SECRETARIAT)
    assert secretariat_group(database()) in told(of_patient(checks=["role"]), "role")
    assert of_patient(checks=["role"], mend=True).is_good
