from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.utils import translation

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from knowledge_base.models import Curriculum, CurriculumVersion
from tenants.caseloads.domain.assessments import record_assessment
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.scales import scales_in_use
from tenants.caseloads.models import Client
from tenants.learning.domain.adopting import adopt_curriculum
from tenants.learning.domain.assembling import Choice, Rating, chain_of, choose, ratings_of
from tenants.learning.domain.following import newest_of
from tenants.learning.domain.planning import units_of
from tenants.learning.domain.reasons import HAND, before, worded
from tenants.learning.models import AdoptedCurriculum, AdoptedUnit
from tenants.organisations.isolation import inside
from tests.knowledge_base.conftest import add_module, add_unit
from tests.tenants.learning.conftest import publish_next

ON = date(2026, 3, 3)


def teach(draft: CurriculumVersion) -> None:
    """In place of what was there: mind (hope, courage, breath), others (talk, ask), money (budget, work)."""
    draft.units.all().delete()
    draft.modules.all().delete()
    mind = add_module(draft, "mind")
    add_unit(mind, "breath", focus="skill")
    add_unit(mind, "courage", focus="both", prerequisites=["hope"])
    add_unit(mind, "hope", focus="motivation")
    others = add_module(draft, "others", dimension="social")
    add_unit(others, "talk", focus="both", prerequisites=["hope"], scale_item="talk")
    add_unit(others, "ask", focus="skill", prerequisites=["talk"])
    money = add_module(draft, "money", dimension="economic")
    add_unit(money, "budget", focus="skill", scale_item="budget")
    add_unit(money, "work", focus="both", prerequisites=["budget", "talk"])


@pytest.fixture
def rich(alpha: OrganisationRef, standard: Curriculum, seat: Seat) -> AdoptedCurriculum:
    publish_next(standard, teach)
    with inside(alpha):
        return adopt_curriculum(version=newest_of(AdoptedCurriculum(standard=standard.pk)), by=seat)


def rating(item: str, dimension: str, answer: int) -> Rating:
    return Rating(item, item.capitalize(), dimension, answer, 5, 25.0 * answer, ON, "client")


def keys(choices: Sequence[Choice]) -> list[str]:
    return [choice.unit.key for choice in choices]


HOPEFUL, HOPELESS = rating("hope", "psychological", 4), rating("hope", "psychological", 1)


@pytest.mark.parametrize(
    ("ratings", "chosen"),
    [
        ([], ["hope"]),
        ([HOPEFUL], []),
        ([HOPELESS], ["hope", "courage"]),  # skill waits
        ([HOPELESS, rating("talk", "social", 0)], ["hope", "talk", "courage"]),  # the lowest first
        ([rating("talk", "social", 1)], ["hope", "talk", "ask"]),
        ([HOPEFUL, rating("budget", "economic", 1)], ["budget", "hope", "talk", "work"]),
        ([HOPEFUL, rating("", "economic", 1)], ["budget", "hope", "talk", "work"]),  # a question of one's own scale
        ([HOPEFUL, rating("confidence", "psychological", 1)], ["hope", "courage", "breath"]),  # high enough together
    ],
)
def test_the_rule(alpha: OrganisationRef, rich: AdoptedCurriculum, ratings: list[Rating], chosen: list[str]) -> None:
    with inside(alpha):
        assert keys(choose(units_of(rich), ratings)) == chosen


def test_what_is_known_does_not_come_again_and_a_plan_is_short(alpha: OrganisationRef, rich: AdoptedCurriculum) -> None:
    low = [rating("talk", "social", 1), rating("budget", "economic", 1)]
    with inside(alpha):
        units = units_of(rich)
        assert keys(choose(units, low, known=frozenset({"hope", "talk"}))) == ["budget", "work", "ask"]
        assert keys(choose(units, low, most=2)) == ["hope", "talk"]


def test_each_reason_is_told(alpha: OrganisationRef, rich: AdoptedCurriculum) -> None:
    with inside(alpha):
        choices = {each.unit.key: worded(each.why) for each in choose(units_of(rich), [rating("talk", "social", 1)])}
        start = choose(units_of(rich), [])[0].why
    question = "Talking with people I do not know"
    assert choices["hope"] == "Comes before “Talk”."
    assert choices["talk"] == f"The person rated “{question}” 2 of 5 on 3 March 2026."
    assert worded(start) == "A first step for everybody: nothing is rated yet."
    assert worded(HAND) == "Chosen by hand."
    assert worded({"code": "of a later version"}) == ""
    own = Rating("", "Getting up", "social", 0, 3, 0.0, ON, "mentor")
    assert worded(own.reason()) == "“Getting up” was rated 1 of 3 on 3 March 2026."
    with translation.override("fa"):
        assert "۲" in worded(rating("talk", "social", 1).reason())


def test_what_is_left_out_or_runs_in_a_circle_is_jumped_over() -> None:
    one = AdoptedUnit(key="one", prerequisites=["two", "gone"])
    two = AdoptedUnit(key="two", prerequisites=["one"])
    assert [unit.key for unit in chain_of(one, {"one": one, "two": two})] == ["two", "one"]
    assert before("Hope") == {"code": "before", "unit": "Hope"}


def test_of_each_question_the_newest_answer_counts(alpha: OrganisationRef, seat: Seat) -> None:
    with inside(alpha):
        client: Client = add_client(details=ClientDetails(given_name="Ana"), by=seat)
        short = next(scale for scale in scales_in_use() if scale.standard == "short")

        def rate(day: int, rater: str, **answers: int) -> None:
            record_assessment(client=client, scale=short, rater=rater, answers=answers, on=date(2026, 3, day), by=seat)

        rate(1, "client", hope=0, worry=0)
        rate(3, "client", hope=3)
        rate(3, "mentor", hope=1, talk=2)
        found = {each.item: (each.answer, each.share, each.rater, each.on.day) for each in ratings_of(client)}
    assert found == {
        "hope": (3, 75.0, "client", 3),
        "talk": (2, 50.0, "mentor", 3),
        "worry": (0, 100.0, "client", 1),
    }
