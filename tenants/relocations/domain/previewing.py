"""What would go along, what would stay and why, and what stands in the way: in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tenants.caseloads.models import Client
from tenants.relocations.carrying import DECISIONS, Fate, count_record
from tenants.relocations.domain.asking import obstacles_of

TO_ONESELF: Final = _("What only its author reads was written for nobody else.")


@dataclass(frozen=True)
class Line:
    """Rows of one kind. `why` they stay; empty for what goes."""

    label: str
    number: int
    why: str | Promise = ""


@dataclass(frozen=True)
class Preview:
    goes: tuple[Line, ...]
    stays: tuple[Line, ...]
    anew: tuple[tuple[str, str | Promise], ...]
    obstacles: tuple[str, ...]


def preview(client: Client) -> Preview:
    goes, stays = count_record(client.pk)
    return Preview(
        goes=lines_of(goes),
        stays=tuple(Line(_label(label), number, _why(label)) for label, number in stays.items()),
        anew=tuple((_label(label), each.why) for label, each in DECISIONS.items() if each.fate == Fate.ANEW),
        obstacles=tuple(obstacles_of(client)),
    )


def lines_of(counts: Mapping[str, int]) -> tuple[Line, ...]:
    """Of label of a model -> number, without the record itself."""
    return tuple(Line(_label(label), number) for label, number in counts.items() if label != "caseloads.Client")


def _why(label: str) -> str | Promise:
    decision = DECISIONS[label]
    return TO_ONESELF if decision.fate == Fate.CARRIED else decision.why


def _label(label: str) -> str:
    return capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
