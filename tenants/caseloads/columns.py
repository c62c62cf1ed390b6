"""What a list of clients shows of each, on pages and in exports, and what a sheet of clients may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.common.sheets import Cell
from tenants.caseloads.domain import vulnerabilities
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.models import Case, Client, Consent
from tenants.caseloads.models.clients import ClientQuerySet


@dataclass(frozen=True)
class Column:
    """`cell` is what a sheet holds. `sort` names the order that the heading on a page leads to; `related` what of other
    tables it needs. Sealed ones are exported only where they are asked for, and never shown in a list."""

    key: str
    label: str | Promise
    cell: Callable[[Client], Cell]
    sort: str = ""
    related: str = ""
    on_page: bool = True
    sealed: bool = False

    @property
    def back(self) -> str:
        """The same order, from its end."""
        return self.sort.removeprefix("-") if self.sort.startswith("-") else f"-{self.sort}"


def _languages(client: Client) -> str:
    names = dict(Language.choices)
    return ", ".join(str(names.get(code, code)) for code in client.languages)


def _programmes(client: Client) -> str:
    return ", ".join(str(case.programme) for case in client.open_cases)  # type: ignore[attr-defined]


def _consent_until(client: Client) -> Cell:
    days: list[Consent] = client.valid_consents  # type: ignore[attr-defined]
    return max((consent.expires_on for consent in days), default=None)


def _hardships(client: Client) -> str:
    words: str = client.hardships  # type: ignore[attr-defined]
    return words


def _responsible(client: Client) -> str:
    return str(client.assigned_to) if client.assigned_to_id else ""


ALL: Final = (
    Column("given_name", _("Given name"), lambda c: c.given_name, on_page=False),
    Column("family_name", _("Family name"), lambda c: c.family_name, on_page=False),
    Column("other_names", _("Other names"), lambda c: c.other_names, on_page=False),
    Column("reference", _("File number"), lambda c: c.reference),
    Column("age", _("Age"), lambda c: c.age),
    Column("born_on", _("Date of birth"), lambda c: c.born_on, on_page=False),
    Column("birth_year", _("Year of birth"), lambda c: c.birth_year, on_page=False),
    Column("sex", _("Sex"), lambda c: str(c.get_sex_display()) if c.sex else ""),
    Column("place", _("Place"), lambda c: c.place),
    Column("phone", _("Phone"), lambda c: c.phone),
    Column("email", _("E-mail"), lambda c: c.email, on_page=False),
    Column("language", _("Language"), lambda c: str(c.get_language_display()) if c.language else ""),
    Column("languages", _("Also speaks"), _languages, on_page=False),
    Column("education", _("Education"), lambda c: str(c.get_education_display()) if c.education else ""),
    Column("strengths", _("Strengths"), lambda c: c.strengths, on_page=False),
    Column("interests", _("Interests and wishes"), lambda c: c.interests, on_page=False),
    Column("vulnerabilities", _("What makes it hard"), _hardships, related="lines", on_page=False),
    Column("programmes", _("Programmes"), _programmes, related="cases"),
    Column("consent_until", _("Consent until"), _consent_until, related="consents"),
    Column("responsible", _("Responsible"), _responsible, related="assigned_to"),
    Column("last_contact", _("Last contact"), lambda c: c.last_contact_on, sort="contact"),
    Column("added", _("Added"), lambda c: c.created_at, sort="-added"),
    Column("changed", _("Changed"), lambda c: c.changed_at, sort="-changed"),
    Column("national_number", _("National number"), lambda c: c.national_number, on_page=False, sealed=True),
    Column("health", _("Health"), lambda c: c.health, on_page=False, sealed=True),
    Column("note", _("Note"), lambda c: c.note, on_page=False, sealed=True),
)
BY_KEY: Final = {column.key: column for column in ALL}
USUAL: Final = ("age", "place", "programmes", "responsible", "last_contact")
EXPORTED: Final = (
    "reference", "given_name", "family_name", "born_on", "birth_year", "sex", "place", "phone", "email", "language",
    "programmes", "responsible", "last_contact",
)  # fmt: skip
SEALED: Final = tuple(column.key for column in ALL if column.sealed)


def chosen(keys: Iterable[str], *, on_page: bool = False) -> list[Column]:
    """The columns with these keys in their own order; unknown ones are left out."""
    wanted = set(keys)
    return [column for column in ALL if column.key in wanted and (column.on_page or not on_page)]


def with_related(clients: ClientQuerySet, columns: Iterable[Column]) -> ClientQuerySet:
    """What the columns need of other tables: one query each, however many rows there are."""
    needed = {column.related for column in columns}
    if "cases" in needed:
        cases = Case.objects.open().select_related("programme").order_by("opened_on")
        clients = clients.prefetch_related(Prefetch("cases", cases, to_attr="open_cases"))
    if "consents" in needed:
        clients = clients.prefetch_related(Prefetch("consents", Consent.objects.valid(), to_attr="valid_consents"))
    return clients.prefetch_related("assigned_to")


def named(clients: list[Client], columns: Iterable[Column]) -> list[Client]:
    """The same clients, with the organisation's own words where a column needs them. One query at most."""
    if any(column.related == "lines" for column in columns):
        words = {line.key: line.label for line in vulnerabilities.lines()}
        for client in clients:
            client.hardships = ", ".join(words.get(key, key) for key in client.vulnerabilities)  # type: ignore[attr-defined]
    return clients
