"""What programmes and cases of the demo network are made of."""

from __future__ import annotations

from dataclasses import dataclass

from tenants.caseloads.enums.cases import Profession


@dataclass(frozen=True)
class DemoCase:
    """The client joined `days` ago. `team` are handles of colleagues with their professions, beside whoever is
    responsible; `outsider` is somebody's name, institution and contact. `exit` happened `ended` days ago, and `held`
    is what was found after so many months."""

    client: str
    days: int
    hopes: str = ""
    team: tuple[tuple[str, Profession], ...] = ()
    outsider: tuple[str, str, str] | None = None
    exit: str = ""
    ended: int = 0
    note: str = ""
    held: tuple[tuple[int, tuple[str, str]], ...] = ()


@dataclass(frozen=True)
class DemoProgramme:
    """`profession` is what whoever is responsible works as."""

    name: str
    funder: str
    months: int
    territory: str
    objectives: str
    target_group: str
    targets: dict[str, int]
    profession: Profession
    cases: tuple[DemoCase, ...]
    consent_wording: str = ""
    unseen_days: int = 14
