"""Consents, own pages and what people ask for in the demo network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from halka.audit.domain import THEMSELVES
from halka.authorization.roles import Seat
from halka.common.addresses import workspace_url
from tenants.caseloads.domain import consents as verbs
from tenants.caseloads.domain import own_page
from tenants.caseloads.domain.consents import NewConsent
from tenants.caseloads.domain.corrections import answer_correction, ask_correction
from tenants.caseloads.domain.retention import set_rule
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose, ConsentScope, CorrectionState, RetentionScope
from tenants.caseloads.models import Client
from tenants.caseloads.wording import written_language
from tenants.referrals.demo.operating import Place

CODE: Final = "246810"
OWN_PAGES: Final = {"mentors": "sq", "peyvand": "fa"}  # organisation -> language of the page that is printed
# What somebody asks to be put right, and what another was answered, in each organisation's language.
ASKED: Final = {
    "mentors": ("Numri i telefonit është ndryshuar.", "Mbiemri im shkruhet me ç.", "U rregullua, faleminderit!"),
    "prvikorak": ("Promenila sam broj telefona.", "Prezime mi se piše sa ć.", "Ispravljeno, hvala!"),
    "kaimai": ("Pasikeitė mano telefono numeris.", "Mano pavardė parašyta su klaida.", "Pataisyta, ačiū!"),
    "pogum": ("Imam novo telefonsko številko.", "Moj priimek je napačno zapisan.", "Popravljeno, hvala!"),
    "peyvand": ("شماره تلفنم عوض شده است.", "نام خانوادگی‌ام اشتباه نوشته شده.", "درست شد، سپاس!"),
}
USUAL: Final = (ConsentScope.IDENTITY, ConsentScope.CONTACT)
KEPT: Final = 60  # months after a case is closed


def fill(organisation_short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation, after its clients and their cases are there."""
    words = ASKED.get(organisation_short_name)
    clients = list(Client.objects.present().exclude(assigned_to=None).order_by("created_at", "id")[:6])
    if words is None or len(clients) < 4:
        return
    by_key = {seat.membership_id: seat for seat in seats.values()}
    first, second, third, fourth = clients[:4]
    manager = next(seat for seat in seats.values() if seat.role == "manager")

    def by(client: Client) -> Seat:
        return by_key.get(client.assigned_to_id) or manager

    _agree(first, ConsentPurpose.EVALUATION, 300, by(first))
    _agree(second, ConsentPurpose.CONTACT, 12, by(second))
    story = _agree(third, ConsentPurpose.STORY, 200, by(third))
    verbs.withdraw_consent(consent=story, how="spoken", by=by(third))
    verbs.offer_consent(client=first, new=_new(first, ConsentPurpose.CONTACT, 365, ""), by=by(first))
    asked, mended, answer = words
    ask_correction(client=second, text=asked, by=THEMSELVES)
    done = ask_correction(client=fourth, text=mended, by=THEMSELVES)
    answer_correction(correction=done, state=CorrectionState.DONE, answer=answer, by=by(fourth))
    set_rule(scope=RetentionScope.CLOSED, months=KEPT, by=manager)
    if organisation_short_name in OWN_PAGES:
        _own_page(organisation_short_name, first, by(first))


def _new(client: Client, purpose: ConsentPurpose, days: int, how: str) -> NewConsent:
    return NewConsent(
        purpose=purpose,
        scopes=USUAL,
        how_given=how,
        language=written_language(client.language),
        expires_on=timezone.localdate() + timedelta(days=days),
    )


def _agree(client: Client, purpose: ConsentPurpose, days: int, by: Seat) -> verbs.Consent:
    return verbs.record_consent(client=client, new=_new(client, purpose, days, ConsentGiven.SIGNED), by=by)


def _own_page(short_name: str, client: Client, by: Seat) -> None:
    """A link whose token and code are printed for everybody: production settings refuse the demo."""
    assert settings.DEMO
    made = own_page.make_link(client=client, language=OWN_PAGES[short_name], by=by)
    own_page.refit(made.link, token=token_of(short_name), code=CODE, expires_at=timezone.now() + timedelta(days=365))


def token_of(short_name: str) -> str:
    return f"demo-{short_name}-own-page"


def lines() -> Iterator[str]:
    """Own pages that can be looked at."""
    yield f"A client's own page, with the code {CODE}:"
    for short_name, language in OWN_PAGES.items():
        yield f"  {workspace_url(Place(short_name), 'me-door', token_of(short_name))}?l={language}"
