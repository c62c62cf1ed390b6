"""Lists by key: forward, back, ends, changed lists, mangled cursors."""

import base64
import json
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from halka.audit.models import Entry
from halka.common.paging import page_of, slice_of
from tenants.organisations.isolation import inside

NEWEST = ("-at", "-id")


@pytest.fixture
def entries(alpha):
    """Seven entries, two of them at the same moment."""
    with inside(alpha):
        for number in (1, 2, 3, 3, 4, 5, 6):
            Entry.objects.create(at=datetime(2025, 1, number, tzinfo=UTC), actor_name="A", action=f"day.{number}")
        yield list(Entry.objects.order_by("at", "id"))


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def walk(keys, size):
    """All slices from the first one on."""
    slices = [slice_of(Entry.objects.all(), keys=keys, size=size)]
    while slices[-1].next:
        slices.append(slice_of(Entry.objects.all(), keys=keys, cursor=slices[-1].next, size=size))
    return slices


@pytest.mark.parametrize("keys", [("at", "id"), NEWEST])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_once_in_order_and_the_same_way_back(entries, keys, size):
    expected = entries if keys[0] == "at" else entries[::-1]
    slices = walk(keys, size)
    assert [row for part in slices for row in part.items] == expected
    assert slices[0].previous == ""
    back = [slices[-1]]
    while back[-1].previous:
        back.append(slice_of(Entry.objects.all(), keys=keys, cursor=back[-1].previous, size=size))
    assert [part.items for part in back[::-1]] == [part.items for part in slices]
    assert all(part.next for part in back[1:])


@pytest.mark.parametrize("keys", [("action", "id"), ("-action", "-id")])
def test_gathered_rows_come_in_the_same_order(entries, keys):
    walked = [row for part in walk(keys, 3) for row in part.items]
    gathered = slice_of(Entry.objects.all(), keys=keys, size=3, gather=True)
    assert gathered.items == walked[:3]
    assert slice_of(Entry.objects.all(), keys=keys, cursor=gathered.next, size=9, gather=True).items == walked[3:]


def test_an_empty_list_has_no_neighbours(alpha):
    with inside(alpha):
        part = slice_of(Entry.objects.none(), keys=NEWEST)
    assert (part.items, part.previous, part.next) == ([], "", "")


def test_a_page_whose_rows_are_gone_leads_to_the_ends(entries):
    first = slice_of(Entry.objects.all(), keys=("at", "id"), size=5)
    early, late = Entry.objects.filter(pk__in=[row.pk for row in entries[:5]]), Entry.objects.none()
    gone = slice_of(early, keys=("at", "id"), cursor=first.next, size=5)
    assert gone.items == []
    assert slice_of(early, keys=("at", "id"), cursor=gone.previous, size=5).items == entries[:5]
    second = slice_of(Entry.objects.all(), keys=("at", "id"), cursor=first.next, size=5)
    gone = slice_of(late, keys=("at", "id"), cursor=second.previous, size=5)
    assert gone.previous == ""
    assert slice_of(Entry.objects.all(), keys=("at", "id"), cursor=gone.next, size=5).items == entries[:5]


@pytest.mark.parametrize(
    "mangled",
    [
        "%%%",
        "é",
        "AAAA",
        cursor(),
        cursor("x", "2025-01-01T00:00:00+00:00", "0190a000-0000-7000-8000-000000000000"),
        cursor("f", "2025-01-01T00:00:00+00:00"),
        cursor("f", "no day", "0190a000-0000-7000-8000-000000000000"),
        cursor("f", "2025-01-01T00:00:00+00:00", "no key"),
        cursor("f", "2025\0", "x"),
        cursor("f", "\ud800", "x"),
        cursor("f", 1, 2),
        base64.urlsafe_b64encode(b"{}").decode(),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
    ],
)
def test_a_mangled_cursor_leads_to_the_first_page(entries, mangled):
    part = slice_of(Entry.objects.all(), keys=NEWEST, cursor=mangled, size=2)
    assert part.items == entries[:-3:-1]
    assert part.previous == ""


def test_keys_that_rise_and_fall_are_refused(alpha):
    with inside(alpha), pytest.raises(ValueError, match="all rise or all fall"):
        slice_of(Entry.objects.all(), keys=("at", "-id"))


def test_addresses_keep_the_other_parameters(entries):
    first = page_of(RequestFactory().get("/", {"q": "ë"}), Entry.objects.all(), keys=NEWEST, size=3)
    assert first.previous_url == ""
    second = page_of(RequestFactory().get("/" + first.next_url), Entry.objects.all(), keys=NEWEST, size=3)
    assert second.items == entries[3:0:-1]
    assert second.previous_url.startswith("?q=%C3%AB&from=")


def test_one_query(entries, django_assert_num_queries):
    first = slice_of(Entry.objects.all(), keys=NEWEST, size=3)
    with django_assert_num_queries(1):
        slice_of(Entry.objects.all(), keys=NEWEST, cursor=first.next, size=3)
