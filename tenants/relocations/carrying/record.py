"""What passes from one organisation to the other, in memory and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, repr=False)
class Row:
    """A row by its model's label. `becomes` is its key in the other organisation; `values` are (column of the instance,
    plain value), what lay sealed opened, references still to the keys here."""

    label: str
    key: UUID
    becomes: UUID
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class File:
    """A sealed file of a row: (table, column, row) that it is bound to, and its name."""

    label: str
    becomes: UUID
    column: str
    place: tuple[str, str, str]
    name: str


@dataclass(frozen=True)
class ProgrammeAs:
    name: str
    starts_on: date
    ends_on: date | None
    territory: str
    target_group: str


@dataclass(frozen=True, repr=False)
class ScaleAs:
    """`items` as `Scale.items` holds them."""

    name: str
    description: str
    items: list[dict[str, Any]]
    standard: str
    published_at: datetime | None


@dataclass(frozen=True)
class UnitAs:
    """A unit of a standard curriculum, by the curriculum's key and its own."""

    standard: int
    key: str


@dataclass(frozen=True)
class Learned:
    """Sessions of a group that the person was at, of those held."""

    title: str
    came: int
    held: int


@dataclass(frozen=True)
class Referred:
    """A referral that is over: codes of exchange.enums, and the name of the other organisation."""

    service: str
    state: str
    is_incoming: bool
    other: str
    on: date


@dataclass(frozen=True, repr=False)
class Record:
    """One person's record as it is now. `people` maps memberships to names, `lines` keys of the organisation's own list
    of what makes it hard to their names."""

    client_id: UUID
    organisation_id: UUID
    rows: tuple[Row, ...]
    files: tuple[File, ...] = ()
    people: Mapping[UUID, str] = field(default_factory=dict)
    programmes: Mapping[UUID, ProgrammeAs] = field(default_factory=dict)
    scales: Mapping[UUID, ScaleAs] = field(default_factory=dict)
    units: Mapping[UUID, UnitAs] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    learned: tuple[Learned, ...] = ()
    referred: tuple[Referred, ...] = ()

    @property
    def becomes(self) -> UUID:
        """The client's key in the other organisation."""
        return next(row.becomes for row in self.rows if row.key == self.client_id)


@dataclass(frozen=True)
class Landing:
    """How a record arrives. `source` is the name of the organisation that it comes from, for texts; `assignee` the
    membership of who is responsible from now on, where nobody is who comes along.

    `ends`: consents arrive as ended papers and running cases as closed ones, since they were given to somebody else;
    a merger, which goes on as the same body, lets them stand. `colleagues` maps memberships there to memberships here,
    for people who come along, and `programmes` programmes there to programmes here; others are named in text, and made
    anew. `keeps_reference`: the file number comes along where nobody here has it. `has_note`: a note in the journal
    says where the record comes from, who wrote in it, and what of it stayed.
    """

    source: str
    assignee: UUID | None
    on: date
    ends: bool = True
    colleagues: Mapping[UUID, UUID] = field(default_factory=dict)
    programmes: Mapping[UUID, UUID] = field(default_factory=dict)
    keeps_reference: bool = False
    has_note: bool = True


@dataclass(frozen=True)
class Written:
    """What was written: the new client, and label of a model -> keys of its rows, those that were made for it too."""

    client_id: UUID
    rows: Mapping[str, tuple[UUID, ...]]
