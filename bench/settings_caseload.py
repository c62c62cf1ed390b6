"""Halka as in production, in a database that is filled once and kept: a million rows are not made every time."""

from bench.settings_ours import *  # noqa: F403
from bench.settings_ours import CACHES, DATABASES
from halka.settings.environment import ROOT

DATABASES["default"]["NAME"] = DATABASES["default"]["NAME"].removesuffix("_bench") + "_caseloadbench"
KEYRING_ROOT = ROOT / "var" / "caseload-bench-keys"
MEDIA_ROOT = ROOT / "var" / "caseload-bench-files"
for _cache in CACHES.values():
    _cache["KEY_PREFIX"] = "bench-caseload"
