"""Pages of webhooks: managers alone, one's own alone, the secret once, and nothing lost between two who edit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.receiver import Receiver
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from tenants.integrations.domain import endpoints as verbs
from tenants.integrations.domain.endpoints import EndpointSettings
from tenants.integrations.domain.notices import roles_told
from tenants.integrations.domain.rounds import deliver_due
from tenants.integrations.models import Attempt, Delivery, Endpoint, EndpointSecret, Event
from tenants.organisations.isolation import inside

Note = Callable[..., Event]


def url(name: str, *args: Any) -> str:
    return reverse(name, urlconf=WORKSPACE_URLS, args=args)


@pytest.fixture
def browser(alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]) -> Client:
    return client_of(member(alpha, Role.MANAGER), alpha)


@pytest.fixture
def foreign(beta: OrganisationRef, receiver: Receiver, seat_in: Callable[..., Seat], note: Note) -> Endpoint:
    """Another organisation's webhook, with events that could leak."""
    by = seat_in(beta, Role.MANAGER)
    with inside(beta):
        made, _secret = verbs.add_endpoint(new=EndpointSettings(f"{receiver.url}/beta", "Of Beta"), by=by)
        note("sent", reference="H-BETA")
        Delivery.objects.update(state="dead", done_at=timezone.now())
    return made


PAGES = ("webhook", "webhook-edit", "webhook-secret", "webhook-remove", "webhook-undelivered")
ACTS = (
    "webhook-edit",
    "webhook-secret",
    "webhook-remove",
    "webhook-pause",
    "webhook-resume",
    "webhook-test",
    "webhook-again",
)


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_anothers_webhook_is_not_there(browser: Client, foreign: Endpoint, beta: OrganisationRef, name: str) -> None:
    address = url(name, foreign.pk)
    assert (browser.get(address) if name in PAGES else browser.post(address)).status_code == 404
    assert browser.post(address, {"hours": 24}).status_code in (404, 405)
    with inside(beta):
        assert (Endpoint.objects.get().version, EndpointSecret.objects.count()) == (1, 1)
        assert Delivery.objects.get().state == "dead"


def test_anothers_webhooks_are_in_no_list(browser: Client, foreign: Endpoint, endpoint: Endpoint) -> None:
    page = browser.get(url("webhooks")).content.decode()
    assert "Our register" in page
    assert "Of Beta" not in page


@pytest.mark.parametrize("role", [role for role in Role if role not in roles_told()])
def test_others_than_managers_are_told_no(
    alpha: OrganisationRef, member: Any, client_of: Callable[..., Client], role: Role
) -> None:
    assert client_of(member(alpha, role), alpha).get(url("webhooks")).status_code == 403


def test_the_first_webhook(browser: Client, alpha: OrganisationRef, receiver: Receiver) -> None:
    empty = browser.get(url("webhooks")).content.decode()
    assert "No webhook yet" in empty
    assert browser.get(url("webhook-add")).status_code == 200
    made = browser.post(
        url("webhook-add"), {"url": f" {receiver.url} ", "description": " Our   register ", "types": ["match.found"]}
    )
    page = made.content.decode()
    with inside(alpha):
        saved = Endpoint.objects.get()
        secret = EndpointSecret.objects.get().secret
        assert (saved.url, saved.description, saved.types) == (receiver.url, "Our register", ["match.found"])
    assert secret in page
    assert "def is_genuine(headers, body):" in page
    assert "no-store" in made["Cache-Control"]
    for name in PAGES:
        assert secret not in browser.get(url(name, saved.pk)).content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "This field is required."), ("register.example.org", "It begins with https://."),
        ("https://localhost/", "cannot be reached from the internet"),
        ("https://no-such-name.invalid/", "cannot be reached from the internet"),
        ("http://example.org/", "Only addresses that begin with https://"),
    ],
)  # fmt: skip
def test_a_bad_address_is_told_beside_the_field_and_nothing_typed_is_lost(
    browser: Client, alpha: OrganisationRef, address: str, words: str
) -> None:
    answer = browser.post(url("webhook-add"), {"url": address, "description": "Register", "types": ["match.found"]})
    assert answer.status_code == 400
    form = answer.context["form"]
    assert words in form.errors["url"][0]
    page = answer.content.decode()
    assert 'value="Register"' in page
    assert 'value="match.found"' in page.split("checked")[0].rsplit("<input", 1)[1]
    with inside(alpha):
        assert not Endpoint.objects.exists()


def test_one_too_many(browser: Client, endpoint: Endpoint, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST", 1)
    assert url("webhook-add") not in browser.get(url("webhooks")).content.decode()
    answer = browser.post(url("webhook-add"), {"url": receiver.url})
    assert answer.status_code == 400
    assert "as many webhooks as there may be" in answer.content.decode()


def shown(browser: Client, endpoint: Endpoint) -> dict[str, Any]:
    """What a browser would send back of the form, had nobody touched it."""
    form = browser.get(url("webhook-edit", endpoint.pk)).context["form"]
    data = {}
    for field in form:
        data[field.html_name] = field.value()
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = field.value()
    return data


def test_changing(browser: Client, alpha: OrganisationRef, endpoint: Endpoint) -> None:
    data = shown(browser, endpoint)
    answer = browser.post(url("webhook-edit", endpoint.pk), {**data, "description": "New name", "types": ["access.*"]})
    assert answer["Location"] == url("webhook", endpoint.pk)
    with inside(alpha):
        saved = Endpoint.objects.get()
        assert (saved.description, saved.types, saved.version) == ("New name", ["access.*"], 2)
    bad = browser.post(url("webhook-edit", endpoint.pk), {**shown(browser, endpoint), "url": "x"})
    assert bad.status_code == 400


def test_two_change_at_once(browser: Client, alpha: OrganisationRef, endpoint: Endpoint) -> None:
    mine, theirs = shown(browser, endpoint), shown(browser, endpoint)
    browser.post(url("webhook-edit", endpoint.pk), {**theirs, "description": "Theirs", "types": ["access.*"]})
    answer = browser.post(url("webhook-edit", endpoint.pk), {**mine, "description": "Mine"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    with inside(alpha):
        assert Endpoint.objects.get().description == "Theirs"


def test_a_new_secret(browser: Client, alpha: OrganisationRef, endpoint: Endpoint) -> None:
    assert browser.get(url("webhook-secret", endpoint.pk)).status_code == 200
    made = browser.post(url("webhook-secret", endpoint.pk), {"hours": "168"})
    with inside(alpha):
        new = endpoint.secrets.get(ends_at=None).secret
        old = endpoint.secrets.exclude(ends_at=None).get()
    assert new in made.content.decode()
    assert old.ends_at - timezone.now() > timedelta(days=6)
    assert "still signs until" in browser.get(url("webhook", endpoint.pk)).content.decode()
    assert browser.post(url("webhook-secret", endpoint.pk), {"hours": "9999"}).status_code == 400


def test_removing(browser: Client, endpoint: Endpoint) -> None:
    assert "Remove “Our register”?" in browser.get(url("webhook-remove", endpoint.pk)).content.decode()
    assert browser.post(url("webhook-remove", endpoint.pk))["Location"] == url("webhooks")
    assert browser.get(url("webhook", endpoint.pk)).status_code == 404


def test_pause_go_on_and_test(
    browser: Client, alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, tasks: Any
) -> None:
    def do(what: str) -> str:
        with tasks():
            return browser.post(url(f"webhook-{what}", endpoint.pk), follow=True).content.decode()

    assert "A test event is on its way" in do("test")
    assert "Arrived" in browser.get(url("webhook", endpoint.pk)).content.decode()
    paused = do("pause")
    assert "Go on" in paused
    assert "Send a test event" not in paused
    assert "Let it go on first" in do("test")
    assert len(receiver.messages) == 1
    assert "What waited is being sent" in do("resume")


def test_the_log_tells_what_came_of_each_attempt(
    browser: Client, alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note
) -> None:
    receiver.answers = [503]
    with inside(alpha):
        note("accepted", reference="H-123")
    deliver_due(alpha)
    page = browser.get(url("webhook", endpoint.pk)).content.decode()
    for words in ("The recipient accepted it", "H-123", "Answered with an error", "503", "Failing, being tried again",
                  "Every attempt since", receiver.url):  # fmt: skip
        assert words in page
    with inside(alpha):
        Attempt(endpoint=endpoint, delivery=Delivery.objects.get(), number=2, failure="interrupted").insert()
        Endpoint.objects.update(state="off")
    page = browser.get(url("webhook", endpoint.pk)).content.decode()
    assert "Interrupted on our side" in page
    assert "Switched off" in page


def test_what_was_not_delivered_is_sent_again(
    browser: Client, alpha: OrganisationRef, endpoint: Endpoint, receiver: Receiver, note: Note, tasks: Any
) -> None:
    assert "Everything has arrived" in browser.get(url("webhook-undelivered", endpoint.pk)).content.decode()
    with inside(alpha):
        for number in range(3):
            note("sent", reference=f"H-{number}")
        Delivery.objects.update(state="dead", done_at=timezone.now())
        one = Delivery.objects.first()
    assert one is not None
    assert "Some events were not delivered" in browser.get(url("webhooks")).content.decode()
    assert "Given up: 3." in browser.get(url("webhook", endpoint.pk)).content.decode()
    page = browser.get(url("webhook-undelivered", endpoint.pk)).content.decode()
    assert all(f"H-{number}" in page for number in range(3))
    with tasks():
        answer = browser.post(url("webhook-again-one", endpoint.pk, one.pk), follow=True)
    assert "1 event is sent again." in answer.content.decode()
    with tasks():
        answer = browser.post(url("webhook-again", endpoint.pk), follow=True)
    assert "2 events are sent again." in answer.content.decode()
    assert len(receiver.messages) == 3


def test_long_queues_are_not_counted_to_the_end(
    browser: Client, alpha: OrganisationRef, endpoint: Endpoint, note: Note
) -> None:
    with inside(alpha):
        first = note()
        Event.objects.bulk_create(Event(type="referral.sent", source_id=uuid7()) for _ in range(100))
        Delivery.objects.bulk_create(
            Delivery(endpoint=endpoint, event=event, lane=event.pk, gives_up_at=timezone.now())
            for event in Event.objects.exclude(pk=first.pk)
        )
    assert "more than 99" in browser.get(url("webhook", endpoint.pk)).content.decode()


@pytest.mark.parametrize("name", ["webhooks", "webhook", "webhook-undelivered"])
def test_as_many_queries_for_three_rows_as_for_one(
    browser: Client, alpha: OrganisationRef, manager: Seat, endpoint: Endpoint, receiver: Receiver, note: Note,
    name: str, django_assert_num_queries: Any,
) -> None:  # fmt: skip
    address = url(name) if name == "webhooks" else url(name, endpoint.pk)

    def add() -> None:
        with inside(alpha):
            verbs.add_endpoint(new=EndpointSettings(receiver.url), by=manager)
            note()
            delivery = Delivery.objects.filter(endpoint=endpoint, state="waiting").first()
            assert delivery is not None
            Attempt(endpoint=endpoint, delivery=delivery, number=1, status=204, milliseconds=3).insert()
            Delivery.objects.filter(pk=delivery.pk).update(state="dead", done_at=timezone.now())

    add()
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    add()
    add()
    with django_assert_num_queries(len(one)):
        browser.get(address)
