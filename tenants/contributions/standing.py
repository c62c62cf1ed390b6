"""Where a text stands, in one word: inside of the organisation, or on its way through the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from halka.common.addresses import network_url
from knowledge_base.enums import SubmissionState
from knowledge_base.models import Review, Submission, SubmittedText
from knowledge_base.pieces import parts_of
from tenants.contributions.enums import State
from tenants.contributions.models import Contribution

TONES: Final = {
    State.WRITING: "quiet", State.OFFERED: "wait", SubmissionState.SENT: "wait", SubmissionState.IN_REVIEW: "wait",
    SubmissionState.WITH_EDITOR: "wait", SubmissionState.RETURNED: "stop", SubmissionState.PUBLISHED: "good",
    SubmissionState.WITHDRAWN: "quiet",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """`submission` is None as long as nothing left."""

    contribution: Contribution
    submission: Submission | None

    @property
    def state(self) -> Any:
        """The network's word from the release on, until it is written again."""
        if self.contribution.state != State.RELEASED or self.submission is None:
            return State(self.contribution.state)
        if self.submission.round < self.contribution.round:
            return SubmissionState.SENT
        return SubmissionState(self.submission.state)

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "quiet")

    @property
    def is_back(self) -> bool:
        return self.state == SubmissionState.RETURNED

    @property
    def page_url(self) -> str:
        if self.state != SubmissionState.PUBLISHED or self.submission is None:
            return ""
        language, _, path = self.submission.path.partition("/")
        return network_url("knowledge-page", language, path)


def standings(contributions: Iterable[Contribution]) -> list[Standing]:
    """In one query for all."""
    rows = list(contributions)
    keys = [row.submission for row in rows if row.submission]
    submissions: dict[UUID, Submission] = Submission.objects.defer("page").in_bulk(keys)
    return [Standing(row, submissions.get(row.submission) if row.submission else None) for row in rows]


@dataclass(frozen=True)
class Compared:
    """One part of the text as it was read, as it is now, and what was said about it."""

    label: Any
    before: str
    now: str
    comments: list[str]


@dataclass(frozen=True)
class Round:
    """What came of one release: the words of the readers, who are told apart by number, and the parts with comments."""

    text: SubmittedText
    said: list[tuple[int, Review]]
    parts: list[Compared]


def last_round(contribution: Contribution) -> Round | None:
    """The newest one that is over, beside the text as it is now."""
    if contribution.submission is None:
        return None
    reviews = Review.objects.filter(submission=contribution.submission).exclude(closed_at=None)
    answered = list(reviews.exclude(answered_at=None).select_related("text", "reader").order_by("-text__round", "id"))
    text = answered[0].text if answered else None
    if text is None:
        return None
    said = [review for review in answered if review.text_id == text.pk]
    now = {part.name: part.text for part in parts_of(contribution.kind, contribution.values)}
    parts = [
        Compared(
            part.label,
            part.text,
            now.get(part.name, ""),
            [review.comments[part.name] for review in said if part.name in review.comments],
        )
        for part in parts_of(text.kind, text.values)
        if part.is_text
    ]
    return Round(text, list(enumerate(said, 1)), parts)
