"""Ways in which a text, or who wrote it, could get to where it must not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import EditedMeanwhile
from halka.common.identifiers import uuid7
from knowledge_base.domain import moving
from knowledge_base.domain.reviewing import answer_review
from knowledge_base.domain.submissions import Offered, submit, withdraw
from knowledge_base.enums import ReviewState, SubmissionState
from knowledge_base.errors import AnsweredAlready, NotYours
from knowledge_base.models import Review, Submission, SubmittedText
from tenants.contributions.domain import writing
from tenants.contributions.domain.checking import check, decide_about
from tenants.contributions.domain.erasing import person_goes
from tenants.contributions.errors import NotNow, StillOpen, Unfinished
from tenants.contributions.models import Contribution
from tenants.organisations.isolation import inside
from tests import database
from tests.factories.caseloads import ClientFactory
from tests.tenants.contributions.conftest import STORY, sent

Make = Callable[..., Contribution]


def _rows(statement: str, *values: Any) -> int:
    """How many the statement read or wrote; 0 where the database refuses."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
    return 0


def _reload(found: Contribution) -> Contribution:
    return Contribution.objects.get(pk=found.pk)


def _decide(found: Contribution, by: Seat) -> None:
    for group in {finding.group for finding in check(found).open}:
        decide_about(contribution=found, group=group, reason="A brand of bread.", by=by)


def test_what_is_not_released_is_nowhere_in_the_network(alpha: OrganisationRef, offered: Make) -> None:
    pages, revisions = Page.objects.count(), Revision.objects.count()
    found = offered(title="Quibblewort")
    assert not Submission.objects.exists()
    assert not SubmittedText.objects.exists()
    assert (Page.objects.count(), Revision.objects.count()) == (pages, revisions)
    with inside(alpha), connection.cursor() as cursor:
        cursor.execute('SELECT "values"::text FROM contributions_contribution WHERE id = %s', [found.pk])
        assert "Quibblewort" not in cursor.fetchone()[0]


def test_an_open_word_keeps_the_text_here(alpha: OrganisationRef, author: Seat, manager: Seat, written: Make) -> None:
    with inside(alpha):
        ClientFactory.create(given_name="Dren", family_name="Krasniqi", restricted_at="2026-01-01T00:00Z")
    found = written(tried="Dren came.")
    with inside(alpha):
        with pytest.raises(StillOpen):
            writing.offer(contribution=found, by=author)
        _decide(found, author)
        writing.offer(contribution=found, by=author)
        found = _reload(found)
        decisions = found.decisions
        found.decisions = {}  # somebody tampers with what was decided
        found.save(update_fields=["decisions"])
        with pytest.raises(StillOpen):
            writing.release(contribution=found, seen_version=found.version, by=manager)
        Contribution.objects.filter(pk=found.pk).update(state="writing")
        found.decisions = decisions
        found.save(update_fields=["decisions"])
        # the same word in another sentence is another matter
        writing.write(
            contribution=found, step="before", values={"tried": "Dren left."}, seen_version=found.version, by=author
        )
        assert _reload(found).decisions == {}
        with pytest.raises(StillOpen):
            writing.offer(contribution=found, by=author)
    assert not Submission.objects.exists()


def test_a_client_who_came_after_the_check_is_found_at_the_release(
    alpha: OrganisationRef, manager: Seat, offered: Make
) -> None:
    found = offered(tried="Then Vjosa drove.")
    with inside(alpha):
        ClientFactory.create(given_name="Vjosa", family_name="Berisha")
        with pytest.raises(StillOpen):
            writing.release(contribution=found, seen_version=found.version, by=manager)
        assert _reload(found).state == "offered"
        _decide(found, manager)
        writing.release(contribution=found, seen_version=found.version, by=manager)
        assert SubmittedText.objects.get().values == {**STORY, "tried": "Then Vjosa drove."}


def test_only_what_was_seen_is_released(alpha: OrganisationRef, manager: Seat, offered: Make) -> None:
    found = offered()
    with inside(alpha):
        with pytest.raises(EditedMeanwhile):
            writing.release(contribution=found, seen_version=found.version - 1, by=manager)
        with pytest.raises(NotNow):
            writing.correct(contribution=found, by=manager)
        with pytest.raises(NotNow):
            writing.withdraw(contribution=found, by=manager)
        with pytest.raises(NotNow):
            writing.discard(contribution=found, by=manager)


def test_what_is_unfinished_is_not_offered(alpha: OrganisationRef, author: Seat, written: Make) -> None:
    found = written(next_time=" ")
    with inside(alpha), pytest.raises(Unfinished):
        writing.offer(contribution=found, by=author)


def test_what_has_left_is_not_decided_about_discarded_or_corrected(
    alpha: OrganisationRef, author: Seat, released: Make, seat_in: Callable[..., Seat], beta: OrganisationRef
) -> None:
    seat_in(beta, Role.MANAGER)
    found = released()
    with inside(alpha):
        for act in (
            lambda: decide_about(contribution=found, group="x", reason="Because.", by=author),
            lambda: writing.discard(contribution=found, by=author),
            lambda: writing.correct(contribution=found, by=author),
        ):
            with pytest.raises(NotNow):
                act()
        Contribution.objects.filter(pk=found.pk).update(state="writing")
        with pytest.raises(NotNow):
            writing.discard(contribution=found, by=author)


def test_ones_own_name_is_marked_where_it_is_to_be_hidden(alpha: OrganisationRef, author: Seat, written: Make) -> None:
    found = written(tried="At Alpha House we tried.", as_member=True)
    with inside(alpha):
        assert [finding.kind for finding in check(found).open] == ["own_name"]
        with pytest.raises(StillOpen):
            writing.offer(contribution=found, by=author)


def test_whoever_is_erased_is_taken_out_of_texts(alpha: OrganisationRef, author: Seat, written: Make) -> None:
    with inside(alpha):
        client = ClientFactory.create(given_name="Dren", family_name="Krasniqi")
        other = ClientFactory.create(given_name="Vjosa", family_name="Berisha")
    found, untouched = written(tried="Dren Krasniqi came."), written()
    with inside(alpha):
        for pk, is_going in ((client.pk, False), (uuid7(), True), (other.pk, True)):
            person_goes(pk, is_going, author)
        assert _reload(found).values["tried"] == "Dren Krasniqi came."
        person_goes(client.pk, True, author)
        assert _reload(found).values["tried"] == "… … came."
        assert _reload(untouched).version == untouched.version


def test_only_those_who_were_asked_read_it(
    alpha: OrganisationRef,
    beta: OrganisationRef,
    seat_in: Callable[..., Seat],
    member: Any,
    client_of: Callable[..., Client],
    released: Make,
) -> None:
    seat_in(beta, Role.MANAGER)
    released(as_member=True)
    review = Review.objects.get()
    stranger = database.organisation("epsilon")
    address = reverse("reading", urlconf="halka.urls_workspace", args=[review.pk])
    for ref in (stranger, alpha):  # the writers do not read for themselves either
        assert client_of(member(ref, Role.MANAGER), ref).get(address).status_code == 404
    with inside(stranger):
        assert not Review.objects.exists()
        assert not SubmittedText.objects.exists()
        assert not Submission.objects.exists()
    with inside(alpha):
        assert not Review.objects.exists()  # as long as it is open
    assert client_of(member(beta, Role.CASEWORKER), beta).get(address).status_code == 403


def test_sql_of_an_organisations_own_opens_no_way(
    alpha: OrganisationRef, beta: OrganisationRef, seat_in: Callable[..., Seat], released: Make
) -> None:
    reader = seat_in(beta, Role.MANAGER)
    found = released()
    review = Review.objects.get()
    add = (
        'INSERT INTO knowledge_base_submittedtext (id, submission_id, round, kind, language, "values", signed_by_id, '
        "sent_at) VALUES (%s, %s, %s, 'lesson', 'en', '{}', %s, now())"
    )
    with inside(alpha):
        assert not _rows("UPDATE knowledge_base_submission SET state = 'published' WHERE id = %s", sent(found))
        assert not _rows("UPDATE knowledge_base_review SET state = 'approved', answered_at = now()")
        for number in (1, 2, 3):  # it is being read: nothing is added meanwhile
            assert not _rows(add, uuid7(), sent(found), number, alpha.id)
        own = Submission(organisation_id=alpha.id)
        own.save(force_insert=True)
        assert not _rows(add, uuid7(), own.pk, 1, beta.id)  # in another's name
        assert not _rows(add, uuid7(), own.pk, 2, alpha.id)
        assert _rows(add, uuid7(), own.pk, 1, alpha.id) == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Submission(organisation_id=alpha.id, state="published").save(force_insert=True)
    Review.objects.filter(pk=review.pk).update(closed_at=review.asked_at)
    with inside(beta):
        assert not _rows("UPDATE knowledge_base_review SET said = 'x' WHERE id = %s", review.pk)
        assert not _rows(add, uuid7(), sent(found), 2, beta.id)
        with pytest.raises(AnsweredAlready):
            answer_review(review=review, answer=ReviewState.APPROVED, by=reader)


def test_others_texts_are_neither_sent_again_nor_taken_back(
    alpha: OrganisationRef, beta: OrganisationRef, seat_in: Callable[..., Seat], released: Make
) -> None:
    seat = seat_in(beta, Role.MANAGER)
    found = released()
    Submission.objects.filter(pk=sent(found)).update(state=SubmissionState.RETURNED)
    leaving = Offered("lesson", "en", STORY, signed=True)
    with inside(beta):
        with pytest.raises(NotYours):
            submit(offered=leaving, submission_id=sent(found), by=seat)
        with pytest.raises(NotYours):
            withdraw(submission_id=sent(found), by=seat)


def test_nothing_is_settled_before_everybody_has_answered(
    alpha: OrganisationRef, beta: OrganisationRef, seat_in: Callable[..., Seat], released: Make
) -> None:
    seat_in(beta, Role.MANAGER)
    found = released()
    assert not moving.settle_round(sent(found))
    assert Submission.objects.get(pk=sent(found)).state == SubmissionState.IN_REVIEW
