"""Lists of clients: what a filter lets through, for one reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat
from django.db.models.query import QuerySet
from django.utils import timezone

from halka.authorization.roles import Permission, Seat
from halka.common.paging import SIZE, Among, Near, Slice, slice_of
from halka.common.sealing.fields import blind_indexes
from tenants.caseloads import keys
from tenants.caseloads.enums.lists import CaseState, Scope, Sort
from tenants.caseloads.models import Case, Client, Consent
from tenants.caseloads.models.clients import LAST_CONTACT, ClientQuerySet
from tenants.caseloads.models.reach import emergencies, is_pool, on_teams

ENOUGH: Final = 2  # letters before somebody looks through the names of other people's clients
NOBODY: Final = "nobody"  # instead of a colleague
DIGITS: Final = 5  # from here on a search is for a number
KEYS: Final = {
    "name": ("sort_key", "id"),
    "contact": ("contact_key", "id"),
    "changed": ("changed_at", "id"),
    "added": ("created_at", "id"),
}


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed down to; everything can be combined. Empty values narrow nothing.

    `number` is a national number, or part of a phone number: it is looked for and not kept anywhere.
    """

    scope: str = ""  # empty: the first that the reader has
    search: str = ""
    number: str = ""
    responsible: str = ""  # a colleague's key, or NOBODY
    programme: str = ""
    case: str = ""
    place: str = ""
    language: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    vulnerability: str = ""
    unseen: int | None = None  # days
    lapsing: int | None = None  # days
    sort: str = Sort.NAME

    def names(self) -> list[str]:
        """The names of what narrows the list down."""
        return [name for name in NARROWING if getattr(self, name) not in ("", None)]

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Filter:
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})


# Sealed, or long: no page of a list shows them.
HEAVY: Final = ("national_number", "national_number_index", "health", "note", "strengths", "interests", "search_key")
NARROWING: Final = tuple(field.name for field in fields(Filter) if field.name not in ("scope", "sort"))


def is_number(text: str) -> bool:
    """Whether the text is a number of a person or a phone, which has no place in an address."""
    letters = re.sub(r"[\W_]", "", text)
    digits = sum(letter.isdigit() for letter in letters)
    return digits >= DIGITS and len(letters) - digits <= 3


def scopes_of(seat: Seat) -> list[Scope]:
    """The lists that somebody has."""
    if sees_all(seat):
        return [Scope.ALL, Scope.MINE, Scope.POOL] if seat.membership_id else [Scope.ALL, Scope.POOL]
    return [Scope.MINE, Scope.POOL, Scope.ALL] if seat.can(Permission.CLIENT_LOOKUP) else [Scope.MINE]


def sees_all(seat: Seat) -> bool:
    return seat.can(Permission.CASE_SUPERVISE) or seat.is_support


def asks_for_a_name(filters: Filter, seat: Seat) -> bool:
    """Whether the list shows nobody before somebody is looked for."""
    return (
        filters.scope == Scope.ALL
        and not sees_all(seat)
        and len("".join(keys.fragments(filters.search)).strip()) < ENOUGH
        and not filters.number
    )


def is_lookup(filters: Filter, seat: Seat) -> bool:
    """Whether the list finds people in colleagues' care too, who show no more than their names.

    It does by name or by the exact national number alone: any other filter would tell something of them.
    """
    return (
        filters.scope == Scope.ALL
        and not sees_all(seat)
        and seat.can(Permission.CLIENT_LOOKUP)
        and set(filters.names()) <= {"search", "number"}
        and not asks_for_a_name(filters, seat)
    )


def page(
    filters: Filter,
    seat: Seat,
    *,
    cursor: str = "",
    size: int = SIZE,
    related: Callable[[ClientQuerySet], ClientQuerySet] = lambda clients: clients,
) -> Slice[Client]:
    """A page of the list, in one query or two, and those of what is `related`."""
    filters = settled(filters, seat)
    sort = filters.sort.removeprefix("-")
    falling = "-" if filters.sort.startswith("-") else ""
    order = [falling + key for key in KEYS[sort]]
    clients = _shown(found(filters, seat), filters, seat, related)
    if filters.scope != Scope.ALL or filters.responsible or filters.number:
        gather = filters.scope == Scope.MINE or bool(filters.names())
        return slice_of(clients, keys=order, cursor=cursor, size=size, gather=gather)
    near = None
    if filters.names():
        every = _scoped(Client.objects.present(), filters, seat)
        looked = _shown(found(filters, seat, beside_index=True), filters, seat, related)
        near = Near(every=_with_key(every, sort), found=looked)
    return slice_of(clients, keys=order, cursor=cursor, size=size, gather=bool(filters.names()), near=near)


def _shown(clients: ClientQuerySet, filters: Filter, seat: Seat, related: Any) -> ClientQuerySet:
    clients = related(clients.defer(*HEAVY))
    return clients.with_reach(seat) if is_lookup(filters, seat) else clients


def found(filters: Filter, seat: Seat, *, beside_index: bool = False) -> ClientQuerySet:
    """All that the filter lets through, and that the reader may find. `beside_index`: in words the index of fragments
    does not know, for looking through rows that were found otherwise."""
    filters = settled(filters, seat)
    clients = _scoped(Client.objects.present(), filters, seat)
    if asks_for_a_name(filters, seat):
        return clients.none()
    if not is_lookup(filters, seat):
        clients = clients.reachable_by(seat) if filters.scope == Scope.ALL else clients
    if filters.search:
        clients = _searched_slowly(clients, filters.search) if beside_index else clients.search(filters.search)
    if filters.number:
        clients = clients.filter(_has_number(filters, seat))
    return _with_key(_narrowed(clients, filters), filters.sort.removeprefix("-"))


def settled(filters: Filter, seat: Seat) -> Filter:
    """The filter in a scope that the reader has. People in colleagues' care come by name, which tells nothing more."""
    scopes = scopes_of(seat)
    filters = filters if filters.scope in scopes else replace(filters, scope=scopes[0])
    return replace(filters, sort=Sort.NAME) if is_lookup(filters, seat) else filters


def _with_key(clients: ClientQuerySet, sort: str) -> ClientQuerySet:
    return clients.annotate(contact_key=LAST_CONTACT) if sort == "contact" else clients


def _scoped(clients: ClientQuerySet, filters: Filter, seat: Seat) -> ClientQuerySet:
    if filters.scope == Scope.MINE:
        return clients.filter(Among(F("pk"), ArraySubquery(own_clients(seat))))
    if filters.scope == Scope.POOL:
        return clients.filter(is_pool())
    return clients


def own_clients(seat: Seat) -> QuerySet[Any]:
    """Keys of the clients somebody is responsible for, is on a team for, or has opened in an emergency."""
    mine = Client.objects.present().assigned_to(seat).values("pk")  # the index of the list knows no merged ones
    return mine.union(on_teams(seat).values("case__client"), emergencies(seat).values("client"))


def _searched_slowly(clients: ClientQuerySet, text: str) -> ClientQuerySet:
    fragments = keys.fragments(text)
    if not fragments:
        return clients.none()
    clients = clients.annotate(beside_key=Concat(F("search_key"), Value(""), output_field=TextField()))
    return clients.filter(*(Q(beside_key__contains=fragment) for fragment in fragments))


def _has_number(filters: Filter, seat: Seat) -> Q:
    """The exact national number; for those whose records one may open, part of the phone number too."""
    condition = Q(national_number_index__in=blind_indexes(Client, "national_number_index", filters.number))
    digits = keys.fragments(filters.number)
    if digits and not is_lookup(filters, seat):
        phone = Q()
        for fragment in digits:
            phone &= Q(search_key__contains=fragment)
        condition |= phone
    return condition


def _narrowed(clients: ClientQuerySet, filters: Filter) -> ClientQuerySet:
    today = timezone.localdate()
    if filters.responsible == NOBODY:
        clients = clients.filter(assigned_to=None)
    elif filters.responsible:
        clients = clients.filter(assigned_to=UUID(filters.responsible))
    if filters.programme or filters.case:
        clients = clients.filter(_in_case(filters))
    if filters.place:
        clients = clients.filter(place__icontains=filters.place)
    for name in ("language", "sex"):
        if getattr(filters, name):
            clients = clients.filter(**{name: getattr(filters, name)})
    if filters.age_from is not None or filters.age_to is not None:
        clients = clients.filter(_aged(filters.age_from, filters.age_to, today))
    if filters.vulnerability:
        clients = clients.filter(vulnerabilities__contains=[filters.vulnerability])
    if filters.unseen is not None:
        clients = clients.filter(
            Q(last_contact_on=None) | Q(last_contact_on__lt=today - timedelta(days=filters.unseen))
        )
    if filters.lapsing is not None:
        lapsing = Consent.objects.valid().filter(expires_on__lte=today + timedelta(days=filters.lapsing))
        clients = clients.filter(Exists(lapsing.filter(client=OuterRef("pk"))))
    return clients


def _in_case(filters: Filter) -> Q:
    cases = Case.objects.filter(client=OuterRef("pk"))
    if filters.programme:
        cases = cases.filter(programme=UUID(filters.programme))
    match filters.case:
        case CaseState.OPEN:
            return Q(Exists(cases.open()))
        case CaseState.CLOSED:
            return Q(Exists(cases)) & ~Q(Exists(cases.open()))
        case CaseState.NONE:
            return ~Q(Exists(cases))
    return Q(Exists(cases))


def _aged(at_least: int | None, at_most: int | None, today: date) -> Q:
    """By the day of birth, or by the year alone, counted as `Client.age` does."""
    day, year = Q(born_on__isnull=False), Q(birth_year__isnull=False)
    if at_least is not None:
        day &= Q(born_on__lte=_years_before(today, at_least))
        year &= Q(birth_year__lte=today.year - at_least)
    if at_most is not None:
        day &= Q(born_on__gt=_years_before(today, at_most + 1))
        year &= Q(birth_year__gte=today.year - at_most)
    return day | year


def _years_before(day: date, years: int) -> date:
    """Born on that day, somebody is so many years old on `day` for the first time, at the end of February too."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
