"""Rows of the directory as objects of HSDS 3.1. What is empty is left out, unless HSDS demands it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api.hsds.shapes import SHAPES
from api.hsds.taxonomies import key, terms_of
from halka.common.addresses import origin
from halka.common.choices import Language
from network_registry.directory.domain.services import hours_of
from network_registry.directory.models import Location, Offer, Service
from tenants.organisations.models import Organisation

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Body = dict[str, Any]


def _object(kind: str, /, **values: Any) -> Body:
    demanded = SHAPES[kind]["required"]
    return {field: value for field, value in values.items() if value not in (None, "", []) or field in demanded}


def _text(texts: dict[str, str], own: str) -> tuple[str, str]:
    """In the caller's language, else in the organisation's own; and in the other of the two, where it differs."""
    asked, here = texts.get(get_language() or own, ""), texts.get(own, "")
    first = asked or here or next(iter(texts.values()), "")
    return first, here if here != first else ""


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def organization(row: Organisation) -> Body:
    name, other = _text(row.names, row.language)
    return _object(
        "Organization",
        id=str(row.pk),
        name=name or row.schema_name,
        alternate_name=other,
        description=f"{row.get_kind_display()}, {row.province}" if row.province else str(row.get_kind_display()),
        legal_status=str(row.get_kind_display()),
        logo=f"{origin(row.host)}/logo/" if row.logo_type else "",
        parent_organization_id=str(row.parent_id) if row.parent_id else "",
    )


def organization_in_full(row: Organisation, locations: Iterable[Location], services: Iterable[Body]) -> Body:
    return organization(row) | _object(
        "Organization", locations=[location_in_full(one) for one in locations], services=list(services)
    )


def service_in_short(row: Service) -> Body:
    """What an organisation's list of services says of each."""
    return _object("Service", id=str(row.pk), name=_text(row.names, row.organisation.language)[0], status="active")


def service(row: Service) -> Body:
    """What is one to one, and the organisation. `last_modified` counts what is offered where, too."""
    own = row.organisation.language
    name, other = _text(row.names, own)
    confirmed = [offer.confirmed_at for offer in row.offers.all() if offer.confirmed_at]
    return _object(
        "Service",
        id=str(row.pk),
        organization_id=str(row.organisation_id),
        name=name,
        alternate_name=other,
        description=_text(row.descriptions, own)[0],
        status="active" if row.offers.all() else "temporarily closed",
        application_process=row.application,
        fees_description=row.fees or _("Free"),
        eligibility_description=row.eligibility,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        assured_date=min(confirmed).date().isoformat() if confirmed else "",
        last_modified=moment(max([row.changed_at, *(offer.changed_at for offer in row.offers.all())])),
        organization=organization(row.organisation),
    )


def service_in_full(row: Service) -> Body:
    return service(row) | _object(
        "Service",
        service_at_locations=[at_location_in_full(offer, row) for offer in row.offers.all()],
        languages=[_language(code, row) for code in row.languages],
        attributes=[
            _object(
                "Attribute",
                id=str(key("attribute", row.pk, term.id)),
                link_id=str(row.pk),
                link_entity="service",
                taxonomy_term_id=str(term.id),
                taxonomy_term=term.body(),
            )
            for term in terms_of(row)
        ],
        capacities=[
            _capacity(offer) for offer in row.offers.all() if offer.confirmed_at and offer.free_places is not None
        ],
    )


def service_minimal(row: Service) -> Body:
    changed = max([row.changed_at, *(offer.changed_at for offer in row.offers.all())])
    return {"id": str(row.pk), "modified_date": moment(changed)}


def _language(code: str, row: Service) -> Body:
    label = str(Language(code).label)
    return _object("Language", id=str(key("language", row.pk, code)), service_id=str(row.pk), name=label, code=code)


def _capacity(offer: Offer) -> Body:
    weeks = offer.waiting_weeks
    wait = _("%(weeks)s weeks of waiting") % {"weeks": weeks} if weeks else ""
    return _object(
        "ServiceCapacity",
        id=str(key("capacity", offer.pk)),
        service_id=str(offer.service_id),
        unit={"id": str(key("unit", "place")), "name": _("Free places")},
        available=offer.free_places,
        description=" · ".join(filter(None, (str(offer.location), wait))),
        updated=moment(offer.confirmed_at or offer.changed_at),
    )


def location(row: Location) -> Body:
    return _object(
        "Location",
        id=str(row.pk),
        location_type="physical",
        organization_id=str(row.organisation_id),
        name=row.name,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def location_in_full(row: Location) -> Body:
    return location(row) | _object(
        "Location",
        addresses=[
            _object(
                "Address",
                id=str(key("address", row.pk)),
                location_id=str(row.pk),
                address_1=row.address,
                city=row.place,
                state_province=row.province,
                postal_code=row.postal_code,
                country=row.country,
                address_type="physical",
            )
        ],
        phones=_phones(row.phone, "location_id", row.pk),
        accessibility=[
            _object(
                "Accessibility",
                id=str(key("accessibility", row.pk, code)),
                location_id=str(row.pk),
                description=label,
            )
            for code, label in zip(row.accessibility, row.accessibility_labels, strict=True)
        ],
    )


def _phones(number: str, of: str, pk: Any) -> list[Body]:
    return [_object("Phone", id=str(key("phone", pk)), number=number, type="voice", **{of: str(pk)})] if number else []


def at_location(offer: Offer) -> Body:
    """With the service and the location, each one to one."""
    return _link(offer) | {"location": location(offer.location), "service": service(offer.service)}


def at_location_in_full(offer: Offer, of: Service) -> Body:
    return _link(offer) | _object(
        "ServiceAtLocation",
        phones=_phones(offer.phone, "service_at_location_id", offer.pk),
        schedules=_schedules(offer, of.organisation.time_zone),
        location=location_in_full(offer.location),
    )


def _link(offer: Offer) -> Body:
    return _object(
        "ServiceAtLocation", id=str(offer.pk), service_id=str(offer.service_id), location_id=str(offer.location_id)
    )


def _schedules(offer: Offer, zone: str) -> list[Body]:
    """Days with the same hours as one rule, in the organisation's time of this season."""
    days: dict[tuple[time, time], list[int]] = defaultdict(list)
    for span in hours_of(offer):
        days[span.opens_at, span.closes_at].append(span.weekday)
    now = timezone.now().astimezone(ZoneInfo(zone))
    hours = (now.utcoffset() or timedelta()).total_seconds() / 3600
    ahead = now.isoformat()[-6:]
    closed = "; ".join(
        f"{closure.first_on.isoformat()}/{closure.last_on.isoformat()}" + (f" {closure.note}" if closure.note else "")
        for closure in offer.location.closures.all()
        if closure.last_on >= now.date()
    )
    return [
        _object(
            "Schedule",
            id=str(key("schedule", offer.pk, opens, closes)),
            service_at_location_id=str(offer.pk),
            timezone=hours,
            freq="WEEKLY",
            wkst="MO",
            byday=",".join(DAYS[day] for day in weekdays),
            opens_at=f"{opens:%H:%M}{ahead}",
            closes_at=f"{closes:%H:%M}{ahead}",
            notes=_("Closed: %(days)s") % {"days": closed} if closed else "",
        )
        for (opens, closes), weekdays in days.items()
    ]
