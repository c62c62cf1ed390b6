"""What ties every organisation's audit together, and the anchors that show when its end was cut off."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# The same words whatever the session's settings are. `halka.audit.chain` builds them again in Python; a column that
# an entry gets later joins them only where it holds something, so that older entries keep their hash.
TEXT = """
CREATE FUNCTION public.audit_text(
    id uuid, at timestamptz, actor_user_id bigint, actor_name text, is_support boolean, action text,
    target_model text, target_id text, about_id uuid, detail jsonb
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CAST(id AS text)
    || ' ' || CAST(CAST(extract(epoch FROM at) * 1000000 AS bigint) AS text)
    || ' ' || coalesce(CAST(actor_user_id AS text), '')
    || ' ' || CAST(is_support AS text)
    || ' ' || coalesce(CAST(about_id AS text), '')
    || ' ' || CAST(octet_length(actor_name) AS text) || ':' || actor_name
    || ' ' || CAST(octet_length(action) AS text) || ':' || action
    || ' ' || CAST(octet_length(target_model) AS text) || ':' || target_model
    || ' ' || CAST(octet_length(target_id) AS text) || ':' || target_id
    || ' ' || CAST(detail AS text)
$$;
"""

# Runs at commit, as the owner: the organisation's role has no right to write a link. The lock is held from here to the
# end of the commit, and nothing else is waited for meanwhile.
CHAIN = """
CREATE FUNCTION public.audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(4862002, CAST(TG_RELID AS integer));
    EXECUTE format(
        'INSERT INTO %1$I.audit_link (number, entry_id, hash)'
        ' SELECT coalesce(last.number, 0) + 1, $1, sha256(coalesce(last.hash, '''') || $2)'
        ' FROM (VALUES (1)) AS one'
        ' LEFT JOIN LATERAL (SELECT number, hash FROM %1$I.audit_link ORDER BY number DESC LIMIT 1) AS last ON true',
        TG_TABLE_SCHEMA
    ) USING NEW.id, convert_to(public.audit_text(
        NEW.id, NEW.at, NEW.actor_user_id, NEW.actor_name, NEW.is_support, NEW.action,
        NEW.target_model, NEW.target_id, NEW.about_id, NEW.detail
    ), 'UTF8');
    RETURN NULL;
END
$$;
"""

# Events of a record's history come from its table's own triggers alone; the owner may move them about.
GUARD = """
CREATE FUNCTION public.history_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)
        <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: history is written by the records themselves';
    END IF;
    RETURN NEW;
END
$$;
"""

# For erasure: removes what the history of a table remembers of some of its rows, in the caller's own schema alone.
# The entry in the audit is part of it.
FORGET = """
CREATE FUNCTION public.forget_history(
    tracked text, rows uuid[], actor_user_id bigint, actor_name text, about_id uuid
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own text;
    removed bigint;
BEGIN
    SELECT schema_name INTO own FROM public.organisations_organisation
    WHERE db_role = coalesce(nullif(current_setting('role'), 'none'), session_user);
    IF own IS NULL OR NOT EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = to_regclass(format('%I.%I', own, tracked || 'event')) AND attname = 'pgh_obj_id'
    ) THEN
        RAISE undefined_table USING MESSAGE = 'no history is kept of ' || tracked;
    END IF;
    EXECUTE format('DELETE FROM %I.%I WHERE pgh_obj_id = ANY ($1)', own, tracked || 'event') USING rows;
    GET DIAGNOSTICS removed = ROW_COUNT;
    EXECUTE format(
        'INSERT INTO %I.audit_entry (id, at, actor_user_id, actor_name, is_support, action, target_model, target_id,'
        ' about_id, detail) VALUES (uuidv7(), clock_timestamp(), $1, $2, false, ''history.erased'', '''', '''', $3, $4)',
        own
    ) USING actor_user_id, actor_name, about_id,
        jsonb_build_object('table', tracked, 'records', cardinality(rows), 'events', removed);
    RETURN removed;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_roles")]

    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(verbose_name="number")),
                ("hash", models.BinaryField(max_length=32, verbose_name="hash")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "anchor of an audit",
                "verbose_name_plural": "anchors of audits",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="audit_anchor_once")
                ],
            },
        ),
        migrations.RunSQL(
            TEXT,
            "DROP FUNCTION public.audit_text"
            "(uuid, timestamptz, bigint, text, boolean, text, text, text, uuid, jsonb)",
        ),
        migrations.RunSQL(CHAIN, "DROP FUNCTION public.audit_chain()"),
        migrations.RunSQL(GUARD, "DROP FUNCTION public.history_guard()"),
        migrations.RunSQL(FORGET, "DROP FUNCTION public.forget_history(text, uuid[], bigint, text, uuid)"),
    ]
