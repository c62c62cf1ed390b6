"""Which version of the private tables the code expects, and a schema holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings


def fingerprint(migrations: Iterable[tuple[str, str]]) -> str:
    """A short name for a set of applied migrations, (app label, migration name) each."""
    lines = "\n".join(f"{app}.{name}" for app, name in sorted(migrations))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _on_disk(app_names: Iterable[str]) -> str:
    found = []
    for config in apps.get_app_configs():
        if config.name in app_names:
            try:
                package = import_module(f"{config.name}.migrations")
            except ModuleNotFoundError:
                continue
            folder = getattr(package, "__path__", ())  # pgtrigger has a plain module of this name
            found += [(config.label, module.name) for module in iter_modules(folder)]
    return fingerprint(found)


@cache
def expected_version() -> str:
    """The version that an organisation's schema must be on to be served by this code."""
    return _on_disk(settings.TENANT_APPS)


@cache
def expected_shared_version() -> str:
    return _on_disk(settings.SHARED_APPS)


SQL_FOLDER = Path(__file__).resolve().parents[1] / "sql"
