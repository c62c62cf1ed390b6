"""Django's cache in Valkey, with one client for each thread: making one costs more than asking it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache.backends import redis


class _Client(redis.RedisCacheClient):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if len(self._servers) > 1:  # type: ignore[attr-defined]  # reads are spread over the servers anew each time
            return super().get_client(key, write=write)
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]


class ValkeyCache(redis.RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

    def count(self, keys: Sequence[str], *, seconds: int) -> list[int]:
        """Adds one to each of these counters, in one step, and returns what they stand at; each ends by itself."""
        names = [self.make_and_validate_key(key) for key in keys]
        with self._cache.get_client(write=True).pipeline(transaction=True) as pipeline:
            for name in names:
                pipeline.incr(name)
                pipeline.expire(name, seconds)
            return [int(count) for count in pipeline.execute()[::2]]

    def add_amounts(self, key: str, amounts: Mapping[str, float]) -> None:
        """Adds to the fields of one hash, in one step. It does not end by itself."""
        name = self.make_and_validate_key(key)
        with self._cache.get_client(write=True).pipeline(transaction=True) as pipeline:
            for field, amount in amounts.items():
                pipeline.hincrbyfloat(name, field, amount)
            pipeline.execute()

    def amounts(self, key: str) -> dict[str, float]:
        """The fields of such a hash."""
        found: Any = self._cache.get_client().hgetall(self.make_and_validate_key(key))
        return {field.decode(): float(amount) for field, amount in found.items()}
