"""What docs/generated holds, as texts made from the code's own tables. A test compares the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation

from api.hsds import description as hsds
from api.open import description as open_knowledge
from halka.authorization.roles import DEMANDING_ROLES, ROLES, SCOPES, SUPPORT_PERMISSIONS, Permission
from halka.settings.environment import VARIABLES
from network_registry.exchange import enums as exchange
from tenants.organisations import enums as organisations

FOLDER = Path(settings.ROOT) / "docs" / "generated"
CLASSES = {
    "identity": "says who the person is",
    "contact": "reaches the person",
    "sensitive": "about the person's situation; what people wrote freely",
    "staff": "about the organisation's own people",
    "plain": "about nobody",
}


def environment() -> str:
    rows = [
        (f"`{variable.name}`", variable.meaning, _default(variable.default), "yes" if variable.secret else "")
        for variable in VARIABLES.values()
    ]
    return _page(
        "Environment",
        "Every variable that Halka reads. In development a missing `DATABASE_URL` or `BROKER_URL` comes from the "
        "embedded servers.",
        _table(("variable", "meaning", "default", "secret"), rows),
    )


def _default(value: str | None) -> str:
    return "must be set" if value is None else f"`{value}`" if value else "empty"


def roles() -> str:
    described = [
        (f"**{role.label}**", "network" if row.network else "organisation", str(row.description),
         "always" if role in DEMANDING_ROLES else "when the organisation demands it")
        for role, row in ROLES.items()
    ]  # fmt: skip
    allowed = [
        (str(permission.label), *("x" if permission in row.permissions else "" for row in ROLES.values()),
         "x" if permission in SUPPORT_PERMISSIONS else "")
        for permission in Permission
    ]  # fmt: skip
    scopes = [
        (f"`{scope}`", str(scope.label), ", ".join(sorted(f"`{permission}`" for permission in permissions)))
        for scope, permissions in SCOPES.items()
    ]
    heads = ("may", *(str(role.label) for role in ROLES), "Network support, let in")
    return _page(
        "Roles and permissions",
        "A membership gives one role in one organisation. Network roles belong to the secretariat and the branches. "
        "What is said of second factors holds outside of the demo.",
        _table(("role", "of", "for", "second factor"), described),
        _table(heads, allowed),
        "## Software\n\nA manager ticks what the organisation's own software may do through the API.\n\n"
        + _table(("scope", "in words", "permissions"), scopes),
    )


def referral() -> str:
    edges = [
        (start, end, ", ".join(str(side.label) for side in exchange.Side if side in sides))
        for start, ends in exchange.TRANSITIONS.items()
        for end, sides in ends.items()
    ]
    reasons = [
        (str(state.label), "; ".join(str(word) for word in words.labels)) for state, words in exchange.REASONS.items()
    ]
    return _page(
        "States of a referral",
        "On the envelope, seen by both sides. A referral begins as a draft, which nobody but the sender sees.",
        _diagram(exchange.State.DRAFT, edges, exchange.TRANSITIONS),
        _table(("from", "to", "moved by"), [(str(start.label), str(end.label), side) for start, end, side in edges]),
        _table(("moving to", "says one of"), reasons),
        _table(("by itself", "after days"), [(str(what.label), str(days)) for what, days in exchange.DAYS.items()]),
    )


def organisation() -> str:
    ordered = {start: [end for end in organisations.State if end in ends]
               for start, ends in organisations.TRANSITIONS.items()}  # fmt: skip
    edges = [(start, end, "") for start, ends in ordered.items() for end in ends]
    return _page(
        "States of an organisation",
        "The secretariat moves it. A suspended organisation can be read and changes nothing; a closed one is not "
        "served.",
        _diagram(None, edges, ordered),
        _table(("from", "to"), [(str(start.label), str(end.label)) for start, end, _nobody in edges]),
    )


def privacy() -> str:
    parts = [
        _table(("class", "what it holds"), list(CLASSES.items())),
    ]
    for model in _private_models():
        classified = dict(vars(model.Privacy))  # type: ignore[attr-defined]
        rows = [
            (name, ", ".join(f"`{field}`" for field in sorted(classified[name])))
            for name in CLASSES
            if classified.get(name)
        ]
        parts.append(f"## {model._meta.label}\n\n" + _table(("class", "fields"), rows))
    return _page(
        "Personal data",
        "Every field of every private table, by the class that export, erasure, redaction and disclosure read.",
        *parts,
    )


def _private_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name in settings.PRIVATE_APPS:
            yield from sorted(config.get_models(), key=lambda model: model.__name__)


def _diagram(first: Any, edges: Iterable[tuple[Any, Any, str]], transitions: dict[Any, Any]) -> str:
    lines = [f"    [*] --> {first.value}"] if first else []
    lines += [f"    {start.value} --> {end.value}" + (f" : {label}" if label else "") for start, end, label in edges]
    lines += [f"    {state.value} --> [*]" for state, ends in transitions.items() if not ends]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(title: str, lead: str, *parts: str) -> str:
    note = "<!-- Written by `manage.py write_docs`. Change the code, not this. -->"
    return "\n\n".join([f"# {title}", note, lead, *parts]) + "\n"


DOCUMENTS: dict[str, Callable[[], str]] = {
    "environment.md": environment,
    "roles.md": roles,
    "referral.md": referral,
    "organisation.md": organisation,
    "privacy.md": privacy,
    "hsds.json": hsds.as_text,
    "open.json": open_knowledge.as_text,
}


def text_of(name: str) -> str:
    """The document in English, whoever asks."""
    with translation.override("en"):
        return DOCUMENTS[name]()
