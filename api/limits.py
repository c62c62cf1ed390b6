"""How much a caller may ask for in a minute, told in the headers of every answer.

A caller is one software or one person; all callers of an organisation together have a limit of their own, so that
none of them is left without because of another organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.throttling import BaseThrottle

from halka.authorization.roles import Seat

WINDOW: Final = 60  # seconds
ORGANISATION_TIMES: Final = 5
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Usage:
    """What was used in this window by the one who is nearest to the limit."""

    limit: int
    used: int
    seconds: int  # until the next window

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    def tell(self, response: HttpResponse) -> None:
        """In headers, as the IETF's draft names them."""
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(0, self.limit - self.used))
        response["RateLimit-Reset"] = str(self.seconds)


def use(limits: dict[str, int]) -> Usage:
    """Counts one request for each who, and tells of the one who is nearest to their limit."""
    now = int(timezone.now().timestamp())
    keys = {_key(who, now): limit for who, limit in limits.items()}
    cache: Any = caches["network"]
    counts = cache.count(list(keys), seconds=2 * WINDOW)
    usages = [Usage(limit, used, WINDOW - now % WINDOW) for limit, used in zip(keys.values(), counts, strict=True)]
    return min(usages, key=lambda usage: usage.limit - usage.used)


def _key(who: str, now: int) -> str:
    return f"api-used-{sha256(who.encode()).hexdigest()[:32]}-{now // WINDOW}"


class PerMinute(BaseThrottle):
    """Reads and writes apart. Leaves the usage on the request, for the headers of the answer."""

    def allow_request(self, request: Any, view: Any) -> bool:
        reads = request.method in SAFE_METHODS
        limit = settings.API_READS_PER_MINUTE if reads else settings.API_WRITES_PER_MINUTE
        kind = "reads" if reads else "writes"
        organisation = request.organisation.id
        self.usage = request._request.api_usage = use(
            {
                f"{kind} {organisation} {caller_of(request.seat)}": limit,
                f"{kind} {organisation}": limit * ORGANISATION_TIMES,
            }
        )
        return not self.usage.is_over

    def wait(self) -> float:
        return self.usage.seconds


def caller_of(seat: Seat) -> str:
    """Who calls, in one word."""
    return f"software-{seat.software_id}" if seat.is_software else f"account-{seat.user_id}"
