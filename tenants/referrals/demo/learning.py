"""What organisations of the demo teach: their own copies of the standard, and how the standard moves on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from halka.authorization.roles import Seat
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.models import Curriculum, PublishedVersion
from tenants.caseloads.models import Client
from tenants.learning.domain import arranging, planning
from tenants.learning.domain.adopting import adopt_curriculum
from tenants.learning.domain.assembling import choose, ratings_of
from tenants.learning.enums import Progress
from tenants.learning.models import AdoptedCurriculum

KEY: Final = "job-readiness"
# Organisation -> who adopts, and in which language.
OWNER: Final = "mentors"  # has a copy that differs
ADOPTERS: Final = {"mentors": ("lumnije", "en"), "pogum": ("mojca", "en"), "peyvand": ("narges", "fa")}

# In the words of the unit: what stood there, and what stands there now.
Words = tuple[str, str]
OURS: Final[Mapping[str, Mapping[str, Words]]] = {
    "a-safe-beginning": {
        "guide": (
            "Stand at the door and greet each one.",
            "Stand at the door and greet each one in their own language: tungjatjeta, добар ден, merhaba.",
        ),
    },
    "where-the-money-goes": {
        "introduction": ("", "Bring prices from the market in Tetovo: invented ones make people smile politely.\n\n"),
    },
}
STANDARD: Final[Mapping[str, Mapping[str, Words]]] = {
    "a-safe-beginning": {
        "guide": (
            "Stand at the door and greet each one.",
            "Stand at the door and greet each one by name, if you know it, and ask those you do not know for theirs.",
        ),
    },
    "where-the-money-goes": {
        "guide": ("**Before.**", "**Before.** Ask whether somebody would rather do this unit alone with you."),
    },
    "listening-well": {
        "introduction": ("", "This unit can also be taught on a walk, two by two.\n\n"),
    },
}
CHANGES: Final = (
    "- A safe beginning: greet people by name.\n"
    "- Where the money goes: offer it to one person alone.\n"
    "- Listening: can be taught on a walk."
)
OWN_UNIT: Final = {
    "title": "A morning at the textile workshop",
    "skill_kind": "soft",
    "skill": "seeing work with one's own eyes",
    "level": "beginning",
    "focus": "motivation",
    "theory_hours": 0,
    "practice_hours": 3,
    "outcomes": ["Participants can tell what a morning at the workshop is like."],
    "materials": ["Bus tickets", "Two telephones for pictures"],
    "prerequisites": ["a-safe-beginning"],
    "scale": "short",
    "scale_item": "hope",
    "introduction": "Somebody who was here last year shows the group round at her work. Nobody applies for anything.",
    "guide": "**Before.** Agree on the day with the workshop, and who shows us round.\n\n"
    "**Flow.** Go there together by bus. Everybody asks one question. Tea afterwards: what surprised you?",
    "exercises": [
        {
            "title": "One question each",
            "minutes": 30,
            "steps": "1. In pairs on the bus: what would you like to know?\n2. Everybody asks it there.",
            "debrief": ["What was different from what you thought?", "What would you be good at there?"],
        }
    ],
    "sheet_title": "",
    "sheet_instructions": "",
    "sheet_lines": [],
}


def fill(organisation_short_name: str, seats: Mapping[str, Seat]) -> None:
    """Inside of the organisation, once the standard is published."""
    who, language = ADOPTERS[organisation_short_name]
    standard = PublishedVersion.objects.filter(curriculum__key=KEY, curriculum__language=language)
    adopted = adopt_curriculum(version=standard.order_by("number")[0], by=seats[who])
    if organisation_short_name == OWNER:
        _make_own(adopted, seats[who])
        _plan(adopted, seats)


def _make_own(adopted: AdoptedCurriculum, by: Seat) -> None:
    units = {unit.key: unit for unit in adopted.units.select_related("module")}
    for key, changes in OURS.items():
        unit = units[key]
        arranging.change_unit(unit=unit, content=changed(unit, changes), seen_version=unit.version, by=by)
    arranging.leave_out(unit=units["searching-and-applying-online"], by=by)
    arranging.move_unit(unit=units["the-interview"], way=arranging.UP, by=by)
    arranging.add_unit(module=units["what-draws-me"].module, content=OWN_UNIT, by=by)


def _plan(adopted: AdoptedCurriculum, seats: Mapping[str, Seat]) -> None:
    """For two people who were rated: one has come some way."""
    rated = Client.objects.filter(assessments__isnull=False, restricted_at=None).distinct().order_by("id")
    by_key = {seat.membership_id: seat for seat in seats.values()}
    units = planning.units_of(adopted)
    people = (client for client in rated if client.assigned_to_id in by_key and choose(units, ratings_of(client)))
    for person, client in enumerate(islice(people, 2)):
        by, today = by_key[client.assigned_to_id], timezone.localdate()
        plan = planning.assemble_plan(client=client, curriculum=adopted, by=by)
        if person == 0:
            for place, row in enumerate(plan[:3]):
                state = Progress.DONE if place < 2 else Progress.BEGUN
                on = today - timedelta(days=20 - 7 * place)
                planning.mark_progress(planned=row, state=state, on=on, by=by)


def move_on() -> None:
    """The second version of the standard, with the network's rights; once."""
    page = Curriculum.objects.get(key=KEY, locale__language_code="en")
    if page.versions.published().count() > 1:
        return
    with transaction.atomic():
        draft = begin_version(curriculum=page, by=None)
        for unit in draft.units.filter(key__in=STANDARD):
            for name, text in changed(unit, STANDARD[unit.key]).items():
                setattr(unit, name, text)
            unit.save()
        publish_version(version=draft, changes=CHANGES, by=None)


def changed(unit: Any, changes: Mapping[str, Words]) -> dict[str, str]:
    """Field -> its text with the new words; at the beginning where none are to go."""
    texts = {name: getattr(unit, name) for name in changes}
    return {
        name: texts[name].replace(before, after, 1) if before else after + texts[name]
        for name, (before, after) in changes.items()
    }
