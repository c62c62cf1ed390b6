"""Downloads that go on where they broke off (RFC 9110, section 14): one range, of exactly what was sent before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

ONE_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")  # no file is longer


class NotThere(ValueError):
    """The range begins behind the end."""


@dataclass(frozen=True)
class Wanted:
    """As the header says it. Without `first`, `last` is how many bytes of the end are wanted."""

    first: int | None
    last: int | None

    def within(self, size: int) -> tuple[int, int]:
        """Places of the first and the last byte. Raises NotThere."""
        if self.first is None:
            first, last = max(0, size - (self.last or 0)), size - 1
        else:
            first, last = self.first, size - 1 if self.last is None else min(self.last, size - 1)
        if first > last:
            raise NotThere(f"There are {size} bytes.")
        return first, last


def wanted(request: HttpRequest, tag: str) -> Wanted | None:
    """None where everything is to be sent: nothing else was asked for, or what it is to fit is something else now."""
    found = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = (int(text) if text else None for text in found.groups())
    if (first is None and last is None) or (first is not None and last is not None and last < first):
        return None
    return Wanted(first, last)


def cut(parts: Iterator[bytes], first: int, last: int) -> Iterator[bytes]:
    """Of all these bytes, those from first to last."""
    at = 0
    for part in parts:
        begin, end = max(first - at, 0), last + 1 - at
        if end <= 0:
            return
        if begin < len(part):
            yield part[begin:end]
        at += len(part)
