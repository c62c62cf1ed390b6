"""What the networks of the bench of referrals have in common."""

from typing import Any

from bench.settings_ours import *  # noqa: F403
from bench.settings_ours import BROKER_URL, CACHES, CELERY, DATABASES
from halka.settings.environment import ROOT

API_WRITES_PER_MINUTE = API_READS_PER_MINUTE = API_TOKENS_PER_MINUTE = 10**9  # counted, and never reached


def in_network(name: str) -> dict[str, Any]:
    """A database, keys, a cache and queues of its own. E-mails to people stay in theirs: nobody writes them by hand
    either."""
    database = {**DATABASES["default"], "NAME": DATABASES["default"]["NAME"].removesuffix("_bench") + f"_{name}"}
    return {
        "DATABASES": {"default": database},
        "KEYRING_ROOT": ROOT / "var" / f"bench-{name}-keys",
        "CACHES": {alias: {**cache, "KEY_PREFIX": f"bench-{name}"} for alias, cache in CACHES.items()},
        "CELERY": {
            **CELERY,
            "broker_url": BROKER_URL,
            "task_default_queue": f"bench-{name}",
            "task_routes": {"*.send_*": {"queue": f"bench-{name}-mail"}},
        },
    }
