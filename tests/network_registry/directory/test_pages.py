"""Keeping one's own services up to date, and answering questions, on pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from network_registry.directory.domain.services import hours_of
from network_registry.directory.models import CapacityQuestion, Closure, Entry, Location, Offer, Service
from tenants.organisations.isolation import inside

Make = Callable[..., Offer]


@pytest.fixture(autouse=True)
def without_second_factors(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def manager(alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> Client:
    return client_of(member(alpha, Role.MANAGER), alpha)


@pytest.fixture
def mentor(alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client]) -> Client:
    return client_of(member(alpha, Role.MENTOR), alpha)


def text_of(answer: Any) -> str:
    return answer.content.decode()


NEW = {
    "name_en": "Sewing", "description_en": "By hand", "need": "training", "languages": ["sq", "en"],
    "is_published": "on", "start-place_name": "House", "start-place": "Tetovo", "start-country": "MK",
    "start-hours": "8-16",
    "start-free_places": "3",
}  # fmt: skip


def test_the_first_service_takes_one_short_form(manager: Client, alpha: OrganisationRef) -> None:
    empty = text_of(manager.get("/services/own/"))
    assert "Nobody finds you yet" in empty
    assert 'href="/services/own/add/"' in empty
    assert manager.get("/services/own/add/").status_code == 200
    assert manager.post("/services/own/add/", NEW).status_code == 302
    offer = Offer.objects.select_related("service", "location").get()
    assert (offer.service.names, offer.service.languages) == ({"en": "Sewing"}, ["sq", "en"])
    assert (offer.location.latitude, offer.location.country) == (42.010, "MK")
    assert [span.weekday for span in hours_of(offer)] == [0, 1, 2, 3, 4]
    assert (offer.free_places, Entry.objects.count()) == (3, 1)
    again = {**NEW, "name_en": "Knitting", "start-location": str(offer.location_id), "start-phone": "044 000"}
    assert manager.post("/services/own/add/", again).status_code == 302
    assert Location.objects.count() == 1
    assert Offer.objects.get(service__names__en="Knitting").phone == "044 000"
    page = text_of(manager.get("/services/own/"))
    assert "Sewing" in page
    assert "3 free places" in page
    assert "Monday – Friday" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name_en": ""}, "This field is required"),
        ({"start-place": ""}, "A new place needs this"),
        ({"start-hours": "mornings"}, "Write hours like this"),
        ({"minimum_age": "30", "maximum_age": "16"}, "The lower age comes first"),
        ({"start-free_places": "501"}, "less than or equal to 500"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    manager: Client, changes: dict[str, str], told: str
) -> None:
    answer = manager.post("/services/own/add/", {**NEW, **changes})
    assert answer.status_code == 400
    assert told in text_of(answer)
    assert "By hand" in text_of(answer)
    assert not Service.objects.exists()


def test_an_unknown_town_is_a_place_without_a_point(manager: Client) -> None:
    manager.post("/services/own/add/", {**NEW, "start-place": "Tetovo", "start-country": "RS"})
    assert Location.objects.get().latitude is None
    assert "Not on the map" in text_of(manager.get("/services/own/"))


def shown_by(browser: Client, path: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send back, hidden fields too, with changes."""
    forms = browser.get(path).context
    form = forms["form"]
    data: dict[str, Any] = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        for name, shown in (
            (bound.html_name, value),
            (bound.html_initial_name, value if bound.field.show_hidden_initial else None),
        ):
            if shown in (None, "", False, []):
                continue
            shown = bound.field.prepare_value(shown)
            data[name] = "on" if shown is True else shown if isinstance(shown, list) else str(shown)
        assert widget is not None
    return {**data, **changes}


def test_a_service_is_changed_and_two_who_change_it_see_both(manager: Client, offered: Make, alpha: Any) -> None:
    offer = offered(alpha, "Sewing", need="training", languages=("sq",))
    path = f"/services/own/{offer.service_id}/"
    mine = shown_by(manager, path, name_en="Knitting", name_fa="بافندگی")
    theirs = shown_by(manager, path, fees="2 EUR", name_en="Tailoring")
    assert manager.post(path, theirs).status_code == 302
    conflict = manager.post(path, mine)
    assert conflict.status_code == 409
    assert "Tailoring" in text_of(conflict)
    assert "Knitting" in text_of(conflict)
    assert Service.objects.get().names == {"en": "Tailoring"}
    wrong = manager.post(path, {**mine, "minimum_age": "130"})
    assert wrong.status_code == 400
    assert "Knitting" in text_of(wrong)


def test_a_place_is_added_changed_and_closed(manager: Client, alpha: OrganisationRef) -> None:
    assert manager.get("/services/own/places/add/").status_code == 200
    place = {"name": "Hall", "place": "Gostivar", "country": "MK", "accessibility": ["lift"]}
    assert manager.post("/services/own/places/add/", {**place, "latitude": "41"}).status_code == 400
    assert manager.post("/services/own/places/add/", place).status_code == 302
    saved = Location.objects.get()
    assert (saved.latitude, saved.accessibility) == (41.796, ["lift"])
    path = f"/services/own/places/{saved.pk}/"
    stale = shown_by(manager, path, phone="1")
    moved = shown_by(manager, path, place="Tetovë")
    assert manager.post(path, moved).status_code == 302
    assert Location.objects.get().latitude == 42.010
    assert manager.post(path, stale).status_code == 409
    exact = shown_by(manager, path, latitude="42.05", longitude="20.95")
    assert manager.post(path, exact).status_code == 302
    assert Location.objects.get().latitude == 42.05
    assert manager.post(path, {**shown_by(manager, path), "name": ""}).status_code == 400

    closed = f"{path}closed/"
    days = {"closed-first_on": "24/12/2099", "closed-last_on": "26/12/2099", "closed-note": "Holidays"}
    assert manager.post(closed, days).status_code == 302
    assert manager.post(closed, {"closed-first_on": "31/12/2099"}).status_code == 302
    assert "Holidays" in text_of(manager.get(path))
    closure = Closure.objects.get(note="Holidays")
    assert manager.post(closed, {"closed-remove": str(closure.pk)}).status_code == 302
    assert [str(one.last_on) for one in Closure.objects.all()] == ["2099-12-31"]
    for wrong, told in (
        ({**days, "closed-last_on": "20/12/2099"}, "The last day comes after the first"),
        ({"closed-note": "Holidays"}, "Which day does it begin"),
    ):
        answer = manager.post(closed, wrong)
        assert answer.status_code == 400
        assert told in text_of(answer)


def test_hours_and_one_more_place(manager: Client, offered: Make, alpha: OrganisationRef) -> None:
    offer = offered(alpha, "Sewing")
    more = f"/services/own/{offer.service_id}/places/"
    assert "There is no other place" in text_of(manager.get(more))
    manager.post("/services/own/places/add/", {"name": "Hall", "place": "Gostivar", "country": "MK"})
    hall = Location.objects.get(name="Hall")
    wrong = manager.post(more, {"location": str(hall.pk), "day_0": "all day"})
    assert wrong.status_code == 400
    assert "all day" in text_of(wrong)
    assert manager.post(more, {"location": str(hall.pk), "day_0": "9-12", "phone": "1"}).status_code == 302
    added = Offer.objects.get(location=hall)
    assert (added.phone, len(hours_of(added))) == ("1", 1)

    path = f"/services/own/offers/{added.pk}/"
    stale = shown_by(manager, path, phone="2")
    assert manager.post(path, shown_by(manager, path, day_5="10-14")).status_code == 302
    assert [span.weekday for span in hours_of(Offer.objects.get(pk=added.pk))] == [0, 5]
    conflict = manager.post(path, stale)
    assert conflict.status_code == 409
    assert "10:00–14:00" in text_of(conflict)
    paused = shown_by(manager, path)
    del paused["is_offered"]
    assert manager.post(path, paused).status_code == 302
    assert not Entry.objects.filter(offer=added).exists()
    assert "Not offered now" in text_of(manager.get("/services/own/"))
    assert manager.post(path, {**shown_by(manager, path), "day_0": "x"}).status_code == 400


def test_a_place_taken_meanwhile_is_told(manager: Client, offered: Make, alpha: Any, monkeypatch: Any) -> None:
    from network_registry.directory.views import own

    first, second = offered(alpha, "Sewing"), offered(alpha, "Knitting")
    original = own.PlaceChoiceForm.is_valid

    def taken_meanwhile(self: Any) -> bool:
        valid = original(self)
        if valid:
            Offer.objects.get_or_create(organisation_id=alpha.id, service=first.service, location=second.location)
        return valid

    monkeypatch.setattr(own.PlaceChoiceForm, "is_valid", taken_meanwhile)
    answer = manager.post(f"/services/own/{first.service_id}/places/", {"location": str(second.location_id)})
    assert answer.status_code == 400
    assert "offered at this place already" in text_of(answer)


def test_free_places_are_confirmed_in_one_go(mentor: Client, offered: Make, alpha: Any, beta: Any) -> None:
    assert "Nothing to confirm" in text_of(mentor.get("/services/own/capacity/"))
    first, second = offered(alpha, "A", free=2), offered(alpha, "B")
    offered(beta, "Foreign")
    page = text_of(mentor.get("/services/own/capacity/"))
    assert "Foreign" not in page
    assert page.count("data-step") == 4
    sent = {f"{first.pk}-free_places": "2", f"{first.pk}-seen_version": "2", f"{second.pk}-free_places": "x",
            f"{second.pk}-seen_version": "1"}  # fmt: skip
    wrong = mentor.post("/services/own/capacity/", sent)
    assert wrong.status_code == 400
    assert "Enter a whole number" in text_of(wrong)
    sent[f"{second.pk}-free_places"] = "5"
    assert mentor.post("/services/own/capacity/", sent).status_code == 302
    assert Offer.objects.get(pk=second.pk).free_places == 5
    stale = {**sent, f"{second.pk}-free_places": "1"}
    conflict = mentor.post("/services/own/capacity/", stale)
    assert conflict.status_code == 409
    page = text_of(conflict)
    assert "free places 5, weeks of waiting –" in page
    assert f'name="{second.pk}-free_places" value="1"' in page
    stale[f"{second.pk}-seen_version"] = "2"
    assert mentor.post("/services/own/capacity/", stale).status_code == 302
    assert Offer.objects.get(pk=second.pk).free_places == 1


def test_a_mentor_confirms_and_does_not_manage(mentor: Client, offered: Make, alpha: Any) -> None:
    assert "A manager of your organisation can add them" in text_of(mentor.get("/services/own/"))
    offer = offered(alpha, "A", "Atlantis")
    page = text_of(mentor.get("/services/own/"))
    assert 'href="/services/own/capacity/"' in page
    assert f'href="/services/own/{offer.service_id}/"' not in page
    assert mentor.get(f"/services/own/{offer.service_id}/").status_code == 403


def test_what_others_own_is_not_there(manager: Client, offered: Make, beta: OrganisationRef) -> None:
    offer = offered(beta, "Foreign")
    for path in (
        f"{offer.service_id}/", f"{offer.service_id}/places/", f"offers/{offer.pk}/", f"places/{offer.location_id}/",
    ):  # fmt: skip
        assert manager.get(f"/services/own/{path}").status_code == 404
    assert manager.post(f"/services/own/places/{offer.location_id}/closed/").status_code == 404


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_place_is_asked_for_and_answered_with_one_tap(
    mentor: Client, offered: Make, beta: OrganisationRef, member: Any, client_of: Any, tasks: Any
) -> None:
    offer = offered(beta, "Mentoring")
    target = client_of(member(beta, Role.CASEWORKER), beta)
    assert "Nobody has asked yet" in text_of(target.get("/services/questions/"))
    assert "Nothing asked yet" in text_of(mentor.get("/services/questions/", {"side": "out"}))
    path = f"/services/{offer.pk}/ask/"
    assert "nothing of who they are" in text_of(mentor.get(path))
    wrong = mentor.post(path, {"need": "mentoring", "urgency": "high", "people": "0"})
    assert wrong.status_code == 400
    assert mentor.post(path, {"need": "mentoring", "urgency": "high", "people": "2"}).status_code == 302
    again = mentor.post(path, {"need": "mentoring", "urgency": "high", "people": "2"})
    assert again.status_code == 400
    assert "asked for this today already" in text_of(again)

    question = CapacityQuestion.objects.get()
    today = text_of(target.get("/"))
    assert "Have you got a place?" in today
    assert f"/services/questions/{question.pk}/answer/" in today
    answer = f"/services/questions/{question.pk}/answer/"
    target.post(answer, {"answer": "wait"})
    assert "How many weeks" in text_of(target.get("/services/questions/"))
    back = target.post(answer, {"answer": "wait", "waiting_weeks": "4", "next": "today"})
    assert back["Location"] == "/"
    late = target.post(answer, {"answer": "no"})
    assert late["Location"] == "/services/questions/"
    assert "A colleague has answered this already" in text_of(target.get("/services/questions/"))
    assert "Have you got a place?" not in text_of(target.get("/"))
    told = text_of(mentor.get("/"))
    assert "Answers about a place" in told
    assert "4 weeks" in told
    page = text_of(mentor.get("/services/questions/", {"side": "out"}))
    assert "Not now, with a wait" in page
    assert "Not now, with a wait" in text_of(mentor.get(f"/services/{offer.pk}/"))
    assert mentor.post(answer, {"answer": "yes"}).status_code == 404


def test_ones_own_and_what_is_not_shown_cannot_be_asked_for(
    mentor: Client, offered: Make, alpha: Any, beta: Any
) -> None:
    own, hidden = offered(alpha, "Own"), offered(beta, "Hidden", is_published=False)
    assert mentor.get(f"/services/{own.pk}/ask/").status_code == 404
    assert mentor.get(f"/services/{hidden.pk}/ask/").status_code == 404


def test_today_reminds_of_old_numbers(mentor: Client, offered: Make, alpha: OrganisationRef) -> None:
    assert "Confirm in a minute" not in text_of(mentor.get("/"))
    offered(alpha, "A")
    offered(alpha, "Hidden", is_published=False)
    page = text_of(mentor.get("/"))
    assert "Confirm in a minute" in page
    assert "1 of your offers has not been confirmed" in page


@pytest.mark.parametrize("path", ["/services/own/", "/services/own/capacity/", "/services/questions/?side=out"])
def test_as_many_queries_for_three_as_for_one(
    manager: Client, offered: Make, alpha: OrganisationRef, beta: OrganisationRef, path: str
) -> None:
    counts = []
    for turn in range(2):
        for number in range(1 + turn):
            offered(alpha, f"A{turn}{number}")
            other = offered(beta, f"B{turn}{number}")
            with inside(alpha):
                CapacityQuestion.objects.create(
                    offer=other, asker_id=alpha.id, target_id=beta.id, need="other", asked_on="2026-11-23"
                )
        manager.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
