"""Reading lists: kept in one's own order, and read by colleagues where their owner shares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge_base.access import Reader
from knowledge_base.enums import Kind
from knowledge_base.errors import ListFull, NameTaken, NotYourOrganisation, TooManyLists
from knowledge_base.models import Entry, ListItem, ReadingList
from tenants.organisations.models import Membership

MOST_LISTS: Final = 50
MOST_ITEMS: Final = 100


def own_lists(reader: Reader) -> Any:
    return ReadingList.objects.filter(user=reader.user_id)


def shared_lists(reader: Reader) -> Any:
    """Colleagues' lists, while they are colleagues."""
    is_colleague = Membership.objects.active().filter(user=OuterRef("user"), organisation=OuterRef("shared_with"))
    shared = ReadingList.objects.filter(Exists(is_colleague), shared_with__in=reader.organisation_ids)
    return shared.exclude(user=reader.user_id)


def entries_of(items: Iterable[ListItem], *, by: Reader) -> dict[tuple[int, str], Entry]:
    """By page and key of the unit: those that are published and that this reader may read. One query."""
    items = list(items)
    units = [item.unit_key for item in items if item.unit_key]
    rows = Entry.objects.readable(by=by).filter(
        Q(unit=None) | Q(kind=Kind.UNIT, keys__overlap=units), page__in=[item.page_id for item in items]
    )
    rows = rows.select_related("unit__module").defer("words", "title_words", "text")
    return {(entry.page_id, entry.unit_key): entry for entry in rows}


def begin_list(*, name: str, by: Reader) -> ReadingList:
    """Raises NameTaken, TooManyLists."""
    if own_lists(by).count() >= MOST_LISTS:
        raise TooManyLists
    try:
        with transaction.atomic():
            return ReadingList.objects.create(user_id=by.user_id, name=name)
    except IntegrityError as error:
        raise NameTaken from error


def change_list(*, reading_list: ReadingList, name: str, shared_with: UUID | None, by: Reader) -> None:
    """Its name, and whose people read it too. Raises NameTaken, NotYourOrganisation."""
    if shared_with is not None and not by.acts_for(shared_with):
        raise NotYourOrganisation
    try:
        with transaction.atomic():
            own_lists(by).filter(pk=reading_list.pk).update(name=name, shared_with=shared_with)
    except IntegrityError as error:
        raise NameTaken from error


def remove_list(*, reading_list: ReadingList, by: Reader) -> None:
    own_lists(by).filter(pk=reading_list.pk).delete()


def keep(*, entry: Entry, list_id: UUID | None = None, by: Reader) -> ReadingList:
    """Puts it at the end of the list, once; without one, of the list changed last, or of the first one, made here.

    Raises ListFull, ReadingList.DoesNotExist.
    """
    with transaction.atomic():
        reading_list = _held(list_id, by)
        items = reading_list.items
        if not items.filter(page=entry.page_id, unit_key=entry.unit_key).exists():
            if items.count() >= MOST_ITEMS:
                raise ListFull
            last = items.aggregate(last=Max("position"))["last"] or 0
            items.create(page_id=entry.page_id, unit_key=entry.unit_key, position=last + 1)
        reading_list.changed_at = timezone.now()
        reading_list.save(update_fields=["changed_at"])
    return reading_list


def _held(list_id: UUID | None, by: Reader) -> ReadingList:
    """The list with its row locked. Raises ReadingList.DoesNotExist."""
    lists = own_lists(by).select_for_update(of=("self",))
    if list_id is not None:
        found: ReadingList = lists.get(pk=list_id)
        return found
    newest: ReadingList | None = lists.order_by("-changed_at", "-id").first()
    return newest or ReadingList.objects.get_or_create(user_id=by.user_id, name=_("To read"))[0]


def write_note(*, item: ListItem, text: str, by: Reader) -> None:
    _own_items(by).filter(pk=item.pk).update(note=text)


def take_off(*, item: ListItem, by: Reader) -> None:
    _own_items(by).filter(pk=item.pk).delete()


def move(*, item: ListItem, up: bool, by: Reader) -> None:
    """Before the one that stands before it, or behind the one behind; nothing at the end of the list."""
    with transaction.atomic():
        _held(item.list_id, by)
        order = list(_own_items(by).filter(list=item.list_id).order_by("position", "id"))
        place = next((number for number, other in enumerate(order) if other.pk == item.pk), -1)
        beside = place - 1 if up else place + 1
        if place < 0 or not 0 <= beside < len(order):
            return
        order[place], order[beside] = order[beside], order[place]
        for position, other in enumerate(order, 1):
            other.position = position
        ListItem.objects.bulk_update(order, ["position"])


def _own_items(by: Reader) -> Any:
    return ListItem.objects.filter(list__user=by.user_id)
