"""Numbers and decisions of a merger in words, for its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network_registry.membership.enums import MergerMatter, MergerObstacle, MergerState
from network_registry.membership.models import Merger, MergerAnswer
from tenants.relocations.carrying import DECISIONS, Fate

NUMBERS: Final[dict[str, str | Promise]] = {
    "clients": _("Clients"),
    "cases": _("Running cases"),
    "documents": _("Documents"),
    "programmes": _("Programmes"),
    "people": _("People with an account"),
    "services": _("Services"),
    "places": _("Places"),
}
LISTENING: Final = (MergerState.MERGING, MergerState.UNDOING)


@dataclass(frozen=True)
class Side:
    """One of both on the secretariat's page: what its manager said, with the numbers they saw."""

    organisation: Any
    answer: MergerAnswer | None

    @property
    def numbers(self) -> list[tuple[str | Promise, int]]:
        return in_words(self.answer.counts) if self.answer else []

    @property
    def obstacles(self) -> list[tuple[str, int]]:
        return obstacles_in_words(self.answer.counts.get("obstacles", {})) if self.answer else []


def sides(merger: Merger) -> list[Side]:
    said = {answer.organisation_id: answer for answer in merger.answers.filter(about=MergerMatter.MERGE)}
    return [Side(each, said.get(each.pk)) for each in (merger.absorbed, merger.remaining)]


def in_words(numbers: Mapping[str, Any]) -> list[tuple[str | Promise, int]]:
    return [(label, numbers[key]) for key, label in NUMBERS.items() if key in numbers]


def obstacles_in_words(found: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(MergerObstacle(code).label), number) for code, number in found.items()]


def stays() -> Iterable[tuple[str, str]]:
    """What does not come along, and why: kinds of rows about people, with the reason of the decision."""
    for label, decision in DECISIONS.items():
        if decision.fate == Fate.STAYS and decision.about_person and decision.why:
            yield str(apps.get_model(label)._meta.verbose_name_plural), str(decision.why)
    yield str(_("notes to oneself")), str(_("What only its author reads comes along where its author does."))


def is_under_way(merger: Merger) -> bool:
    return merger.state in LISTENING
