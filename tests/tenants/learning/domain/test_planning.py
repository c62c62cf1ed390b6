from __future__ import annotations

from datetime import date

import pytest

from halka.audit.models import Entry
from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client
from tenants.learning.domain import planning
from tenants.learning.domain.arranging import DOWN, UP, remove_unit
from tenants.learning.domain.arranging import add_unit as add_own
from tenants.learning.domain.contents import content_of
from tenants.learning.domain.planning import plan_of
from tenants.learning.enums import Progress
from tenants.learning.errors import NothingToPlan, OutOfOrder, PlannedAlready
from tenants.learning.models import AdoptedCurriculum, PlannedUnit
from tenants.organisations.isolation import inside
from tests.tenants.learning.conftest import unit_of

TODAY = date(2026, 3, 3)


@pytest.fixture
def ana(alpha: OrganisationRef, seat: Seat) -> Client:
    with inside(alpha):
        return add_client(details=ClientDetails(given_name="Ana"), assigned_to=seat.membership_id, by=seat)


def titles(client: Client) -> list[str]:
    return [row.title for row in plan_of(client)]


def row_of(client: Client, title: str) -> PlannedUnit:
    return next(row for row in plan_of(client) if row.title == title)


def test_assembling_anew_keeps_what_is_a_persons_own(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    """Without ratings: the units for motivation, which here are all."""
    with inside(alpha):
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        assert titles(ana) == ["Hope", "Steps", "Talk", "Listen", "Ask"]
        assert {row.why["code"] for row in plan_of(ana)} == {"start"}
        planning.mark_progress(planned=row_of(ana, "Talk"), state=Progress.BEGUN, on=TODAY, by=seat)
        planning.write_note(planned=row_of(ana, "Ask"), note="Slowly.", seen_version=1, by=seat)
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        assert titles(ana) == ["Talk", "Ask", "Hope", "Steps", "Listen"]
        for row in plan_of(ana):
            planning.mark_progress(planned=row, state=Progress.DONE, on=TODAY, by=seat)
        with pytest.raises(NothingToPlan):
            planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        assert Entry.objects.filter(action="learning_plan.assembled", about_id=ana.pk).count() == 2


def test_a_unit_by_hand_brings_what_it_builds_on(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    with inside(alpha):
        planning.add_unit(client=ana, unit=unit_of(adopted, "ask"), by=seat)
        planning.add_unit(client=ana, unit=unit_of(adopted, "talk"), by=seat)
        assert [(row.title, row.why["code"]) for row in plan_of(ana)] == [
            ("Hope", "before"),
            ("Ask", "hand"),
            ("Talk", "hand"),
        ]
        with pytest.raises(PlannedAlready):
            planning.add_unit(client=ana, unit=unit_of(adopted, "ask"), by=seat)


def test_the_order_changes_but_not_against_what_a_unit_builds_on(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    with inside(alpha):
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        planning.move_planned(planned=row_of(ana, "Steps"), way=DOWN, by=seat)
        assert titles(ana) == ["Hope", "Talk", "Steps", "Listen", "Ask"]
        planning.move_planned(planned=row_of(ana, "Steps"), way=UP, by=seat)
        planning.move_planned(planned=row_of(ana, "Hope"), way=UP, by=seat)
        planning.move_planned(planned=row_of(ana, "Ask"), way=DOWN, by=seat)
        planning.remove_planned(planned=row_of(ana, "Steps"), by=seat)
        assert titles(ana) == ["Hope", "Talk", "Listen", "Ask"]
        for row, way in (("Hope", DOWN), ("Talk", UP)):
            with pytest.raises(OutOfOrder, match="“Talk” builds on “Hope”"):
                planning.move_planned(planned=row_of(ana, row), way=way, by=seat)


def test_progress_has_its_days(alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client) -> None:
    with inside(alpha):
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        row = row_of(ana, "Hope")
        later = date(2026, 3, 9)

        def mark(state: str, on: date) -> tuple[date | None, date | None]:
            saved = planning.mark_progress(planned=row, state=state, on=on, by=seat)
            return saved.begun_on, saved.done_on

        assert mark(Progress.BEGUN, TODAY) == (TODAY, None)
        assert mark(Progress.DONE, later) == (TODAY, later)
        assert mark(Progress.DONE, date(2026, 4, 1)) == (TODAY, later)
        with pytest.raises(Refused, match="stays in the plan"):
            planning.remove_planned(planned=row, by=seat)
        assert mark(Progress.BEGUN, later) == (TODAY, None)
        assert mark(Progress.NOT_BEGUN, later) == (None, None)


def test_the_second_note_is_told_of_the_first(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    with inside(alpha):
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        row = row_of(ana, "Hope")
        planning.write_note(planned=row, note="Slowly.", seen_version=1, by=seat)
        assert planning.write_note(planned=row, note="Slowly.", seen_version=2, by=seat).version == 2
        with pytest.raises(EditedMeanwhile):
            planning.write_note(planned=row, note="Fast.", seen_version=1, by=seat)


def test_what_somebody_learned_stays_when_it_is_no_longer_taught(
    alpha: OrganisationRef, adopted: AdoptedCurriculum, seat: Seat, ana: Client
) -> None:
    with inside(alpha):
        hope = unit_of(adopted, "hope")
        own = add_own(module=hope.module, content=content_of(hope) | {"title": "Fishing"}, by=seat)
        planning.add_unit(client=ana, unit=own, by=seat)
        planning.add_unit(client=ana, unit=hope, by=seat)
        planning.mark_progress(planned=row_of(ana, "Fishing"), state=Progress.DONE, on=TODAY, by=seat)
        remove_unit(unit=own, by=seat)
        assert titles(ana) == ["Fishing", "Hope"]
        planning.move_planned(planned=row_of(ana, "Hope"), way=UP, by=seat)
        planning.assemble_plan(client=ana, curriculum=adopted, by=seat)
        assert titles(ana)[:2] == ["Hope", "Fishing"]
