"""A lesson for a working group alone: begun in its room, read by its organisations, published for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role, Seat
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from knowledge_base.domain import moving
from knowledge_base.enums import Audience, SubmissionState
from knowledge_base.errors import NotInGroup
from knowledge_base.models import GroupsText, Lesson, Review, Submission, SubmittedText
from network_registry.working_groups.errors import NoSeat
from network_registry.working_groups.models import Charter, GroupSeat
from tenants.contributions.domain import writing
from tenants.contributions.models import Contribution
from tenants.organisations.isolation import inside
from tenants.organisations.models import WorkingGroup
from tests import database
from tests.tenants.contributions.conftest import STORY, sent


@pytest.fixture
def room(alpha: OrganisationRef, beta: OrganisationRef, author: Seat) -> Charter:
    """Of alpha, whose author has a seat, and beta."""
    group = WorkingGroup.objects.create(name="Loans")
    group.organisations.set([alpha.id, beta.id])
    charter = Charter.objects.create(group=group, purpose="x", convener_id=alpha.id)
    GroupSeat.objects.create(group=charter, organisation_id=alpha.id, membership_id=author.membership_id)
    return charter


@pytest.fixture
def offered_text(alpha: OrganisationRef, author: Seat, room: Charter) -> Contribution:
    with inside(alpha):
        made = writing.begin(kind="lesson", language="en", group=room.pk, by=author)
        writing.write(contribution=made, step="what", values=STORY, seen_version=1, by=author)
        writing.offer(contribution=made, by=author)
        return Contribution.objects.get(pk=made.pk)


def test_from_the_room_to_its_readers(
    alpha: OrganisationRef, beta: OrganisationRef, author: Seat, manager: Seat, room: Charter,
    offered_text: Contribution, seat_in: Callable[..., Seat], client_of: Callable[..., Client], tasks: Any,
) -> None:  # fmt: skip
    epsilon = database.organisation("epsilon")
    for ref in (beta, epsilon):
        seat_in(ref, Role.SUPERVISOR)
    page = f"/working-groups/{room.pk}/"
    browser = client_of(User.objects.get(pk=author.user_id), alpha)
    shown = browser.get(page).content.decode()
    assert STORY["title"] in shown
    assert f"?group={room.pk}" in shown
    assert "Nothing is published for it yet." in shown
    with tasks(), inside(alpha):
        writing.release(contribution=offered_text, seen_version=offered_text.version, by=manager)
    with inside(alpha):
        submission = Submission.objects.get(pk=sent(Contribution.objects.get(pk=offered_text.pk)))
    assert [review.reader_id for review in Review.objects.all()] == [beta.id]  # nobody else may know of it
    lesson = Lesson.objects.get(pk=submission.page_id)
    assert (lesson.audience, lesson.group_id) == (Audience.GROUP, room.pk)
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.WITH_EDITOR)
    Lesson.objects.get(pk=lesson.pk).get_latest_revision().publish()
    for ref, count in ((alpha, 1), (beta, 1), (database.organisation("secretariat"), 1), (epsilon, 0)):
        with inside(ref):
            assert GroupsText.objects.filter(group_id=room.pk).count() == count
    assert f"/knowledge/en/{lesson.slug}/" in browser.get(page).content.decode()


def test_only_whoever_has_a_seat_begins(
    alpha: OrganisationRef, room: Charter, manager: Seat, author: Seat, client_of: Callable[..., Client]
) -> None:
    with inside(alpha), pytest.raises(NoSeat):
        writing.begin(kind="lesson", language="en", group=room.pk, by=manager)
    browser = client_of(User.objects.get(pk=author.user_id), alpha)
    path = "/learned/write/"
    assert str(room.pk) in browser.get(path, {"group": str(room.pk)}).content.decode()
    sent_values = {"kind": "lesson", "language": "en"}
    refused = browser.post(path, {**sent_values, "group": str(uuid4())})
    assert refused.status_code == 400
    assert browser.post(path, {**sent_values, "group": "nonsense"}).status_code == 400
    assert browser.post(path, {**sent_values, "group": str(room.pk)}).status_code == 302
    assert browser.post(path, sent_values).status_code == 302
    with inside(alpha):
        assert list(Contribution.objects.order_by("id").values_list("group", flat=True)) == [room.pk, None]


def test_nothing_leaves_for_a_group_that_one_has_left(
    alpha: OrganisationRef, beta: OrganisationRef, manager: Seat, room: Charter, offered_text: Contribution
) -> None:
    """Nor does the database take it."""
    room.group.organisations.remove(alpha.id)
    with inside(alpha), pytest.raises(NotInGroup):
        writing.release(contribution=offered_text, seen_version=offered_text.version, by=manager)
    values = {"id": uuid7(), "group_id": room.pk}
    with inside(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Submission.objects.create(organisation_id=alpha.id, **values)
    with inside(beta):
        Submission.objects.create(organisation_id=beta.id, **values)


def test_whoever_leaves_the_group_reads_on_no_more(
    alpha: OrganisationRef, beta: OrganisationRef, manager: Seat, room: Charter, offered_text: Contribution,
    seat_in: Callable[..., Seat], tasks: Any,
) -> None:  # fmt: skip
    """Another one of the group is asked in its place, without waiting for the day."""
    delta, epsilon = database.organisation("delta"), database.organisation("epsilon")
    for ref in (beta, delta, epsilon):
        seat_in(ref, Role.SUPERVISOR)
    room.group.organisations.add(delta.id)
    with tasks(), inside(alpha):
        writing.release(contribution=offered_text, seen_version=offered_text.version, by=manager)
    assert {review.reader_id for review in Review.objects.asked()} == {beta.id, delta.id}
    room.group.organisations.set([alpha.id, delta.id, epsilon.id])
    moving.look_after()
    assert {review.reader_id for review in Review.objects.asked()} == {delta.id, epsilon.id}
    with inside(beta):
        assert not Review.objects.exists()
        assert not SubmittedText.objects.exists()


def test_a_group_with_a_life_is_not_removed(room: Charter, editor: User, client_of: Callable[..., Client]) -> None:
    answer = client_of(editor).post(f"/knowledge/incoming/groups/{room.pk}/remove/", follow=True)
    assert "This group meets and decides." in answer.content.decode()
    assert WorkingGroup.objects.filter(pk=room.pk).exists()
