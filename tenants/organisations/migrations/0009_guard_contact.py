"""Of other organisations' rows the secretariat writes the contact address too."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION public.organisation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.current_organisation() <> OLD.id
            AND to_jsonb(NEW) - 'state' - 'contact_email' <> to_jsonb(OLD) - 'state' - 'contact_email' THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for columns of another organisation';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_contact_email")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
