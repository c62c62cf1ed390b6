"""An organisation that was asked to read answers: called inside of it, with its own rights."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from knowledge_base.enums import ReviewState
from knowledge_base.errors import AnsweredAlready
from knowledge_base.models import Review
from tenants.organisations.isolation import send_after_commit


def answer_review(
    *, review: Review, answer: ReviewState, said: str = "", comments: Mapping[str, str] | None = None, by: Seat
) -> None:
    """Approves, or sends it back for changes; once. Raises AnsweredAlready."""
    from knowledge_base.tasks import settle_round

    own = Review.objects.asked().filter(pk=review.pk, reader_id=required_organisation().id)
    written = {part: text for part, text in (comments or {}).items() if text}
    with transaction.atomic():
        if not own.update(state=answer, said=said, comments=written, answered_at=timezone.now()):
            raise AnsweredAlready
        record(action="review.answered", on=review, detail={"answer": answer}, by=by)
        send_after_commit(settle_round, str(review.submission_id))
