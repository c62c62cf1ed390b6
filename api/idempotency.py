"""Idempotency-Key: a POST that is sent again is done once, and answered as it was the first time.

Only what succeeded is kept, for 24 hours: whatever was refused or failed changed nothing, so the same key may be tried
again, with a corrected body too.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.limits import caller_of
from tenants.integrations.domain.answers import begin

LONGEST: Final = 255
HEADERS: Final = ("ETag", "Location")


class BadKey(Exception):
    """Empty, too long, or not of visible ASCII characters."""


class MayNoLonger(Exception):
    """The caller has lost permissions that it had when it was answered."""


def once(request: Request, handler: Any, *args: Any, **kwargs: Any) -> Response:
    """What the handler answers, or has answered. To be called in the transaction of the change.

    Raises BadKey, MayNoLonger, and KeyReused for another request under the same key.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return handler(request, *args, **kwargs)
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise BadKey
    begun = begin(key_hash=_hash(caller_of(request.seat), key), fingerprint=_fingerprint(request))
    if isinstance(begun, dict):
        return _again(request, begun)
    response: Response = handler(request, *args, **kwargs)
    begun.keep(
        {
            "status": response.status_code,
            "headers": {name: response.headers[name] for name in HEADERS if name in response.headers},
            "body": None if response.data is None else JSONRenderer().render(response.data).decode(),
            "permissions": sorted(request.seat.permissions),
        }
    )
    return response


def _again(request: Request, kept: dict[str, Any]) -> Response:
    if not request.seat.permissions.issuperset(kept["permissions"]):
        raise MayNoLonger
    body = kept["body"] and json.loads(kept["body"])
    return Response(body, status=kept["status"], headers={**kept["headers"], "Idempotency-Replayed": "true"})


def _fingerprint(request: Request) -> str:
    """Of what was asked, not of its bytes: a form's boundary and the order of names are another one each time."""
    data: Any = request.data
    if isinstance(data, QueryDict):
        parts = sorted((name, _content(value)) for name, values in data.lists() for value in values)
    else:
        parts = data
    return _hash(request.method or "", request.get_full_path(), json.dumps(parts, sort_keys=True))


def _content(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = sha256(f"{value.name}\0{value.content_type}\0".encode())
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return digest.hexdigest()


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
