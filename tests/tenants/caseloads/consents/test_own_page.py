"""A person's own page: who gets in, what is shown, what may be done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.signing import dumps
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import workspace_host
from halka.common.errors import Refused
from tenants.caseloads.domain import consents as consent_verbs
from tenants.caseloads.domain import own_page
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.corrections import answer_correction, ask_correction
from tenants.caseloads.domain.own_page import THEMSELVES, TRIES, make_link, open_with_code, stop_link
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.models import Assessment, Case, Client, Consent, Correction, JournalEntry, PersonalLink
from tenants.caseloads.views import own_page as views
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

from .conftest import agree, enter, whole_life

PAGES = ("/me/", "/me/held/", "/me/seen/", "/me/consents/", "/me/correct/")


def refused(answer):
    return "This did not open" in answer.content.decode()


# --- link and code ---------------------------------------------------------------------------------------------
def test_neither_token_nor_code_is_kept(alpha, link):
    with inside(alpha):
        row = PersonalLink.objects.values().get()
        kept = " ".join(str(value) for value in row.values())
        assert link.token not in kept
        assert link.code not in kept
        assert len(link.token) >= 43
        assert len(link.code) == 6
        assert row["expires_at"] - row["created_at"] == timedelta(hours=72)


def test_the_right_code_opens_and_is_audited_as_the_persons_own_act(alpha, link, person):
    with inside(alpha):
        assert open_with_code(token=link.token, code=link.code) == link.link
        entry = Entry.objects.get(action="own_page.opened")
        assert (entry.actor_user_id, entry.actor_name, entry.about_id) == (None, THEMSELVES.name, person.pk)


def test_a_code_may_be_typed_with_persian_digits_and_spaces(alpha, link):
    persian = link.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    with inside(alpha):
        assert open_with_code(token=link.token, code=f" {persian[:3]} {persian[3:]} ") is not None


def test_a_link_can_be_refitted_for_the_demo(alpha, link):
    with inside(alpha):
        own_page.refit(link.link, token="known", code="246810", expires_at=timezone.now() + timedelta(days=9))
        assert open_with_code(token=link.token, code=link.code) is None
        assert open_with_code(token="known", code="246810") == link.link


def test_a_refusal_of_a_correction_says_why(alpha, person, seat):
    with inside(alpha):
        asked = ask_correction(client=person, text="Wrong", by=THEMSELVES)
        with pytest.raises(Refused):
            answer_correction(correction=asked, state="refused", answer=" ", by=seat)


def test_after_five_wrong_codes_the_right_one_opens_nothing(alpha, link):
    wrong = f"{(int(link.code) + 1) % 10**6:06}"
    with inside(alpha):
        for _number in range(TRIES):
            assert open_with_code(token=link.token, code=wrong) is None
        assert open_with_code(token=link.token, code=link.code) is None
        assert Entry.objects.filter(action="own_page.locked").count() == 1


def test_wrong_codes_count_across_visits(alpha, link):
    wrong = f"{(int(link.code) + 1) % 10**6:06}"
    with inside(alpha):
        for _number in range(TRIES - 1):
            open_with_code(token=link.token, code=wrong)
        assert open_with_code(token=link.token, code=link.code) is not None
        assert open_with_code(token=link.token, code=wrong) is None
        assert open_with_code(token=link.token, code=link.code) is None


def test_expired_stopped_and_merged_links_open_nothing(alpha, link, person, seat, add):
    with inside(alpha):
        with time_machine.travel(timezone.now() + timedelta(hours=73), tick=False):
            assert open_with_code(token=link.token, code=link.code) is None
        merged = add(given_name="Twin")
        Client.objects.filter(pk=person.pk).update(merged_into=merged)
        assert open_with_code(token=link.token, code=link.code) is None
        Client.objects.filter(pk=person.pk).update(merged_into=None)
        stop_link(link=link.link, by=seat)
        stop_link(link=link.link, by=seat)
        assert open_with_code(token=link.token, code=link.code) is None
        assert Entry.objects.filter(action="own_page.link_stopped").count() == 1


def test_as_much_work_is_done_for_a_link_that_is_not_there(alpha, link, monkeypatch):
    done = []
    monkeypatch.setattr(own_page, "check_password", lambda code, kept: done.append(kept) is not None)
    with inside(alpha):
        open_with_code(token="unknown", code="123456")
        stopped = PersonalLink.objects.get()
        PersonalLink.objects.update(revoked_at=timezone.now())
        open_with_code(token=link.token, code=link.code)
    assert len(done) == 2
    assert stopped.code_hash not in done


def test_a_session_is_of_one_organisation_and_half_an_hour(alpha, beta, link):
    with inside(alpha):
        text = own_page.session_of(link.link)
        assert own_page.link_of_session(text) == link.link
        assert own_page.link_of_session("nonsense") is None
        assert own_page.link_of_session(dumps("no-key", salt=own_page.salt("own-page"))) is None
        with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
            assert own_page.link_of_session(text) is None
    with inside(beta):
        assert own_page.link_of_session(text) is None


# --- the door ---------------------------------------------------------------------------------------------------
def test_the_door_says_the_same_whatever_the_link(alpha, phone, link, seat):
    """Wrong code, unknown, stopped: the same words, the same status."""
    wrong = f"{(int(link.code) + 1) % 10**6:06}"

    def body(token, code):
        answer = phone.post(f"/me/{token}/?l=en", {"code": code})
        assert answer.status_code == 403
        text = answer.content.decode().replace(token, "")
        return "\n".join(line for line in text.splitlines() if "csrf" not in line)

    first = body(link.token, wrong)
    unknown = body("x" * 43, wrong)
    with inside(alpha):
        PersonalLink.objects.update(revoked_at=timezone.now())
    assert first == unknown == body(link.token, link.code)
    there, nowhere = (
        phone.get(f"/me/{token}/?l=en").content.decode().replace(token, "").split("csrf")[0]
        for token in (link.token, "x" * 43)
    )
    assert there == nowhere


def test_inside_for_half_an_hour(alpha, phone, link):
    assert phone.get("/me/").status_code == 403
    answer = enter(phone, link)
    cookie = answer.cookies["halka_me"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/me/", True, "Strict")
    assert int(cookie["max-age"]) == 1800
    assert "halka_session" not in answer.cookies
    for address in PAGES:
        assert phone.get(address).status_code == 200, address
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert phone.get("/me/").status_code == 403


def test_a_stopped_link_ends_who_is_inside(alpha, inside_page, link, seat):
    with inside(alpha):
        stop_link(link=link.link, by=seat)
    assert inside_page.get("/me/").status_code == 403


def test_closing_ends_it_on_this_device(inside_page):
    assert inside_page.post("/me/close/").status_code == 200
    assert inside_page.get("/me/").status_code == 403


def test_the_form_is_taken_from_this_page_alone(alpha, link):
    """As a browser sends it: with the token of the page and its origin."""
    strict = Browser(enforce_csrf_checks=True, headers={"host": workspace_host("alpha")})
    page = strict.get(f"/me/{link.token}/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"code": link.code, "csrfmiddlewaretoken": token}
    address = f"/me/{link.token}/"
    assert strict.post(address, form, headers={"origin": "http://evil.example"}).status_code == 403
    assert strict.post(address, {"code": link.code}).status_code == 403
    assert strict.post(address, form, headers={"origin": "http://alpha.halka.localhost"}).status_code == 302


def test_brute_force_is_slowed_by_link_and_by_address(alpha, phone, monkeypatch):
    monkeypatch.setattr(views, "PER_LINK", 2)
    codes = [phone.post("/me/unknown/", {"code": "1"}).status_code for _number in range(3)]
    assert codes == [403, 403, 429]
    monkeypatch.setattr(views, "PER_ADDRESS", 3)
    assert phone.post("/me/other/", {"code": "1"}).status_code == 429


def test_nothing_is_kept_indexed_or_told_to_others(inside_page, link):
    for address in (*PAGES, f"/me/{link.token}/"):
        answer = inside_page.get(address)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "<script" not in answer.content.decode()


# --- the other organisation, the other person -------------------------------------------------------------------
def test_alphas_link_opens_nothing_on_betas_host(alpha, beta, link, theirs):
    other = Browser(headers={"host": workspace_host("beta")})
    assert refused(other.post(f"/me/{link.token}/?l=en", {"code": link.code}))
    mine = Browser(headers={"host": workspace_host("alpha")})
    enter(mine, link)
    other.cookies["halka_me"] = mine.cookies["halka_me"].value
    assert other.get("/me/").status_code == 403


def test_another_persons_rows_are_not_reached(alpha, inside_page, add, seat):
    with inside(alpha):
        other = whole_life(add(given_name="Quentin"), seat, closed=False)
        offer = consent_verbs.offer_consent(
            client=other.case.client,
            new=NewConsent(["contact"], "", timezone.localdate() + timedelta(days=9), purpose="contact"),
            by=seat,
        )
    for address in (
        f"/me/consents/{other.consent.pk}/withdraw/",
        f"/me/offers/{offer.pk}/",
        f"/me/leave/{other.case.pk}/",
    ):
        assert inside_page.get(address).status_code == 404
        assert inside_page.post(address, {"answer": "yes"}).status_code == 404
    for address in PAGES:
        assert "Quentin" not in inside_page.get(address).content.decode()


def test_colleagues_sessions_have_nothing_to_do_with_it(alpha, member, client_of, link):
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    assert browser.get("/me/").status_code == 403
    enter(browser, link)
    assert browser.get("/me/").status_code == 200
    assert "halka_session" in browser.cookies


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_a_suspended_or_closed_organisation_shows_nothing(alpha, inside_page, link, state):
    Organisation.objects.filter(pk=alpha.id).update(state=state)
    for address in ("/me/", f"/me/{link.token}/"):
        answer = inside_page.get(address)
        assert answer.status_code == 503
        assert "Zamfirija" not in answer.content.decode()


def test_a_schema_on_another_version_answers_later(alpha, inside_page):
    Organisation.objects.filter(pk=alpha.id).update(schema_version="older")
    assert inside_page.get("/me/").status_code == 503


# --- what is shown -----------------------------------------------------------------------------------------------
def test_what_is_held_is_told_in_words_and_free_text_is_only_counted(alpha, person, seat, phone):
    with inside(alpha):
        life = whole_life(person, seat, closed=False)
        life.case.plans.update(state="agreed", agreed_on=timezone.localdate(), agreed_how="spoken")
        Client.objects.filter(pk=person.pk).update(languages=["sq"], vulnerabilities=["debt"])
        for _time in range(2):
            JournalEntry.objects.create(client=person, kind="call", text="About debts", author_name=seat.name)
    enter(phone, life.made)
    page = phone.get("/me/held/?l=en").content.decode()
    for shown in ("Kovrdžić", "1987", "Female", "Donja Vrbava", "Albanian", "In debt", "ends with 123", "Beekeeper",
                  "smiled", "wants bees", "Documents: 1", "Call: 2"):  # fmt: skip
        assert shown in page, shown
    for hidden in ("0101987715123", "Asthma", "likes bees", "CV of", "About debts", "Small win: 1"):
        assert hidden not in page, hidden


def test_an_empty_record_says_little(alpha, add, seat, phone):
    with inside(alpha):
        solo = add(given_name="Solo", born_on=date(1991, 4, 17))
        made = make_link(client=solo, language="en", by=seat)
    enter(phone, made)
    page = phone.get("/me/held/").content.decode()
    assert "17 April 1991" in page
    assert "How we reach you" not in page


def test_who_looked_is_told_by_their_work(alpha, inside_page, person, seat, seat_in):
    gone = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        record(action="client.viewed", on=person, by=seat)
        record(action="client.viewed", on=person, by=gone.__class__(999999, None, None, "Former Colleague"))
        record(action="client.viewed", on=person, by=gone.__class__(7, None, None, "Helper", person.pk))
        record(action="client.viewed", about=person.pk, by=gone.__class__(0, None, None, "Halka"))
        record(action="client.viewed", on=person, by=gone.__class__(0, None, None, "Sync", software_id=person.pk))
        record(action="referral.viewed", about=person.pk, by=gone.__class__(0, None, None, "Vera", link_id=person.pk))
    page = inside_page.get("/me/seen/").content.decode()
    for who in ("Manager", "Somebody who worked here", "Support of the network", "The computer program", "You",
                "The organisation&#x27;s own software", "Somebody who answered by a link"):  # fmt: skip
        assert who in page, who
    for name in (seat.name, "Former Colleague", "Helper", "Sync", "Vera"):
        assert name not in page, name


def test_the_same_look_many_times_is_one_line(alpha, inside_page, person, seat, seat_in):
    mentor = seat_in(alpha, Role.MENTOR)
    with inside(alpha):
        for by in (seat, seat, seat, mentor, seat):
            record(action="client.viewed", on=person, by=by)
    page = inside_page.get("/me/seen/").content.decode()
    assert page.count("3×") == 1
    assert page.count("×") == 1


def test_who_looked_costs_the_same_for_many(alpha, inside_page, person, seat):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            page = inside_page.get("/me/seen/").content.decode()
        return len(caught), "Earlier" in page

    with inside(alpha):
        record(action="client.viewed", on=person, by=seat)
    few, has_more = queries()
    assert not has_more
    with inside(alpha):
        for _number in range(60):
            record(action="client.viewed", on=person, by=seat)
    assert queries() == (few, True)


@pytest.mark.parametrize("language", ["en", "sq", "sr", "lt", "sl", "fa"])
def test_the_page_is_in_the_persons_language_and_small(alpha, person, seat, phone, language):
    with inside(alpha):
        life = whole_life(person, seat, closed=False)
    phone.post(f"/me/{life.made.token}/?l={language}", {"code": life.made.code})
    for address in PAGES:
        page = phone.get(address).content.decode()
        assert f'<html lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}">' in page
        assert len(page.encode()) < 20_000
    if language == "fa":
        assert "۱۴" in phone.get("/me/consents/").content.decode()


def test_the_language_is_chosen_on_the_page(alpha, inside_page):
    assert 'lang="sl"' in inside_page.get("/me/?l=sl").content.decode()
    assert 'lang="sl"' in inside_page.get("/me/").content.decode()
    assert 'lang="sl"' in inside_page.get("/me/?l=xx").content.decode()


# --- what may be done --------------------------------------------------------------------------------------------
def test_giving_and_taking_back(alpha, inside_page, person, seat, case, consent):
    with inside(alpha):
        new = NewConsent(["contact"], "", timezone.localdate() + timedelta(days=9), purpose="contact")
        offer = consent_verbs.offer_consent(client=person, new=new, by=seat)
        second = consent_verbs.offer_consent(client=person, new=new, by=seat)
    assert "You are asked to agree" in inside_page.get("/me/").content.decode()
    assert "asks me how I am" in inside_page.get(f"/me/offers/{offer.pk}/").content.decode()
    assert inside_page.post(f"/me/offers/{offer.pk}/", {"answer": "maybe"}).status_code == 200
    inside_page.post(f"/me/offers/{offer.pk}/", {"answer": "yes"})
    inside_page.post(f"/me/offers/{second.pk}/", {"answer": "no"})
    assert inside_page.get(f"/me/offers/{offer.pk}/").status_code == 404
    address = f"/me/consents/{consent.pk}/withdraw/"
    assert "whether you want to stay" in inside_page.get(address).content.decode()
    answer = inside_page.post(address, follow=True)
    assert "taken back" in answer.content.decode()
    with inside(alpha):
        given = Consent.objects.get(purpose="contact")
        consent.refresh_from_db()
        assert (given.how_given, consent.withdrawn_how) == ("own_page", "own_page")
        acts = set(Entry.objects.filter(actor_name=THEMSELVES.name).values_list("action", flat=True))
        assert {"own_page.opened", "consent.answered", "consent.recorded", "consent.withdrawn"} <= acts


def test_rating_ones_own_progress(alpha, inside_page, person):
    with inside(alpha):
        scale = scales_in_use()[0]
        key = scale.items[0]["key"]
    address = f"/me/rate/{scale.pk}/"
    assert inside_page.get(address).status_code == 200
    assert "Answer at least one question" in inside_page.post(address, {}).content.decode()
    assert inside_page.post(address, {f"item-{key}": "99"}).status_code == 200
    assert inside_page.post(address, {f"item-{key}": "0"}).status_code == 302
    assert inside_page.get(f"/me/rate/{person.pk}/").status_code == 404
    with inside(alpha):
        rated = Assessment.objects.get()
        assert (rated.rater, rated.answers, rated.client_id) == ("client", {key: 0}, person.pk)
    assert "Last time" in inside_page.get(address).content.decode()


def test_asking_for_a_correction_and_reading_the_answer(alpha, inside_page, person, worker):
    with inside(alpha):
        person.assigned_to_id = worker.membership.pk
        person.save(update_fields=["assigned_to"])
    inside_page.post("/me/correct/", {"text": "My name is spelt wrong"})
    assert inside_page.post("/me/correct/", {"text": ""}).status_code == 200
    with inside(alpha):
        asked = Correction.objects.get()
    assert "asks for something to be put right" in worker.browser.get("/").content.decode()
    page = worker.browser.get(f"/clients/{person.pk}/own-page/")
    assert "My name is spelt wrong" in page.content.decode()
    address = f"/clients/{person.pk}/corrections/{asked.pk}/answer/"
    refusal = worker.browser.post(address, {f"{asked.pk}-state": "refused"})
    assert refusal.status_code == 400
    worker.browser.post(address, {f"{asked.pk}-state": "refused", f"{asked.pk}-answer": "As on your card"})
    worker.browser.post(address, {f"{asked.pk}-state": "done"})
    page = inside_page.get("/me/correct/").content.decode()
    assert "As on your card" in page
    assert "Not corrected" in page
    assert "As on your card" in worker.browser.get(f"/clients/{person.pk}/own-page/").content.decode()


def test_only_so_many_corrections_wait(alpha, inside_page):
    for number in range(6):
        answer = inside_page.post("/me/correct/", {"text": f"wrong {number}"})
    assert answer.status_code == 409
    with inside(alpha):
        assert Correction.objects.count() == 5


def test_leaving_is_one_step_without_a_reason(alpha, inside_page, case):
    address = f"/me/leave/{case.pk}/"
    assert "need not say why" in inside_page.get(address).content.decode()
    inside_page.post(address)
    assert inside_page.get(address).status_code == 404
    with inside(alpha):
        left = Case.objects.select_related("exit").get()
        assert (left.is_open, left.exit.kind, left.exit.note) == (False, "left", "")


# --- colleagues make links ---------------------------------------------------------------------------------------
def test_a_link_is_shown_once_with_code_picture_and_slip(alpha, worker, add):
    client = add(given_name="Nasrin", language="fa", assigned_to=worker.membership.pk)
    address = f"/clients/{client.pk}/own-page/"
    assert worker.browser.get(address).status_code == 200
    page = worker.browser.post(address, {"language": "fa", "hours": "24"})
    text = page.content.decode()
    with inside(alpha):
        link = PersonalLink.objects.get()
    assert "data:image/svg+xml" in text
    assert "http://alpha.halka.localhost:8000/me/" in text
    assert 'dir="rtl"' in text
    assert "خانه آلفا" in text
    assert "no-store" in page["Cache-Control"]
    later = worker.browser.get(address).content.decode()
    assert str(link.pk) in later
    assert "/me/" not in later
    worker.browser.post(f"{address}{link.pk}/stop/")
    assert str(link.pk) not in worker.browser.get(address).content.decode()
    assert worker.browser.post(address, {"language": "xx", "hours": "24"}).status_code == 200


def test_a_link_of_another_client_is_not_stopped(alpha, worker, add, link):
    other = add(given_name="Other", assigned_to=worker.membership.pk)
    assert worker.browser.post(f"/clients/{other.pk}/own-page/{link.link.pk}/stop/").status_code == 404


def test_offers_that_are_over_are_refused_in_words(alpha, inside_page, person, seat, monkeypatch):
    with inside(alpha):
        consent = agree(person, seat)
    monkeypatch.setattr(
        views.consents, "withdraw_consent", lambda **_: (_ for _ in ()).throw(consent_verbs.ConsentOver("Over already"))
    )
    answer = inside_page.post(f"/me/consents/{consent.pk}/withdraw/")
    assert answer.status_code == 409
    assert "Over already" in answer.content.decode()
