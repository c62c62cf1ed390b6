"""Rows of a sheet become clients and cases: many at once, without a query for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.folding import folded
from halka.common.sealing.fields import blind_indexes
from tenants.caseloads import keys
from tenants.caseloads.domain.clients import ClientDetails, new_client
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.consents import ConsentPurpose, ConsentScope
from tenants.caseloads.models import Case, Client, Consent, TeamMember
from tenants.caseloads.sheet_fields import OF_CLIENT, Row
from tenants.caseloads.wording import Terms, wording_of

SURE, BY_NAME, CONFLICT = "sure", "by_name", "conflict"
NOBODY: Final = Seat(0, None, None, "")
WRITTEN: Final = (
    *OF_CLIENT, "assigned_to", "search_key", "sort_key", "national_number_index", "changed_at", "changed_by", "version",
)  # fmt: skip
# Of those born on the days of the rows only those whose names begin alike: a big organisation has many on each day.
BORN_THEN: Final = """
SELECT client.id FROM caseloads_client AS client
JOIN unnest(%s::date[], %s::text[]) AS row (born_on, name)
ON client.born_on = row.born_on AND starts_with(client.search_key, row.name)
"""
SCOPES: Final = tuple(ConsentScope.values)


@dataclass
class Taken:
    """What became of some rows: numbers, and by row's number who was known how, and why a row could not be taken."""

    added: int = 0
    changed: int = 0
    same: int = 0
    left: int = 0
    enrolled: int = 0
    known: dict[int, tuple[str, UUID]] = field(default_factory=dict)
    conflicts: dict[int, str] = field(default_factory=dict)


def look_up(*, rows: Sequence[Row]) -> Taken:
    """What `take_over` would find, without doing anything."""
    found, taken = _Found(rows), Taken()
    for row in rows:
        client, way = found.of(row)
        if way == CONFLICT:
            taken.conflicts[row.number] = _conflict()
        elif client is None:
            taken.added += 1
            found.add(row, new_client(details=_details(row), by=NOBODY))
        elif not client._state.adding:
            taken.known[row.number] = (way, client.pk)
    return taken


def take_over(*, rows: Sequence[Row], sure: str, by_name: str, by: Seat) -> Taken:
    """Adds who is not here yet, and enrols. For those who are here already: `sure` and `by_name` are "update" (what the
    sheet says counts), "fill" (only what is not known yet) or "skip" (they stay as they are).
    """
    taken = Taken()
    policies = {SURE: sure, BY_NAME: by_name}
    with transaction.atomic():
        found = _Found(rows)
        added: list[Client] = []
        changed: dict[UUID, Client] = {}
        entries: list[Entry] = []
        enrolled: list[tuple[Row, Client]] = []
        for row in rows:
            client, way = found.of(row)
            if way == CONFLICT:
                taken.conflicts[row.number] = _conflict()
                continue
            if client is None:
                client = new_client(details=_details(row), assigned_to=row.values.get("responsible"), by=by)
                added.append(client)
                found.add(row, client)
                entries.append(_entry("client.added", client, {}, by))
            elif client._state.adding:  # an earlier row of this part
                pass
            elif policies[way] == "skip":
                taken.known[row.number] = (way, client.pk)
                taken.left += 1
                continue
            else:
                taken.known[row.number] = (way, client.pk)
                new = _write(client, row, only_empty=policies[way] == "fill", by=by)
                entries += new
                taken.same += not new
                if new:
                    changed[client.pk] = client
            if "programme" in row.values:
                enrolled.append((row, client))
        Client.objects.bulk_create(added)
        if changed:
            Client.objects.bulk_create(
                changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
            )
        taken.enrolled = _enrol(enrolled, entries, by)
        Entry.objects.bulk_create(entries)
    taken.added, taken.changed = len(added), len(changed)
    return taken


# --- who is here already ------------------------------------------------------------------------------------------
class _Found:
    """The clients that the rows could be, locked, in four queries however many rows there are."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.by_number: dict[tuple[str, str], Client] = {}
        self.by_name: dict[tuple[str, date | int | None], Client] = {}
        references = {row.values["reference"] for row in rows if row.values.get("reference")}
        nationals = {row.values["national_number"] for row in rows if row.values.get("national_number")}
        indexes = [i for number in nationals for i in blind_indexes(Client, "national_number_index", number)]
        born = [(row.birth, f" {row.folded_name}") for row in rows if isinstance(row.birth, date)]
        names = {key for row in rows for key in _sort_keys(row)}
        here = Client.objects.present()
        conditions = [Q(reference__in=references)] if references else []
        conditions += [Q(national_number_index__in=indexes)] if indexes else []
        conditions += [Q(pk__in=RawSQL(BORN_THEN, [*map(list, zip(*born, strict=True))]))] if born else []  # noqa: S611  # the text is our own
        conditions += [Q(sort_key__in=names)] if names else []
        ids = {pk for condition in conditions for pk in here.filter(condition).values_list("pk", flat=True)}
        for client in Client.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
            if client.reference:
                self.by_number.setdefault(("reference", folded(client.reference)), client)
            if nationals and client.national_number:
                self.by_number.setdefault(("national_number", folded(client.national_number)), client)
            name = folded(f"{client.given_name} {client.family_name}")
            self.by_name.setdefault((name, client.born_on or client.birth_year), client)

    def of(self, row: Row) -> tuple[Client | None, str]:
        """The client of this row and how it was found: surely, by name, or not; "conflict" for two at once."""
        numbers = [self.by_number[identity] for identity in row.identities if identity in self.by_number]
        if len({client.pk for client in numbers}) > 1:
            return None, CONFLICT
        if numbers:
            return numbers[0], SURE
        client = self.by_name.get((row.folded_name, row.birth))
        return (client, BY_NAME) if client and not _differ(client, row) else (None, "")

    def add(self, row: Row, client: Client) -> None:
        for identity in row.identities[:-1]:
            self.by_number.setdefault(identity, client)
        self.by_name.setdefault((row.folded_name, row.birth), client)


def _differ(client: Client, row: Row) -> bool:
    """Whether both have a number of the same kind, and not the same one: then a name in common means nothing."""
    for name in ("reference", "national_number"):
        here, there = getattr(client, name), row.values.get(name)
        if here and there and folded(here) != folded(there):
            return True
    return False


def _sort_keys(row: Row) -> set[str]:
    """As people of this name are sorted, with their marks and without."""
    given, family = row.values.get("given_name", ""), row.values.get("family_name", "")
    found = {keys.sort_key(given, family)}
    return found if f"{given}{family}".isascii() else {*found, keys.sort_key(folded(given), folded(family))}


# --- writing -----------------------------------------------------------------------------------------------------
def _conflict() -> str:
    return _("The file number is one person's and the national number another's.")


def _details(row: Row) -> ClientDetails:
    return ClientDetails(**{name: row.values[name] for name in OF_CLIENT if name in row.values})


def _write(client: Client, row: Row, *, only_empty: bool, by: Seat) -> list[Entry]:
    """Changes what differs; empty cells change nothing. Returns the entries of the audit, none for no change."""
    fields = [
        name
        for name in OF_CLIENT
        if name in row.values and _counts(client, name, row.values[name], only_empty=only_empty)
    ]
    entries = []
    if fields:
        for name in fields:
            setattr(client, name, row.values[name])
        if "born_on" in fields:
            client.birth_year = None
        entries.append(_entry("client.changed", client, {"fields": fields}, by))
    to = row.values.get("responsible")
    if to and to != client.assigned_to_id and not (only_empty and client.assigned_to_id):
        before = str(client.assigned_to_id) if client.assigned_to_id else None
        entries.append(_entry("client.assigned", client, {"from": before, "to": str(to)}, by))
        client.assigned_to_id = to
    if entries:
        client.search_key = keys.search_key(client.given_name, client.family_name, client.other_names, client.phone)
        client.sort_key = keys.sort_key(client.given_name, client.family_name)
        client.changed_at, client.changed_by_id = timezone.now(), by.membership_id
        client.version += 1
    return entries


def _counts(client: Client, name: str, value: Any, *, only_empty: bool) -> bool:
    """A year alone never takes the place of a day that is known."""
    here = getattr(client, name)
    if name == "birth_year" and client.born_on:
        return False
    if name == "born_on" and client.birth_year and only_empty:
        return False
    return here != value and not (only_empty and here)


def _entry(action: str, on: Any, detail: dict[str, Any], by: Seat) -> Entry:
    about = on.pk if isinstance(on, Client) else on.client_id
    return Entry(
        actor_user_id=by.user_id or None,
        actor_name=by.name,
        is_support=by.is_support,
        action=action,
        target_model=on._meta.label_lower,
        target_id=str(on.pk),
        about_id=about,
        detail=detail,
    )


# --- cases -------------------------------------------------------------------------------------------------------
def _enrol(rows: list[tuple[Row, Client]], entries: list[Entry], by: Seat) -> int:
    """A case on its own consent for each who does not take part yet, and did not join on that day before."""
    if not rows:
        return 0
    before = Case.objects.filter(client__in={client.pk for _row, client in rows})
    joined: dict[tuple[UUID, UUID], set[date]] = defaultdict(set)
    takes_part: set[tuple[UUID, UUID]] = set()
    for client_id, programme_id, opened_on, closed_on in before.values_list(
        "client", "programme", "opened_on", "closed_on"
    ):
        joined[client_id, programme_id].add(opened_on)
        if closed_on is None:
            takes_part.add((client_id, programme_id))
    highest = {
        (client_id, programme_id): number
        for client_id, programme_id, number in before.values_list("client", "programme").annotate(Max("number"))
    }
    consents, cases, team = [], [], []
    wordings: dict[Any, str] = {}
    for row, client in rows:
        programme = row.values["programme"]
        key = (client.pk, programme.pk)
        if key in takes_part or row.values["joined_on"] in joined[key]:
            continue
        takes_part.add(key)
        consent = _consent(row, client, wordings, by)
        case = Case(
            client=client,
            programme=programme,
            consent=consent,
            number=highest.get(key, 0) + 1,
            opened_on=row.values["joined_on"],
            changed_by_id=by.membership_id,
        )
        consents.append(consent)
        cases.append(case)
        team.append(
            TeamMember(case=case, colleague_id=client.assigned_to_id or by.membership_id, profession=Profession.MENTOR)
        )
        detail = {"purpose": consent.purpose, "scopes": consent.scopes}
        entries += [_entry("consent.recorded", consent, detail, by), _entry("case.opened", case, {}, by)]
    Consent.objects.bulk_create(consents)
    Case.objects.bulk_create(cases)
    TeamMember.objects.bulk_create(team)
    return len(cases)


def _consent(row: Row, client: Client, wordings: dict[Any, str], by: Seat) -> Consent:
    until, programme = row.values["consent_until"], row.values["programme"]
    language = client.language or get_language() or required_organisation().language
    terms = Terms(ConsentPurpose.ENROLMENT, SCOPES, until, None, programme.name, programme.consent_wording)
    if (terms, language) not in wordings:  # the same for most rows of a sheet
        wordings[terms, language] = wording_of(terms, language)
    return Consent(
        client=client,
        purpose=ConsentPurpose.ENROLMENT,
        scopes=list(SCOPES),
        how_given=row.values["consent_given"],
        witness=row.values.get("consent_witness", ""),
        language=language,
        wording=wordings[terms, language],
        given_at=timezone.now(),
        expires_on=until,
        recorded_by_id=by.membership_id,
    )
