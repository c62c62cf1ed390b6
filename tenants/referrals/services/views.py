""" "Where can I send this person?": the directory as whoever refers somebody looks at it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from halka.authorization.roles import Permission
from halka.common.choices import Language
from halka.common.paging import PARAMETER
from network_registry.directory import hours, maps
from network_registry.directory.domain.capacity import is_fresh, is_stale
from network_registry.directory.domain.search import Found, Results, offers_in_full, search, with_opening
from network_registry.directory.domain.services import hours_of
from network_registry.directory.enums import SHOWN
from network_registry.directory.gazetteer import Town
from network_registry.directory.models import CapacityQuestion
from tenants.caseloads.access import client_for
from tenants.caseloads.models import Client
from tenants.organisations.access import require
from tenants.referrals.services.forms import SearchForm


@require_safe
def services(request: Any) -> HttpResponse:
    seat = require(request, Permission.REFERRAL_VIEW)
    client = _client(request)
    form = SearchForm(_asked(request, client))
    results = search(form.wanted(request.organisation.id), cursor=request.GET.get(PARAMETER, ""))
    lines = [_line(number, found, client, seat) for number, found in enumerate(results.found, 1)]
    context = {
        "form": form,
        "client": client,
        "lines": lines,
        "town": form.town,
        "map": _map(lines, form.town),
        "ways": [_way(line, form.town) for line in lines if line["spot"]],
        "is_guess": results.is_guess,
        "more_filters": any(form._read(name) for name in ("within", "open", "free")),
        **_neighbours(request, form, results),
    }
    return render(request, "referrals/services.html", context)


@require_safe
def service_offer(request: Any, pk: UUID) -> HttpResponse:
    """One offer in full."""
    seat = require(request, Permission.REFERRAL_VIEW)
    client = _client(request)
    shown = offers_in_full().filter(is_offered=True, service__is_published=True, organisation__state__in=SHOWN)
    offer = get_object_or_404(shown, pk=pk)
    line = _line(1, with_opening(offer, now=timezone.now()), client, seat)
    own = CapacityQuestion.objects.filter(offer=offer, asker=request.organisation.id)
    closures = [closure for closure in offer.location.closures.all() if closure.last_on >= timezone.localdate()]
    context = {
        **line,
        "client": client,
        "hours": hours.lines(hours_of(offer)),
        "closures": closures,
        "map": _map([line], None),
        "question": own.order_by("-id").first(),
        "is_ours": offer.organisation_id == request.organisation.id,
    }
    return render(request, "referrals/service_offer.html", context)


def _client(request: Any) -> Client | None:
    """The person somebody looks for, if the reader may open their record."""
    text = request.GET.get("client", "")
    if not text:
        return None
    try:
        return client_for(request, UUID(text), Permission.CLIENT_VIEW)
    except ValueError as error:
        raise Http404 from error


def _asked(request: Any, client: Client | None) -> QueryDict:
    """What was asked for; of a client whose page led here, the town and the language."""
    asked: QueryDict = request.GET.copy()
    if client is not None and "place" not in asked:
        asked["place"] = client.place
        if client.language != Language.OTHER:
            asked["language"] = client.language
    return asked


def _line(number: int, found: Found, client: Client | None, seat: Any) -> dict[str, Any]:
    offer, place = found.offer, found.offer.location
    about = f"?{urlencode({'client': client.pk})}" if client else ""
    may_send = seat.can(Permission.REFERRAL_SEND)
    has_place = place.latitude is not None and place.longitude is not None
    return {
        "number": number,
        "offer": offer,
        "service": offer.service,
        "location": place,
        "way": maps.way_in_words(found.metres) if found.metres is not None else "",
        "opening": found.opening,
        "is_fresh": is_fresh(offer.confirmed_at),
        "is_stale": is_stale(offer.confirmed_at),
        "url": reverse("service-offer", args=[offer.pk]) + about,
        "refer_url": _refer_url(client, offer.pk) if may_send and client else "",
        "ask_url": reverse("service-ask", args=[offer.pk]) if may_send else "",
        "spot": maps.Spot(number, f"{offer.service}, {place}", f"#offer-{offer.pk}", place.latitude, place.longitude)
        if has_place
        else None,
    }


def _refer_url(client: Client, offer: UUID) -> str:
    return f"{reverse('referral-send', args=[client.pk])}?{urlencode({'offer': offer})}"


def _map(lines: list[dict[str, Any]], town: Town | None) -> Any:
    spots = [line["spot"] for line in lines if line["spot"]]
    home = (town.name, town.latitude, town.longitude) if town else None
    return maps.draw(maps.Map("places", _("Map of the places in the list"), spots, home))


def _way(line: dict[str, Any], town: Town | None) -> dict[str, Any]:
    """A row of the table that says what the map draws."""
    spot = line["spot"]
    there = (spot.latitude, spot.longitude)
    return {**line, "direction": maps.direction(town.latitude, town.longitude, *there) if town else ""}


def _neighbours(request: Any, form: SearchForm, results: Results) -> dict[str, str]:
    """Addresses of the pages beside this one, with all that was asked for."""
    kept = form.data.copy()
    addresses = {}
    for name, cursor in (("previous_url", results.previous), ("next_url", results.next)):
        kept[PARAMETER] = cursor
        addresses[name] = f"?{kept.urlencode()}" if cursor else ""
    return addresses
