"""A lesson from the first page to its readers, and back: in two workspaces, with the network between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from wagtail.models import Workflow

from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.errors import Refused
from knowledge_base.domain import moving
from knowledge_base.domain.reviewing import answer_review
from knowledge_base.enums import ReviewState, SubmissionState
from knowledge_base.models import KnowledgeIndex, Lesson, Practice, Review, Submission, SubmittedText
from tenants.contributions.domain import writing
from tenants.contributions.models import Contribution
from tenants.contributions.standing import last_round, standings
from tenants.contributions.tasks import tell_moved
from tenants.organisations.enums import State
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tests import database
from tests.tenants.contributions.conftest import sent

Make = Callable[..., Contribution]


@pytest.fixture
def readers(beta: OrganisationRef, seat_in: Callable[..., Seat]) -> list[tuple[OrganisationRef, Seat]]:
    """Beta and epsilon, where somebody reads others' texts."""
    epsilon = database.organisation("epsilon")
    return [(ref, seat_in(ref, Role.SUPERVISOR)) for ref in (beta, epsilon)]


def _answer(ref: OrganisationRef, seat: Seat, answer: ReviewState, tasks: Any, **said: Any) -> None:
    with tasks(), inside(ref):
        answer_review(review=Review.objects.asked().get(reader=ref.id), answer=answer, **said, by=seat)


def _submission(found: Contribution) -> Submission:
    return Submission.objects.get(pk=sent(found))


def test_from_release_to_readers(
    alpha: OrganisationRef, author: Seat, released: Make, readers: Any, tasks: Any, editor: Any
) -> None:
    found = released()
    submission = _submission(found)
    assert submission.state == SubmissionState.IN_REVIEW
    assert not moving.take_in(submission.pk)  # a worker that died half way: it is there already
    page = Lesson.objects.get(pk=submission.page_id)
    assert (page.live, page.title, page.told_by_id) == (False, "When only the keenest came", alpha.id)
    assert {review.reader_id for review in Review.objects.all()} == {ref.id for ref, _seat in readers}
    for ref, seat in readers:
        _answer(ref, seat, ReviewState.APPROVED, tasks)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WITH_EDITOR
    mail.outbox.clear()
    with tasks():
        moving.decide(submission_id=submission.pk, publish=True, by=editor)
    page.refresh_from_db()
    assert page.live
    assert [message.subject for message in mail.outbox] == ["Your text is published"]
    with inside(alpha):
        standing = standings([Contribution.objects.get(pk=found.pk)])[0]
        assert standing.state == SubmissionState.PUBLISHED
        assert standing.page_url.endswith("/knowledge/en/when-only-the-keenest-came/")
        with pytest.raises(Refused):
            writing.withdraw(contribution=found, by=author)
    with pytest.raises(Refused):
        moving.decide(submission_id=submission.pk, publish=True, by=editor)


def test_back_for_changes_and_the_road_again(
    alpha: OrganisationRef, author: Seat, manager: Seat, released: Make, readers: Any, tasks: Any
) -> None:
    found = released()
    (beta, first), (epsilon, second) = readers
    _answer(beta, first, ReviewState.RETURNED, tasks, said="Fine, but why?", comments={"why": "More.", "title": ""})
    with inside(alpha):
        assert last_round(found) is None  # until both have answered
    _answer(epsilon, second, ReviewState.APPROVED, tasks)
    with inside(alpha):
        found = Contribution.objects.get(pk=found.pk)
        assert standings([found])[0].is_back
        with pytest.raises(Refused):
            writing.release(contribution=found, seen_version=found.version, by=manager)
        writing.correct(contribution=found, by=author)
        version = found.version + 1
        writing.write(contribution=found, step="after", values={"why": "Two buses."}, seen_version=version, by=author)
        heard = last_round(Contribution.objects.get(pk=found.pk))
        assert heard is not None
        assert [review.said for _number, review in heard.said] == ["Fine, but why?", ""]
        changed = [part for part in heard.parts if part.before != part.now]
        assert [(part.before, part.now, part.comments) for part in changed] == [
            ("The first bus arrives at twenty to ten.", "Two buses.", ["More."])
        ]
        writing.offer(contribution=found, by=author)
    with tasks(), inside(alpha):
        writing.release(contribution=found, seen_version=version + 2, by=manager)
    submission = _submission(found)
    assert (submission.state, submission.round) == (SubmissionState.IN_REVIEW, 2)
    assert Lesson.objects.get(pk=submission.page_id).get_latest_revision_as_object().why == "Two buses."
    again = Review.objects.asked()
    assert {review.reader_id for review in again} == {beta.id, epsilon.id}
    assert {review.text.round for review in again} == {2}


def test_a_practice_in_persian_under_no_name(
    alpha: OrganisationRef, released: Make, readers: Any, tasks: Any, editor: Any
) -> None:
    found = released(kind="practice", language="fa", title="شش تماس", as_member=True)
    page = Practice.objects.get(pk=_submission(found).page_id)
    assert (page.locale.language_code, page.is_from_member, page.told_by_id) == ("fa", True, None)
    for ref, seat in readers:
        with inside(ref):
            text = SubmittedText.objects.get()
            assert text.signed_by_id is None
            assert str(alpha.id) not in str(SubmittedText.objects.values())
            assert not Submission.objects.exists()
        _answer(ref, seat, ReviewState.APPROVED, tasks)
    moving.decide(submission_id=sent(found), publish=False, said="Shorter.", by=editor)
    with inside(alpha):
        assert (standings([found])[0].state, _submission(found).said) == (SubmissionState.RETURNED, "Shorter.")


def test_taken_back_while_others_read(
    alpha: OrganisationRef, author: Seat, released: Make, readers: Any, tasks: Any
) -> None:
    found = released()
    with tasks(), inside(alpha):
        writing.withdraw(contribution=found, by=author)
    assert _submission(found).state == SubmissionState.WITHDRAWN
    assert not Lesson.objects.filter(title=STORY_TITLE, live=False).exists()
    assert not moving.take_in(sent(found))
    ref, _seat = readers[0]
    with inside(ref):
        assert not Review.objects.exists()
    with inside(alpha), pytest.raises(Refused):
        writing.withdraw(contribution=found, by=author)


STORY_TITLE = "When only the keenest came"


def test_readers_are_reminded_and_then_others_are_asked(
    alpha: OrganisationRef, released: Make, readers: Any, tasks: Any, seat_in: Callable[..., Seat]
) -> None:
    found = released()
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=9), tick=False):
        assert moving.look_after() == 0
    mail.outbox.clear()
    with time_machine.travel(start + timedelta(days=11), tick=False), tasks():
        moving.look_after()
    assert len(mail.outbox) == 2
    with time_machine.travel(start + timedelta(days=12), tick=False), tasks():
        moving.look_after()
    assert len(mail.outbox) == 2  # once
    delta = database.organisation("delta")
    seat_in(delta, Role.MANAGER)
    ref, seat = readers[0]
    _answer(ref, seat, ReviewState.APPROVED, tasks)
    with time_machine.travel(start + timedelta(days=14, minutes=1), tick=False):
        moving.look_after()
        assert [review.reader_id for review in Review.objects.asked()] == [delta.id]
    with time_machine.travel(start + timedelta(days=30), tick=False):
        moving.look_after()  # nobody else is there: the one answer is enough
    assert _submission(found).state == SubmissionState.WITH_EDITOR


def test_where_one_sends_it_back_the_other_is_not_replaced(
    alpha: OrganisationRef, released: Make, readers: Any, tasks: Any, seat_in: Callable[..., Seat]
) -> None:
    found = released()
    seat_in(database.organisation("delta"), Role.MANAGER)
    ref, seat = readers[0]
    _answer(ref, seat, ReviewState.RETURNED, tasks, said="No.")
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        moving.look_after()
    assert _submission(found).state == SubmissionState.RETURNED


def test_alone_in_the_network_it_goes_to_the_editor(alpha: OrganisationRef, released: Make) -> None:
    assert _submission(released()).state == SubmissionState.WITH_EDITOR


def test_what_was_left_lying_is_taken_in_once(
    alpha: OrganisationRef, manager: Seat, offered: Make, readers: Any
) -> None:
    found = offered()
    with inside(alpha):
        writing.release(contribution=found, seen_version=found.version, by=manager)
        found = Contribution.objects.get(pk=found.pk)
        assert standings([found])[0].state == SubmissionState.SENT
    assert moving.look_after() == 1
    assert moving.look_after() == 0
    assert not moving.settle_round(sent(found))
    assert Lesson.objects.filter(title=STORY_TITLE).count() == 1


def test_a_page_that_an_editor_removed_comes_back(alpha: OrganisationRef, released: Make, readers: Any) -> None:
    found = released()
    Lesson.objects.get(pk=_submission(found).page_id).delete()
    moving.look_after()
    assert _submission(found).state == SubmissionState.RETURNED


def test_suspended_organisations_are_not_asked(alpha: OrganisationRef, readers: Any, released: Make) -> None:
    Organisation.objects.filter(schema_name="epsilon").update(state=State.SUSPENDED)
    released()
    assert [review.reader.schema_name for review in Review.objects.all()] == ["beta"]


def test_two_texts_of_one_name_have_two_addresses(alpha: OrganisationRef, released: Make) -> None:
    slugs = {Lesson.objects.get(pk=_submission(released()).page_id).slug for _number in range(2)}
    assert len(slugs) == 2


def test_nobody_is_told_of_what_is_still_on_its_way(alpha: OrganisationRef, released: Make) -> None:
    found = released()
    mail.outbox.clear()
    assert tell_moved.delay("alpha", str(sent(found)), SubmissionState.IN_REVIEW).get() == 0
    assert mail.outbox == []


def test_an_editors_own_page_has_no_member_to_tell(db: None, editor: Any) -> None:
    """Whoever starts the workflow for it by hand: nobody is asked, and it comes to the editor."""
    index = KnowledgeIndex.objects.get(locale__language_code="en")
    page = Practice(title="Of an editor", slug="of-an-editor", locale=index.locale, live=False, kind="tool")
    index.add_child(instance=page)
    page.save_revision(clean=False)
    state = Workflow.objects.get(name=moving.WORKFLOW).start(page, None)
    assert not Review.objects.exists()
    state.current_task_state.reject(user=editor)
    state.refresh_from_db()
    assert state.status == state.STATUS_NEEDS_CHANGES


def test_taken_back_when_an_editor_has_removed_the_page(
    alpha: OrganisationRef, author: Seat, released: Make, readers: Any, tasks: Any
) -> None:
    found = released()
    Lesson.objects.get(pk=_submission(found).page_id).delete()
    with tasks(), inside(alpha):
        writing.withdraw(contribution=found, by=author)
    assert _submission(found).state == SubmissionState.WITHDRAWN


def test_what_never_left_never_came_back(alpha: OrganisationRef, written: Make) -> None:
    with inside(alpha):
        assert not writing.came_back(written())
