"""What grants and row policies cannot say: of other organisations' rows, the secretariat moves the state alone."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.organisation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.current_organisation() <> OLD.id AND to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for columns of another organisation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER organisation_guard BEFORE UPDATE ON public.organisations_organisation
FOR EACH ROW EXECUTE FUNCTION public.organisation_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_views")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER organisation_guard ON public.organisations_organisation;"
            "DROP FUNCTION public.organisation_guard()",
        ),
    ]
