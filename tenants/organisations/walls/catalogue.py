"""What a schema consists of, as lines that are the same for two schemas made alike, whatever their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

from tenants.organisations.walls import scripts
from tenants.organisations.walls.versions import expected_version

MODEL: Final = "halka_model_schema"  # made and taken back inside of one transaction


def _alike(definition: str) -> str:
    """SQL: lists of words as migrations leave them read otherwise than as a dump of them does (scripts.clean)."""
    for pattern, instead in (
        (r"::(character varying|text)(\[\])?", ""),
        (r"\((''[^'']*'')\)", r"\1"),
        (r"\(+ARRAY\[", "ARRAY["),
        (r"\]\)+", "]"),
    ):
        definition = f"regexp_replace({definition}, '{pattern}', '{instead}', 'g')"
    return definition


# Kind, name and definition of everything that migrations make. The schema's own name is taken out of definitions.
# What lies in a schema is asked of pg_depend, which has an index for that: pg_class would be read whole.
LINES: Final = f"""
WITH space AS MATERIALIZED (
    SELECT oid, nspname, quote_ident(nspname) AS quoted FROM pg_namespace WHERE nspname = ANY(%s)
), belonging AS MATERIALIZED (
    SELECT space.nspname, space.quoted, held.classid, held.objid
    FROM space JOIN pg_depend AS held ON held.refclassid = 'pg_namespace'::regclass AND held.refobjid = space.oid
), relation AS MATERIALIZED (
    SELECT nspname, quoted, class.oid, class.relname, class.relkind
    FROM belonging JOIN pg_class AS class ON class.oid = objid WHERE classid = 'pg_class'::regclass
    UNION ALL
    SELECT nspname, quoted, class.oid, class.relname, class.relkind
    FROM belonging JOIN pg_index AS held ON held.indrelid = objid JOIN pg_class AS class ON class.oid = held.indexrelid
    WHERE classid = 'pg_class'::regclass
), line AS (
    SELECT nspname, CASE relkind WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind,
        relname::text AS name, relkind::text AS definition
    FROM relation WHERE relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
    UNION ALL
    SELECT nspname, 'column', relname || '.' || attribute.attname, concat_ws(
        ' ', format_type(attribute.atttypid, attribute.atttypmod),
        CASE WHEN attribute.attnotnull THEN 'NOT NULL' END,
        NULLIF(attribute.attidentity::text, ''), NULLIF(attribute.attgenerated::text, ''),
        (SELECT 'COLLATE ' || collname FROM pg_collation
         WHERE pg_collation.oid = attribute.attcollation AND collname <> 'default'),
        (SELECT 'DEFAULT ' || replace(pg_get_expr(adbin, adrelid), quoted || '.', '') FROM pg_attrdef
         WHERE adrelid = attribute.attrelid AND adnum = attribute.attnum)
    )
    FROM relation JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND attribute.attnum > 0 AND NOT attribute.attisdropped
    UNION ALL
    SELECT nspname, 'index', relname::text, {_alike("replace(pg_get_indexdef(oid), ' ON ' || quoted || '.', ' ON ')")}
    FROM relation WHERE relkind IN ('i', 'I')
    UNION ALL
    SELECT nspname, 'constraint', relname || '.' || conname,
        {_alike("replace(pg_get_constraintdef(held.oid), ' REFERENCES ' || quoted || '.', ' REFERENCES ')")}
    FROM relation JOIN pg_constraint AS held ON held.conrelid = relation.oid WHERE held.contype <> 'n'
    UNION ALL
    SELECT nspname, 'trigger', relname || '.' || tgname, tgenabled::text || ' ' || replace(
        replace(pg_get_triggerdef(held.oid), ' ON ' || quoted || '.', ' ON '),
        ' FUNCTION ' || quoted || '.', ' FUNCTION '
    )
    FROM relation JOIN pg_trigger AS held ON held.tgrelid = relation.oid WHERE NOT held.tgisinternal
    UNION ALL
    SELECT nspname, 'function', proname || '(' || pg_get_function_arguments(held.oid) || ')',
        md5(prosrc) || CASE WHEN prosecdef THEN ' SECURITY DEFINER' ELSE '' END
    FROM belonging JOIN pg_proc AS held ON held.oid = objid WHERE classid = 'pg_proc'::regclass
)
"""
DIGESTS: Final = f"""
{LINES} SELECT nspname::text, md5(string_agg(concat_ws(' ', kind, name, definition), chr(10)
ORDER BY kind, name COLLATE "C", definition COLLATE "C")) FROM line GROUP BY nspname
"""
PARTS: Final = f"{LINES} SELECT kind, name, definition FROM line"

Part = tuple[str, str]


def digests(schemas: Sequence[str]) -> dict[str, str]:
    """One word for all that each schema consists of; a schema that is missing or empty has none."""
    with connection.cursor() as cursor:
        cursor.execute(DIGESTS, [list(schemas)])
        return dict(cursor.fetchall())


def parts(schema: str) -> dict[Part, str]:
    """Definitions by kind and name."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [[schema]])
        return {(kind, name): definition for kind, name, definition in cursor.fetchall()}


@contextmanager
def model_schema() -> Iterator[str | None]:
    """A schema as a new organisation gets it, gone at the end; None where the prepared script is not the code's.

    The owner's rights are needed.
    """
    if scripts.script_version(scripts.PRIVATE) != expected_version():
        yield None
        return
    with transaction.atomic():
        scripts.create_private_schema(MODEL)
        yield MODEL
        transaction.set_rollback(True)
