"""The rows that the search looks at, kept in step with what they are made of."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation

from halka.common.folding import folded, order_of
from network_registry.directory.enums import TargetGroup
from network_registry.directory.models import Entry, Offer, Word
from network_registry.exchange.enums import Service as Need

LONGEST_KEY = 4_000
SHORTEST_WORD, LONGEST_WORD = 2, 40  # letters, of words that mistakes are held against
AT_ONCE = 500


def renew(offers: QuerySet[Offer]) -> None:
    """Writes the rows of these offers anew; those that are not shown have none. The caller holds the transaction."""
    found = list(offers.select_related("service", "location", "organisation"))
    Entry.objects.filter(offer__in=[offer.pk for offer in found]).delete()
    shown = [offer for offer in found if offer.is_offered and offer.service.is_published]
    written = Entry.objects.bulk_create(_entry(offer) for offer in shown)
    _learn(word for entry in written for word in entry.search_key.split())


def _learn(words: Iterable[str]) -> None:
    """Remembers words of entries, in one order, so that two who learn at once do not wait for each other in a ring."""
    found = sorted({word for word in words if SHORTEST_WORD < len(word) <= LONGEST_WORD})
    Word.objects.bulk_create([Word(word) for word in found], ignore_conflicts=True)


def renew_all() -> int:
    """Every row of the network, under its rights: an organisation's new name reaches the search by the next day."""
    last, written = None, 0
    while True:
        offers = Offer.objects.order_by("pk")
        page = list((offers.filter(pk__gt=last) if last else offers).values_list("pk", flat=True)[:AT_ONCE])
        if not page:
            _forget()
            return written
        with transaction.atomic():
            renew(Offer.objects.filter(pk__in=page))
        last, written = page[-1], written + len(page)


def _forget() -> None:
    """Words that are in no entry any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM directory_word WHERE word NOT IN "
            "(SELECT unnest(string_to_array(search_key, ' ')) FROM directory_entry)"
        )


def _entry(offer: Offer) -> Entry:
    service, location = offer.service, offer.location
    return Entry(
        id=offer.pk,
        offer=offer,
        organisation_id=offer.organisation_id,
        location=location,
        need=service.need,
        languages=service.languages,
        latitude=location.latitude,
        longitude=location.longitude,
        free_places=offer.free_places,
        search_key=folded(" ".join(_words(offer)))[:LONGEST_KEY],
        sort_key=order_of(service.names.get(offer.organisation.language) or next(iter(service.names.values())))[:400],
    )


def _words(offer: Offer) -> Iterable[str]:
    """All that one may look for, in every language."""
    service, location, organisation = offer.service, offer.location, offer.organisation
    yield from service.names.values()
    yield from organisation.names.values()
    yield from (location.name, location.place, location.province)
    for code, _own_name in settings.LANGUAGES:
        with translation.override(code):
            yield str(Need(service.need).label)
            yield from (str(TargetGroup(group).label) for group in service.target_groups)
    yield from service.descriptions.values()
