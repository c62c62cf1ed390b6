from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.addresses import WORKSPACE_URLS, workspace_host
from halka.common.current import OrganisationRef
from tenants.caseloads.domain import own_page
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.erasure import erase_client
from tenants.caseloads.models import Client
from tenants.learning.domain import planning
from tenants.learning.models import AdoptedCurriculum, PlannedUnit
from tenants.organisations.isolation import inside
from tenants.organisations.models import Membership
from tests.tenants.learning.conftest import unit_of

Sign = Callable[..., Browser]


@pytest.fixture
def mentor(alpha: OrganisationRef, member: Callable[..., User]) -> User:
    return member(alpha, Role.MENTOR)


@pytest.fixture
def browser(alpha: OrganisationRef, mentor: User, client_of: Sign) -> Browser:
    return client_of(mentor, alpha)


@pytest.fixture
def ana(alpha: OrganisationRef, mentor: User) -> Client:
    membership = Membership.objects.get(user=mentor, organisation_id=alpha.id)
    by = Seat(mentor.pk, membership.pk, Role.MENTOR, mentor.name)
    with inside(alpha):
        return add_client(details=ClientDetails(given_name="Ana"), assigned_to=membership.pk, by=by)


def page(browser: Browser, path: str, **query: Any) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def rows(client: Client) -> dict[str, PlannedUnit]:
    return {row.title: row for row in planning.plan_of(client)}


def test_without_a_curriculum_there_is_nothing_to_plan(browser: Browser, ana: Client) -> None:
    assert "You teach from no curriculum yet" in page(browser, f"/clients/{ana.pk}/learning/")
    assert "whole learning plan" not in page(browser, f"/clients/{ana.pk}/")


def test_a_plan_is_assembled_changed_and_ticked_off(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, browser: Browser, ana: Client
) -> None:
    path = f"/clients/{ana.pk}/learning/"
    assert "No learning plan yet" in page(browser, path)
    assert browser.post(f"{path}assemble/", {"curriculum": "x"}).status_code == 200
    assert browser.post(f"{path}assemble/", {"curriculum": str(adopted.pk)}).url == path
    text = page(browser, path)
    assert "A first step for everybody: nothing is rated yet." in text
    assert "0 of 5 done" in " ".join(text.split())
    with inside(alpha):
        plan = rows(ana)
    for do in (f"done:{plan['Hope'].pk}", f"begun:{plan['Talk'].pk}"):
        assert browser.post(f"{path}progress/", {"do": do}).url == path
    for do in (f"down:{plan['Steps'].pk}", f"up:{plan['Talk'].pk}", f"remove:{plan['Listen'].pk}"):
        assert browser.post(f"{path}arrange/", {"do": do}).url == path
    text = page(browser, path)
    assert "“Talk” builds on “Hope”" in text
    assert "1 of 4 done" in " ".join(text.split())
    with inside(alpha):
        assert list(rows(ana)) == ["Hope", "Talk", "Steps", "Ask"]
        listen = unit_of(adopted, "listen")
    assert browser.post(f"{path}add/", {"unit": ""}).status_code == 200
    assert browser.post(f"{path}add/", {"unit": listen.pk}).url == path
    assert "Chosen by hand." in page(browser, path)
    text = page(browser, f"/clients/{ana.pk}/")
    assert "1 of 5 units done" in " ".join(text.split())
    for where, do in (
        ("arrange", "fly:x"),
        ("arrange", f"fly:{plan['Hope'].pk}"),
        ("progress", f"x:{plan['Hope'].pk}"),
    ):
        assert browser.post(f"{path}{where}/", {"do": do}).status_code == 404


def test_a_note_of_two_people(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, browser: Browser, ana: Client
) -> None:
    with inside(alpha):
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        row = rows(ana)["Hope"]
    path = f"/clients/{ana.pk}/learning/{row.pk}/note/"
    assert "what makes it easier" in page(browser, path)
    first = {"note": "Slowly.", "seen_version": 1, "initial-note": ""}
    assert browser.post(path, first).status_code == 302
    answer = browser.post(path, {**first, "note": "With tea."})
    assert answer.status_code == 409
    assert "Slowly." in answer.content.decode()
    assert "Slowly." in page(browser, f"/clients/{ana.pk}/learning/")


def test_the_sheet_is_in_the_persons_language(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, browser: Browser, ana: Client
) -> None:
    with inside(alpha):
        planning.add_unit(client=ana, unit=unit_of(adopted, "hope"), by=seat)
    path = f"/clients/{ana.pk}/learning/print/"
    assert "What I learn" in page(browser, path)
    assert 'lang="fa"' in page(browser, path, lang="fa")


def test_those_who_may_not_open_the_record_see_nothing(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    adopted: AdoptedCurriculum,
    seat: Seat,
    ana: Client,
    member: Callable[..., User],
    client_of: Sign,
) -> None:
    with inside(alpha):
        planning.add_unit(client=ana, unit=unit_of(adopted, "hope"), by=seat)
        row = rows(ana)["Hope"]
    path = f"/clients/{ana.pk}/learning/"
    colleague = client_of(member(alpha, Role.CASEWORKER), alpha)
    for where in ("", "print/", f"{row.pk}/note/"):
        assert colleague.get(path + where).status_code == 403
    stranger = client_of(member(beta, Role.MANAGER), beta)
    assert stranger.get(path).status_code == 404


def test_one_persons_plan_is_not_reached_by_way_of_another(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, browser: Browser, ana: Client
) -> None:
    with inside(alpha):
        ben = add_client(details=ClientDetails(given_name="Ben"), assigned_to=seat.membership_id, by=seat)
        planning.add_unit(client=ben, unit=unit_of(adopted, "hope"), by=seat)
        row = rows(ben)["Hope"]
    path = f"/clients/{ana.pk}/learning/"
    assert browser.get(f"{path}{row.pk}/note/").status_code == 404
    assert browser.post(f"{path}progress/", {"do": f"done:{row.pk}"}).status_code == 404
    assert browser.post(f"{path}arrange/", {"do": f"remove:{row.pk}"}).status_code == 404


def test_people_see_on_their_own_page_what_they_learn(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    """Not why: that is for those who work with them to say."""
    with inside(alpha):
        link = own_page.make_link(client=ana, language="en", by=seat)
    browser = Browser(headers={"host": workspace_host(alpha.short_name)})
    browser.post(reverse("me-door", WORKSPACE_URLS, args=[link.token]), {"code": link.code})
    assert "What I learn" not in page(browser, "/me/")
    assert "Nothing is written down here yet." in page(browser, "/me/learning/")
    with inside(alpha):
        planning.add_unit(client=ana, unit=unit_of(adopted, "hope"), by=seat)
        planning.mark_progress(planned=rows(ana)["Hope"], state="done", on=date(2026, 3, 3), by=seat)
    assert "What I learn" in page(browser, "/me/")
    text = page(browser, "/me/learning/")
    assert "Hope" in text
    assert "3 March 2026" in text
    assert "by hand" not in text


def test_a_plan_goes_with_the_person(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    with inside(alpha):
        planning.add_unit(client=ana, unit=unit_of(adopted, "hope"), by=seat)
        erase_client(client=ana, reason="asked", by=seat)
        assert not PlannedUnit.objects.exists()
        assert adopted.units.count() == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_number_of_queries_for_one_and_three(
    alpha: OrganisationRef,
    adopted: AdoptedCurriculum,
    seat: Seat,
    browser: Browser,
    ana: Client,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    with inside(alpha):
        for key in ("hope", "steps", "talk")[:count]:
            planning.add_unit(client=ana, unit=unit_of(adopted, key), by=seat)
    path = f"/clients/{ana.pk}/learning/"
    page(browser, path)
    with django_assert_num_queries(17):
        page(browser, path)
