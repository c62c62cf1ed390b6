"""What Prometheus reads: enough to see that something is wrong, and nothing of an organisation or a person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client

from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from halka.operating import counters, exposition, tasks
from network_registry.exchange.models import OutboxItem
from tenants.organisations.enums import WorkKind
from tenants.organisations.models import DueWork

TOKEN = "t" * 32
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+-]+')


@pytest.fixture
def read(db: None, settings: Any) -> Any:
    settings.METRICS_TOKEN = TOKEN
    client = Client(headers={"host": django_settings.BASE_DOMAIN, "Authorization": f"Bearer {TOKEN}"})

    def read() -> dict[str, str]:
        answer = client.get("/metrics")
        assert answer.status_code == 200
        assert answer["Content-Type"] == exposition.CONTENT_TYPE
        lines = answer.content.decode().splitlines()
        for line in lines:
            assert line.startswith(("# HELP halka_", "# TYPE halka_")) or SAMPLE.fullmatch(line), line
        samples = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
        assert len({name for name, _value in samples}) == len(samples)
        return dict(samples)  # type: ignore[arg-type]

    return read


@pytest.mark.parametrize("shown", [None, "", "Bearer ", "Bearer wrong", TOKEN[:-1]])
def test_nobody_finds_it_without_the_token(db: None, settings: Any, shown: str | None) -> None:
    headers = {"host": django_settings.BASE_DOMAIN, **({"Authorization": shown} if shown is not None else {})}
    for settings.METRICS_TOKEN in (TOKEN, ""):
        assert Client(headers=headers).get("/metrics").status_code == 404


def test_requests_are_counted_by_route_and_status(
    read: Any, alpha: OrganisationRef, member: Any, client_of: Any
) -> None:
    browser = client_of(member(alpha, Role.CASEWORKER), alpha)
    browser.get("/clients/?q=Arta")
    browser.get("/clients/")
    browser.get("/clients/0190a7f0-0000-7000-8000-000000000000/")
    browser.get("/nothing/of/the/kind/")
    browser.get("/api/v1/clients/")
    browser.get("/static/nothing.css")
    client_of(None).get("/")
    found = read()
    assert found['halka_requests_total{site="workspace",area="clients",status="200"}'] == "2"
    assert found['halka_requests_total{site="workspace",area="clients",status="404"}'] == "1"
    assert found['halka_requests_total{site="workspace",area="none",status="404"}'] == "1"
    assert found['halka_requests_total{site="api",area="clients",status="200"}'] == "1"
    assert found['halka_requests_total{site="network",area="front",status="200"}'] == "1"
    assert found['halka_request_seconds_count{site="workspace"}'] == "4"
    assert found['halka_request_seconds_bucket{site="workspace",le="+Inf"}'] == "4"
    text = "\n".join(found)
    for word in ("alpha", "Alpha", "Arta", "0190a7f0", "nothing", "example.org"):
        assert word not in text


def test_what_several_processes_count_comes_together(read: Any) -> None:
    counters.add("halka_requests_total", "api", "clients", "200")
    counters.write()
    counters.add("halka_requests_total", "api", "clients", "200", amount=2)
    assert read()['halka_requests_total{site="api",area="clients",status="200"}'] == "3"


def test_nothing_is_lost_while_valkey_is_away(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(type(caches["network"]), "add_amounts", away)
        patched.setattr(type(caches["network"]), "amounts", away)
        counters.add("halka_requests_total", "api", "clients", "200")
        assert counters.counted() == {}
    assert read()['halka_requests_total{site="api",area="clients",status="200"}'] == "1"


def test_a_process_writes_now_and_then(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "_written", 0.0)
    counters.add("halka_requests_total", "api", "clients", "200")
    counters.write_if_due()
    assert not counters._pending
    counters.add("halka_requests_total", "api", "clients", "200")
    counters.write_if_due()
    assert counters._pending


def test_what_is_asked_anew_each_time(read: Any, alpha: OrganisationRef) -> None:
    tasks.heartbeat("celery")
    DueWork.objects.create(organisation_id=alpha.id, kind=WorkKind.WEBHOOKS)
    found = read()
    assert int(found['halka_organisations{state="active"}']) >= 3
    assert found['halka_organisations{state="closed"}'] == "0"
    assert found["halka_organisations_behind"] == "0"
    assert float(found['halka_due_work_age_seconds{kind="webhooks"}']) > 0
    assert float(found["halka_outbox_age_seconds"]) == 0
    assert not OutboxItem.objects.exists()
    assert found['halka_queue_length{queue="celery"}'].isdigit()
    assert 0 <= float(found['halka_heartbeat_age_seconds{queue="celery"}']) < 60
    assert 'halka_heartbeat_age_seconds{queue="webhooks"}' not in found
    assert found['halka_check{check="database"}'] == "1"
    assert found['halka_check{check="worker-webhooks"}'] == "0"


def test_what_cannot_be_asked_is_left_out(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> dict[str, float]:
        raise DatabaseError

    monkeypatch.setitem(exposition._gauges, "halka_outbox_age_seconds", ("x", "", away))
    assert "halka_outbox_age_seconds" not in read()


def test_values_of_labels_are_written_as_they_must_be() -> None:
    assert exposition._line("a", [("b", 'c"\\\n')], 1.5) == 'a{b="c\\"\\\\\\n"} 1.5'
