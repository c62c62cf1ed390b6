"""What the columns of a sheet of clients mean, and what their cells say, however people write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.common.calendars import Calendar, UnreadableDay, active_calendar, calendar_in_use, latin_digits, parse_day
from halka.common.folding import folded
from halka.common.sheets import Cell, Sheet
from halka.common.years import JALALI_BEHIND
from tenants.caseloads.enums.clients import Education, Language, Sex
from tenants.caseloads.enums.consents import ConsentGiven
from tenants.caseloads.models import Programme

OLDEST: Final = 120  # years
NAME: Final = 100  # letters
MOST: Final = 10_000  # letters of a long text
PARTS: Final = re.compile(r"[,;/|\n،؛]+")


class Unreadable(ValueError):
    """What a cell says cannot be taken over; the message is for whoever brought the sheet."""


@dataclass(frozen=True)
class Known:
    """What cells refer to: asked for once, before the rows are read."""

    day_of: Callable[[float], date | None]  # for bare numbers
    programmes: Mapping[str, Programme]  # by folded name
    colleagues: Mapping[str, UUID]  # by e-mail
    hardships: Mapping[str, str]  # by folded label


Reader = Callable[[Cell, Known], Any]


@dataclass(frozen=True)
class Field:
    """`guesses` are headings people use, in the network's languages, parted by commas."""

    key: str
    label: str | Promise
    read: Reader
    guesses: str


# --- reading cells -------------------------------------------------------------------------------------------
def _text(limit: int) -> Reader:
    def read(value: Cell, known: Known) -> str:
        text = " ".join(_plain(value).split()) if limit < MOST else _plain(value)
        if len(text) > limit:
            raise Unreadable(_("This is too long: %(limit)s letters at most.") % {"limit": limit})
        return text

    return read


def _plain(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _number(value: Cell, known: Known) -> str:
    """A number that is a name: a sheet may have lost what stood before it, never digits at its end."""
    if isinstance(value, float):
        raise Unreadable(_("This number was rounded by the spreadsheet. Format the column as text and write it again."))
    return _text(40)(value, known)


def _phone(value: Cell, known: Known) -> str:
    text = latin_digits(_text(40)(value, known))
    if len(re.sub(r"\D", "", text)) < 3:
        raise Unreadable(_("This is no phone number."))
    return text


def _email(value: Cell, known: Known) -> str:
    text = _text(254)(value, known).lower()
    try:
        validate_email(text)
    except ValidationError as error:
        raise Unreadable(_("This is no e-mail address.")) from error
    return text


def _day(value: Cell, known: Known) -> date:
    """Of either calendar, known by its year, or a bare number as Excel keeps days."""
    if isinstance(value, date):
        return _moved(value)
    if isinstance(value, int | float):
        if 10_000_000 < value < 100_000_000:  # 19900131
            value = f"{value:.0f}"
        elif (day := known.day_of(value)) is not None:
            return day
    text = latin_digits(_plain(value))
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    text = re.sub(r"[T ]\d\d:\d\d(:\d\d.*)?$", "", text)
    other = Calendar.GREGORIAN if active_calendar() is Calendar.JALALI else Calendar.JALALI
    try:
        return parse_day(text)
    except UnreadableDay as error:
        try:
            with calendar_in_use(other):
                return parse_day(text)
        except UnreadableDay:
            raise Unreadable(str(error)) from error


def _moved(value: date) -> date:
    """A spreadsheet takes 1361-05-02 for a day of the Gregorian calendar."""
    if 1200 <= value.year < 1600:
        with calendar_in_use(Calendar.JALALI):
            return parse_day(value.isoformat())
    return value


def _past(value: Cell, known: Known) -> date:
    day = _day(value, known)
    if day > timezone.localdate():
        raise Unreadable(_("This day has not come yet."))
    return day


def _birth(value: Cell, known: Known) -> date | int:
    """A day, or the year alone."""
    text = latin_digits(_plain(value))
    if re.fullmatch(r"1[2-9]\d\d|20\d\d", text):
        return _year(value, known)
    day = _past(value, known)
    if day.year < timezone.localdate().year - OLDEST:
        raise Unreadable(_("Check the year."))
    return day


def _year(value: Cell, known: Known) -> int:
    text = latin_digits(_plain(value))
    year = int(text) if re.fullmatch(r"\d{4}", text) else 0
    if 1200 <= year < 1600:
        year += JALALI_BEHIND
    today = timezone.localdate()
    if not today.year - OLDEST <= year <= today.year:
        raise Unreadable(_("Write the year with four digits."))
    return year


def _choice(choices: Any, more: str = "") -> Reader:
    """By its name in any language of the network, its code, or one of `more`: "code=word,word;…"."""

    @cache
    def known_words() -> dict[str, str]:
        words: dict[str, str] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words.update({folded(str(label)): value for value, label in choices.choices})
        for part in filter(None, more.split(";")):
            code, names = part.split("=")
            words.update({folded(name): code for name in names.split(",")})
        return words | {folded(value): value for value in choices.values}

    seen: dict[str, str] = {}

    def read(value: Cell, known: Known) -> str:
        text = _plain(value)
        found = seen.get(text) or known_words().get(folded(text))
        if found and len(seen) < 1_000:
            seen[text] = found  # the same few words stand in every row
        if found is None:
            examples = ", ".join(str(label) for label in choices.labels[:4])
            raise Unreadable(_("This is not one of the choices, such as %(examples)s.") % {"examples": examples})
        return found

    return read


def _several(one: Reader) -> Reader:
    def read(value: Cell, known: Known) -> list[str]:
        return sorted({one(part, known) for part in PARTS.split(_plain(value)) if part.strip()})

    return read


def _hardship(value: Cell, known: Known) -> str:
    found = known.hardships.get(folded(_plain(value)))
    if found is None:
        raise Unreadable(_("“%(text)s” is not in your list of what makes it hard.") % {"text": _plain(value)[:60]})
    return found


def _colleague(value: Cell, known: Known) -> UUID:
    found = known.colleagues.get(_plain(value).lower())
    if found is None:
        raise Unreadable(_("No colleague who works with clients has this e-mail address."))
    return found


def _programme(value: Cell, known: Known) -> Programme:
    found = known.programmes.get(folded(_plain(value)))
    if found is None:
        raise Unreadable(_("There is no running programme of this name."))
    return found


_language = _choice(Language)
_SEXES: Final = (
    "female=f,w,z,ž,ženska,žensko,zensko,femër,femer,mot,moteris,زن,مونث,خانم;male=m,muško,musko,moški,moski,mashkull,"
    "vyr,vyras,v,مرد,مذکر,آقا"
)
_GIVEN: Final = (
    "signed=signed,written,paper,potpisano,podpisano,pisno,nënshkruar,pasirašyta,raštu,امضا,کتبی;"
    "spoken=spoken,oral,usmeno,ustno,gojarisht,žodžiu,شفاهی"
)

FIELDS: Final = (
    Field("given_name", gettext_lazy("Given name"), _text(NAME),
          "first name,given,ime,emri,emër,vardas,نام,نام کوچک"),
    Field("family_name", gettext_lazy("Family name"), _text(NAME),
          "last name,surname,family,prezime,priimek,mbiemri,mbiemër,pavardė,نام خانوادگی,فامیلی,شهرت"),
    Field("whole_name", gettext_lazy("Whole name, given name first"), _text(200),
          "name,full name,whole name,client,person,ime i prezime,ime in priimek,emri dhe mbiemri,emri mbiemri,"
          "vardas pavardė,vardas ir pavardė,نام و نام خانوادگی"),
    Field("other_names", gettext_lazy("Other names"), _text(200),
          "nickname,nadimak,vzdevek,pseudonimi,slapyvardis,نام مستعار"),
    Field("born_on", gettext_lazy("Date of birth, or the year"), _birth,
          "born,birth,birthday,date of birth,dob,datum rođenja,rođen,datum rojstva,rojen,datëlindja,ditëlindja,"
          "gimimo data,gimęs,تاریخ تولد,تولد"),
    Field("birth_year", gettext_lazy("Year of birth"), _year,
          "year of birth,birth year,godina rođenja,godište,leto rojstva,viti i lindjes,gimimo metai,سال تولد"),
    Field("sex", gettext_lazy("Sex"), _choice(Sex, _SEXES),
          "gender,pol,spol,gjinia,lytis,جنس,جنسیت"),
    Field("reference", gettext_lazy("File number"), _number,
          "file,file no,case number,reference,id,number,no,broj predmeta,broj,številka,šifra,numri i dosjes,numri,"
          "bylos numeris,nr,شماره پرونده,شماره,کد"),
    Field("national_number", gettext_lazy("National number"), _number,
          "national id,id number,personal number,jmbg,matični broj,emšo,numri personal,nid,asmens kodas,کد ملی,"
          "شماره ملی"),
    Field("phone", gettext_lazy("Phone"), _phone,
          "telephone,tel,mobile,cell,phone number,telefon,mobitel,mobilni,telefoni,celulari,telefonas,mobilus,"
          "تلفن,موبایل,شماره تماس,همراه"),
    Field("email", gettext_lazy("E-mail"), _email,
          "email,mail,e pošta,epošta,posta elektronike,el paštas,ایمیل,رایانامه"),
    Field("place", gettext_lazy("Place"), _text(120),
          "town,city,village,address,mesto,grad,adresa,naslov,kraj,vendi,qyteti,fshati,adresa,vieta,miestas,kaimas,"
          "adresas,شهر,محل,روستا,نشانی,محل سکونت"),
    Field("language", gettext_lazy("Language"), _language,
          "mother tongue,jezik,materinji jezik,gjuha,kalba,زبان"),
    Field("languages", gettext_lazy("Also speaks"), _several(_language),
          "other languages,languages,jezici,jeziki,gjuhët,kalbos"),
    Field("education", gettext_lazy("Education"), _choice(Education),
          "school,level of education,obrazovanje,izobrazba,arsimi,išsilavinimas,تحصیلات,مدرک"),
    Field("strengths", gettext_lazy("Strengths"), _text(MOST),
          "jake strane,močna področja,pikat e forta,stiprybės,توانایی ها"),
    Field("interests", gettext_lazy("Interests and wishes"), _text(MOST),
          "interests,interesovanja,interesi,pomėgiai,علاقه ها"),
    Field("vulnerabilities", gettext_lazy("What makes it hard"), _several(_hardship),
          "vulnerability,vulnerabilities,barriers,ranjivost,ranljivost,cenueshmëria,pažeidžiamumas,آسیب پذیری"),
    Field("health", gettext_lazy("Health"), _text(MOST),
          "zdravlje,zdravje,shëndeti,sveikata,سلامت,وضعیت سلامت"),
    Field("note", gettext_lazy("Note"), _text(MOST),
          "notes,remarks,comment,napomena,beleška,opomba,shënim,shënime,pastaba,pastabos,یادداشت,توضیحات"),
    Field("responsible", gettext_lazy("E-mail of the colleague responsible"), _colleague,
          "responsible,mentor,caseworker,case manager,odgovoran,mentori,përgjegjësi,atsakingas,مسئول,مددکار"),
    Field("programme", gettext_lazy("Programme"), _programme,
          "program,project,projekat,projekt,programi,programa,برنامه,پروژه"),
    Field("joined_on", gettext_lazy("Joined the programme on"), _past,
          "joined,joined on,enrolled,enrolment date,start,datum uključivanja,datum vključitve,data e hyrjes,"
          "įtraukimo data,تاریخ ورود,تاریخ عضویت"),
    Field("consent_given", gettext_lazy("How consent was given"), _choice(ConsentGiven, _GIVEN),
          "consent,consent given,saglasnost,soglasje,pëlqimi,sutikimas,رضایت"),
    Field("consent_until", gettext_lazy("Consent ends on"), _day,
          "consent until,consent ends,saglasnost do,soglasje do,pëlqimi deri,sutikimas iki,رضایت تا"),
    Field("consent_witness", gettext_lazy("Witness of the consent"), _text(150),
          "witness,svedok,priča,dëshmitari,liudytojas,شاهد"),
)  # fmt: skip
BY_KEY: Final = {field.key: field for field in FIELDS}
OF_CLIENT: Final = (
    "given_name", "family_name", "other_names", "born_on", "birth_year", "sex", "reference", "national_number", "phone",
    "email", "place", "language", "languages", "education", "strengths", "interests", "vulnerabilities", "health",
    "note",
)  # fmt: skip
OF_CASE: Final = ("joined_on", "consent_given", "consent_until", "consent_witness")


# --- which column is which -----------------------------------------------------------------------------------
@cache
def _headings() -> dict[str, str]:
    """Folded heading -> key. What the program itself calls a field, in any language, counts more than guesses."""
    known = {folded(guess): field.key for field in reversed(FIELDS) for guess in field.guesses.split(",")}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {folded(str(field.label)): field.key for field in reversed(FIELDS)}
    return known


def guessed(headings: Sequence[str]) -> dict[int, str]:
    """Column -> key of a field, each field once."""
    found: dict[int, str] = {}
    for number, heading in enumerate(headings):
        key = _headings().get(folded(heading))
        if key and key not in found.values():
            found[number] = key
    return found


# --- rows ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Problem:
    """`column` is its number in the sheet, None for what is wrong with the row as a whole."""

    column: int | None
    message: str


@dataclass
class Row:
    """A row of the sheet as it was understood. `values` holds what its cells say, without the empty ones."""

    number: int
    cells: list[Cell]
    values: dict[str, Any]
    problems: list[Problem]

    @property
    def birth(self) -> date | int | None:
        return self.values.get("born_on") or self.values.get("birth_year")

    @cached_property
    def folded_name(self) -> str:
        return folded(f"{self.values.get('given_name', '')} {self.values.get('family_name', '')}")

    @cached_property
    def identities(self) -> tuple[tuple[str, str], ...]:
        """By what this person is recognised, the surest first; one of them is enough."""
        sure = [(key, folded(self.values[key])) for key in ("reference", "national_number") if self.values.get(key)]
        return (*sure, ("name", f"{self.folded_name} {self.birth or ''}"))


def understood(sheet: Sheet, mapping: Mapping[int, str], known: Known, number: int, cells: list[Cell]) -> Row:
    row = Row(number, cells, {}, [])
    for column, key in mapping.items():
        if cells[column] is None:
            continue
        try:
            row.values[key] = BY_KEY[key].read(cells[column], known)
        except Unreadable as error:
            row.problems.append(Problem(column, str(error)))
    columns = {key: column for column, key in mapping.items()}
    _settle(row.values)
    unread = {mapping[problem.column] for problem in row.problems if problem.column is not None}
    for key, message in _wrong(row.values, unread):
        row.problems.append(Problem(columns.get(key), message))
    return row


def _settle(values: dict[str, Any]) -> None:
    whole = values.pop("whole_name", "")
    if whole and not values.get("given_name") and not values.get("family_name"):
        given, _space, family = whole.rpartition(" ")
        values.update({"given_name": given or family, "family_name": family if given else ""})
    if isinstance(values.get("born_on"), int):
        values["birth_year"] = values.pop("born_on")
    if values.get("born_on") and values.get("birth_year") == values["born_on"].year:
        del values["birth_year"]


def _wrong(values: dict[str, Any], unread: set[str]) -> list[tuple[str, str]]:
    """What does not fit together, by the field it is told beside. Nothing is said twice of cells that were unread."""
    found: list[tuple[str, str]] = []
    if not values.get("given_name") and not values.get("family_name") and not unread & {"given_name", "family_name"}:
        found.append(("given_name", _("There is no name.")))
    if values.get("born_on") and values.get("birth_year"):
        found.append(("birth_year", _("This is another year than that of the date of birth.")))
    for key in ("given_name", "family_name"):
        if len(values.get(key, "")) > NAME:
            found.append((key, _("This name is too long.")))
    if "programme" in values:
        found += [(key, message) for key, message in _wrong_case(values) if key not in unread]
    elif any(key in values for key in OF_CASE) and "programme" not in unread:
        found.append(("programme", _("There is no programme that this consent or day is about.")))
    return found


def _wrong_case(values: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    if "joined_on" not in values:
        found.append(("joined_on", _("Say when the person joined the programme.")))
    if "consent_given" not in values:
        found.append(("consent_given", _("Nobody joins without a consent: say how it was given.")))
    elif values["consent_given"] == ConsentGiven.SPOKEN and not values.get("consent_witness"):
        found.append(("consent_witness", _("A spoken consent needs a witness.")))
    if "consent_until" not in values:
        found.append(("consent_until", _("Nobody joins without a consent: say until when it holds.")))
    elif values["consent_until"] < timezone.localdate():
        found.append(("consent_until", _("This consent has ended. Ask for a new one first.")))
    return found
