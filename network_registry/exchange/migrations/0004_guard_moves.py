"""What row policies cannot say: which side moves an envelope from where to where, whatever SQL its role runs.

`envelope_edges` repeats enums.TRANSITIONS; a test compares the two.
"""

from django.db import migrations

EDGES = """
draft sent sender, draft held sender,
held sent secretariat, held rejected secretariat, held recalled sender, held withdrawn sender,
sent opened target, sent expired system, sent recalled sender, sent withdrawn sender, sent withdrawn target,
opened info_requested target, opened waitlisted target, opened accepted target, opened declined target,
opened expired system, opened recalled sender, opened withdrawn sender, opened withdrawn target,
info_requested opened sender, info_requested expired system, info_requested recalled sender,
info_requested withdrawn sender, info_requested withdrawn target,
waitlisted accepted target, waitlisted declined target, waitlisted recalled sender, waitlisted withdrawn sender,
waitlisted withdrawn target,
accepted started target, accepted not_started target, accepted recalled sender, accepted withdrawn sender,
accepted withdrawn target,
declined redirected sender, declined withdrawn sender, declined withdrawn target,
expired redirected sender, expired withdrawn sender, expired withdrawn target,
redirected withdrawn sender, redirected withdrawn target,
started completed target, started disengaged target, started withdrawn sender, started withdrawn target,
not_started closed sender, not_started closed system, not_started withdrawn sender, not_started withdrawn target,
completed closed sender, completed closed system, completed withdrawn sender, completed withdrawn target,
disengaged closed sender, disengaged closed system, disengaged withdrawn sender, disengaged withdrawn target,
closed reopened sender, closed reopened target, closed withdrawn sender, closed withdrawn target,
reopened started target, reopened not_started target, reopened completed target, reopened disengaged target,
reopened withdrawn sender, reopened withdrawn target
"""
ROWS = ", ".join("('{}', '{}', '{}')".format(*edge.split()) for edge in EDGES.split(","))

GUARD = f"""
DROP TRIGGER envelope_guard ON public.exchange_envelope;
CREATE FUNCTION public.envelope_edges() RETURNS TABLE (before text, after text, side text) IMMUTABLE LANGUAGE sql AS $$
    VALUES {ROWS}
$$;
CREATE OR REPLACE FUNCTION public.envelope_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here uuid := public.current_organisation();
    acting text;
BEGIN
    IF here IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: only a draft is removed';
        END IF;
        RETURN OLD;
    END IF;
    acting := CASE here WHEN OLD.sender_id THEN 'sender' WHEN OLD.target_id THEN 'target' ELSE 'secretariat' END;
    IF OLD.state <> 'draft' AND (OLD.target_id, OLD.service, OLD.offer)
            IS DISTINCT FROM (NEW.target_id, NEW.service, NEW.offer) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: only a draft is changed';
    END IF;
    IF OLD.state = NEW.state THEN
        IF OLD.state <> 'draft' AND (
            acting <> 'target' OR OLD.state NOT IN ('recalled', 'withdrawn') OR OLD.remains = 'erased'
            OR NEW.remains NOT IN ('restricted', 'erased')
        ) THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: the envelope does not move';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM public.envelope_edges() AS edge
        WHERE edge.before = OLD.state AND edge.after = NEW.state AND edge.side = acting
    ) OR NEW.remains NOT IN ('', 'waiting') THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for this move of an envelope';
    END IF;
    IF (OLD.held_at IS NOT NULL AND NEW.held_at IS DISTINCT FROM OLD.held_at)
        OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
        OR (OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL AND NEW.state <> 'sent')
        OR (OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at)
        OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at)
        OR (OLD.started_at IS NOT NULL AND NEW.started_at IS DISTINCT FROM OLD.started_at)
        OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
        OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: what was written down stays';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER envelope_guard BEFORE UPDATE OR DELETE ON public.exchange_envelope
FOR EACH ROW EXECUTE FUNCTION public.envelope_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_whole_machine")]

    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
