"""Why a unit is in somebody's plan: kept in codes, worded for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from halka.common.calendars import format_day, localise_digits
from tenants.caseloads.enums.assessments import Rater
from tenants.caseloads.scales.network import ITEMS
from tenants.learning.enums import Why

Reason = Mapping[str, Any]


def rated(*, item: str, text: str, answer: int, steps: int, on: date, rater: str) -> dict[str, Any]:
    """`item` is the network's key; of a question without one the text itself is kept."""
    told = {} if item in ITEMS else {"text": text}
    return {
        "code": Why.RATED.value,
        "item": item,
        "answer": answer + 1,
        "steps": steps,
        "on": on.isoformat(),
        "rater": rater,
        **told,
    }


def before(title: str) -> dict[str, Any]:
    return {"code": Why.BEFORE.value, "unit": title}


START = {"code": Why.START.value}
HAND = {"code": Why.HAND.value}


def worded(why: Reason) -> str:
    """A sentence in the reader's language; for codes that it does not know, nothing."""
    match why.get("code"):
        case Why.RATED:
            return _rated(why)
        case Why.BEFORE:
            return _("Comes before “%(unit)s”.") % {"unit": why["unit"]}
        case Why.START:
            return _("A first step for everybody: nothing is rated yet.")
        case Why.HAND:
            return _("Chosen by hand.")
    return ""


def _rated(why: Reason) -> str:
    item = ITEMS.get(why["item"])
    values = {
        "question": str(item.text) if item else why["text"],
        "answer": localise_digits(why["answer"]),
        "steps": localise_digits(why["steps"]),
        "day": format_day(date.fromisoformat(why["on"])),
    }
    if why["rater"] == Rater.CLIENT:
        return _("The person rated “%(question)s” %(answer)s of %(steps)s on %(day)s.") % values
    return _("“%(question)s” was rated %(answer)s of %(steps)s on %(day)s.") % values
