"""ETag, If-Match and If-None-Match: nobody changes what they have not seen, and nobody is sent what they have.

An ETag has two parts: what state the thing is in, and how the caller sees it (language, permissions). A change asks
for the first alone; whether a copy is still good is a matter of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeVar

from django.db import models
from django.http import Http404
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response

Model = TypeVar("Model", bound=models.Model)
State = tuple[Any, ...]  # whatever is another one after each change: version, state, time of the last message

# Compression turns a strong tag into a weak one (W/); ours name a state, whatever the bytes, so both are taken.
TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')
MUST_MATCH: Final = frozenset({"PUT", "PATCH", "DELETE"})


class ChangedMeanwhile(Exception):
    """The thing is not in the state that the caller has seen. `etag` is the present one."""

    def __init__(self, etag: str) -> None:
        super().__init__()
        self.etag = etag


class StateNotNamed(Exception):
    """A change that overwrites came without If-Match."""


def etag_of(request: Request, state: State) -> str:
    look = (get_language(), *sorted(request.seat.permissions))
    return f'"{_digest(state)}.{_digest(look)}"'


def answer(request: Request, data: Any, *, state: State, status: int = 200, location: str = "") -> Response:
    """The thing with its ETag; 304 without it for whoever has this one already."""
    etag = etag_of(request, state)
    headers = {"ETag": etag, **({"Location": location} if location else {})}
    if request.method in ("GET", "HEAD") and _names(request.headers.get("If-None-Match", ""), etag.strip('"')):
        return Response(status=304, headers=headers)
    return Response(data, status=status, headers=headers)


def hold(request: Request, rows: models.QuerySet[Model], state_of: Callable[[Model], State]) -> Model:
    """The one row, locked until the change is committed, in the state that the caller has seen.

    To be called by a view that changes something, before its verb: ApiView has opened the transaction. Raises Http404
    where there is no row, StateNotNamed for PUT, PATCH and DELETE without If-Match, ChangedMeanwhile.
    """
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise Http404
    check(request, state_of(row))
    return row


def check(request: Request, state: State) -> None:
    """As `hold`, of something that is locked already."""
    wanted = request.headers.get("If-Match")
    if wanted is None:
        if request.method in MUST_MATCH:
            raise StateNotNamed
        return
    etag = etag_of(request, state)
    if not _names(wanted, etag.strip('"'), part=0):
        raise ChangedMeanwhile(etag)


def _names(header: str, etag: str, part: int | None = None) -> bool:
    """Whether one of the header's tags is this one, or has the same part."""
    if header.strip() == "*":
        return True
    tags = TAG.findall(header)
    if part is None:
        return etag in tags
    return etag.split(".")[part] in (tag.split(".")[part] for tag in tags)


def _digest(values: tuple[Any, ...]) -> str:
    return sha256("\0".join(map(str, values)).encode()).hexdigest()[:16]
