"""What row policies cannot say: an answer, once given, stays, whatever SQL an organisation's role runs."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.envelope_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answered_at IS NOT NULL AND public.current_organisation() IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for an envelope that is answered';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER envelope_guard BEFORE UPDATE ON public.exchange_envelope
FOR EACH ROW EXECUTE FUNCTION public.envelope_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("organisations", "0003_guard_columns")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER envelope_guard ON public.exchange_envelope; DROP FUNCTION public.envelope_guard()",
        ),
    ]
