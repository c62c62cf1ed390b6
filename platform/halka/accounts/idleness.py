"""When a session was last used. Kept in the cache, at a coarse grain: most requests read it and few write."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import caches

SIGNED_IN_AT: Final = "signed_in_at"  # in the session: lets a fresh one begin


def limit() -> int:
    """Seconds without a request after which a session ends."""
    return settings.IDLE_MINUTES * 60


def _grain() -> int:
    """Seconds within which a second use is not written down."""
    return min(30, limit() // 10)


def _key(session_key: str) -> str:
    return f"seen-{session_key}"


def last_seen(session_key: str) -> float | None:
    """Seconds since the epoch, None for a session that is idle or unknown."""
    return caches["network"].get(_key(session_key))


def _last_use(session: SessionBase) -> float:
    """0 where nothing is known: a cache that was emptied ends old sessions and keeps fresh ones."""
    return last_seen(session.session_key or "") or float(session.get(SIGNED_IN_AT, 0))


def seconds_left(session: SessionBase) -> int:
    return max(0, int(_last_use(session) + limit() - time.time()))


def is_idle(session: SessionBase) -> bool:
    return seconds_left(session) == 0


def note_use(session: SessionBase) -> None:
    """To be called for a session that is not idle."""
    seen, now = last_seen(session.session_key or ""), time.time()
    if seen is None or now - seen > _grain():
        caches["network"].set(_key(session.session_key or ""), now, limit())


def begin(session: SessionBase) -> None:
    session[SIGNED_IN_AT] = time.time()


def on_signed_in(*, request: Any, **_: Any) -> None:
    """Receiver of Django's user_logged_in."""
    if request is not None and hasattr(request, "session"):
        begin(request.session)
