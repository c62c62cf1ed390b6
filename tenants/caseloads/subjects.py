"""Clients by name, for the pages of the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.urls import reverse

from halka.audit.subjects import Subject
from halka.authorization.roles import Permission, Seat
from tenants.caseloads.models import Client
from tenants.caseloads.policies import reads_history


class Clients:
    """Those whose records the reader may open, and no others."""

    def may_search(self, seat: Seat) -> bool:
        return seat.can(Permission.CLIENT_VIEW)

    def search(self, seat: Seat, text: str, most: int) -> list[Subject]:
        if not self.may_search(seat):
            return []
        found = Client.objects.reachable_by(seat).search(text).order_by("sort_key", "id")
        return _subjects(found[:most], seat)

    def named(self, seat: Seat, keys: Collection[UUID]) -> list[Subject]:
        if not keys or not self.may_search(seat):
            return []
        return _subjects(Client.objects.reachable_by(seat).filter(pk__in=keys), seat)


def _subjects(clients: Iterable[Client], seat: Seat) -> list[Subject]:
    return [
        Subject(
            client.pk,
            str(client),
            reverse("client-history", args=[client.pk]) if reads_history(seat, client) else "",
        )
        for client in clients
    ]
