"""Receipts: given, renewed, taken back, prepared for the own page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from halka.audit.domain import THEMSELVES
from halka.audit.models import Entry
from tenants.caseloads.domain import consents as verbs
from tenants.caseloads.domain.consents import ConsentOver, NewConsent, OfferAnswered
from tenants.caseloads.enums.consents import NAMING, ConsentGiven, ConsentPurpose, WithdrawnBy
from tenants.caseloads.forms.consents import ConsentFields, ConsentForm
from tenants.caseloads.models import Case, Consent, ConsentOffer
from tenants.caseloads.wording import Terms, wording_of, written_language
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

from .conftest import agree

TODAY = timezone.localdate
SOON = timedelta(days=20)


def test_a_receipt_keeps_the_text_in_the_persons_language(alpha, add, seat):
    with inside(alpha):
        persian = add(given_name="Nasrin", language="fa")
        consent = agree(persian, seat)
        assert consent.language == "fa"
        assert "خانه آلفا" in consent.wording
        kurdish = agree(add(given_name="Rojda", language="ku"), seat)
        assert (kurdish.language, written_language("ku")) == ("ku", "en")
        assert "Alpha House" in kurdish.wording


def test_a_person_without_a_language_gets_the_readers(alpha, add, seat):
    with inside(alpha), translation.override("sl"):
        assert verbs.language_for(add(given_name="Ana")) == "sl"


@pytest.mark.parametrize("purpose", ConsentPurpose)
def test_every_purpose_has_its_own_words(alpha, beta, purpose):
    with inside(alpha):
        other = Organisation.objects.get(pk=beta.id)
        terms = Terms(purpose, ("identity",), TODAY() + SOON, other, "Bees")
        text = wording_of(terms, "en")
        assert "without a penalty" in text
        assert text != wording_of(Terms("", (), TODAY() + SOON), "en")
        assert ("Beta Centre" in text) == (purpose in NAMING)
        assert ("Bees" in text) == (purpose == ConsentPurpose.ENROLMENT)


def test_the_programmes_own_words_come_first(alpha):
    with inside(alpha):
        assert wording_of(Terms("enrolment", (), TODAY(), own_words="Our text."), "en").startswith("Our text.\n\n")


def test_taking_back_keeps_the_receipt(alpha, person, consent, seat):
    with inside(alpha):
        assert verbs.enrolment_consent(person) == consent
        verbs.withdraw_consent(consent=consent, how=WithdrawnBy.WRITTEN, by=seat)
        consent.refresh_from_db()
        assert (consent.is_valid, consent.withdrawn_how, consent.withdrawal_recorded_by_id) == (
            False, "written", seat.membership_id,
        )  # fmt: skip
        assert verbs.enrolment_consent(person) is None
        with pytest.raises(ConsentOver):
            verbs.withdraw_consent(consent=consent, how=WithdrawnBy.SPOKEN, by=seat)
        assert Entry.objects.filter(action="consent.withdrawn", about_id=person.pk).count() == 1


def test_renewing_moves_open_cases_to_the_newer_receipt(alpha, person, case, consent, seat):
    with inside(alpha):
        new = NewConsent(scopes=["identity"], how_given="signed", expires_on=TODAY() + SOON, purpose="story")
        newer = verbs.renew_consent(consent=consent, new=new, by=seat)
        consent.refresh_from_db()
        assert newer.purpose == ConsentPurpose.ENROLMENT
        assert consent.withdrawn_how == WithdrawnBy.REPLACED
        assert Case.objects.get(pk=case.pk).consent_id == newer.pk
        with pytest.raises(ConsentOver):
            verbs.renew_consent(consent=consent, new=new, by=seat)


def test_an_offer_becomes_a_receipt_when_the_person_agrees(alpha, person, case, consent, seat):
    with inside(alpha):
        new = NewConsent(scopes=["identity"], how_given="", expires_on=TODAY() + SOON, purpose="enrolment")
        offer = verbs.offer_consent(client=person, new=new, replaces=consent, by=seat)
        given = verbs.answer_offer(offer=offer, agreed=True, by=THEMSELVES)
        assert (given.how_given, given.wording, given.recorded_by_id) == (ConsentGiven.OWN_PAGE, offer.wording, None)
        assert Case.objects.get(pk=case.pk).consent_id == given.pk
        with pytest.raises(OfferAnswered):
            verbs.answer_offer(offer=offer, agreed=True, by=THEMSELVES)
        with pytest.raises(OfferAnswered):
            verbs.take_offer_away(offer=offer, by=seat)


def test_an_offer_may_be_declined_taken_away_or_too_old(alpha, person, consent, seat):
    with inside(alpha):
        new = NewConsent(scopes=["contact"], how_given="", expires_on=TODAY() + SOON, purpose="contact")
        declined = verbs.offer_consent(client=person, new=new, by=seat)
        assert verbs.answer_offer(offer=declined, agreed=False, by=THEMSELVES) is None
        verbs.take_offer_away(offer=verbs.offer_consent(client=person, new=new, by=seat), by=seat)
        fresh = verbs.offer_consent(client=person, new=new, by=seat)
        assert verbs.answer_offer(offer=fresh, agreed=True, by=THEMSELVES).purpose == "contact"
        over = verbs.offer_consent(client=person, new=new, by=seat)
        ConsentOffer.objects.filter(pk=over.pk).update(expires_on=TODAY() - SOON)
        with pytest.raises(OfferAnswered):
            verbs.answer_offer(offer=over, agreed=True, by=THEMSELVES)
        assert Consent.objects.filter(client=person).count() == 2


def test_the_database_refuses_a_spoken_consent_without_a_witness(alpha, person, seat):
    with inside(alpha), pytest.raises(IntegrityError), transaction.atomic():
        agree(person, seat, how_given="spoken")


def fields(person, **changed):
    data = {
        "consent-scopes": ["identity"],
        "consent-how_given": "signed",
        "consent-language": "sr",
        "consent-expires_on": (TODAY() + SOON).strftime("%d/%m/%Y"),
        **{f"consent-{name}": value for name, value in changed.items()},
    }
    return data


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"how_given": "spoken"}, {"witness"}),
        ({"how_given": "own_page"}, {"how_given"}),
        ({"expires_on": "01/01/2020"}, {"expires_on"}),
        ({"expires_on": "01/01/2090"}, {"expires_on"}),
        ({"scopes": []}, {"scopes"}),
    ],
)
def test_fields_inside_of_an_enrolment_page(alpha, person, changed, wrong):
    with inside(alpha):
        form = ConsentFields(fields(person, **changed), client=person)
        assert set(form.errors) == wrong
        if not wrong:
            new = form.new_consent()
            assert (new.purpose, new.language, list(new.scopes)) == ("enrolment", "sr", ["identity"])
            assert new.wording


def test_a_consent_to_a_referral_names_the_organisation(alpha, beta, person):
    with inside(alpha):
        form = ConsentForm(fields(person, purpose_asked="referral", way="record"), client=person)
        assert set(form.errors) == {"recipient"}
        form = ConsentForm(
            fields(person, purpose_asked="referral", way="record", recipient=str(beta.id)), client=person
        )
        assert form.is_valid()
        assert form.asked().recipient.pk == beta.id
        form = ConsentForm(fields(person, purpose_asked="story", way="record", how_given=""), client=person)
        assert set(form.errors) == {"how_given"}
        form = ConsentForm(fields(person, purpose_asked="story", way="offer", how_given=""), client=person)
        assert form.is_valid()
        assert form.is_offer


# --- pages -------------------------------------------------------------------------------------------------
def test_the_page_shows_receipts_and_takes_new_ones(alpha, worker, person):
    with inside(alpha):
        person.assigned_to_id = worker.membership.pk
        person.save(update_fields=["assigned_to"])
    page, address = worker.browser, f"/clients/{person.pk}/consents/"
    assert "No consent is valid now" in page.get(address).content.decode()
    assert page.get(f"{address}add/").status_code == 200
    wrong = page.post(f"{address}add/", fields(person, purpose_asked="story", expires_on="nonsense"))
    assert "nonsense" in wrong.content.decode()
    printed = page.post(f"{address}add/", {**fields(person, purpose_asked="story", way="record"), "print": "1"})
    assert "priču" in printed.content.decode() or "tells my story" in printed.content.decode()
    with inside(alpha):
        assert Consent.objects.count() == 0
    page.post(f"{address}add/", fields(person, purpose_asked="story", way="record"))
    page.post(f"{address}add/", fields(person, purpose_asked="contact", way="offer", how_given=""))
    with inside(alpha):
        consent, offer = Consent.objects.get(), ConsentOffer.objects.get()
    shown = page.get(address).content.decode()
    assert "Telling the story" in shown
    assert "Waiting on the person" in shown
    assert page.get(f"{address}{consent.pk}/print/").status_code == 200
    page.post(f"{address}add/?renews={consent.pk}", fields(person, purpose_asked="story", way="record"))
    with inside(alpha):
        newer = Consent.objects.valid().get()
    assert page.get(f"{address}add/?renews={newer.pk}").status_code == 200
    assert page.get(f"{address}add/?renews={consent.pk}").status_code == 404
    page.post(f"{address}{newer.pk}/withdraw/", {"how": "spoken"})
    page.post(f"{address}{newer.pk}/withdraw/", {"how": "bad"})
    page.post(f"/clients/{person.pk}/offers/{offer.pk}/take-away/")
    with inside(alpha):
        assert not Consent.objects.valid().exists()
        assert not ConsentOffer.objects.exists()
    assert "Taken back or replaced" in page.get(address).content.decode()


def test_a_consent_of_another_client_is_not_reached(alpha, worker, person, consent, add):
    other = add(given_name="Other", assigned_to=worker.membership.pk)
    for address in ("print", "withdraw"):
        method = worker.browser.get if address == "print" else worker.browser.post
        assert method(f"/clients/{other.pk}/consents/{consent.pk}/{address}/").status_code == 404


def test_today_tells_of_consents_that_end_soon(alpha, worker, add, seat, django_assert_num_queries):
    with inside(alpha):
        mine = add(given_name="Ana", assigned_to=worker.membership.pk)
        agree(mine, seat, expires_on=TODAY() + SOON)
        renewed = add(given_name="Bor", assigned_to=worker.membership.pk)
        agree(renewed, seat, expires_on=TODAY() + SOON)
        agree(renewed, seat)
        agree(add(given_name="Cene"), seat, expires_on=TODAY() + SOON)
    page = worker.browser.get("/").content.decode()
    assert f"/clients/{mine.pk}/consents/" in page
    assert f"/clients/{renewed.pk}/consents/" not in page
    assert "Consents that end soon" in page


def test_an_enrolment_without_consent_is_offered_for_closing(alpha, worker, person, case, consent, seat):
    with inside(alpha):
        person.assigned_to_id = worker.membership.pk
        person.save(update_fields=["assigned_to"])
        verbs.withdraw_consent(consent=consent, how="spoken", by=seat)
    assert "has taken back the consent" in worker.browser.get("/").content.decode()
    page = worker.browser.get(f"/clients/{person.pk}/consents/").content.decode()
    assert f"/cases/{case.pk}/leave/" in page
