"""Who may open which client; that somebody did is written down here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.audit.models import Entry
from halka.authorization.roles import Permission, Seat
from tenants.caseloads import tabs
from tenants.caseloads.domain.sharing import keeps_open
from tenants.caseloads.models import Case, Client
from tenants.organisations.access import require


class NotYours(PermissionDenied):
    """The client is in somebody else's care; opening the record all the same needs a reason."""

    def __init__(self, client: Client) -> None:
        super().__init__(_("This person is in the care of a colleague."))
        self.client = client


class Restricted(PermissionDenied):
    """What the record rested on was taken back; nobody but those who run people's rights reads it."""

    def __init__(self) -> None:
        super().__init__(_("This record is restricted: a consent has ended."))


class MergedAway(Http404):
    """The record was merged into another one, which stands for it."""

    def __init__(self, into: UUID) -> None:
        super().__init__("merged")
        self.into = into


def client_for(request: HttpRequest, pk: UUID, permission: Permission) -> Client:
    """The client with the people around it. Reading it is audited.

    Raises Http404 where there is no such client here, MergedAway where it has become part of another, PermissionDenied
    for a role without the permission and for network support where the page is not for it, NotYours where the person is
    in a colleague's care, Restricted where a consent was taken back.
    """
    seat = _reader(request, permission)
    try:
        client: Client = Client.objects.with_people().with_reach(seat).get(pk=pk)
    except Client.DoesNotExist as error:
        raise Http404 from error
    if client.merged_into_id:
        raise MergedAway(client.merged_into_id)
    _require_reach(client)
    _watch(request, client, seat)
    return client


def case_for(request: HttpRequest, pk: UUID, permission: Permission) -> Case:
    """The case with its client, programme and consent. Reading it is audited as reading the client is.

    Raises as `client_for` does.
    """
    seat = _reader(request, permission)
    try:
        case: Case = Case.objects.select_related("programme", "consent").get(pk=pk)
    except Case.DoesNotExist as error:
        raise Http404 from error
    client = get_object_or_404(Client.objects.with_people().with_reach(seat), pk=case.client_id)  # held ones are away
    _require_reach(client)
    case.client = client
    _watch(request, client, seat)
    return case


def _require_reach(client: Any) -> None:
    if not client.is_reachable:
        raise closed_to(client)


def closed_to(client: Client) -> PermissionDenied:
    """What those are told who may not open the record."""
    return NotYours(client) if client.restricted_at is None else Restricted()


def require_care(client: Client, seat: Seat) -> None:
    """For what lets somebody in for longer: an emergency, which ends after its hours, is not enough.

    Raises PermissionDenied.
    """
    if not keeps_open(client, seat):
        raise PermissionDenied(
            _("An emergency has opened this record to you for a few hours. Ask a supervisor to let you in for longer.")
        )


def reads_sealed(seat: Seat) -> bool:
    """Network support that was let in reads records, but nothing that lies sealed."""
    return not seat.is_support


def _reader(request: Any, permission: Permission) -> Seat:
    """Network support is let in to the pages that say they show nothing sealed, and to no others."""
    seat = require(request, permission)
    if seat.is_support and not tabs.is_for_support(request.resolver_match.url_name):
        raise PermissionDenied(_("Network support reads the record's overview, and nothing that lies sealed."))
    return seat


def _watch(request: Any, client: Client, seat: Seat) -> None:
    if request.method == "GET":
        _viewed(request, client, seat)
    else:
        request.opened = (client, seat, timezone.now())


def watch_answer(request: Any, response: HttpResponseBase) -> None:
    """What was sent and comes back as a page shows the record too: it counts as read, unless more was written down."""
    opened = getattr(request, "opened", None)
    if opened is None or not _shows(response):
        return
    client, seat, since = opened
    own = Entry.objects.filter(about_id=client.pk, at__gte=since, actor_user_id=seat.user_id or None)
    if not own.exists():
        _viewed(request, client, seat)


def _shows(response: HttpResponseBase) -> bool:
    return response.streaming or (response.status_code in (200, 400, 409) and bool(response.content))  # type: ignore[attr-defined]


def _viewed(request: Any, client: Client, seat: Seat) -> None:
    page = request.resolver_match.url_name
    record(action="client.viewed", on=client, detail={} if page == "client" else {"page": page}, by=seat)
