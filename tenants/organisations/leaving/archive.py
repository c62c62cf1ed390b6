"""A takeout as one ZIP file, put together while it is downloaded: memory and disk stay as they are.

Its description follows the Data Package standard (https://specs.frictionlessdata.io): `datapackage.json` names every
file, what its columns are, how tables refer to each other. `SHA256SUMS` is what `sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation

from halka.common.current import required_organisation
from halka.common.privacy import classification
from halka.common.sealing import files
from halka.common.sealing.fields import SealedJSONField
from tenants.organisations.leaving import tables
from tenants.organisations.leaving.making import COLUMN
from tenants.organisations.leaving.tables import Table
from tenants.organisations.models import Organisation, Takeout
from tenants.organisations.walls.versions import expected_version

FORMAT: Final = 1
DESCRIPTION, SUMS, README, FILES, OTHERS = "datapackage.json", "SHA256SUMS", "README.txt", "files.jsonl", "others.jsonl"
TYPES: Final = {
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "datetime",
    "TimeField": "time",
    "DecimalField": "number",
    "FloatField": "number",
    "JSONField": "any",
}


class Stream:
    """What the ZIP is written to: a file that cannot go back, emptied by whoever sends it on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._size += len(data)
        return len(data)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass

    def taken(self) -> list[bytes]:
        taken, self._parts = self._parts, []
        return taken


def archive(takeout: Takeout) -> Iterator[bytes]:
    """The ZIP, part by part. Raises FileNotFoundError, SealBroken."""
    stream = Stream()
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        for name, content in _entries(takeout, sums):
            digest = hashlib.sha256()
            with packed.open(zipfile.ZipInfo(name, _date(takeout)), "w", force_zip64=True) as target:
                for part in content:
                    digest.update(part)
                    target.write(part)
                    yield from stream.taken()
            sums.append((name, digest.hexdigest()))
    yield from stream.taken()


def fingerprint(takeout: Takeout) -> str:
    """The same for as long as `archive` gives the same bytes: names of organisations, files and what o'clock it was may
    change meanwhile."""
    digest = hashlib.sha256(f"{FORMAT} {zlib.ZLIB_RUNTIME_VERSION} {takeout.pk} {_date(takeout)}".encode())
    digest.update(_readme(takeout))
    digest.update(_described(takeout))
    for content in _others(takeout):
        digest.update(content)
    for name in [part["file"] for part in takeout.parts] + [name for name, _place in _own_files()]:
        digest.update(name.encode())
    return digest.hexdigest()[:32]


def size_of(takeout: Takeout) -> int:
    """In bytes: it is put together for that, and thrown away. Raises FileNotFoundError, SealBroken."""
    return sum(len(part) for part in archive(takeout))


def file_name(takeout: Takeout) -> str:
    return f"{required_organisation().short_name}-{timezone.localtime(takeout.ready_at):%Y-%m-%d}.zip"


def _date(takeout: Takeout) -> tuple[int, int, int, int, int, int]:
    made = timezone.localtime(takeout.ready_at, ZoneInfo(required_organisation().time_zone))
    return made.year, made.month, made.day, made.hour, made.minute, made.second


def _entries(takeout: Takeout, sums: list[tuple[str, str]]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Names and contents. `sums` fills up with what was written before."""
    yield README, [_readme(takeout)]
    for part in takeout.parts:
        yield path_of(part), files.read(row=takeout, column=COLUMN, name=part["file"])
    yield OTHERS, _others(takeout)
    listed: list[dict[str, Any]] = []
    for number, (name, place) in enumerate(_own_files(), start=1):
        path = f"files/{number:06}"
        try:
            content = files.read_at(place=place, name=name)
        except FileNotFoundError:  # removed since it was found
            continue
        listed.append({"path": path, "name": name, "table": place[0], "column": place[1], "row": place[2]})
        yield path, content
    yield FILES, [json.dumps(line).encode() + b"\n" for line in listed]
    yield DESCRIPTION, [_described(takeout)]
    yield SUMS, [f"{digest}  {name}\n".encode() for name, digest in sums]


def _described(takeout: Takeout) -> bytes:
    """In the organisation's language, whoever downloads it."""
    with translation.override(required_organisation().language):
        return json.dumps(describe(takeout), indent=1, ensure_ascii=False).encode()


def _own_files() -> Iterator[tuple[str, tuple[str, str, str]]]:
    for name, place in files.stored(before=float("inf")):
        if place[0] != Takeout._meta.db_table:
            yield name, place


def _others(takeout: Takeout) -> Iterator[bytes]:
    """The organisations that shared rows name, as far as everybody knows them."""
    named: set[UUID] = set()
    for table in tables.shared_tables():
        columns = [f.name for f in table.model._meta.concrete_fields if f.related_model is Organisation]
        for part in takeout.parts if columns else ():
            if part["table"] == table.name:
                for line in _lines(files.read(row=takeout, column=COLUMN, name=part["file"])):
                    row = json.loads(line)
                    named |= {UUID(row[f"{column}_id"]) for column in columns if row.get(f"{column}_id")}
    named.discard(required_organisation().id)
    for other in Organisation.objects.filter(pk__in=named).order_by("schema_name"):
        row = {"id": str(other.pk), "short_name": other.schema_name, "names": other.names, "kind": other.kind}
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        yield from whole


def path_of(part: dict[str, Any]) -> str:
    return f"{tables.table_named(part['table'])}-{part['number']:04}.jsonl"


def _readme(takeout: Takeout) -> bytes:
    organisation = required_organisation()
    with translation.override(organisation.language):
        context = {"organisation": organisation.name(organisation.language), "takeout": takeout}
        return render_to_string("organisations/leaving/readme.txt", context).encode()


# --- the description ----------------------------------------------------------------------------------
def describe(takeout: Takeout) -> dict[str, Any]:
    """A Data Package; what is ours alone stands under `halka`."""
    organisation = required_organisation()
    resources = []
    for table in (*tables.private_tables(), *tables.shared_tables()):
        parts = [part for part in takeout.parts if part["table"] == table.name]
        resources.append(
            {
                "name": str(table).replace("/", "-"),
                "title": str(table.model._meta.verbose_name_plural),
                "path": [path_of(part) for part in parts],
                "format": "jsonl",
                "mediatype": "application/x-ndjson",
                "encoding": "utf-8",
                "schema": schema_of(table),
                "halka:rows": sum(part["rows"] for part in parts),
                "halka:loads": table.loads,
            }
        )
    return {
        "name": organisation.short_name,
        "title": organisation.name(organisation.language),
        "created": takeout.ready_at.isoformat() if takeout.ready_at else "",
        "resources": resources,
        "halka": {
            "format": FORMAT,
            "organisation": str(organisation.id),
            "short_name": organisation.short_name,
            "schema_version": expected_version(),
        },
    }


def schema_of(table: Table) -> dict[str, Any]:
    """Columns with their types, what they are called and what they say about people; keys and references."""
    wanted = {*table.columns, *(column.field.column for column in table.sealed)}
    kinds = classification(table.model) if hasattr(table.model, "Privacy") else {}
    fields, references = [], []
    for field in table.model._meta.local_concrete_fields:
        if field.column not in wanted:
            continue
        described: dict[str, Any] = {"name": field.column, "title": str(field.verbose_name), "type": _type_of(field)}
        if field.name in kinds:
            described["halka:privacy"] = str(kinds[field.name])
        if not field.null:
            described["constraints"] = {"required": True}
        fields.append(described)
        if field.related_model is not None:
            target: Any = field.related_model
            references.append(
                {
                    "fields": field.column,
                    "reference": {"resource": target._meta.db_table, "fields": target._meta.pk.column},
                }
            )
    return {"fields": fields, "primaryKey": table.key, "foreignKeys": references}


def _type_of(field: models.Field) -> str:
    if isinstance(field, SealedJSONField):
        return "any"
    if isinstance(field, models.ForeignKey):
        return _type_of(field.target_field)
    for name, kind in TYPES.items():
        if name in {base.__name__ for base in type(field).__mro__}:
            return kind
    return "integer" if isinstance(field, models.IntegerField) else "string"
