"""Two carriers at one lane: each piece is in one pair of hands, and nothing overtakes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from network_registry.exchange.domain import outbox
from network_registry.exchange.match_enums import Load
from network_registry.exchange.models import Parcel


@pytest.fixture
def lane(committing: None) -> Iterator[UUID]:
    dealing = uuid7()
    yield dealing
    Parcel.objects.filter(dealing=dealing).delete()


def put(lane: UUID, to: OrganisationRef) -> UUID:
    return Parcel.objects.create(dealing=lane, to_id=to.id, load=Load.MATCH_ENDED).pk


def elsewhere(lane: UUID) -> UUID | None:
    """What another worker gets at this moment."""

    def claim() -> UUID | None:
        try:
            found = outbox.claim(Parcel, lane, "to")
            return found.pk if found else None
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(claim).result(timeout=20)


def test_what_another_takes_at_this_moment_is_left_to_them(lane: UUID, delta: OrganisationRef) -> None:
    first, second = put(lane, delta), put(lane, delta)
    with transaction.atomic():
        mine = outbox.claim(Parcel, lane, "to")
        assert elsewhere(lane) is None
    assert mine is not None
    assert (mine.pk, mine.attempts, mine.to.pk) == (first, 1, delta.id)
    assert elsewhere(lane) is None
    outbox.finish(mine)
    assert elsewhere(lane) == second


def test_the_other_side_of_the_same_dealing_is_not_held_up(
    lane: UUID, delta: OrganisationRef, epsilon: OrganisationRef
) -> None:
    first, other = put(lane, delta), put(lane, epsilon)
    with transaction.atomic():
        mine = outbox.claim(Parcel, lane)
        assert mine is not None
        assert mine.pk == first
        assert elsewhere(lane) == other
    assert mine.claimed_until is not None
    assert mine.claimed_until - mine.created_at > timedelta(0)
    assert outbox.claim(Parcel, lane) is None
