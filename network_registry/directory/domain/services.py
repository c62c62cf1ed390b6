"""What managers do with services, places and what is offered where. Each verb is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from network_registry.directory.domain import entries
from network_registry.directory.domain.capacity import write_capacity
from network_registry.directory.errors import OfferedAlready
from network_registry.directory.hours import Span
from network_registry.directory.models import Closure, Hours, Location, Offer, Service

Record = TypeVar("Record", Service, Location, Offer)


@dataclass(frozen=True)
class ServiceDetails:
    names: dict[str, str]
    need: str
    descriptions: dict[str, str]
    dimension: str = ""
    eligibility: str = ""
    fees: str = ""
    application: str = ""
    languages: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    is_published: bool = True


@dataclass(frozen=True)
class LocationDetails:
    name: str
    place: str
    country: str
    address: str = ""
    postal_code: str = ""
    province: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True)
class OfferDetails:
    """`hours` None leaves them as they are."""

    phone: str = ""
    is_offered: bool = True
    hours: tuple[Span, ...] | None = None


@dataclass(frozen=True)
class ClosedDays:
    first_on: date
    last_on: date
    note: str = ""


def add_service(*, details: ServiceDetails, by: Seat) -> Service:
    with transaction.atomic():
        service = Service.objects.create(organisation_id=required_organisation().id, **_values(details))
        record(action="service.added", on=service, by=by)
    return service


def change_service(*, service: Service, details: ServiceDetails, seen_version: int, by: Seat) -> Service:
    """Raises EditedMeanwhile when the service is no longer the version that `by` has seen."""
    with transaction.atomic():
        saved = _change(service, _values(details), seen_version, "service.changed", by)
        entries.renew(Offer.objects.filter(service=saved))
    return saved


def add_location(*, details: LocationDetails, by: Seat) -> Location:
    with transaction.atomic():
        location = Location.objects.create(organisation_id=required_organisation().id, **_values(details))
        record(action="place.added", on=location, by=by)
    return location


def change_location(*, location: Location, details: LocationDetails, seen_version: int, by: Seat) -> Location:
    """Raises EditedMeanwhile as `change_service` does."""
    with transaction.atomic():
        saved = _change(location, _values(details), seen_version, "place.changed", by)
        entries.renew(Offer.objects.filter(location=saved))
    return saved


def close_on(*, location: Location, remove: Sequence[UUID] = (), add: ClosedDays | None = None, by: Seat) -> None:
    """Takes closed days away and adds new ones."""
    with transaction.atomic():
        gone, _rows = Closure.objects.filter(location=location, pk__in=remove).delete()
        if add is not None:
            Closure.objects.create(location=location, **asdict(add))
        if gone or add is not None:
            record(action="place.closed_days", on=location, by=by)


def add_offer(*, service: Service, location: Location, details: OfferDetails, by: Seat) -> Offer:
    """Offers the service at the place. Raises OfferedAlready."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                offer = Offer.objects.create(
                    organisation_id=required_organisation().id,
                    service=service,
                    location=location,
                    phone=details.phone,
                    is_offered=details.is_offered,
                )
        except IntegrityError as error:
            raise OfferedAlready(_("This service is offered at this place already.")) from error
        _open(offer, details.hours or ())
        entries.renew(Offer.objects.filter(pk=offer.pk))
        record(action="offer.added", on=offer, by=by)
    return offer


def change_offer(*, offer: Offer, details: OfferDetails, seen_version: int, by: Seat) -> Offer:
    """Raises EditedMeanwhile as `change_service` does."""
    with transaction.atomic():
        values = {"phone": details.phone, "is_offered": details.is_offered}
        more = []
        if details.hours is not None and details.hours != hours_of(offer):
            more = ["hours"]
        saved = _change(offer, values, seen_version, "offer.changed", by, more)
        if more:
            _open(saved, details.hours or ())
        entries.renew(Offer.objects.filter(pk=saved.pk))
    return saved


def hours_of(offer: Offer) -> tuple[Span, ...]:
    """In the order of the week."""
    return tuple(Span(row.weekday, row.opens_at, row.closes_at) for row in offer.hours.all())


def _open(offer: Offer, hours: Sequence[Span]) -> None:
    Hours.objects.filter(offer=offer).delete()
    Hours.objects.bulk_create(Hours(offer=offer, **asdict(span)) for span in hours)


def _values(details: ServiceDetails | LocationDetails) -> dict[str, Any]:
    """As the model's columns take them."""
    values = {field.name: getattr(details, field.name) for field in fields(details)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _change(
    row: Record, values: dict[str, Any], seen_version: int, action: str, by: Seat, more: Sequence[str] = ()
) -> Record:
    model: type[models.Model] = type(row)
    saved: Any = model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if saved.version != seen_version:
        raise EditedMeanwhile(_("Somebody else has changed this since you opened the page."))
    changed: list[str] = [name for name, value in values.items() if getattr(saved, name) != value]
    if changed or more:
        for name in changed:
            setattr(saved, name, values[name])
        saved.version += 1
        saved.changed_at = timezone.now()
        saved.save(update_fields=[*changed, "version", "changed_at"])
        record(action=action, on=saved, detail={"fields": [*changed, *more]}, by=by)
    result: Record = saved
    return result


def start_service(
    *,
    details: ServiceDetails,
    at: Location | LocationDetails,
    offer: OfferDetails,
    free_places: int | None = None,
    waiting_weeks: int | None = None,
    by: Seat,
) -> Offer:
    """A new service at one place, old or new, with what is free there: all of a short form, or nothing."""
    with transaction.atomic():
        location = add_location(details=at, by=by) if isinstance(at, LocationDetails) else at
        made = add_offer(service=add_service(details=details, by=by), location=location, details=offer, by=by)
        if free_places is not None or waiting_weeks is not None:
            write_capacity(made, free_places, waiting_weeks)
    return made
