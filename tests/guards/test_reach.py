"""Nobody reads a client who is in somebody else's care: every route of the workspace is walked, new ones by themselves.

All rows about the client share one key, so whatever a route's key stands for, it finds something of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import ROLES, Permission, Role, Seat
from halka.common.current import OrganisationRef
from tenants.caseloads.domain.restriction import restrict_client
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral
from tests.guards import exemptions
from tests.guards.records import KEY, NAME, SECRET, Exchanged, make_exchanged, make_rows, models_about_clients
from tests.guards.test_routes import CLOSED, SAMPLES

OF_CLIENT = ("clients/<uuid:", "cases/<uuid:")
BETWEEN = ("referrals/", "transfers/", "moves/", "access/", "elsewhere/", "api/v1/referrals/")
# Pages that may say that somebody of this name is here, and in whose care, so that nobody is added twice.
NAMED = {"clients/", "clients/mine/", "clients/similar/", "clients/share-out/"}
SEARCHED = {"clients/", "clients/mine/"}
FREE = {"clients/<uuid:pk>/emergency/"}  # what those are offered whose client it is not
SENT = {
    "q": NAME, "client": str(KEY), "clients": str(KEY), "text": "Text",
    "kind": "note", "ids": str(KEY), "confirm": "on", "with": str(KEY),
}  # fmt: skip


@pytest.fixture
def reader(alpha: OrganisationRef, member: Callable[..., User]) -> Callable[[Role], tuple[User, Seat]]:
    def make(role: Role) -> tuple[User, Seat]:
        user = member(alpha, role)
        membership = Membership.objects.get(user=user, organisation_id=alpha.id)
        return user, Seat(user.pk, membership.pk, role, user.name)

    return make


@pytest.fixture
def exchanged(alpha: OrganisationRef, beta: OrganisationRef, request: pytest.FixtureRequest) -> Exchanged:
    """What alpha sends beta; the other way round where a test asks for Direction.IN."""
    return make_exchanged(alpha, beta, getattr(request, "param", Direction.OUT))


def paths() -> Iterator[tuple[str, str]]:
    for name, route in CLOSED.items():
        yield name, route.path.replace(SAMPLES["uuid"], str(KEY))


def _is_about(name: str) -> bool:
    """Whether the route's key stands for a client or for what is between us and others about one."""
    return name.startswith(OF_CLIENT) or (name.startswith(BETWEEN) and "<uuid" in name)


def text_of(answer: Any) -> str:
    """Without what was sent and comes back."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace").replace(f'value="{NAME}"', "").replace(f"q={NAME}", "")


def asked(browser: Browser, name: str, path: str) -> Iterator[Any]:
    """As a page and as a fragment, and sending something."""
    query = {"q": NAME} if name in SEARCHED else {}
    yield browser.get(path, query)
    if name.startswith(OF_CLIENT) or query:
        yield browser.get(path, query, headers={"hx-request": "true"})
    if "<uuid" in name or name in NAMED:
        yield browser.post(path, SENT)


def test_there_is_a_row_of_every_kind() -> None:
    names = {model.__name__ for model in models_about_clients()}
    assert {"Client", "Case", "JournalEntry", "Task", "Document", "Assessment", "Plan", "Step", "FollowUp"} <= names
    assert {"Referral", "Message", "Enclosure", "AnswerLink", "Access", "Transfer", "Match", "Presence"} <= names


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.VOLUNTEER])
def test_a_record_in_a_colleagues_care_is_closed(
    alpha: OrganisationRef,
    client_of: Callable[..., Browser],
    seat_in: Callable[..., Seat],
    reader: Any,
    exchanged: Exchanged,
    role: Role,
) -> None:
    owner = seat_in(alpha, Role.MENTOR)
    user, seat = reader(role)
    with inside(alpha):
        client = make_rows(owner=owner, reader=seat, exchanged=exchanged)[Client]
        record(action="client.viewed", on=client, by=seat)  # they may have opened it once
    browser = client_of(user, alpha)
    told, opened = {}, {}
    for name, path in paths():
        for answer in asked(browser, name, path):
            text = text_of(answer)
            if SECRET in text or (NAME in text and name not in NAMED):
                told[name] = answer.status_code, _around(text)
            if _is_about(name) and name not in FREE and answer.status_code not in (403, 405):
                opened[name] = answer.status_code
            if name in NAMED:
                browser.get("/members/")  # takes along the messages that it left
            may = exemptions.PERMISSIONS[name] in ROLES[role].permissions
            if name.startswith(OF_CLIENT) and may and answer.status_code == 403 and not _is_calm(answer):
                opened[name] = "refused without saying whom to ask"
    assert told == {}, told
    assert opened == {}, opened


def _around(text: str) -> str:
    place = text.find(SECRET) if SECRET in text else text.find(NAME)
    return text[max(0, place - 300) : place + 100]


def _is_calm(answer: Any) -> bool:
    """Says whose care it is, or leads a fragment to where that is said."""
    if "HX-Redirect" in answer.headers:
        return True
    return "caseloads/cases_not_yours.html" in [template.name for template in answer.templates]


def test_the_same_walk_finds_the_person_where_they_may_be_read(
    alpha: OrganisationRef,
    client_of: Callable[..., Browser],
    seat_in: Callable[..., Seat],
    reader: Any,
    exchanged: Exchanged,
) -> None:
    """So that the walk above means something: a supervisor passes, and reads what is there."""
    owner = seat_in(alpha, Role.MENTOR)
    user, seat = reader(Role.SUPERVISOR)
    with inside(alpha):
        make_rows(owner=owner, reader=seat, exchanged=exchanged)
    browser = client_of(user, alpha)
    browser.raise_request_exception = False  # the document is a row without a file
    answers = {name: browser.get(path) for name, path in paths() if name.startswith(OF_CLIENT)}
    assert {name for name, answer in answers.items() if answer.status_code == 403} <= {
        name for name in answers if exemptions.PERMISSIONS[name] not in ROLES[Role.SUPERVISOR].permissions
    }
    assert NAME in text_of(answers["clients/<uuid:pk>/"])
    assert SECRET in text_of(answers["cases/<uuid:pk>/"])


def test_another_organisations_people_find_nothing(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    member: Callable[..., User],
    client_of: Callable[..., Browser],
    seat_in: Callable[..., Seat],
    exchanged: Exchanged,
) -> None:
    """Neither on alpha's host nor, with alpha's keys, on their own: there the rows are nobody's."""
    owner = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        make_rows(owner=owner, reader=owner, exchanged=exchanged)
    user = member(beta, Role.SUPERVISOR)
    for ref in (alpha, beta):
        browser = client_of(user, ref)
        for name, path in paths():
            if name.startswith(OF_CLIENT):
                for answer in asked(browser, name, path):
                    assert answer.status_code in ((404,) if ref is alpha else (403, 404, 405)), name
                    assert NAME not in text_of(answer), name


def test_permissions_that_open_every_record_are_a_supervisors() -> None:
    lead = {role for role, row in ROLES.items() if Permission.CASE_SUPERVISE in row.permissions}
    assert lead == {Role.MANAGER, Role.SUPERVISOR}


def test_a_restricted_record_is_closed_to_all_who_work_with_people(
    alpha: OrganisationRef, client_of: Callable[..., Browser], reader: Any, exchanged: Exchanged
) -> None:
    """Even to the supervisor who is responsible: no page says more than that a person with a withdrawn consent is
    here."""
    user, seat = reader(Role.SUPERVISOR)
    with inside(alpha):
        restrict_client(client=make_rows(owner=seat, reader=seat, exchanged=exchanged)[Client], by=SYSTEM)  # type: ignore[arg-type]
    browser = client_of(user, alpha)
    browser.raise_request_exception = False  # the document is a row without a file
    told, opened = {}, {}
    for name, path in paths():
        for answer in asked(browser, name, path):
            text = text_of(answer).replace(f"“<bdi>{NAME}</bdi>”", "").replace(f"“{NAME}”", "")  # was searched for
            if SECRET in text or NAME in text:
                told[name] = answer.status_code, _around(text)
            if _is_about(name) and answer.status_code not in (403, 404, 405):
                opened[name] = answer.status_code
    assert told == {}, told
    assert opened == {}, opened


def test_a_held_record_is_nowhere(
    alpha: OrganisationRef, client_of: Callable[..., Browser], reader: Any, exchanged: Exchanged
) -> None:
    """It has moved to another organisation: not even a manager, whose clients all are, finds a word of it."""
    user, seat = reader(Role.MANAGER)
    with inside(alpha):
        client = make_rows(owner=seat, reader=seat, exchanged=exchanged)[Client]
        Client.every.filter(pk=client.pk).update(held_at=timezone.now(), restricted_at=timezone.now())
    browser = client_of(user, alpha)
    browser.raise_request_exception = False  # the document is a row without a file
    told, opened = {}, {}
    for name, path in paths():
        for answer in asked(browser, name, path):
            text = text_of(answer).replace(f"“<bdi>{NAME}</bdi>”", "").replace(f"“{NAME}”", "")  # was searched for
            if NAME in text or (SECRET in text and not name.startswith("moves/")):  # what was asked names nobody
                told[name] = answer.status_code, _around(text)
            if name.startswith(OF_CLIENT) and answer.status_code not in (403, 404, 405):
                opened[name] = answer.status_code
            assert answer.status_code != 500, name
    assert told == {}, told
    assert opened == {}, opened


@pytest.mark.parametrize("exchanged", [Direction.IN], indirect=True)
@pytest.mark.parametrize("is_restricted", [False, True])
def test_what_came_from_another_organisation_is_closed_like_the_record(
    alpha: OrganisationRef,
    client_of: Callable[..., Browser],
    seat_in: Callable[..., Seat],
    reader: Any,
    exchanged: Exchanged,
    is_restricted: bool,
) -> None:
    """To a colleague; and once it is restricted, to the supervisor who is responsible too."""
    user, seat = reader(Role.SUPERVISOR if is_restricted else Role.CASEWORKER)
    owner = seat if is_restricted else seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        client = make_rows(owner=owner, reader=seat, exchanged=exchanged)[Client]
        if is_restricted:
            restrict_client(client=client, by=SYSTEM)  # type: ignore[arg-type]
            Referral.objects.update(restricted_at=timezone.now())
    browser = client_of(user, alpha)
    browser.raise_request_exception = False  # the document is a row without a file
    told, opened = {}, {}
    for name, path in paths():
        if not name.startswith(BETWEEN) and name != "":
            continue
        for answer in asked(browser, name, path):
            text = text_of(answer)
            if SECRET in text or NAME in text:
                told[name] = answer.status_code, _around(text)
            decides = is_restricted and "referrals/" in name  # what becomes of the copy, without reading it
            if "<uuid" in name and not decides and answer.status_code not in (403, 404, 405):
                opened[name] = answer.status_code
    assert told == {}, told
    assert opened == {}, opened
