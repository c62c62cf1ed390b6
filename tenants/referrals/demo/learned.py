"""Texts of the demo's organisations, each at another place of the way to readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from halka.accounts.models import User
from halka.authorization.roles import Seat
from knowledge_base.domain import moving
from knowledge_base.domain.reviewing import answer_review
from knowledge_base.middleware import join
from knowledge_base.models import Review, Submission
from tenants.contributions.domain import writing
from tenants.contributions.models import Contribution
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation
from tenants.referrals.demo.learned_texts import STORIES, Story

EDITOR = "niko"
Seats = Callable[[], dict[str, Seat]]


def load(seats: Seats, secretariat: str) -> None:
    """With the network's rights; the secretariat of this short name is there already."""
    for story in STORIES:
        submission_id = _write(story, seats)
        if submission_id is None:
            continue
        moving.take_in(submission_id)
        reviews = Review.objects.filter(submission=submission_id).select_related("reader").order_by("id")
        for review, answer in zip(list(reviews), story.answers, strict=False):
            with inside(review.reader.ref()):
                reader = next(seat for seat in seats().values() if seat.role == "manager")
                answer_review(review=review, answer=answer.answer, said=answer.said, comments=answer.on, by=reader)
        if story.answers:
            moving.settle_round(submission_id)
        if story.goes == "published":
            editor = User.objects.get(email__startswith=f"{EDITOR}@{secretariat}.")
            join(editor)
            moving.decide(submission_id=submission_id, publish=True, by=editor)


def _write(story: Story, seats: Seats) -> UUID | None:
    """Inside of the organisation; the key of what left."""
    with inside(Organisation.objects.get(schema_name=story.organisation).ref()):
        people = seats()
        author = people[story.author]
        made = writing.begin(kind="lesson", language=story.language, by=author)
        writing.write(
            contribution=made,
            step="what",
            values=story.values,
            as_member=story.as_member,
            seen_version=made.version,
            by=author,
        )
        if story.goes != "writing":
            writing.offer(contribution=made, by=author)
        saved = Contribution.objects.get(pk=made.pk)
        if story.goes not in ("writing", "offered"):
            manager = next(seat for seat in people.values() if seat.role == "manager")
            writing.release(contribution=saved, seen_version=saved.version, by=manager)
        before = timezone.now() - timedelta(days=story.days, hours=2)
        Contribution.objects.filter(pk=made.pk).update(created_at=before, changed_at=before)
        return Contribution.objects.get(pk=made.pk).submission


def remove(organisations: list[Organisation]) -> None:
    """Pages that came of their texts."""
    for submission in Submission.objects.filter(organisation__in=organisations).exclude(page=None):
        page: Any = submission.page
        submission.page = None
        submission.save(update_fields=["page"])
        page.delete()
