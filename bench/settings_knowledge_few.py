"""Halka as in production, in a database for one size of the knowledge base."""

from bench.settings_ours import *  # noqa: F403
from bench.settings_ours import CACHES, DATABASES
from halka.settings.environment import ROOT

DATABASES["default"]["NAME"] = DATABASES["default"]["NAME"].removesuffix("_bench") + "_knowledge_few"
KEYRING_ROOT = ROOT / "var" / "bench-knowledge_few-keys"
for _cache in CACHES.values():
    _cache["KEY_PREFIX"] = "bench-knowledge-few"
