"""ETag, If-Match and If-None-Match: nobody changes what they have not seen, and nobody is sent what they have.

An ETag has two parts: the state that the thing is in, and what of it the caller was shown, which depends on language
and permissions. A change asks for the first alone; whether a copy is still good is a matter of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeVar

from django.db import models
from django.http import Http404
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

Model = TypeVar("Model", bound=models.Model)
State = tuple[Any, ...]  # whatever is another one after each change: version, state, time of the last message

# Compression turns a strong tag into a weak one (W/); ours name a state, whatever the bytes, so both are taken.
TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')
MUST_MATCH: Final = frozenset({"PUT", "PATCH", "DELETE"})


class ChangedMeanwhile(Exception):
    """The thing is not in the state that the caller has seen. `etag` names the present one."""

    def __init__(self, etag: str) -> None:
        super().__init__()
        self.etag = etag


class StateNotNamed(Exception):
    """A change that overwrites came without If-Match."""


def answer(request: Request, data: Any, *, state: State, status: int = 200, location: str = "") -> Response:
    """The thing with its ETag; 304 without it for whoever has this one already."""
    etag = f'"{_state(state)}.{_digest(JSONRenderer().render(data))}"'
    headers = {"ETag": etag, **({"Location": location} if location else {})}
    known = request.headers.get("If-None-Match", "")
    if request.method in ("GET", "HEAD") and (known.strip() == "*" or etag.strip('"') in TAG.findall(known)):
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
    present = _state(state)
    if wanted.strip() != "*" and present not in (tag.split(".")[0] for tag in TAG.findall(wanted)):
        raise ChangedMeanwhile(f'"{present}"')


def _state(state: State) -> str:
    return _digest("\0".join(map(str, state)).encode())


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
