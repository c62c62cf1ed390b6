"""What a move leaves behind, besides the state: moments, deadlines, the event. Whatever SQL an organisation's role
runs, they are what the verbs would have written; `envelope_moved` repeats domain.clock and enums.DAYS, and tests walk every edge.
"""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION public.envelope_side(here uuid, sender_id uuid, target_id uuid) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE here WHEN sender_id THEN 'sender' WHEN target_id THEN 'target' ELSE 'secretariat' END
$$;
CREATE FUNCTION public.envelope_days(one uuid, other uuid) RETURNS jsonb STABLE LANGUAGE sql AS $$
    SELECT jsonb_build_object(
        'first_reminder', least(3, min(first_reminder)), 'second_reminder', least(10, min(second_reminder)),
        'escalation', least(20, min(escalation)), 'expiry', least(30, min(expiry)), 'closing', least(14, min(closing))
    ) FROM public.exchange_deadlines WHERE organisation_id IN (one, other)
$$;
CREATE FUNCTION public.envelope_moved(was public.exchange_envelope, new public.exchange_envelope)
RETURNS public.exchange_envelope STABLE LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    want public.exchange_envelope := was;
BEGIN
    want.state := new.state;
    want.reason := new.reason;
    want.version := was.version + 1;
    want.moved_at := greatest(new.moved_at, was.moved_at);
    want.held_at := CASE new.state WHEN 'held' THEN coalesce(was.held_at, new.moved_at) ELSE was.held_at END;
    want.sent_at := CASE new.state WHEN 'sent' THEN coalesce(was.sent_at, new.moved_at) ELSE was.sent_at END;
    want.opened_at := CASE new.state WHEN 'opened' THEN coalesce(was.opened_at, new.moved_at) ELSE was.opened_at END;
    want.started_at :=
        CASE new.state WHEN 'started' THEN coalesce(was.started_at, new.moved_at) ELSE was.started_at END;
    want.closed_at := CASE new.state WHEN 'closed' THEN coalesce(was.closed_at, new.moved_at) ELSE was.closed_at END;
    IF new.state IN ('accepted', 'declined', 'waitlisted') THEN
        want.answered_at := coalesce(was.answered_at, new.moved_at);
    END IF;
    IF new.state = 'sent' THEN
        want.days := public.envelope_days(was.sender_id, was.target_id);
    END IF;
    want.waited := was.waited + coalesce(new.moved_at - was.clock_since, interval '0');
    want.clock_since := NULL;
    want.due := '';
    want.due_at := NULL;
    IF new.state IN ('sent', 'opened') THEN
        want.clock_since := new.moved_at;
        want.due := CASE was.passed WHEN '' THEN 'first_reminder' WHEN 'first_reminder' THEN 'second_reminder'
            WHEN 'second_reminder' THEN 'escalation' ELSE 'expiry' END;
        want.due_at := new.moved_at - want.waited + interval '1 day' * (want.days ->> want.due)::int;
    ELSIF new.state = 'info_requested' THEN
        want.due := 'expiry';
        want.due_at := new.moved_at + interval '1 day' * (want.days ->> 'expiry')::int;
    ELSIF new.state IN ('not_started', 'completed', 'disengaged') THEN
        want.result := new.state;
        want.ended_at := coalesce(was.ended_at, new.moved_at);
        want.due := 'closing';
        want.due_at := new.moved_at + interval '1 day' * (want.days ->> 'closing')::int;
    ELSIF new.state IN ('recalled', 'withdrawn') THEN
        want.remains := CASE WHEN was.sent_at IS NULL THEN '' ELSE 'waiting' END;
        want.due := 'settling';
        want.due_at := new.moved_at + interval '7 days';
    END IF;
    RETURN want;
END
$$;
CREATE OR REPLACE FUNCTION public.envelope_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here uuid := public.current_organisation();
    acting text;
    want public.exchange_envelope;
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
    IF TG_OP = 'INSERT' THEN
        IF (NEW.reason, NEW.result, NEW.remains, NEW.passed, NEW.due, NEW.days, NEW.waited, NEW.version)
                IS DISTINCT FROM ('', '', '', '', '', jsonb '{}', interval '0', 1)
            OR num_nonnulls(NEW.held_at, NEW.sent_at, NEW.opened_at, NEW.answered_at, NEW.started_at, NEW.ended_at,
                NEW.closed_at, NEW.clock_since, NEW.due_at) > 0 THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: a new envelope has no history';
        END IF;
        RETURN NEW;
    END IF;
    acting := public.envelope_side(here, OLD.sender_id, OLD.target_id);
    IF OLD.state <> NEW.state THEN
        IF NOT EXISTS (
            SELECT 1 FROM public.envelope_edges() AS edge
            WHERE edge.before = OLD.state AND edge.after = NEW.state AND edge.side = acting
        ) THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied for this move of an envelope';
        END IF;
        want := public.envelope_moved(OLD, NEW);
    ELSE
        want := OLD;
        IF OLD.state = 'draft' THEN
            want.version := OLD.version + 1;
            want.target_id := NEW.target_id;
            want.service := NEW.service;
            want.offer := NEW.offer;
        ELSIF acting = 'target' AND OLD.state IN ('recalled', 'withdrawn')
                AND (OLD.remains, NEW.remains) IN
                    (('waiting', 'restricted'), ('waiting', 'erased'), ('restricted', 'erased')) THEN
            want.version := OLD.version + 1;
            want.remains := NEW.remains;
        END IF;
    END IF;
    IF want IS DISTINCT FROM NEW THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: an envelope is written by its moves alone';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER envelope_guard ON public.exchange_envelope;
CREATE TRIGGER envelope_guard BEFORE INSERT OR UPDATE OR DELETE ON public.exchange_envelope
FOR EACH ROW EXECUTE FUNCTION public.envelope_guard();

CREATE FUNCTION public.envelope_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here uuid := public.current_organisation();
    own public.exchange_envelope;
    is_true boolean;
BEGIN
    IF here IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO own FROM public.exchange_envelope WHERE id = NEW.envelope_id;
    IF NEW.type = own.state THEN
        is_true := own.remains IN ('', 'waiting') AND (NEW.at, NEW.reason) = (own.moved_at, own.reason)
            AND EXISTS (
                SELECT 1 FROM public.envelope_edges() AS edge
                WHERE edge.after = own.state AND edge.side = public.envelope_side(here, own.sender_id, own.target_id)
            );
    ELSIF NEW.type = 'settled' THEN
        is_true := own.target_id = here AND own.remains IN ('restricted', 'erased') AND NEW.reason = '';
    ELSE
        is_true := NEW.type IN ('message', 'document') AND NEW.reason = '';
        IF is_true AND NEW.version = own.version THEN
            RETURN NEW;
        END IF;
    END IF;
    IF is_true AND NEW.version = own.version AND NOT EXISTS (
        SELECT 1 FROM public.exchange_envelopeevent AS event
        WHERE event.envelope_id = own.id AND event.version = own.version AND event.type = NEW.type
    ) THEN
        RETURN NEW;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'permission denied for this event of an envelope';
END
$$;
CREATE TRIGGER envelope_event_guard BEFORE INSERT ON public.exchange_envelopeevent
FOR EACH ROW EXECUTE FUNCTION public.envelope_event_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_guard_moves")]

    operations = [
        migrations.AddField("envelopeevent", "version", models.PositiveIntegerField(default=1)),
        migrations.AlterField(
            model_name='envelope',
            name='due',
            field=models.CharField(blank=True, choices=[('first_reminder', 'First reminder'), ('second_reminder', 'Second reminder'), ('escalation', 'Told to managers'), ('expiry', 'Expires'), ('closing', 'Closed by itself'), ('settling', 'Asked again what became of the copy')], max_length=16),
        ),
        migrations.AlterField(
            model_name='envelope',
            name='passed',
            field=models.CharField(blank=True, choices=[('first_reminder', 'First reminder'), ('second_reminder', 'Second reminder'), ('escalation', 'Told to managers'), ('expiry', 'Expires'), ('closing', 'Closed by itself'), ('settling', 'Asked again what became of the copy')], max_length=16),
        ),
        migrations.AlterField(
            model_name='outboxitem',
            name='freight',
            field=models.CharField(choices=[('preview', 'Preview'), ('disclosure', 'Disclosure'), ('step', 'Step'), ('message', 'Message'), ('read', 'Messages were read'), ('document', 'Document'), ('link', 'A link was sent to whoever answers without an account'), ('link_asked', 'Another link is asked for')], max_length=12),
        ),
        migrations.RemoveConstraint("envelope", "envelope_reason"),
        migrations.AddConstraint(
            "envelope",
            models.CheckConstraint(
                condition=models.Q(state="rejected", reason__in=["not_ready", "wrong_recipient", "double"])
                | models.Q(
                    state="declined",
                    reason__in=["no_place", "not_our_service", "outside_area", "not_eligible", "known_here",
                                "client_declined", "client_unreachable"],
                )
                | models.Q(
                    state="recalled", reason__in=["person_changed", "helped_elsewhere", "mistake", "too_long"]
                )
                | models.Q(state="not_started", reason__in=["unreachable", "no_show", "withdrew"])
                | models.Q(
                    state="completed",
                    reason__in=["job", "self_employed", "practice", "education", "service_given", "small_steps",
                                "no_change"],
                )
                | models.Q(state="disengaged", reason__in=["lost_contact", "own_wish", "moved", "health", "provider"])
                | models.Q(state="reopened", reason__in=["needed_again", "result_wrong", "closed_by_mistake"])
                | (
                    ~models.Q(
                        state__in=["rejected", "declined", "recalled", "not_started", "completed", "disengaged",
                                   "reopened"]
                    )
                    & models.Q(reason="")
                ),
                name="envelope_reason",
            ),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
