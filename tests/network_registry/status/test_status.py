"""Does it work? Everybody may ask; the secretariat says more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone, translation

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from halka.operating import checks, tasks
from network_registry.status.domain.incidents import CannotTell, NewIncident, open_incident, write_on
from network_registry.status.domain.standing import standings
from network_registry.status.enums import Part
from network_registry.status.models import KEPT, Incident, IncidentUpdate, said
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

NEW = NewIncident("pages", "slow", {"en": "Pages are slow", "sq": "Faqet janë të ngadalta"}, {"en": "We look at it."})


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    checks.forget()
    yield
    checks.forget()


@pytest.fixture
def well() -> None:
    for queue in checks.QUEUES:
        tasks.heartbeat(queue)


@pytest.fixture
def secretary(secretariat: OrganisationRef, seat_in: Callable[..., Seat]) -> Seat:
    return seat_in(secretariat, Role.SECRETARIAT)


@pytest.fixture
def desk(secretariat: OrganisationRef, member: Callable[..., User], client_of: Any, settings: Any) -> Client:
    settings.DEMO = True
    found: Client = client_of(member(secretariat, Role.SECRETARIAT), secretariat)
    return found


@pytest.fixture
def told(secretariat: OrganisationRef, secretary: Seat) -> Incident:
    with inside(secretariat):
        return open_incident(incident=NEW, by=secretary)


def page(client_of: Any, language: str = "en") -> str:
    answer = client_of(None).get("/status/", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_all_works(db: None, well: None, client_of: Any) -> None:
    content = page(client_of)
    assert "All works" in content
    for part in Part:
        assert str(part.label) in content
    assert "does not work" not in content


def test_what_does_not(db: None, client_of: Any) -> None:
    tasks.heartbeat("celery")
    tasks.heartbeat("provisioning")
    assert {standing.part: standing.works for standing in standings()} == {
        Part.PAGES: True,
        Part.BACKGROUND: True,
        Part.WEBHOOKS: False,
    }
    assert "Something does not work" in page(client_of)


def test_incidents_in_the_readers_language(
    well: None, told: Incident, secretariat: OrganisationRef, secretary: Seat, client_of: Any
) -> None:
    assert "Something is being looked after" in page(client_of)
    assert "Faqet janë të ngadalta" in page(client_of, "sq")
    assert "Pages are slow" in page(client_of, "lt")
    with inside(secretariat):
        write_on(incident=told.pk, texts={"sq": "Mirë."}, gravity="slow", is_over=True, seen_version=1, by=secretary)
    content = page(client_of)
    assert "All works" in content
    assert "Before" in content
    assert content.index("Mirë.") < content.index("We look at it.")
    Incident.objects.update(started_at=timezone.now() - 2 * KEPT, ended_at=timezone.now() - KEPT)
    assert "Mirë." not in page(client_of)


def test_it_names_no_organisation(
    well: None, told: Incident, alpha: OrganisationRef, secretary: Seat, client_of: Any
) -> None:
    content = page(client_of)
    for organisation in Organisation.objects.all():
        for name in (*organisation.names.values(), organisation.host):
            assert name not in content
    assert secretary.name not in content


def test_it_stands_where_incidents_cannot_be_read(
    db: None, well: None, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(type(Incident.objects.all()), "open", away)
    assert "All works" in page(client_of)


def test_texts_fall_back() -> None:
    with translation.override("fa"):
        assert said({"fa": "الف", "en": "a"}) == "الف"
        assert said({"sl": "c", "en": "a"}) == "a"
        assert said({"sl": "c"}) == "c"
        assert said({}) == ""


def test_acts_are_written_down_and_nobody_else_acts(
    told: Incident, secretariat: OrganisationRef, secretary: Seat, alpha: OrganisationRef, seat_in: Callable[..., Seat]
) -> None:
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        with pytest.raises(CannotTell):
            open_incident(incident=NEW, by=manager)
        with pytest.raises(CannotTell):
            write_on(incident=told.pk, texts={}, gravity="down", is_over=False, seen_version=1, by=manager)
    for is_over in (False, True):
        version = Incident.objects.get().version
        with inside(secretariat):
            write_on(
                incident=told.pk, texts={"en": "x"}, gravity="down", is_over=is_over, seen_version=version, by=secretary
            )
    with inside(secretariat), pytest.raises(CannotTell, match="over already"):
        write_on(incident=told.pk, texts={"en": "x"}, gravity="down", is_over=False, seen_version=3, by=secretary)
    with inside(secretariat):
        actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
    assert sorted(actions) == ["incident.ended", "incident.opened", "incident.updated"]


def test_another_organisations_role_writes_none(told: Incident, alpha: OrganisationRef) -> None:
    for write in (
        lambda: Incident.objects.update(gravity="down"),
        lambda: IncidentUpdate.objects.create(incident=told),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), inside(alpha):
            write()


def test_a_second_editor_is_told_and_loses_nothing(
    told: Incident, secretariat: OrganisationRef, secretary: Seat, desk: Client
) -> None:
    with inside(secretariat):
        write_on(
            incident=told.pk, texts={"en": "Meanwhile."}, gravity="down", is_over=False, seen_version=1, by=secretary
        )
        with pytest.raises(EditedMeanwhile):
            write_on(incident=told.pk, texts={"en": "x"}, gravity="slow", is_over=False, seen_version=1, by=secretary)
    address = f"/incidents/{told.pk}/"
    sent = {"seen_version": "1", "gravity": "slow", "text_en": "Mine."}
    answer = desk.post(address, sent)
    content = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody else has written on" in content
    assert "Mine." in content
    assert "Meanwhile." in content
    assert 'name="seen_version" value="2"' in content
    assert desk.post(address, {**sent, "seen_version": "2"}).status_code == 302


def test_on_the_pages(desk: Client, client_of: Any, well: None) -> None:
    assert "Nothing was written yet" in desk.get("/incidents/").content.decode()
    assert desk.get("/incidents/add/").status_code == 200
    sent = {
        "part": "webhooks",
        "gravity": "notice",
        "title_en": "Night work",
        "text_en": "From ten.",
        "title_fa": "کار شبانه",
    }
    wrong = desk.post("/incidents/add/", {**sent, "title_en": ""})
    assert wrong.status_code == 400
    assert "From ten." in wrong.content.decode()
    assert desk.post("/incidents/add/", sent).status_code == 302
    found = Incident.objects.get()
    assert found.titles == {"en": "Night work", "fa": "کار شبانه"}
    assert found.gravity_now.tone == "go"
    assert "Night work" in desk.get("/incidents/").content.decode()
    assert "From ten." in desk.get(f"/incidents/{found.pk}/").content.decode()
    ended = {"seen_version": "1", "gravity": "notice", "text_en": "Done.", "is_over": "on"}
    assert desk.post(f"/incidents/{found.pk}/", ended).status_code == 302
    assert desk.post(f"/incidents/{found.pk}/", ended).status_code == 400
    assert "Done." in page(client_of)


def test_strangers_find_no_such_page(
    told: Incident, alpha: OrganisationRef, member: Any, client_of: Any, settings: Any
) -> None:
    settings.DEMO = True
    manager = client_of(member(alpha, Role.MANAGER), alpha)
    for path in ("/incidents/", "/incidents/add/", f"/incidents/{told.pk}/"):
        assert manager.get(path).status_code == 403  # members whose role does not allow it
        assert client_of(None, alpha).get(path).status_code == 302


def test_a_secretarys_role_elsewhere_opens_nothing(
    alpha: OrganisationRef, member: Any, client_of: Any, settings: Any
) -> None:
    settings.DEMO = True
    assert client_of(member(alpha, Role.SECRETARIAT), alpha).get("/incidents/").status_code == 404


def test_refusals_stand_beside_what_was_typed(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise CannotTell("Not now.")

    monkeypatch.setattr("network_registry.status.views.verbs.open_incident", refuse)
    sent = {"part": "webhooks", "gravity": "notice", "title_en": "Night work", "text_en": "From ten."}
    content = desk.post("/incidents/add/", sent).content.decode()
    assert "Not now." in content
    assert "From ten." in content


def test_the_lists_cost_the_same_for_one_and_three(
    told: Incident, secretariat: OrganisationRef, secretary: Seat, desk: Client, client_of: Any, count_queries: Any
) -> None:
    with inside(secretariat):
        open_incident(incident=NEW, by=secretary)
    Incident.objects.filter(pk=told.pk).update(ended_at=timezone.now() + timedelta(seconds=1))
    asks = (lambda: desk.get("/incidents/"), lambda: client_of(None).get("/status/"))
    before = []
    for ask in asks:
        ask()
        before.append(count_queries(ask))
    with inside(secretariat):
        for _time in range(2):
            open_incident(incident=NEW, by=secretary)
    assert [count_queries(ask) for ask in asks] == before
