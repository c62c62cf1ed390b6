"""The text that a person reads, or that is read out to them, before they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from halka.common.calendars import Calendar, calendar_in_use, format_day
from halka.common.current import required_organisation
from tenants.caseloads.enums.consents import NAMING, ConsentPurpose, ConsentScope
from tenants.organisations.models import Organisation

WRITTEN_IN = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Terms:
    """What somebody is asked to agree to. `programme` is a name, `own_words` the organisation's own text for it."""

    purpose: str
    scopes: tuple[str, ...]
    expires_on: date
    recipient: Organisation | None = None
    programme: str = ""
    own_words: str = ""


def written_language(language: str) -> str:
    """The language that texts for this person are written in: theirs, where we have it, else the organisation's."""
    return language if language in WRITTEN_IN else required_organisation().language


def wording_of(terms: Terms, language: str) -> str:
    """The whole text, paragraphs apart, in the person's language; the organisation's own words stand as they are."""
    written = written_language(language)
    calendar = Calendar.JALALI if written == "fa" else Calendar.GREGORIAN
    with translation.override(written), calendar_in_use(calendar):
        return "\n\n".join(_paragraphs(terms, written))


def _paragraphs(terms: Terms, language: str) -> Iterable[str]:
    organisation = required_organisation().name(language)
    yield terms.own_words.strip() or _purpose(terms, organisation, language)
    if terms.scopes and terms.purpose != ConsentPurpose.CONTACT:
        yield _("It covers:") + "".join(f"\n– {ConsentScope(scope).label}" for scope in terms.scopes)
    yield _("I agree of my own will. I can take this back at any time, without giving a reason and without a penalty.")
    yield _(
        "I can ask at any time to see what is held about me and who has seen it, and to have it corrected or removed."
    )
    yield _("It ends by itself. The last day: %(day)s") % {"day": format_day(terms.expires_on)}


def _purpose(terms: Terms, organisation: str, language: str) -> str:
    names = {"organisation": organisation, "programme": terms.programme}
    if terms.purpose in NAMING:
        names["recipient"] = terms.recipient.ref().name(language) if terms.recipient else ""
        return _between(terms.purpose) % names
    if terms.purpose == ConsentPurpose.NETWORK_CHECK:
        return (
            _(
                "I agree that %(organisation)s asks whether another organisation of the network works with me too. "
                "What is listed here is turned into signs that nobody can read back, and only the signs are compared. "
                "If there is another one, both learn that much and no more; who they are is told only when both agree."
            )
            % names
        )
    if terms.purpose == ConsentPurpose.CONTACT:
        return _("I agree that %(organisation)s asks me how I am after I have left.") % names
    if terms.purpose == ConsentPurpose.EVALUATION:
        return (
            _(
                "I agree that %(organisation)s uses what it knows about me, without my name, to learn how well its "
                "work helps."
            )
            % names
        )
    if terms.purpose == ConsentPurpose.STORY:
        return (
            _("I agree that %(organisation)s tells my story or shows pictures of me, as we have talked about.") % names
        )
    if terms.programme:
        return (
            _(
                "I want to take part in “%(programme)s”, and I agree that %(organisation)s writes down and keeps what "
                "it needs to know about me for that."
            )
            % names
        )
    return (
        _(
            "I want to work with %(organisation)s, and I agree that it writes down and keeps what it needs to know "
            "about me for that."
        )
        % names
    )


def _between(purpose: str) -> str:
    """With the names of two organisations still to come."""
    if purpose == ConsentPurpose.TRANSFER:
        return _(
            "I agree that %(organisation)s hands my case over to %(recipient)s and tells them what is listed here and "
            "what we chose together of my plan, my progress and what was written down. From then on %(recipient)s "
            "works with me and answers for what it was told; %(organisation)s keeps its own papers as long as it must."
        )
    if purpose == ConsentPurpose.RELOCATION:
        return _(
            "I agree that %(organisation)s moves my whole record to %(recipient)s: who I am, what was written down, my "
            "plans, my progress and my documents. From then on %(recipient)s works with me and answers for the record; "
            "%(organisation)s keeps its copy locked for 30 days, so that the move can be undone, and erases it then."
        )
    if purpose == ConsentPurpose.ACCESS:
        return _("I agree that %(organisation)s lets %(recipient)s read what is listed here, until I take it back.")
    if purpose == ConsentPurpose.ASKING:
        return _(
            "I agree that %(organisation)s asks %(recipient)s what it knows about me, and tells my name and year of "
            "birth for that."
        )
    return _("I agree that %(organisation)s tells %(recipient)s about me, so that they can help me.")
