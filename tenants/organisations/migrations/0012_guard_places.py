"""Of other organisations' rows the secretariat writes the province and the branch too."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION public.organisation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept CONSTANT text[] := ARRAY['state', 'contact_email', 'province', 'parent_id'];
BEGIN
    IF public.current_organisation() <> OLD.id AND to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for columns of another organisation';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0011_leaving")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
