"""What the data of the demo network is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from halka.authorization.roles import Role
from network_registry.exchange.enums import Service, State
from tenants.caseloads.domain.clients import ClientDetails
from tenants.organisations.enums import Kind
from tenants.referrals.demo.progress_shapes import DemoRating
from tenants.referrals.enums import Urgency


@dataclass(frozen=True)
class DemoPerson:
    """An account. `handle` is the part of the e-mail before the @, in the organisation that comes first."""

    handle: str
    name: str
    role: Role
    elsewhere: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True)
class DemoClient:
    """A client whom the colleague with that handle looks after, added `days` ago and changed `changed` days ago."""

    details: ClientDetails
    colleague: str
    days: int
    changed: int


@dataclass(frozen=True)
class DemoOrganisation:
    """`texts` is the language of its people's pages: only English and Persian are fully translated."""

    short_name: str
    names: dict[str, str]
    language: str
    people: tuple[DemoPerson, ...]
    clients: tuple[DemoClient, ...] = ()
    kind: Kind = Kind.NGO
    province: str = ""
    colour: str = "teal"
    calendar: str = "gregorian"
    time_zone: str = "UTC"
    texts: str = "en"
    parent: str = ""
    is_provisional: bool = False
    contact_email: str = ""


@dataclass(frozen=True)
class DemoAct:
    """What somebody did so many `days` ago: the act's part of the address, a handle of the recipient's or OUT for the
    sender's responsible colleague, and what they chose and wrote."""

    slug: str
    by: str
    days: int
    note: str = ""
    reason: str = ""
    outcome: str = ""
    question: str = ""
    answer: str = ""
    how: str = ""

    def said(self) -> dict[str, str]:
        named = ("note", "reason", "outcome", "question", "answer", "how")
        return {name: value for name in named if (value := getattr(self, name))}


@dataclass(frozen=True)
class DemoReferral:
    """Sent `days` ago by the client's responsible colleague, and brought to `state` by what both sides did.

    With 0 days it was sent just now. `instead_of` is the recipient of the declined one that it takes the place of,
    `ratings` what the recipient and the person rated meanwhile; the consent ends in `agreed_for` days from today.
    """

    sender: str
    client: str
    target: str
    service: Service
    need: str
    area: str
    state: State
    days: int = 0
    acts: tuple[DemoAct, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    scopes: tuple[str, ...] = ("identity", "contact")
    instead_of: str = ""
    ratings: tuple[DemoRating, ...] = ()
    agreed_for: int = 180


def client(
    given_name: str,
    family_name: str,
    note: str,
    *,
    by: str,
    days: int,
    changed: int | None = None,
    born: date | int | None = None,
    sex: str = "",
    phone: str = "",
    email: str = "",
    place: str = "",
    language: str = "",
    other_names: str = "",
    **more: Any,
) -> DemoClient:
    """`born` is a day or only a Gregorian year, `more` are further fields of ClientDetails."""
    details = ClientDetails(
        given_name=given_name,
        family_name=family_name,
        other_names=other_names,
        born_on=born if isinstance(born, date) else None,
        birth_year=born if isinstance(born, int) else None,
        sex=sex,
        phone=phone,
        email=email,
        place=place,
        language=language,
        note=note,
        **more,
    )
    return DemoClient(details, by, days, days if changed is None else changed)
