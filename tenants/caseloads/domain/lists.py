"""Saved lists, and several clients given to a colleague at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from halka.authorization.roles import Seat
from tenants.caseloads.domain.clients import assign_client
from tenants.caseloads.errors import NotYoursToGive
from tenants.caseloads.models import Client, SavedList
from tenants.organisations.models import Colleague


@dataclass(frozen=True)
class SharedOut:
    """Which clients changed hands, and which were left as they were because they are not `by`'s to give."""

    given: list[Client]
    left: list[Client]


def share_out(*, clients: Iterable[UUID], to: Colleague | None, by: Seat) -> SharedOut:
    """Makes the colleague responsible for each of these that one may open and give away; others stay as they are.

    Each is asked about by itself, and written to the audit by itself.
    """
    given: list[Client] = []
    left: list[Client] = []
    with transaction.atomic():
        found = Client.objects.present().with_reach(by).filter(pk__in=list(clients)).order_by("sort_key", "id")
        for client in found:
            try:
                if not client.is_reachable:
                    raise NotYoursToGive
                assign_client(client=client, to=to.pk if to else None, by=by)
            except NotYoursToGive:
                left.append(client)
            else:
                given.append(client)
    return SharedOut(given, left)


def save_list(*, saved: SavedList, by: Seat) -> SavedList:
    """Keeps a list under a name of one's own, new or changed."""
    saved.colleague_id = by.membership_id  # type: ignore[assignment]  # whoever saves has a place here
    saved.save()
    return saved


def remove_list(*, saved: SavedList, by: Seat) -> None:
    SavedList.objects.filter(pk=saved.pk, colleague=by.membership_id).delete()
