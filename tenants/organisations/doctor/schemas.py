"""Is each schema there, on the code's version, and complete?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tenants.organisations.doctor.findings import Finding, error, warning
from tenants.organisations.models import Organisation
from tenants.organisations.walls import catalogue
from tenants.organisations.walls.versions import expected_version

MOST: Final = 10  # differences that are named
RESTORE: Final = "Bring it back from a backup: `manage.py restore_organisation` (docs/operating.md)."


class Schemas:
    """What the catalogue says of many organisations' schemas, asked at once. The owner's rights are needed."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        names = [organisation.schema_name for organisation in organisations]
        self._model: dict[catalogue.Part, str] | None = None
        self._digest = ""
        with catalogue.model_schema() as model:
            if model is not None:
                self._model = catalogue.parts(model)
                self._digest = catalogue.digests([model])[model]
        self._digests = catalogue.digests(names)

    @property
    def can_compare(self) -> bool:
        return self._model is not None

    def check(self, organisation: Organisation) -> Iterator[Finding]:
        name = organisation.schema_name
        if name not in self._digests:
            yield error(f"The schema {name} is missing.", RESTORE)
        elif organisation.schema_version != expected_version():
            yield error(
                "Its schema is on another version than the code: it answers 503.",
                "Run `manage.py prepare_database`, which says why it fails.",
            )
        elif self._model is not None and self._digests[name] != self._digest:
            yield from self._differences(name)

    def _differences(self, schema: str) -> Iterator[Finding]:
        assert self._model is not None
        own = catalogue.parts(schema)
        missing = sorted(self._model.keys() - own.keys())
        if missing:
            yield error(f"Missing in its schema: {_list(missing)}.", RESTORE)
        changed = sorted(part for part in self._model.keys() & own.keys() if self._model[part] != own[part])
        if changed:
            yield error(f"Changed in its schema: {_list(changed)}.", RESTORE)
        foreign = sorted(own.keys() - self._model.keys())
        if foreign:
            yield warning(
                f"In its schema, and of no version of the code: {_list(foreign)}.",
                "Find out who made it, and remove it as the owner of the database.",
            )


def _list(parts: Sequence[catalogue.Part]) -> str:
    words = [f"{kind} {name}" for kind, name in parts[:MOST]]
    if len(parts) > MOST:
        words.append(f"and {len(parts) - MOST} more")
    return ", ".join(words)
