-- migrations: 8d3fa38ced02b0cf
CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;
CREATE FUNCTION public.audit_chain() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
$_$;
CREATE FUNCTION public.audit_text(id uuid, at timestamp with time zone, actor_user_id bigint, actor_name text, is_support boolean, action text, target_model text, target_id text, about_id uuid, detail jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
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
CREATE FUNCTION public.count_tokens() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    placed record;
    used integer;
BEGIN
    FOR placed IN
        SELECT organisation_id, count(DISTINCT person) AS people FROM added GROUP BY organisation_id
    LOOP
        INSERT INTO public.exchange_tokencount AS counted (id, organisation_id, day, people)
        VALUES (gen_random_uuid(), placed.organisation_id, CURRENT_DATE, placed.people)
        ON CONFLICT (organisation_id, day) DO UPDATE SET people = counted.people + EXCLUDED.people
        RETURNING people INTO used;
        IF used > 200 THEN
            RAISE EXCEPTION 'enough for today: an organisation asks about 200 people a day';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE FUNCTION public.current_organisation() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT id FROM public.organisations_organisation WHERE db_role = CAST(current_user AS text) $$;
CREATE FUNCTION public.dealing_edges() RETURNS TABLE(kind text, before text, after text, side text)
    LANGUAGE sql IMMUTABLE
    AS $$
    VALUES ('transfer', 'offered', 'opened', 'target'), ('transfer', 'offered', 'withdrawn', 'sender'), ('transfer', 'offered', 'expired', 'system'), ('transfer', 'opened', 'accepted', 'target'), ('transfer', 'opened', 'declined', 'target'), ('transfer', 'opened', 'withdrawn', 'sender'), ('transfer', 'opened', 'expired', 'system'), ('transfer', 'accepted', 'arrived', 'target'), ('transfer', 'accepted', 'withdrawn', 'sender'), ('access', 'asked', 'granted', 'target'), ('access', 'asked', 'refused', 'target'), ('access', 'asked', 'cancelled', 'sender'), ('access', 'asked', 'expired', 'system'), ('access', 'granted', 'ended', 'sender'), ('access', 'granted', 'ended', 'target'), ('access', 'granted', 'ended', 'system'), ('relocation', 'asked', 'accepted', 'target'), ('relocation', 'asked', 'declined', 'target'), ('relocation', 'asked', 'withdrawn', 'sender'), ('relocation', 'asked', 'expired', 'system'), ('relocation', 'accepted', 'carrying', 'sender'), ('relocation', 'accepted', 'withdrawn', 'sender'), ('relocation', 'accepted', 'failed', 'sender'), ('relocation', 'carrying', 'carried', 'target'), ('relocation', 'carrying', 'failed', 'sender'), ('relocation', 'carried', 'undoing', 'sender'), ('relocation', 'carried', 'undoing', 'target'), ('relocation', 'carried', 'settling', 'target'), ('relocation', 'carried', 'settling', 'system'), ('relocation', 'undoing', 'carried', 'target'), ('relocation', 'undoing', 'returning', 'target'), ('relocation', 'returning', 'undone', 'sender'), ('relocation', 'settling', 'settled', 'sender')
$$;
CREATE FUNCTION public.dealing_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    here uuid := public.current_organisation();
    acting text := CASE here WHEN OLD.sender_id THEN 'sender' ELSE 'target' END;
BEGIN
    IF here IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_ARGV[0] = 'access' THEN
        IF OLD.state = 'ended' AND NEW.state = 'ended' AND acting = 'sender'
            AND OLD.remains = 'waiting' AND NEW.remains = 'erased'
            AND (OLD.until, OLD.reason, OLD.moved_at) = (NEW.until, NEW.reason, NEW.moved_at) THEN
            RETURN NEW;
        END IF;
        IF (NEW.until IS DISTINCT FROM OLD.until AND NEW.state <> 'granted')
            OR (NEW.remains <> OLD.remains AND (NEW.state <> 'ended' OR NEW.remains <> 'waiting')) THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: that is not what this move changes';
        END IF;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.dealing_edges() AS edge
        WHERE edge.kind = TG_ARGV[0] AND edge.before = OLD.state AND edge.after = NEW.state AND edge.side = acting
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for this move';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.envelope_days(one uuid, other uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    SELECT jsonb_build_object(
        'first_reminder', least(3, min(first_reminder)), 'second_reminder', least(10, min(second_reminder)),
        'escalation', least(20, min(escalation)), 'expiry', least(30, min(expiry)), 'closing', least(14, min(closing))
    ) FROM public.exchange_deadlines WHERE organisation_id IN (one, other)
$$;
CREATE FUNCTION public.envelope_edges() RETURNS TABLE(before text, after text, side text)
    LANGUAGE sql IMMUTABLE
    AS $$
    VALUES ('draft', 'sent', 'sender'), ('draft', 'held', 'sender'), ('held', 'sent', 'secretariat'), ('held', 'rejected', 'secretariat'), ('held', 'recalled', 'sender'), ('held', 'withdrawn', 'sender'), ('sent', 'opened', 'target'), ('sent', 'expired', 'system'), ('sent', 'recalled', 'sender'), ('sent', 'withdrawn', 'sender'), ('sent', 'withdrawn', 'target'), ('opened', 'info_requested', 'target'), ('opened', 'waitlisted', 'target'), ('opened', 'accepted', 'target'), ('opened', 'declined', 'target'), ('opened', 'expired', 'system'), ('opened', 'recalled', 'sender'), ('opened', 'withdrawn', 'sender'), ('opened', 'withdrawn', 'target'), ('info_requested', 'opened', 'sender'), ('info_requested', 'expired', 'system'), ('info_requested', 'recalled', 'sender'), ('info_requested', 'withdrawn', 'sender'), ('info_requested', 'withdrawn', 'target'), ('waitlisted', 'accepted', 'target'), ('waitlisted', 'declined', 'target'), ('waitlisted', 'recalled', 'sender'), ('waitlisted', 'withdrawn', 'sender'), ('waitlisted', 'withdrawn', 'target'), ('accepted', 'started', 'target'), ('accepted', 'not_started', 'target'), ('accepted', 'recalled', 'sender'), ('accepted', 'withdrawn', 'sender'), ('accepted', 'withdrawn', 'target'), ('declined', 'redirected', 'sender'), ('declined', 'withdrawn', 'sender'), ('declined', 'withdrawn', 'target'), ('expired', 'redirected', 'sender'), ('expired', 'withdrawn', 'sender'), ('expired', 'withdrawn', 'target'), ('redirected', 'withdrawn', 'sender'), ('redirected', 'withdrawn', 'target'), ('started', 'completed', 'target'), ('started', 'disengaged', 'target'), ('started', 'withdrawn', 'sender'), ('started', 'withdrawn', 'target'), ('not_started', 'closed', 'sender'), ('not_started', 'closed', 'system'), ('not_started', 'withdrawn', 'sender'), ('not_started', 'withdrawn', 'target'), ('completed', 'closed', 'sender'), ('completed', 'closed', 'system'), ('completed', 'withdrawn', 'sender'), ('completed', 'withdrawn', 'target'), ('disengaged', 'closed', 'sender'), ('disengaged', 'closed', 'system'), ('disengaged', 'withdrawn', 'sender'), ('disengaged', 'withdrawn', 'target'), ('closed', 'reopened', 'sender'), ('closed', 'reopened', 'target'), ('closed', 'withdrawn', 'sender'), ('closed', 'withdrawn', 'target'), ('reopened', 'started', 'target'), ('reopened', 'not_started', 'target'), ('reopened', 'completed', 'target'), ('reopened', 'disengaged', 'target'), ('reopened', 'withdrawn', 'sender'), ('reopened', 'withdrawn', 'target')
$$;
CREATE FUNCTION public.envelope_event_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.envelope_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE TABLE public.exchange_envelope (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    service character varying(20) NOT NULL,
    state character varying(16) NOT NULL,
    reason character varying(20) CONSTRAINT exchange_envelope_decline_reason_not_null NOT NULL,
    sent_at timestamp with time zone,
    opened_at timestamp with time zone,
    answered_at timestamp with time zone,
    sender_id uuid NOT NULL,
    target_id uuid NOT NULL,
    clock_since timestamp with time zone,
    closed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    days jsonb NOT NULL,
    due character varying(16) NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    held_at timestamp with time zone,
    moved_at timestamp with time zone NOT NULL,
    offer uuid,
    passed character varying(16) NOT NULL,
    remains character varying(12) NOT NULL,
    result character varying(16) NOT NULL,
    started_at timestamp with time zone,
    version integer NOT NULL,
    waited interval NOT NULL,
    CONSTRAINT envelope_between_two CHECK ((NOT (sender_id = target_id))),
    CONSTRAINT envelope_draft_unsent CHECK (((NOT ((state)::text = 'draft'::text)) OR ((held_at IS NULL) AND (sent_at IS NULL)))),
    CONSTRAINT envelope_due CHECK (((((due)::text = ''::text) AND (due_at IS NULL)) OR ((NOT ((due)::text = ''::text)) AND (due_at IS NOT NULL)))),
    CONSTRAINT envelope_reason CHECK (((((reason)::text = ANY (ARRAY[('not_ready'::character varying)::text, ('wrong_recipient'::character varying)::text, ('double'::character varying)::text])) AND ((state)::text = 'rejected'::text)) OR (((reason)::text = ANY (ARRAY[('no_place'::character varying)::text, ('not_our_service'::character varying)::text, ('outside_area'::character varying)::text, ('not_eligible'::character varying)::text, ('known_here'::character varying)::text, ('client_declined'::character varying)::text, ('client_unreachable'::character varying)::text])) AND ((state)::text = 'declined'::text)) OR (((reason)::text = ANY (ARRAY[('person_changed'::character varying)::text, ('helped_elsewhere'::character varying)::text, ('mistake'::character varying)::text, ('too_long'::character varying)::text])) AND ((state)::text = 'recalled'::text)) OR (((reason)::text = ANY (ARRAY[('unreachable'::character varying)::text, ('no_show'::character varying)::text, ('withdrew'::character varying)::text])) AND ((state)::text = 'not_started'::text)) OR (((reason)::text = ANY (ARRAY[('job'::character varying)::text, ('self_employed'::character varying)::text, ('practice'::character varying)::text, ('education'::character varying)::text, ('service_given'::character varying)::text, ('small_steps'::character varying)::text, ('no_change'::character varying)::text])) AND ((state)::text = 'completed'::text)) OR (((reason)::text = ANY (ARRAY[('lost_contact'::character varying)::text, ('own_wish'::character varying)::text, ('moved'::character varying)::text, ('health'::character varying)::text, ('provider'::character varying)::text])) AND ((state)::text = 'disengaged'::text)) OR (((reason)::text = ANY (ARRAY[('needed_again'::character varying)::text, ('result_wrong'::character varying)::text, ('closed_by_mistake'::character varying)::text])) AND ((state)::text = 'reopened'::text)) OR (((reason)::text = 'lapsed'::text) AND ((state)::text = 'withdrawn'::text)) OR ((NOT ((state)::text = ANY (ARRAY[('rejected'::character varying)::text, ('declined'::character varying)::text, ('recalled'::character varying)::text, ('not_started'::character varying)::text, ('completed'::character varying)::text, ('disengaged'::character varying)::text, ('reopened'::character varying)::text]))) AND ((reason)::text = ''::text)))),
    CONSTRAINT envelope_sent_at CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('held'::character varying)::text, ('recalled'::character varying)::text, ('rejected'::character varying)::text, ('withdrawn'::character varying)::text])) OR (sent_at IS NOT NULL))),
    CONSTRAINT exchange_envelope_version_check CHECK ((version >= 0))
);
CREATE FUNCTION public.envelope_moved(was public.exchange_envelope, new public.exchange_envelope) RETURNS public.exchange_envelope
    LANGUAGE plpgsql STABLE
    SET "TimeZone" TO 'UTC'
    AS $$
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
CREATE FUNCTION public.envelope_side(here uuid, sender_id uuid, target_id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE here WHEN sender_id THEN 'sender' WHEN target_id THEN 'target' ELSE 'secretariat' END
$$;
CREATE FUNCTION public.forget_history(tracked text, rows uuid[], actor_user_id bigint, actor_name text, about_id uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
$_$;
CREATE FUNCTION public.history_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)
        <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: history is written by the records themselves';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.knowledge_part_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    touched uuid[] := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.version_id]
        WHEN 'DELETE' THEN ARRAY[OLD.version_id]
        ELSE ARRAY[OLD.version_id, NEW.version_id] END;
    published timestamptz;
BEGIN
    FOR published IN
        SELECT published_at FROM public.knowledge_base_curriculumversion WHERE id = ANY (touched) FOR SHARE
    LOOP
        IF published IS NOT NULL THEN
            RAISE insufficient_privilege USING MESSAGE = 'permission denied: a published version is not changed';
        END IF;
    END LOOP;
    IF TG_TABLE_NAME = 'knowledge_base_unit' AND TG_OP <> 'DELETE' THEN
        IF NOT EXISTS (
            SELECT 1 FROM public.knowledge_base_module WHERE id = NEW.module_id AND version_id = NEW.version_id
        ) THEN
            RAISE check_violation USING MESSAGE = 'a unit and its module are of one version';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE FUNCTION public.knowledge_version_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: a published version is not changed';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE FUNCTION public.number_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
BEGIN
    PERFORM pg_advisory_xact_lock(
        4862002, CAST(CAST(to_regclass(format('%I.audit_entry', TG_TABLE_SCHEMA)) AS oid) AS integer)
    );
    EXECUTE format(
        'WITH counted AS ('
        ' INSERT INTO %1$I.integrations_eventcounter AS counter (id, last) VALUES (1, 1)'
        ' ON CONFLICT (id) DO UPDATE SET last = counter.last + 1 RETURNING last'
        ') UPDATE %1$I.integrations_event AS event SET number = counted.last FROM counted WHERE event.id = $1',
        TG_TABLE_SCHEMA
    ) USING NEW.id;
    RETURN NULL;
END
$_$;
CREATE FUNCTION public.organisation_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    kept CONSTANT text[] := ARRAY[
        'state', 'earlier_states', 'contact_email', 'province', 'parent_id', 'subdomain', 'earlier_subdomains'
    ];
BEGIN
    IF public.current_organisation() <> OLD.id AND to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for columns of another organisation';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.relocation_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    here uuid := public.current_organisation();
    acting text := CASE here WHEN OLD.sender_id THEN 'sender' ELSE 'target' END;
BEGIN
    IF here IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.carried_at IS DISTINCT FROM OLD.carried_at AND NOT (OLD.state = 'carrying' AND NEW.state = 'carried') THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: that is not what this move changes';
    END IF;
    IF NEW.state = 'undoing' AND OLD.carried_at < statement_timestamp() - interval '30 days' THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: it is too late for this move';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.dealing_edges() AS edge
        WHERE edge.kind = 'relocation' AND edge.before = OLD.state AND edge.after = NEW.state AND edge.side = acting
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for this move';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.working_groups_frozen(meeting uuid) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
DECLARE
    approved timestamptz;
BEGIN
    PERFORM public.working_groups_wait(meeting);
    SELECT approved_at INTO approved FROM public.working_groups_meeting WHERE id = meeting;
    RETURN approved IS NOT NULL;
END
$$;
CREATE FUNCTION public.working_groups_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    touched jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    was jsonb := CASE TG_OP WHEN 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END;
    moving text[] := ARRAY['responsible_id', 'due_on', 'state', 'note', 'changed_at', 'version'];
    meeting uuid;
BEGIN
    IF TG_OP = 'DELETE' AND public.current_organisation() IS NULL THEN
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'working_groups_decision' AND TG_OP = 'UPDATE' AND touched - moving = was - moving THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'working_groups_meeting' THEN
        IF was ->> 'approved_at' IS NOT NULL THEN
            PERFORM public.working_groups_refuse();
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF was ? 'meeting_id' THEN
        meeting := CAST(was ->> 'meeting_id' AS uuid);
    ELSE
        SELECT point.meeting_id INTO meeting FROM public.working_groups_agendapoint AS point
        WHERE point.id = CAST(was ->> 'point_id' AS uuid);
    END IF;
    IF public.working_groups_frozen(meeting) <> (TG_TABLE_NAME = 'working_groups_minutesnote') THEN
        PERFORM public.working_groups_refuse();
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE FUNCTION public.working_groups_note_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.current_organisation() IS NULL THEN
        RETURN OLD;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'permission denied: a correction is added, and never changed';
END
$$;
CREATE FUNCTION public.working_groups_refuse() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'permission denied: these minutes are approved';
END
$$;
CREATE FUNCTION public.working_groups_wait(key uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM public.working_groups_charter WHERE group_id = key FOR NO KEY UPDATE;
    PERFORM 1 FROM public.working_groups_meeting WHERE id = key FOR NO KEY UPDATE;
    PERFORM 1 FROM public.working_groups_document WHERE id = key FOR NO KEY UPDATE;
END
$$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(150) NOT NULL,
    language character varying(5) NOT NULL,
    calendar character varying(12) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);
CREATE TABLE public.accounts_user_groups (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.accounts_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user_user_permissions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.accounts_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.allauth_idp_oidc_client (
    id character varying(100) NOT NULL,
    name character varying(100) NOT NULL,
    secret character varying(200) NOT NULL,
    scopes text NOT NULL,
    type character varying(20) NOT NULL,
    grant_types text NOT NULL,
    redirect_uris text NOT NULL,
    cors_origins text NOT NULL,
    response_types text NOT NULL,
    skip_consent boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    data jsonb,
    owner_id bigint,
    default_scopes text NOT NULL,
    allow_uri_wildcards boolean NOT NULL
);
CREATE TABLE public.allauth_idp_oidc_token (
    id bigint NOT NULL,
    type character varying(2) NOT NULL,
    hash character varying(255) NOT NULL,
    data jsonb,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    scopes text NOT NULL,
    client_id character varying(100),
    user_id bigint
);
ALTER TABLE public.allauth_idp_oidc_token ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.allauth_idp_oidc_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.directory_capacityquestion (
    id uuid NOT NULL,
    need character varying(20) NOT NULL,
    urgency character varying(8) NOT NULL,
    people smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_on date NOT NULL,
    answer character varying(4) NOT NULL,
    waiting_weeks smallint,
    answered_at timestamp with time zone,
    asker_id uuid NOT NULL,
    target_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT capacity_answer_complete CHECK (((((answer)::text = ''::text) AND (answered_at IS NULL) AND (waiting_weeks IS NULL)) OR (((answer)::text = 'wait'::text) AND (answered_at IS NOT NULL) AND (waiting_weeks IS NOT NULL)) OR (((answer)::text = ANY (ARRAY[('yes'::character varying)::text, ('no'::character varying)::text])) AND (answered_at IS NOT NULL) AND (waiting_weeks IS NULL)))),
    CONSTRAINT capacity_asked_of_another CHECK ((NOT (asker_id = target_id))),
    CONSTRAINT capacity_people CHECK (((people >= 1) AND (people <= 50))),
    CONSTRAINT directory_capacityquestion_people_check CHECK ((people >= 0)),
    CONSTRAINT directory_capacityquestion_waiting_weeks_check CHECK ((waiting_weeks >= 0))
);
CREATE TABLE public.directory_closure (
    id uuid NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    note character varying(100) NOT NULL,
    location_id uuid NOT NULL,
    CONSTRAINT closure_in_order CHECK ((first_on <= last_on))
);
CREATE TABLE public.directory_entry (
    id uuid NOT NULL,
    need character varying(20) NOT NULL,
    languages character varying(5)[] NOT NULL,
    latitude double precision,
    longitude double precision,
    free_places smallint,
    search_key text NOT NULL,
    sort_key character varying(400) NOT NULL,
    organisation_id uuid NOT NULL,
    location_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT directory_entry_free_places_check CHECK ((free_places >= 0))
);
CREATE TABLE public.directory_hours (
    id uuid NOT NULL,
    weekday smallint NOT NULL,
    opens_at time without time zone NOT NULL,
    closes_at time without time zone NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT directory_hours_weekday_check CHECK ((weekday >= 0)),
    CONSTRAINT hours_in_order CHECK ((opens_at < closes_at)),
    CONSTRAINT hours_weekday CHECK ((weekday <= 6))
);
CREATE TABLE public.directory_location (
    id uuid NOT NULL,
    name character varying(150) NOT NULL,
    address character varying(200) NOT NULL,
    place character varying(100) NOT NULL,
    postal_code character varying(12) NOT NULL,
    province character varying(100) NOT NULL,
    country character varying(2) NOT NULL,
    latitude double precision,
    longitude double precision,
    accessibility character varying(12)[] NOT NULL,
    phone character varying(40) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT directory_location_version_check CHECK ((version >= 0)),
    CONSTRAINT location_on_earth CHECK ((((latitude IS NULL) AND (longitude IS NULL)) OR ((latitude >= ('-90.0'::numeric)::double precision) AND (latitude <= (90.0)::double precision) AND (longitude >= ('-180.0'::numeric)::double precision) AND (longitude <= (180.0)::double precision))))
);
CREATE TABLE public.directory_offer (
    id uuid NOT NULL,
    phone character varying(40) NOT NULL,
    is_offered boolean NOT NULL,
    free_places smallint,
    waiting_weeks smallint,
    confirmed_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    location_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    service_id uuid NOT NULL,
    CONSTRAINT directory_offer_free_places_check CHECK ((free_places >= 0)),
    CONSTRAINT directory_offer_version_check CHECK ((version >= 0)),
    CONSTRAINT directory_offer_waiting_weeks_check CHECK ((waiting_weeks >= 0)),
    CONSTRAINT offer_places_believable CHECK (((free_places IS NULL) OR (free_places <= 500))),
    CONSTRAINT offer_weeks_believable CHECK (((waiting_weeks IS NULL) OR (waiting_weeks <= 104)))
);
CREATE TABLE public.directory_service (
    id uuid NOT NULL,
    names jsonb NOT NULL,
    descriptions jsonb NOT NULL,
    need character varying(20) NOT NULL,
    dimension character varying(16) NOT NULL,
    eligibility text NOT NULL,
    fees character varying(300) NOT NULL,
    application text NOT NULL,
    languages character varying(5)[] NOT NULL,
    target_groups character varying(12)[] NOT NULL,
    minimum_age smallint,
    maximum_age smallint,
    is_published boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT directory_service_maximum_age_check CHECK ((maximum_age >= 0)),
    CONSTRAINT directory_service_minimum_age_check CHECK ((minimum_age >= 0)),
    CONSTRAINT directory_service_version_check CHECK ((version >= 0)),
    CONSTRAINT service_ages_in_order CHECK (((minimum_age IS NULL) OR (maximum_age IS NULL) OR (minimum_age <= maximum_age))),
    CONSTRAINT service_has_a_name CHECK ((NOT (names = '{}'::jsonb)))
);
CREATE TABLE public.directory_word (
    word character varying(40) NOT NULL
);
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.exchange_access (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    state character varying(10) NOT NULL,
    until date,
    remains character varying(12) NOT NULL,
    sender_id uuid NOT NULL,
    target_id uuid NOT NULL,
    CONSTRAINT access_between_two CHECK ((NOT (sender_id = target_id))),
    CONSTRAINT access_until CHECK (((((state)::text = ANY (ARRAY[('granted'::character varying)::text, ('ended'::character varying)::text])) AND (until IS NOT NULL)) OR ((NOT ((state)::text = ANY (ARRAY[('granted'::character varying)::text, ('ended'::character varying)::text]))) AND (until IS NULL)))),
    CONSTRAINT exchange_access_version_check CHECK ((version >= 0))
);
CREATE TABLE public.exchange_deadlines (
    organisation_id uuid NOT NULL,
    first_reminder smallint NOT NULL,
    second_reminder smallint NOT NULL,
    escalation smallint NOT NULL,
    expiry smallint NOT NULL,
    closing smallint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT deadlines_in_order CHECK (((escalation < expiry) AND (first_reminder < second_reminder) AND (second_reminder < escalation))),
    CONSTRAINT deadlines_shorter CHECK (((closing >= 1) AND (escalation >= 1) AND (expiry >= 1) AND (first_reminder >= 1) AND (second_reminder >= 1) AND (closing <= 14) AND (escalation <= 20) AND (expiry <= 30) AND (first_reminder <= 3) AND (second_reminder <= 10))),
    CONSTRAINT exchange_deadlines_closing_check CHECK ((closing >= 0)),
    CONSTRAINT exchange_deadlines_escalation_check CHECK ((escalation >= 0)),
    CONSTRAINT exchange_deadlines_expiry_check CHECK ((expiry >= 0)),
    CONSTRAINT exchange_deadlines_first_reminder_check CHECK ((first_reminder >= 0)),
    CONSTRAINT exchange_deadlines_second_reminder_check CHECK ((second_reminder >= 0)),
    CONSTRAINT exchange_deadlines_version_check CHECK ((version >= 0))
);
CREATE TABLE public.exchange_dealingevent (
    id uuid NOT NULL,
    dealing uuid NOT NULL,
    type character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    organisation_id uuid
);
CREATE TABLE public.exchange_envelopeevent (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    reason character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    envelope_id uuid NOT NULL,
    organisation_id uuid,
    type character varying(16) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT exchange_envelopeevent_version_check CHECK ((version >= 0))
);
CREATE TABLE public.exchange_fairness (
    id uuid NOT NULL,
    period character varying(8) NOT NULL,
    kind character varying(12) NOT NULL,
    province character varying(80) NOT NULL,
    service character varying(20) NOT NULL,
    month date,
    received integer,
    answer_days double precision,
    accepted smallint,
    expired smallint,
    ended smallint,
    end_days double precision,
    computed_at timestamp with time zone NOT NULL,
    organisation_id uuid,
    CONSTRAINT exchange_fairness_accepted_check CHECK ((accepted >= 0)),
    CONSTRAINT exchange_fairness_ended_check CHECK ((ended >= 0)),
    CONSTRAINT exchange_fairness_expired_check CHECK ((expired >= 0)),
    CONSTRAINT exchange_fairness_received_check CHECK ((received >= 0)),
    CONSTRAINT fairness_of_organisation CHECK (((organisation_id IS NULL) OR ((kind)::text = 'organisation'::text)))
);
CREATE TABLE public.exchange_match (
    id uuid NOT NULL,
    pair character varying(73) NOT NULL,
    likeness character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.exchange_matchside (
    id uuid NOT NULL,
    person uuid NOT NULL,
    state character varying(8) NOT NULL,
    agreed boolean,
    answered_at timestamp with time zone,
    match_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT match_side_answered CHECK ((((agreed IS NULL) AND (answered_at IS NULL)) OR ((agreed IS NOT NULL) AND (answered_at IS NOT NULL))))
);
CREATE TABLE public.exchange_outboxitem (
    id uuid NOT NULL,
    freight character varying(12) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    claimed_until timestamp with time zone,
    done_at timestamp with time zone,
    attempts integer NOT NULL,
    envelope_id uuid NOT NULL,
    event_id uuid,
    source uuid,
    to_id uuid NOT NULL,
    CONSTRAINT exchange_outboxitem_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE public.exchange_parcel (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    claimed_until timestamp with time zone,
    done_at timestamp with time zone,
    attempts integer NOT NULL,
    dealing uuid NOT NULL,
    load character varying(16) NOT NULL,
    about uuid,
    to_id uuid NOT NULL,
    CONSTRAINT exchange_parcel_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE public.exchange_relocation (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    state character varying(10) NOT NULL,
    carried_at timestamp with time zone,
    is_due boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    done integer NOT NULL,
    total integer NOT NULL,
    sender_id uuid NOT NULL,
    target_id uuid NOT NULL,
    CONSTRAINT exchange_relocation_done_check CHECK ((done >= 0)),
    CONSTRAINT exchange_relocation_total_check CHECK ((total >= 0)),
    CONSTRAINT exchange_relocation_tries_check CHECK ((tries >= 0)),
    CONSTRAINT exchange_relocation_version_check CHECK ((version >= 0)),
    CONSTRAINT relocation_between_two CHECK ((NOT (sender_id = target_id))),
    CONSTRAINT relocation_carried_at CHECK (((NOT ((state)::text = ANY (ARRAY[('carried'::character varying)::text, ('undoing'::character varying)::text, ('returning'::character varying)::text, ('settling'::character varying)::text, ('settled'::character varying)::text]))) OR (carried_at IS NOT NULL)))
);
CREATE TABLE public.exchange_token (
    id uuid NOT NULL,
    person uuid NOT NULL,
    kind character varying(13) NOT NULL,
    digest bytea NOT NULL,
    expires_on date NOT NULL,
    added_at timestamp with time zone NOT NULL,
    compared_at timestamp with time zone,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.exchange_tokencount (
    id uuid NOT NULL,
    day date NOT NULL,
    people integer NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT exchange_tokencount_people_check CHECK ((people >= 0))
);
CREATE TABLE public.exchange_transfer (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    state character varying(10) NOT NULL,
    sender_id uuid NOT NULL,
    target_id uuid NOT NULL,
    CONSTRAINT exchange_transfer_version_check CHECK ((version >= 0)),
    CONSTRAINT transfer_between_two CHECK ((NOT (sender_id = target_id)))
);
CREATE TABLE public.knowledge_base_adoption (
    id uuid NOT NULL,
    adopted_at timestamp with time zone NOT NULL,
    curriculum_id integer NOT NULL,
    organisation_id uuid NOT NULL,
    version_id uuid NOT NULL
);
CREATE TABLE public.knowledge_base_advocacy (
    page_ptr_id integer NOT NULL,
    audience character varying(8) NOT NULL,
    summary text NOT NULL,
    issue text NOT NULL,
    "position" text NOT NULL,
    asks text[] NOT NULL,
    addressed_to text NOT NULL,
    group_id uuid
);
CREATE TABLE public.knowledge_base_article (
    page_ptr_id integer NOT NULL,
    introduction text NOT NULL,
    body jsonb NOT NULL,
    audience character varying(8) NOT NULL,
    group_id uuid
);
CREATE TABLE public.knowledge_base_curriculum (
    page_ptr_id integer NOT NULL,
    audience character varying(8) NOT NULL,
    summary text NOT NULL,
    key character varying(60) NOT NULL,
    who_for text NOT NULL,
    how_to_use text NOT NULL,
    level character varying(150) NOT NULL,
    levels character varying(12)[] NOT NULL,
    outcomes text[] NOT NULL,
    group_id uuid
);
CREATE TABLE public.knowledge_base_curriculumversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    changes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    curriculum_id integer NOT NULL,
    CONSTRAINT knowledge_base_curriculumversion_number_check CHECK ((number >= 0)),
    CONSTRAINT version_number_from_one CHECK ((number >= 1)),
    CONSTRAINT version_says_what_changed CHECK (((published_at IS NULL) OR (NOT (changes = ''::text))))
);
CREATE TABLE public.knowledge_base_digest (
    id uuid NOT NULL,
    is_on boolean NOT NULL,
    week character varying(8) NOT NULL,
    told_until timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    user_id bigint NOT NULL,
    claimed_at timestamp with time zone
);
CREATE TABLE public.knowledge_base_editorsdecision (
    task_ptr_id integer NOT NULL
);
CREATE TABLE public.knowledge_base_editorsdecision_groups (
    id bigint NOT NULL,
    editorsdecision_id integer CONSTRAINT knowledge_base_editorsdecision_grou_editorsdecision_id_not_null NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.knowledge_base_editorsdecision_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_base_editorsdecision_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_base_entry (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    language character varying(5) NOT NULL,
    audience character varying(8) NOT NULL,
    path character varying(400) NOT NULL,
    title character varying(255) NOT NULL,
    summary text NOT NULL,
    part_of character varying(255) NOT NULL,
    text text NOT NULL,
    outcome character varying(8) NOT NULL,
    dimensions character varying(16)[] NOT NULL,
    levels character varying(12)[] NOT NULL,
    target_group character varying(24) NOT NULL,
    keys text[] NOT NULL,
    published_at timestamp with time zone NOT NULL,
    title_words tsvector NOT NULL,
    words tsvector NOT NULL,
    page_id integer NOT NULL,
    unit_id uuid,
    group_id uuid,
    CONSTRAINT knowledge_group_of_audience CHECK (((group_id IS NULL) OR ((audience)::text = 'group'::text)))
);
ALTER TABLE public.knowledge_base_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_base_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_base_evidence (
    id uuid NOT NULL,
    unit character varying(60) NOT NULL,
    groups integer NOT NULL,
    people integer,
    completed integer,
    rated integer,
    distance smallint,
    computed_at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT evidence_completed_enough CHECK (((completed IS NULL) OR (completed >= 5))),
    CONSTRAINT evidence_distance_of_rated CHECK ((((distance IS NULL) AND (rated IS NULL)) OR ((distance >= '-100'::integer) AND (distance IS NOT NULL) AND (distance <= 100) AND (rated IS NOT NULL)))),
    CONSTRAINT evidence_people_enough CHECK (((people IS NULL) OR (people >= 5))),
    CONSTRAINT evidence_rated_enough CHECK (((rated IS NULL) OR (rated >= 5))),
    CONSTRAINT evidence_within_people CHECK ((((completed IS NULL) OR ((completed <= people) AND (people IS NOT NULL))) AND ((rated IS NULL) OR ((people IS NOT NULL) AND (rated <= people))))),
    CONSTRAINT knowledge_base_evidence_completed_check CHECK ((completed >= 0)),
    CONSTRAINT knowledge_base_evidence_groups_check CHECK ((groups >= 0)),
    CONSTRAINT knowledge_base_evidence_people_check CHECK ((people >= 0)),
    CONSTRAINT knowledge_base_evidence_rated_check CHECK ((rated >= 0))
);
CREATE TABLE public.knowledge_base_follow (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    value character varying(120) NOT NULL,
    since timestamp with time zone NOT NULL,
    page_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT follow_a_page_or_a_topic CHECK (((((kind)::text = 'page'::text) AND (page_id IS NOT NULL) AND ((value)::text = ''::text)) OR ((NOT ((kind)::text = 'page'::text)) AND (NOT ((value)::text = ''::text)) AND (page_id IS NULL))))
);
CREATE TABLE public.organisations_organisation (
    id uuid NOT NULL,
    schema_name character varying(31) NOT NULL,
    db_role character varying(63) NOT NULL,
    schema_version character varying(16) NOT NULL,
    names jsonb NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(12) NOT NULL,
    province character varying(80) NOT NULL,
    language character varying(5) NOT NULL,
    calendar character varying(12) NOT NULL,
    time_zone character varying(40) NOT NULL,
    colour character varying(10) NOT NULL,
    logo bytea,
    logo_type character varying(20) NOT NULL,
    demands_mfa boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    parent_id uuid,
    contact_email character varying(254) NOT NULL,
    earlier_states character varying(12)[] NOT NULL,
    earlier_subdomains character varying(31)[] NOT NULL,
    subdomain character varying(31) NOT NULL,
    CONSTRAINT organisations_organisation_version_check CHECK ((version >= 0)),
    CONSTRAINT short_name_pattern CHECK (((schema_name)::text ~ '^[a-z][a-z0-9]{2,30}$'::text)),
    CONSTRAINT subdomain_pattern CHECK (((subdomain)::text ~ '^([a-z][a-z0-9]{2,30})?$'::text))
);
CREATE TABLE public.organisations_workinggroup_organisations (
    id bigint NOT NULL,
    workinggroup_id uuid CONSTRAINT organisations_workinggroup_organisatio_workinggroup_id_not_null NOT NULL,
    organisation_id uuid CONSTRAINT organisations_workinggroup_organisatio_organisation_id_not_null NOT NULL
);
CREATE VIEW public.knowledge_base_groupstext WITH (security_barrier='true') AS
 SELECT id,
    page_id,
    group_id,
    kind,
    language,
    path,
    title,
    published_at
   FROM public.knowledge_base_entry entry
  WHERE (((audience)::text = 'group'::text) AND (unit_id IS NULL) AND ((EXISTS ( SELECT 1
           FROM public.organisations_workinggroup_organisations own
          WHERE ((own.workinggroup_id = entry.group_id) AND (own.organisation_id = ( SELECT public.current_organisation() AS current_organisation))))) OR (EXISTS ( SELECT 1
           FROM public.organisations_organisation reader
          WHERE ((reader.id = ( SELECT public.current_organisation() AS current_organisation)) AND ((reader.kind)::text = 'secretariat'::text))))));
CREATE TABLE public.knowledge_base_knowledgeindex (
    page_ptr_id integer NOT NULL,
    introduction text NOT NULL
);
CREATE TABLE public.knowledge_base_lesson (
    page_ptr_id integer NOT NULL,
    audience character varying(8) NOT NULL,
    summary text NOT NULL,
    outcome character varying(8) NOT NULL,
    context text NOT NULL,
    tried text NOT NULL,
    happened text NOT NULL,
    why text NOT NULL,
    next_time text NOT NULL,
    programme character varying(120) NOT NULL,
    target_group character varying(24) NOT NULL,
    dimension character varying(16) NOT NULL,
    level character varying(12) NOT NULL,
    place character varying(150) NOT NULL,
    cost character varying(300) NOT NULL,
    evidence character varying(60) NOT NULL,
    evidence_detail text NOT NULL,
    curricula text[] NOT NULL,
    is_from_member boolean NOT NULL,
    told_by_id uuid,
    group_id uuid,
    services character varying(24)[] NOT NULL,
    CONSTRAINT lesson_has_an_outcome CHECK (((outcome)::text = ANY (ARRAY[('success'::character varying)::text, ('failure'::character varying)::text, ('mixed'::character varying)::text])))
);
CREATE TABLE public.knowledge_base_listitem (
    id uuid NOT NULL,
    unit_key character varying(60) NOT NULL,
    note text NOT NULL,
    "position" integer NOT NULL,
    page_id integer NOT NULL,
    list_id uuid NOT NULL,
    CONSTRAINT knowledge_base_listitem_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.knowledge_base_loaded (
    id bigint NOT NULL,
    language character varying(5) NOT NULL,
    kind character varying(12) NOT NULL,
    key character varying(100) NOT NULL,
    digest character varying(64) NOT NULL,
    revision_id bigint NOT NULL,
    version_digest character varying(64) NOT NULL,
    page_id integer,
    version_id uuid,
    CONSTRAINT knowledge_base_loaded_revision_id_check CHECK ((revision_id >= 0))
);
ALTER TABLE public.knowledge_base_loaded ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_base_loaded_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_base_publishedtext (
    id uuid NOT NULL,
    page_id integer NOT NULL,
    kind character varying(10) NOT NULL,
    language character varying(5) NOT NULL,
    number bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    document jsonb,
    readers character varying(8) NOT NULL,
    digest character varying(64) NOT NULL,
    CONSTRAINT knowledge_base_publishedtext_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_base_publishedtext_page_id_check CHECK ((page_id >= 0)),
    CONSTRAINT published_text_gone_without_words CHECK ((((document IS NOT NULL) AND (removed_at IS NULL)) OR ((document IS NULL) AND (removed_at IS NOT NULL))))
);
CREATE VIEW public.knowledge_base_memberstext WITH (security_barrier='true') AS
 SELECT id,
    page_id,
    kind,
    language,
    number,
    created_at,
    changed_at,
    removed_at,
    document
   FROM public.knowledge_base_publishedtext
  WHERE ((readers)::text = 'members'::text);
CREATE TABLE public.knowledge_base_module (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    key character varying(60) NOT NULL,
    title character varying(150) NOT NULL,
    summary text NOT NULL,
    dimension character varying(16) NOT NULL,
    outcomes text[] NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT knowledge_base_module_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.knowledge_base_peerreview (
    task_ptr_id integer NOT NULL
);
CREATE TABLE public.knowledge_base_practice (
    page_ptr_id integer NOT NULL,
    audience character varying(8) NOT NULL,
    summary text NOT NULL,
    kind character varying(8) NOT NULL,
    when_to_use text NOT NULL,
    steps text NOT NULL,
    needs text NOT NULL,
    pitfalls text NOT NULL,
    evidence text NOT NULL,
    dimension character varying(16) NOT NULL,
    level character varying(12) NOT NULL,
    is_from_member boolean NOT NULL,
    told_by_id uuid,
    group_id uuid
);
CREATE TABLE public.wagtailcore_locale (
    id integer NOT NULL,
    language_code character varying(100) NOT NULL
);
CREATE TABLE public.wagtailcore_page (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    title character varying(255) NOT NULL,
    slug character varying(255) NOT NULL,
    live boolean NOT NULL,
    has_unpublished_changes boolean NOT NULL,
    url_path text NOT NULL,
    seo_title character varying(255) NOT NULL,
    show_in_menus boolean NOT NULL,
    search_description text NOT NULL,
    go_live_at timestamp with time zone,
    expire_at timestamp with time zone,
    expired boolean NOT NULL,
    content_type_id integer NOT NULL,
    owner_id bigint,
    locked boolean NOT NULL,
    latest_revision_created_at timestamp with time zone,
    first_published_at timestamp with time zone,
    live_revision_id integer,
    last_published_at timestamp with time zone,
    draft_title character varying(255) NOT NULL,
    locked_at timestamp with time zone,
    locked_by_id bigint,
    translation_key uuid NOT NULL,
    locale_id integer NOT NULL,
    alias_of_id integer,
    latest_revision_id integer,
    CONSTRAINT wagtailcore_page_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_page_numchild_check CHECK ((numchild >= 0))
);
CREATE VIEW public.knowledge_base_publishedcurriculum WITH (security_barrier='true') AS
 SELECT page.id,
    taught.key,
    page.title,
    taught.summary,
    taught.who_for,
    locale.language_code AS language,
    page.slug,
    page.live AS is_live
   FROM ((public.knowledge_base_curriculum taught
     JOIN public.wagtailcore_page page ON ((page.id = taught.page_ptr_id)))
     JOIN public.wagtailcore_locale locale ON ((locale.id = page.locale_id)))
  WHERE (EXISTS ( SELECT 1
           FROM public.knowledge_base_curriculumversion version
          WHERE ((version.curriculum_id = page.id) AND (version.published_at IS NOT NULL))));
CREATE VIEW public.knowledge_base_publishedmodule WITH (security_barrier='true') AS
 SELECT module.id,
    module.version_id,
    module."position",
    module.key,
    module.title,
    module.summary,
    module.dimension,
    module.outcomes
   FROM (public.knowledge_base_module module
     JOIN public.knowledge_base_curriculumversion version ON ((version.id = module.version_id)))
  WHERE (version.published_at IS NOT NULL);
CREATE TABLE public.knowledge_base_unit (
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    key character varying(60) NOT NULL,
    title character varying(150) NOT NULL,
    skill_kind character varying(4) NOT NULL,
    skill character varying(80) NOT NULL,
    level character varying(9) NOT NULL,
    focus character varying(10) NOT NULL,
    theory_hours numeric(5,2) NOT NULL,
    practice_hours numeric(5,2) NOT NULL,
    outcomes text[] NOT NULL,
    materials text[] NOT NULL,
    prerequisites text[] NOT NULL,
    scale character varying(8) NOT NULL,
    scale_item character varying(40) NOT NULL,
    introduction text NOT NULL,
    guide text NOT NULL,
    exercises jsonb NOT NULL,
    sheet_title character varying(150) NOT NULL,
    sheet_instructions text NOT NULL,
    sheet_lines text[] NOT NULL,
    module_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT knowledge_base_unit_position_check CHECK (("position" >= 0)),
    CONSTRAINT unit_hours_not_below_nothing CHECK (((theory_hours >= (0)::numeric) AND (practice_hours >= (0)::numeric)))
);
CREATE VIEW public.knowledge_base_publishedunit WITH (security_barrier='true') AS
 SELECT unit.id,
    unit.version_id,
    unit.module_id,
    unit."position",
    unit.key,
    unit.title,
    unit.skill_kind,
    unit.skill,
    unit.level,
    unit.focus,
    unit.theory_hours,
    unit.practice_hours,
    unit.outcomes,
    unit.materials,
    unit.prerequisites,
    unit.scale,
    unit.scale_item,
    unit.introduction,
    unit.guide,
    unit.exercises AS blocks,
    unit.sheet_title,
    unit.sheet_instructions,
    unit.sheet_lines
   FROM (public.knowledge_base_unit unit
     JOIN public.knowledge_base_curriculumversion version ON ((version.id = unit.version_id)))
  WHERE (version.published_at IS NOT NULL);
CREATE VIEW public.knowledge_base_publishedversion WITH (security_barrier='true') AS
 SELECT id,
    curriculum_id,
    number,
    changes,
    published_at
   FROM public.knowledge_base_curriculumversion
  WHERE (published_at IS NOT NULL);
CREATE TABLE public.knowledge_base_readinglist (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    shared_with_id uuid,
    user_id bigint NOT NULL
);
CREATE TABLE public.knowledge_base_remark (
    id uuid NOT NULL,
    text text NOT NULL,
    said_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    marked_at timestamp with time zone,
    hidden_at timestamp with time zone,
    version integer NOT NULL,
    page_id integer NOT NULL,
    question_id uuid,
    signed_by_id uuid,
    writer_id bigint,
    CONSTRAINT knowledge_base_remark_version_check CHECK ((version >= 0)),
    CONSTRAINT remark_marked_is_an_answer CHECK (((question_id IS NOT NULL) OR (marked_at IS NULL)))
);
CREATE TABLE public.knowledge_base_report (
    id uuid NOT NULL,
    reason character varying(300) NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    remark_id uuid NOT NULL,
    user_id bigint NOT NULL
);
CREATE TABLE public.knowledge_base_review (
    id uuid NOT NULL,
    state character varying(9) NOT NULL,
    comments jsonb NOT NULL,
    said text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    answered_at timestamp with time zone,
    closed_at timestamp with time zone,
    reader_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    text_id uuid NOT NULL,
    CONSTRAINT review_answered_at CHECK ((((answered_at IS NULL) AND ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('passed_on'::character varying)::text]))) OR ((answered_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('approved'::character varying)::text, ('returned'::character varying)::text])))))
);
CREATE TABLE public.knowledge_base_signature (
    id uuid NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    page_id integer NOT NULL,
    signed_by_id bigint
);
CREATE TABLE public.knowledge_base_submission (
    id uuid NOT NULL,
    state character varying(11) NOT NULL,
    round smallint NOT NULL,
    path character varying(400) NOT NULL,
    said text NOT NULL,
    due_at timestamp with time zone,
    moved_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    page_id integer,
    group_id uuid,
    CONSTRAINT knowledge_base_submission_round_check CHECK ((round >= 0))
);
CREATE TABLE public.knowledge_base_submittedtext (
    id uuid NOT NULL,
    round smallint NOT NULL,
    kind character varying(10) NOT NULL,
    language character varying(5) NOT NULL,
    "values" jsonb NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    signed_by_id uuid,
    submission_id uuid NOT NULL,
    CONSTRAINT knowledge_base_submittedtext_round_check CHECK ((round >= 0))
);
CREATE TABLE public.knowledge_base_translatedpart (
    id uuid NOT NULL,
    key character varying(120) NOT NULL,
    text text NOT NULL,
    made_from text NOT NULL,
    version integer NOT NULL,
    edited_at timestamp with time zone NOT NULL,
    edited_by_id bigint,
    translation_id uuid NOT NULL,
    CONSTRAINT knowledge_base_translatedpart_version_check CHECK ((version >= 0))
);
CREATE TABLE public.knowledge_base_translation (
    id uuid NOT NULL,
    language character varying(5) NOT NULL,
    missing smallint NOT NULL,
    changed smallint NOT NULL,
    published_at timestamp with time zone,
    is_behind boolean NOT NULL,
    touched_at timestamp with time zone,
    page_id integer,
    source_id integer NOT NULL,
    CONSTRAINT knowledge_base_translation_changed_check CHECK ((changed >= 0)),
    CONSTRAINT knowledge_base_translation_missing_check CHECK ((missing >= 0)),
    CONSTRAINT translation_page_was_published CHECK (((page_id IS NULL) OR (published_at IS NOT NULL)))
);
CREATE TABLE public.knowledge_base_upkeep (
    page_id integer NOT NULL,
    review_on date NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    keeper_id bigint
);
CREATE TABLE public.knowledge_base_used (
    id uuid NOT NULL,
    said_at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    page_id integer NOT NULL
);
CREATE TABLE public.knowledge_base_useful (
    id uuid NOT NULL,
    said_at timestamp with time zone NOT NULL,
    page_id integer NOT NULL,
    user_id bigint NOT NULL
);
CREATE TABLE public.knowledge_base_word (
    word character varying(40) NOT NULL,
    is_public boolean NOT NULL
);
CREATE TABLE public.membership_agreement (
    id uuid NOT NULL,
    language character varying(5) NOT NULL,
    signed_by character varying(150) NOT NULL,
    signed_as character varying(100) NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    framework_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.membership_application (
    id uuid NOT NULL,
    reference character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    source character varying(6) NOT NULL,
    contact_email character varying(254) NOT NULL,
    language character varying(5) NOT NULL,
    names jsonb NOT NULL,
    kind character varying(12) NOT NULL,
    province character varying(80) NOT NULL,
    time_zone character varying(40) NOT NULL,
    workspace_language character varying(5) NOT NULL,
    short_name character varying(31) NOT NULL,
    registration_number character varying(60) NOT NULL,
    registered_with character varying(150) NOT NULL,
    board text NOT NULL,
    manager_name character varying(150) NOT NULL,
    manager_email character varying(254) NOT NULL,
    about text NOT NULL,
    services character varying(20)[] NOT NULL,
    languages character varying(5)[] NOT NULL,
    signed_language character varying(5) NOT NULL,
    signed_by character varying(150) NOT NULL,
    signed_as character varying(100) NOT NULL,
    signed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    organisation_id uuid,
    batch_id uuid,
    framework_id uuid,
    CONSTRAINT application_opened_is_a_member CHECK (((NOT ((state)::text = 'opened'::text)) OR (organisation_id IS NOT NULL))),
    CONSTRAINT application_sent_at_a_time CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('withdrawn'::character varying)::text])) OR (sent_at IS NOT NULL))),
    CONSTRAINT application_signed_whole CHECK ((((framework_id IS NULL) AND (signed_at IS NULL) AND ((signed_by)::text = ''::text)) OR ((framework_id IS NOT NULL) AND (signed_at IS NOT NULL) AND (NOT ((signed_by)::text = ''::text))))),
    CONSTRAINT application_state_known CHECK (((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('sent'::character varying)::text, ('asked'::character varying)::text, ('declined'::character varying)::text, ('appealed'::character varying)::text, ('licensed'::character varying)::text, ('opened'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT membership_application_version_check CHECK ((version >= 0))
);
CREATE TABLE public.membership_batch (
    id uuid NOT NULL,
    file_name character varying(150) NOT NULL,
    by_name character varying(150) NOT NULL,
    rows jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.membership_changerequest (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    province character varying(80) NOT NULL,
    reason text NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_name character varying(150) NOT NULL,
    answer text NOT NULL,
    decided_at timestamp with time zone,
    decided_by_name character varying(150) NOT NULL,
    branch_id uuid,
    organisation_id uuid NOT NULL,
    subdomain character varying(31) NOT NULL
);
CREATE TABLE public.membership_event (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    actor character varying(12) NOT NULL,
    by_name character varying(150) NOT NULL,
    reason character varying(16) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL,
    organisation_id uuid
);
CREATE TABLE public.membership_firstday (
    organisation_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by_name character varying(150) NOT NULL
);
CREATE TABLE public.membership_frameworkversion (
    id uuid NOT NULL,
    number integer NOT NULL,
    texts jsonb NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by_name character varying(150) NOT NULL,
    CONSTRAINT framework_has_a_text CHECK ((NOT (texts = '{}'::jsonb))),
    CONSTRAINT membership_frameworkversion_number_check CHECK ((number >= 0))
);
CREATE TABLE public.membership_licence (
    id uuid NOT NULL,
    number character varying(40) NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    conditions text NOT NULL,
    is_provisional boolean NOT NULL,
    granted_by_name character varying(150) NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    renewed_at timestamp with time zone,
    version integer NOT NULL,
    application_id uuid,
    granted_by_id uuid NOT NULL,
    organisation_id uuid,
    reminded smallint,
    CONSTRAINT licence_ends_after_start CHECK ((valid_until > valid_from)),
    CONSTRAINT licence_is_somebodys CHECK (((application_id IS NOT NULL) OR (organisation_id IS NOT NULL))),
    CONSTRAINT membership_licence_reminded_check CHECK ((reminded >= 0)),
    CONSTRAINT membership_licence_version_check CHECK ((version >= 0))
);
CREATE TABLE public.membership_licensingstep (
    id uuid NOT NULL,
    names jsonb NOT NULL,
    hints jsonb NOT NULL,
    kinds character varying(12)[] NOT NULL,
    is_required boolean NOT NULL,
    is_used boolean NOT NULL,
    "order" smallint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT licensing_step_has_a_name CHECK ((NOT (names = '{}'::jsonb))),
    CONSTRAINT membership_licensingstep_order_check CHECK (("order" >= 0)),
    CONSTRAINT membership_licensingstep_version_check CHECK ((version >= 0))
);
CREATE TABLE public.membership_link (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL
);
CREATE TABLE public.membership_merger (
    id uuid NOT NULL,
    reason text NOT NULL,
    state character varying(10) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    proposed_by_name character varying(150) NOT NULL,
    begun_at timestamp with time zone,
    begun_by_name character varying(150) NOT NULL,
    merged_at timestamp with time zone,
    undo_reason text NOT NULL,
    undo_at timestamp with time zone,
    undo_by_name character varying(150) NOT NULL,
    ended_at timestamp with time zone,
    settled_at timestamp with time zone,
    trouble character varying(7) NOT NULL,
    obstacles jsonb NOT NULL,
    moved jsonb NOT NULL,
    seen jsonb NOT NULL,
    seen_at timestamp with time zone,
    done integer NOT NULL,
    total integer NOT NULL,
    due_at timestamp with time zone,
    turn uuid,
    tries smallint NOT NULL,
    version integer NOT NULL,
    absorbed_id uuid NOT NULL,
    remaining_id uuid NOT NULL,
    CONSTRAINT membership_merger_done_check CHECK ((done >= 0)),
    CONSTRAINT membership_merger_total_check CHECK ((total >= 0)),
    CONSTRAINT membership_merger_tries_check CHECK ((tries >= 0)),
    CONSTRAINT membership_merger_version_check CHECK ((version >= 0)),
    CONSTRAINT merger_merged_at CHECK (((NOT ((state)::text = ANY (ARRAY[('merged'::character varying)::text, ('undoing'::character varying)::text, ('undone'::character varying)::text]))) OR (merged_at IS NOT NULL))),
    CONSTRAINT merger_of_two CHECK ((NOT (absorbed_id = remaining_id)))
);
CREATE TABLE public.membership_mergeranswer (
    id uuid NOT NULL,
    about character varying(5) NOT NULL,
    agrees boolean NOT NULL,
    reason text NOT NULL,
    counts jsonb NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    merger_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT merger_declined_with_reason CHECK ((agrees OR (NOT (reason = ''::text))))
);
CREATE TABLE public.membership_opening (
    id uuid NOT NULL,
    tried uuid[] NOT NULL,
    tries smallint NOT NULL,
    due_at timestamp with time zone,
    taken_until timestamp with time zone,
    trouble character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    application_id uuid NOT NULL,
    CONSTRAINT membership_opening_tries_check CHECK ((tries >= 0))
);
CREATE TABLE public.membership_openingstep (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    number smallint NOT NULL,
    state character varying(8) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    opening_id uuid NOT NULL,
    CONSTRAINT membership_openingstep_number_check CHECK ((number >= 0))
);
CREATE TABLE public.membership_paperfile (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(150) NOT NULL,
    content_type character varying(40) NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    added_at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL,
    CONSTRAINT membership_paperfile_size_check CHECK ((size >= 0))
);
CREATE TABLE public.membership_stepcheck (
    id uuid NOT NULL,
    is_done boolean NOT NULL,
    note character varying(300) NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    application_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    step_id uuid NOT NULL
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisations_auditanchor (
    id bigint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL
);
ALTER TABLE public.organisations_auditanchor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisations_auditanchor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisations_closing (
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_name character varying(150) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    called_off_at timestamp with time zone,
    called_off_by_name character varying(150) NOT NULL,
    done_at timestamp with time zone,
    proof jsonb NOT NULL,
    proof_hash character varying(64) NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT closing_called_off_by_somebody CHECK ((((called_off_at IS NOT NULL) AND ((state)::text = 'called_off'::text) AND (NOT ((called_off_by_name)::text = ''::text))) OR ((NOT ((state)::text = 'called_off'::text)) AND (called_off_at IS NULL) AND ((called_off_by_name)::text = ''::text)))),
    CONSTRAINT closing_done_with_proof CHECK ((((done_at IS NOT NULL) AND ((state)::text = 'done'::text) AND (NOT ((proof_hash)::text = ''::text))) OR ((NOT ((state)::text = 'done'::text)) AND (done_at IS NULL)))),
    CONSTRAINT closing_due_after_asked CHECK ((due_at >= asked_at))
);
CREATE TABLE public.organisations_membership (
    id uuid NOT NULL,
    role character varying(12) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    user_id bigint NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT organisations_membership_version_check CHECK ((version >= 0))
);
CREATE VIEW public.organisations_colleague WITH (security_barrier='true') AS
 SELECT membership.id,
    membership.user_id,
    membership.organisation_id,
    account.name,
    account.email,
    account.language,
    account.last_login,
    membership.role,
    membership.started_at,
    membership.ended_at,
    membership.version,
    (EXISTS ( SELECT 1
           FROM public.mfa_authenticator authenticator
          WHERE ((authenticator.user_id = account.id) AND ((authenticator.type)::text <> 'recovery_codes'::text)))) AS has_second_factor
   FROM (public.organisations_membership membership
     JOIN public.accounts_user account ON ((account.id = membership.user_id)))
  WHERE (membership.organisation_id = ( SELECT public.current_organisation() AS current_organisation));
CREATE TABLE public.organisations_domain (
    id bigint NOT NULL,
    domain character varying(253) NOT NULL,
    is_primary boolean NOT NULL,
    tenant_id uuid NOT NULL
);
ALTER TABLE public.organisations_domain ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisations_domain_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.organisations_duework (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.organisations_invitation (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(150) NOT NULL,
    role character varying(12) NOT NULL,
    language character varying(5) NOT NULL,
    token_hash character varying(64) NOT NULL,
    invited_by_name character varying(150) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.organisations_owndomain (
    id uuid NOT NULL,
    domain character varying(253) NOT NULL,
    token character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    lack character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_name character varying(150) NOT NULL,
    checked_at timestamp with time zone,
    live_at timestamp with time zone,
    failing_since timestamp with time zone,
    taken_out_at timestamp with time zone,
    taken_out_by_name character varying(150) NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT own_domain_failing_since CHECK ((((failing_since IS NOT NULL) AND ((state)::text = 'failing'::text)) OR ((NOT ((state)::text = 'failing'::text)) AND (failing_since IS NULL)))),
    CONSTRAINT own_domain_taken_out_at CHECK (((NOT ((state)::text = 'taken_out'::text)) OR (taken_out_at IS NOT NULL)))
);
CREATE TABLE public.organisations_software (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by_name character varying(150) NOT NULL,
    secret_since timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoked_by_name character varying(150) NOT NULL,
    client_id character varying(100) NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT software_revoked_by_somebody CHECK ((((revoked_at IS NULL) AND ((revoked_by_name)::text = ''::text)) OR ((revoked_at IS NOT NULL) AND (NOT ((revoked_by_name)::text = ''::text)))))
);
CREATE TABLE public.organisations_spareschema (
    id uuid NOT NULL,
    schema_name character varying(63) NOT NULL,
    db_role character varying(63) NOT NULL,
    schema_version character varying(16) NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.organisations_statechange (
    id uuid NOT NULL,
    before character varying(12) NOT NULL,
    after character varying(12) NOT NULL,
    why character varying(12) NOT NULL,
    reason text NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT state_change_changes CHECK ((NOT ((before)::text = (after)::text)))
);
CREATE VIEW public.organisations_supporter WITH (security_barrier='true') AS
 SELECT DISTINCT account.id AS user_id,
    account.name
   FROM ((public.organisations_membership membership
     JOIN public.organisations_organisation organisation ON ((organisation.id = membership.organisation_id)))
     JOIN public.accounts_user account ON ((account.id = membership.user_id)))
  WHERE (((organisation.kind)::text = 'secretariat'::text) AND ((membership.role)::text = 'secretariat'::text) AND (membership.ended_at IS NULL) AND account.is_active);
CREATE TABLE public.organisations_supportgrant (
    id uuid NOT NULL,
    user_name character varying(150) NOT NULL,
    reason text NOT NULL,
    granted_by_name character varying(150) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    organisation_id uuid NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT support_ends_after_start CHECK ((ends_at > starts_at))
);
CREATE TABLE public.organisations_takeout (
    id uuid NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_name character varying(150) NOT NULL,
    turn uuid,
    beat_at timestamp with time zone,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone,
    total bigint NOT NULL,
    done bigint NOT NULL,
    parts jsonb NOT NULL,
    downloads integer NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT organisations_takeout_done_check CHECK ((done >= 0)),
    CONSTRAINT organisations_takeout_downloads_check CHECK ((downloads >= 0)),
    CONSTRAINT organisations_takeout_total_check CHECK ((total >= 0)),
    CONSTRAINT takeout_ready_until CHECK (((NOT ((state)::text = 'ready'::text)) OR ((expires_at IS NOT NULL) AND (ready_at IS NOT NULL))))
);
CREATE TABLE public.organisations_workinggroup (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    about character varying(300) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT organisations_workinggroup_version_check CHECK ((version >= 0))
);
ALTER TABLE public.organisations_workinggroup_organisations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisations_workinggroup_organisations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);
CREATE TABLE public.status_incident (
    id uuid NOT NULL,
    part character varying(10) NOT NULL,
    gravity character varying(6) NOT NULL,
    titles jsonb NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT incident_ends_after_start CHECK (((ended_at IS NULL) OR (ended_at >= started_at))),
    CONSTRAINT status_incident_version_check CHECK ((version >= 0))
);
CREATE TABLE public.status_incidentupdate (
    id uuid NOT NULL,
    texts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    incident_id uuid NOT NULL
);
CREATE TABLE public.taggit_tag (
    id integer NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(100) NOT NULL
);
ALTER TABLE public.taggit_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.taggit_taggeditem (
    id integer NOT NULL,
    object_id integer NOT NULL,
    content_type_id integer NOT NULL,
    tag_id integer NOT NULL
);
ALTER TABLE public.taggit_taggeditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_taggeditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.usersessions_usersession (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ip inet NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    session_key character varying(40) NOT NULL,
    user_agent character varying(200) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.usersessions_usersession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.usersessions_usersession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailadmin_admin (
    id integer NOT NULL
);
ALTER TABLE public.wagtailadmin_admin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_admin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailadmin_editingsession (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id bigint NOT NULL,
    is_editing boolean NOT NULL
);
ALTER TABLE public.wagtailadmin_editingsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_editingsession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailadmin_formstate (
    id integer NOT NULL,
    data text NOT NULL,
    object_id character varying(255) NOT NULL,
    parent_object_id character varying(255) NOT NULL,
    last_updated_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.wagtailadmin_formstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_formstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_collection (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    name character varying(255) NOT NULL,
    CONSTRAINT wagtailcore_collection_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_collection_numchild_check CHECK ((numchild >= 0))
);
ALTER TABLE public.wagtailcore_collection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_collectionviewrestriction (
    id integer NOT NULL,
    restriction_type character varying(20) NOT NULL,
    password character varying(255) NOT NULL,
    collection_id integer NOT NULL
);
CREATE TABLE public.wagtailcore_collectionviewrestriction_groups (
    id bigint NOT NULL,
    collectionviewrestriction_id integer CONSTRAINT wagtailcore_collectionviewr_collectionviewrestriction__not_null NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_collectionviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.wagtailcore_collectionviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_comment (
    id integer NOT NULL,
    text text NOT NULL,
    contentpath text NOT NULL,
    "position" text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    page_id integer NOT NULL,
    resolved_by_id bigint,
    revision_created_id integer,
    user_id bigint NOT NULL
);
ALTER TABLE public.wagtailcore_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_commentreply (
    id integer NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    comment_id integer NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.wagtailcore_commentreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_commentreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_groupapprovaltask (
    task_ptr_id integer NOT NULL
);
CREATE TABLE public.wagtailcore_groupapprovaltask_groups (
    id bigint NOT NULL,
    groupapprovaltask_id integer CONSTRAINT wagtailcore_groupapprovaltask_gro_groupapprovaltask_id_not_null NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_groupapprovaltask_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupapprovaltask_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_groupcollectionpermission (
    id integer NOT NULL,
    collection_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_groupcollectionpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupcollectionpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_grouppagepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    page_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_grouppagepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_grouppagepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_groupsitepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL,
    site_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_groupsitepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupsitepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.wagtailcore_locale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_locale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_modellogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_modellogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    object_id character varying(255) NOT NULL,
    content_type_id integer,
    user_id bigint,
    uuid uuid,
    revision_id integer
);
ALTER TABLE public.wagtailcore_modellogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_modellogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.wagtailcore_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_pagelogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_pagelogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    content_type_id integer,
    page_id integer NOT NULL,
    revision_id integer,
    user_id bigint,
    uuid uuid
);
ALTER TABLE public.wagtailcore_pagelogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagelogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_revision (
    id integer CONSTRAINT wagtailcore_pagerevision_id_not_null NOT NULL,
    created_at timestamp with time zone CONSTRAINT wagtailcore_pagerevision_created_at_not_null NOT NULL,
    content jsonb CONSTRAINT wagtailcore_pagerevision_content_json_not_null NOT NULL,
    approved_go_live_at timestamp with time zone,
    object_id character varying(255) CONSTRAINT wagtailcore_pagerevision_page_id_not_null NOT NULL,
    user_id bigint,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL,
    object_str text NOT NULL
);
ALTER TABLE public.wagtailcore_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagerevision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_pagesubscription (
    id integer NOT NULL,
    comment_notifications boolean NOT NULL,
    page_id integer NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.wagtailcore_pagesubscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagesubscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_pageviewrestriction (
    id integer NOT NULL,
    password character varying(255) NOT NULL,
    page_id integer NOT NULL,
    restriction_type character varying(20) NOT NULL
);
CREATE TABLE public.wagtailcore_pageviewrestriction_groups (
    id bigint NOT NULL,
    pageviewrestriction_id integer CONSTRAINT wagtailcore_pageviewrestriction_pageviewrestriction_id_not_null NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_pageviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.wagtailcore_pageviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_referenceindex (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    to_object_id character varying(255) NOT NULL,
    model_path text NOT NULL,
    content_path text NOT NULL,
    content_path_hash uuid NOT NULL,
    base_content_type_id integer NOT NULL,
    content_type_id integer NOT NULL,
    to_content_type_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_referenceindex ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_referenceindex_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_site (
    id integer NOT NULL,
    hostname character varying(255) NOT NULL,
    port integer NOT NULL,
    is_default_site boolean NOT NULL,
    root_page_id integer NOT NULL,
    site_name character varying(255) NOT NULL
);
ALTER TABLE public.wagtailcore_site ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_task (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL,
    content_type_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_taskstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    content_type_id integer NOT NULL,
    revision_id integer CONSTRAINT wagtailcore_taskstate_page_revision_id_not_null NOT NULL,
    task_id integer NOT NULL,
    workflow_state_id integer NOT NULL,
    finished_by_id bigint,
    comment text NOT NULL
);
ALTER TABLE public.wagtailcore_taskstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_taskstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_uploadedfile (
    id integer NOT NULL,
    file character varying(200) NOT NULL,
    for_content_type_id integer,
    uploaded_by_user_id bigint
);
ALTER TABLE public.wagtailcore_uploadedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_uploadedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_workflow (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL
);
ALTER TABLE public.wagtailcore_workflow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_workflowcontenttype (
    content_type_id integer NOT NULL,
    workflow_id integer NOT NULL
);
CREATE TABLE public.wagtailcore_workflowpage (
    page_id integer NOT NULL,
    workflow_id integer NOT NULL
);
CREATE TABLE public.wagtailcore_workflowstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    current_task_state_id integer,
    object_id character varying(255) CONSTRAINT wagtailcore_workflowstate_page_id_not_null NOT NULL,
    requested_by_id bigint,
    workflow_id integer NOT NULL,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_workflowstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailcore_workflowtask (
    id integer NOT NULL,
    sort_order integer,
    task_id integer NOT NULL,
    workflow_id integer NOT NULL
);
ALTER TABLE public.wagtailcore_workflowtask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowtask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtaildocs_document (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    uploaded_by_user_id bigint,
    collection_id integer NOT NULL,
    file_size bigint,
    file_hash character varying(40) NOT NULL,
    CONSTRAINT wagtaildocs_document_file_size_check CHECK ((file_size >= 0))
);
ALTER TABLE public.wagtaildocs_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtaildocs_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailembeds_embed (
    id integer NOT NULL,
    url text NOT NULL,
    max_width smallint,
    type character varying(10) NOT NULL,
    html text NOT NULL,
    title text NOT NULL,
    author_name text NOT NULL,
    provider_name text NOT NULL,
    thumbnail_url text NOT NULL,
    width integer,
    height integer,
    last_updated timestamp with time zone NOT NULL,
    hash character varying(32) NOT NULL,
    cache_until timestamp with time zone
);
ALTER TABLE public.wagtailembeds_embed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailembeds_embed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailimages_image (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    focal_point_x integer,
    focal_point_y integer,
    focal_point_width integer,
    focal_point_height integer,
    uploaded_by_user_id bigint,
    file_size integer,
    collection_id integer NOT NULL,
    file_hash character varying(40) NOT NULL,
    description character varying(255) NOT NULL,
    CONSTRAINT wagtailimages_image_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_height_check CHECK ((focal_point_height >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_width_check CHECK ((focal_point_width >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_x_check CHECK ((focal_point_x >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_y_check CHECK ((focal_point_y >= 0))
);
ALTER TABLE public.wagtailimages_image ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_image_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailimages_rendition (
    id integer NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    focal_point_key character varying(16) NOT NULL,
    filter_spec character varying(255) NOT NULL,
    image_id integer NOT NULL
);
ALTER TABLE public.wagtailimages_rendition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_rendition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailredirects_redirect (
    id integer NOT NULL,
    old_path character varying(255) NOT NULL,
    is_permanent boolean NOT NULL,
    redirect_link character varying(255) NOT NULL,
    redirect_page_id integer,
    site_id integer,
    automatically_created boolean NOT NULL,
    created_at timestamp with time zone,
    redirect_page_route_path character varying(255) NOT NULL
);
ALTER TABLE public.wagtailredirects_redirect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailredirects_redirect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailsearch_indexentry (
    id integer NOT NULL,
    object_id character varying(50) NOT NULL,
    title_norm double precision NOT NULL,
    content_type_id integer NOT NULL,
    autocomplete tsvector NOT NULL,
    title tsvector NOT NULL,
    body tsvector NOT NULL,
    title_text text NOT NULL,
    body_text text NOT NULL
);
ALTER TABLE public.wagtailsearch_indexentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailsearch_indexentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wagtailusers_userprofile (
    id integer NOT NULL,
    submitted_notifications boolean NOT NULL,
    approved_notifications boolean NOT NULL,
    rejected_notifications boolean NOT NULL,
    user_id bigint NOT NULL,
    preferred_language character varying(10) NOT NULL,
    current_time_zone character varying(40) NOT NULL,
    avatar character varying(100) NOT NULL,
    updated_comments_notifications boolean CONSTRAINT wagtailusers_userprofile_updated_comments_notification_not_null NOT NULL,
    dismissibles jsonb NOT NULL,
    theme character varying(40) NOT NULL,
    density character varying(40) NOT NULL,
    contrast character varying(40) NOT NULL,
    keyboard_shortcuts boolean NOT NULL
);
ALTER TABLE public.wagtailusers_userprofile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailusers_userprofile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.working_groups_agendapoint (
    id uuid NOT NULL,
    state character varying(8) NOT NULL,
    "order" smallint NOT NULL,
    title character varying(200) NOT NULL,
    details text NOT NULL,
    minutes_planned smallint,
    version integer NOT NULL,
    organisation_id uuid NOT NULL,
    by_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    CONSTRAINT working_groups_agendapoint_minutes_planned_check CHECK ((minutes_planned >= 0)),
    CONSTRAINT working_groups_agendapoint_order_check CHECK (("order" >= 0)),
    CONSTRAINT working_groups_agendapoint_version_check CHECK ((version >= 0))
);
CREATE TABLE public.working_groups_answer (
    id uuid NOT NULL,
    reply character varying(5) NOT NULL,
    at timestamp with time zone NOT NULL,
    organisation_id uuid NOT NULL,
    seat_id uuid NOT NULL,
    meeting_id uuid NOT NULL
);
CREATE TABLE public.working_groups_attendance (
    id uuid NOT NULL,
    presence character varying(8) NOT NULL,
    seat_id uuid NOT NULL,
    meeting_id uuid NOT NULL
);
CREATE TABLE public.working_groups_charter (
    group_id uuid NOT NULL,
    names jsonb NOT NULL,
    purpose text NOT NULL,
    founded_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    convener_id uuid NOT NULL
);
CREATE TABLE public.working_groups_decision (
    id uuid NOT NULL,
    year smallint NOT NULL,
    number smallint NOT NULL,
    text text NOT NULL,
    due_on date,
    state character varying(9) NOT NULL,
    note character varying(500) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    group_id uuid NOT NULL,
    point_id uuid NOT NULL,
    responsible_id uuid,
    CONSTRAINT working_groups_decision_number_check CHECK ((number >= 0)),
    CONSTRAINT working_groups_decision_version_check CHECK ((version >= 0)),
    CONSTRAINT working_groups_decision_year_check CHECK ((year >= 0))
);
CREATE TABLE public.working_groups_document (
    id uuid NOT NULL,
    title character varying(120) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    group_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    by_id uuid NOT NULL
);
CREATE TABLE public.working_groups_documentversion (
    id uuid NOT NULL,
    number smallint NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    note character varying(200) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    document_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT working_groups_documentversion_number_check CHECK ((number >= 0)),
    CONSTRAINT working_groups_documentversion_size_check CHECK ((size >= 0))
);
CREATE TABLE public.working_groups_groupseat (
    id uuid NOT NULL,
    is_convener boolean NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    group_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);
CREATE TABLE public.working_groups_meeting (
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    time_zone character varying(40) NOT NULL,
    place character varying(200) NOT NULL,
    link character varying(500) NOT NULL,
    invited_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    approved_at timestamp with time zone,
    sequence integer NOT NULL,
    version integer NOT NULL,
    approved_by_id uuid,
    called_by_id uuid NOT NULL,
    group_id uuid NOT NULL,
    CONSTRAINT group_meeting_approved_by CHECK ((((approved_at IS NULL) AND (approved_by_id IS NULL)) OR ((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL) AND (cancelled_at IS NULL)))),
    CONSTRAINT group_meeting_ends_after_start CHECK ((ends_at > starts_at)),
    CONSTRAINT working_groups_meeting_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT working_groups_meeting_version_check CHECK ((version >= 0))
);
CREATE TABLE public.working_groups_meetingfeed (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    membership_id uuid NOT NULL,
    organisation_id uuid NOT NULL
);
CREATE VIEW public.working_groups_memberorganisation WITH (security_barrier='true') AS
 SELECT id,
    workinggroup_id AS group_id,
    organisation_id
   FROM public.organisations_workinggroup_organisations belonging
  WHERE ((EXISTS ( SELECT 1
           FROM public.organisations_workinggroup_organisations own
          WHERE ((own.workinggroup_id = belonging.workinggroup_id) AND (own.organisation_id = ( SELECT public.current_organisation() AS current_organisation))))) OR (EXISTS ( SELECT 1
           FROM public.organisations_organisation reader
          WHERE ((reader.id = ( SELECT public.current_organisation() AS current_organisation)) AND ((reader.kind)::text = 'secretariat'::text)))));
CREATE TABLE public.working_groups_minutes (
    point_id uuid NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    by_id uuid NOT NULL,
    CONSTRAINT working_groups_minutes_version_check CHECK ((version >= 0))
);
CREATE TABLE public.working_groups_minutesnote (
    id uuid NOT NULL,
    text text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    meeting_id uuid NOT NULL
);
CREATE VIEW public.working_groups_person WITH (security_barrier='true') AS
 SELECT seat.id,
    seat.group_id,
    seat.organisation_id,
    seat.membership_id,
        CASE
            WHEN ((organisation.state)::text = 'closed'::text) THEN ''::character varying
            ELSE account.name
        END AS name,
    (seat.is_convener AND (charter.convener_id = seat.organisation_id)) AS is_convener,
    seat.started_at,
    ((seat.ended_at IS NULL) AND (membership.ended_at IS NULL) AND account.is_active AND ((organisation.state)::text <> 'closed'::text) AND (EXISTS ( SELECT 1
           FROM public.organisations_workinggroup_organisations belonging
          WHERE ((belonging.workinggroup_id = seat.group_id) AND (belonging.organisation_id = seat.organisation_id))))) AS is_here
   FROM ((((public.working_groups_groupseat seat
     JOIN public.working_groups_charter charter ON ((charter.group_id = seat.group_id)))
     JOIN public.organisations_membership membership ON ((membership.id = seat.membership_id)))
     JOIN public.accounts_user account ON ((account.id = membership.user_id)))
     JOIN public.organisations_organisation organisation ON ((organisation.id = seat.organisation_id)))
  WHERE ((EXISTS ( SELECT 1
           FROM public.organisations_workinggroup_organisations own
          WHERE ((own.workinggroup_id = seat.group_id) AND (own.organisation_id = ( SELECT public.current_organisation() AS current_organisation))))) OR (EXISTS ( SELECT 1
           FROM public.organisations_organisation reader
          WHERE ((reader.id = ( SELECT public.current_organisation() AS current_organisation)) AND ((reader.kind)::text = 'secretariat'::text)))));
INSERT INTO public.auth_group VALUES
	(1, 'Moderators'),
	(2, 'Editors'),
	(3, 'Knowledge editors');
INSERT INTO public.auth_group_permissions VALUES
	(1, 1, 105),
	(2, 1, 106),
	(3, 1, 107),
	(4, 2, 105),
	(5, 2, 106),
	(6, 2, 107),
	(7, 1, 108),
	(8, 2, 108),
	(9, 1, 109),
	(10, 2, 109),
	(11, 3, 108),
	(12, 3, 110),
	(13, 3, 111),
	(14, 3, 112),
	(15, 3, 113),
	(16, 3, 114),
	(17, 3, 115),
	(18, 3, 116),
	(19, 3, 117),
	(20, 3, 118),
	(21, 3, 119),
	(22, 3, 120),
	(23, 1, 121),
	(24, 1, 122),
	(25, 1, 123),
	(26, 2, 121),
	(27, 2, 122),
	(28, 2, 123),
	(29, 1, 124),
	(30, 2, 124),
	(31, 3, 124);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add locale', 3, 'add_locale'),
	(2, 'Can change locale', 3, 'change_locale'),
	(3, 'Can delete locale', 3, 'delete_locale'),
	(4, 'Can view locale', 3, 'view_locale'),
	(5, 'Can add site', 4, 'add_site'),
	(6, 'Can change site', 4, 'change_site'),
	(7, 'Can delete site', 4, 'delete_site'),
	(8, 'Can view site', 4, 'view_site'),
	(9, 'Can add group site permission', 5, 'add_groupsitepermission'),
	(10, 'Can change group site permission', 5, 'change_groupsitepermission'),
	(11, 'Can delete group site permission', 5, 'delete_groupsitepermission'),
	(12, 'Can view group site permission', 5, 'view_groupsitepermission'),
	(13, 'Can add model log entry', 6, 'add_modellogentry'),
	(14, 'Can change model log entry', 6, 'change_modellogentry'),
	(15, 'Can delete model log entry', 6, 'delete_modellogentry'),
	(16, 'Can view model log entry', 6, 'view_modellogentry'),
	(17, 'Can add revision', 7, 'add_revision'),
	(18, 'Can change revision', 7, 'change_revision'),
	(19, 'Can delete revision', 7, 'delete_revision'),
	(20, 'Can view revision', 7, 'view_revision'),
	(21, 'Can add collection view restriction', 8, 'add_collectionviewrestriction'),
	(22, 'Can change collection view restriction', 8, 'change_collectionviewrestriction'),
	(23, 'Can delete collection view restriction', 8, 'delete_collectionviewrestriction'),
	(24, 'Can view collection view restriction', 8, 'view_collectionviewrestriction'),
	(25, 'Can add collection', 9, 'add_collection'),
	(26, 'Can change collection', 9, 'change_collection'),
	(27, 'Can delete collection', 9, 'delete_collection'),
	(28, 'Can view collection', 9, 'view_collection'),
	(29, 'Can add group collection permission', 10, 'add_groupcollectionpermission'),
	(30, 'Can change group collection permission', 10, 'change_groupcollectionpermission'),
	(31, 'Can delete group collection permission', 10, 'delete_groupcollectionpermission'),
	(32, 'Can view group collection permission', 10, 'view_groupcollectionpermission'),
	(33, 'Can add uploaded file', 11, 'add_uploadedfile'),
	(34, 'Can change uploaded file', 11, 'change_uploadedfile'),
	(35, 'Can delete uploaded file', 11, 'delete_uploadedfile'),
	(36, 'Can view uploaded file', 11, 'view_uploadedfile'),
	(37, 'Can add workflow content type', 12, 'add_workflowcontenttype'),
	(38, 'Can change workflow content type', 12, 'change_workflowcontenttype'),
	(39, 'Can delete workflow content type', 12, 'delete_workflowcontenttype'),
	(40, 'Can view workflow content type', 12, 'view_workflowcontenttype'),
	(41, 'Can add Workflow state', 13, 'add_workflowstate'),
	(42, 'Can change Workflow state', 13, 'change_workflowstate'),
	(43, 'Can delete Workflow state', 13, 'delete_workflowstate'),
	(44, 'Can view Workflow state', 13, 'view_workflowstate'),
	(45, 'Can add workflow', 14, 'add_workflow'),
	(46, 'Can change workflow', 14, 'change_workflow'),
	(47, 'Can delete workflow', 14, 'delete_workflow'),
	(48, 'Can view workflow', 14, 'view_workflow'),
	(49, 'Can add workflow task order', 15, 'add_workflowtask'),
	(50, 'Can change workflow task order', 15, 'change_workflowtask'),
	(51, 'Can delete workflow task order', 15, 'delete_workflowtask'),
	(52, 'Can view workflow task order', 15, 'view_workflowtask'),
	(53, 'Can add task', 16, 'add_task'),
	(54, 'Can change task', 16, 'change_task'),
	(55, 'Can delete task', 16, 'delete_task'),
	(56, 'Can view task', 16, 'view_task'),
	(57, 'Can add Group approval task', 2, 'add_groupapprovaltask'),
	(58, 'Can change Group approval task', 2, 'change_groupapprovaltask'),
	(59, 'Can delete Group approval task', 2, 'delete_groupapprovaltask'),
	(60, 'Can view Group approval task', 2, 'view_groupapprovaltask'),
	(61, 'Can add Task state', 17, 'add_taskstate'),
	(62, 'Can change Task state', 17, 'change_taskstate'),
	(63, 'Can delete Task state', 17, 'delete_taskstate'),
	(64, 'Can view Task state', 17, 'view_taskstate'),
	(65, 'Can add page', 1, 'add_page'),
	(66, 'Can change page', 1, 'change_page'),
	(67, 'Can delete page', 1, 'delete_page'),
	(68, 'Can view page', 1, 'view_page'),
	(69, 'Delete pages with children', 1, 'bulk_delete_page'),
	(70, 'Lock/unlock pages you''ve locked', 1, 'lock_page'),
	(71, 'Publish any page', 1, 'publish_page'),
	(72, 'Unlock any page', 1, 'unlock_page'),
	(73, 'Can add group page permission', 18, 'add_grouppagepermission'),
	(74, 'Can change group page permission', 18, 'change_grouppagepermission'),
	(75, 'Can delete group page permission', 18, 'delete_grouppagepermission'),
	(76, 'Can view group page permission', 18, 'view_grouppagepermission'),
	(77, 'Can add page view restriction', 19, 'add_pageviewrestriction'),
	(78, 'Can change page view restriction', 19, 'change_pageviewrestriction'),
	(79, 'Can delete page view restriction', 19, 'delete_pageviewrestriction'),
	(80, 'Can view page view restriction', 19, 'view_pageviewrestriction'),
	(81, 'Can add workflow page', 20, 'add_workflowpage'),
	(82, 'Can change workflow page', 20, 'change_workflowpage'),
	(83, 'Can delete workflow page', 20, 'delete_workflowpage'),
	(84, 'Can view workflow page', 20, 'view_workflowpage'),
	(85, 'Can add page log entry', 21, 'add_pagelogentry'),
	(86, 'Can change page log entry', 21, 'change_pagelogentry'),
	(87, 'Can delete page log entry', 21, 'delete_pagelogentry'),
	(88, 'Can view page log entry', 21, 'view_pagelogentry'),
	(89, 'Can add comment', 22, 'add_comment'),
	(90, 'Can change comment', 22, 'change_comment'),
	(91, 'Can delete comment', 22, 'delete_comment'),
	(92, 'Can view comment', 22, 'view_comment'),
	(93, 'Can add comment reply', 23, 'add_commentreply'),
	(94, 'Can change comment reply', 23, 'change_commentreply'),
	(95, 'Can delete comment reply', 23, 'delete_commentreply'),
	(96, 'Can view comment reply', 23, 'view_commentreply'),
	(97, 'Can add page subscription', 24, 'add_pagesubscription'),
	(98, 'Can change page subscription', 24, 'change_pagesubscription'),
	(99, 'Can delete page subscription', 24, 'delete_pagesubscription'),
	(100, 'Can view page subscription', 24, 'view_pagesubscription'),
	(101, 'Can add reference index', 25, 'add_referenceindex'),
	(102, 'Can change reference index', 25, 'change_referenceindex'),
	(103, 'Can delete reference index', 25, 'delete_referenceindex'),
	(104, 'Can view reference index', 25, 'view_referenceindex'),
	(105, 'Can add document', 26, 'add_document'),
	(106, 'Can change document', 26, 'change_document'),
	(107, 'Can delete document', 26, 'delete_document'),
	(108, 'Can access Wagtail admin', 27, 'access_admin'),
	(109, 'Can choose document', 26, 'choose_document'),
	(110, 'Can view curriculumversion', 29, 'view_curriculumversion'),
	(111, 'Can change curriculumversion', 29, 'change_curriculumversion'),
	(112, 'Can delete curriculumversion', 29, 'delete_curriculumversion'),
	(113, 'Can view module', 30, 'view_module'),
	(114, 'Can add module', 30, 'add_module'),
	(115, 'Can change module', 30, 'change_module'),
	(116, 'Can delete module', 30, 'delete_module'),
	(117, 'Can view unit', 31, 'view_unit'),
	(118, 'Can add unit', 31, 'add_unit'),
	(119, 'Can change unit', 31, 'change_unit'),
	(120, 'Can delete unit', 31, 'delete_unit'),
	(121, 'Can add image', 34, 'add_image'),
	(122, 'Can change image', 34, 'change_image'),
	(123, 'Can delete image', 34, 'delete_image'),
	(124, 'Can choose image', 34, 'choose_image'),
	(125, 'Can add colleague', 35, 'add_colleague'),
	(126, 'Can change colleague', 35, 'change_colleague'),
	(127, 'Can delete colleague', 35, 'delete_colleague'),
	(128, 'Can view colleague', 35, 'view_colleague'),
	(129, 'Can add supporter', 36, 'add_supporter'),
	(130, 'Can change supporter', 36, 'change_supporter'),
	(131, 'Can delete supporter', 36, 'delete_supporter'),
	(132, 'Can view supporter', 36, 'view_supporter'),
	(133, 'Can add spare schema', 37, 'add_spareschema'),
	(134, 'Can change spare schema', 37, 'change_spareschema'),
	(135, 'Can delete spare schema', 37, 'delete_spareschema'),
	(136, 'Can view spare schema', 37, 'view_spareschema'),
	(137, 'Can add organisation', 38, 'add_organisation'),
	(138, 'Can change organisation', 38, 'change_organisation'),
	(139, 'Can delete organisation', 38, 'delete_organisation'),
	(140, 'Can view organisation', 38, 'view_organisation'),
	(141, 'Can add membership', 39, 'add_membership'),
	(142, 'Can change membership', 39, 'change_membership'),
	(143, 'Can delete membership', 39, 'delete_membership'),
	(144, 'Can view membership', 39, 'view_membership'),
	(145, 'Can add invitation', 40, 'add_invitation'),
	(146, 'Can change invitation', 40, 'change_invitation'),
	(147, 'Can delete invitation', 40, 'delete_invitation'),
	(148, 'Can view invitation', 40, 'view_invitation'),
	(149, 'Can add domain', 41, 'add_domain'),
	(150, 'Can change domain', 41, 'change_domain'),
	(151, 'Can delete domain', 41, 'delete_domain'),
	(152, 'Can view domain', 41, 'view_domain'),
	(153, 'Can add support access', 42, 'add_supportgrant'),
	(154, 'Can change support access', 42, 'change_supportgrant'),
	(155, 'Can delete support access', 42, 'delete_supportgrant'),
	(156, 'Can view support access', 42, 'view_supportgrant'),
	(157, 'Can add anchor of an audit', 43, 'add_auditanchor'),
	(158, 'Can change anchor of an audit', 43, 'change_auditanchor'),
	(159, 'Can delete anchor of an audit', 43, 'delete_auditanchor'),
	(160, 'Can view anchor of an audit', 43, 'view_auditanchor'),
	(161, 'Can add work that is due', 44, 'add_duework'),
	(162, 'Can change work that is due', 44, 'change_duework'),
	(163, 'Can delete work that is due', 44, 'delete_duework'),
	(164, 'Can view work that is due', 44, 'view_duework'),
	(165, 'Can add software', 45, 'add_software'),
	(166, 'Can change software', 45, 'change_software'),
	(167, 'Can delete software', 45, 'delete_software'),
	(168, 'Can view software', 45, 'view_software'),
	(169, 'Can add working group', 46, 'add_workinggroup'),
	(170, 'Can change working group', 46, 'change_workinggroup'),
	(171, 'Can delete working group', 46, 'delete_workinggroup'),
	(172, 'Can view working group', 46, 'view_workinggroup'),
	(173, 'Can add closing', 47, 'add_closing'),
	(174, 'Can change closing', 47, 'change_closing'),
	(175, 'Can delete closing', 47, 'delete_closing'),
	(176, 'Can view closing', 47, 'view_closing'),
	(177, 'Can add takeout', 48, 'add_takeout'),
	(178, 'Can change takeout', 48, 'change_takeout'),
	(179, 'Can delete takeout', 48, 'delete_takeout'),
	(180, 'Can view takeout', 48, 'view_takeout'),
	(181, 'Can add change of state', 49, 'add_statechange'),
	(182, 'Can change change of state', 49, 'change_statechange'),
	(183, 'Can delete change of state', 49, 'delete_statechange'),
	(184, 'Can view change of state', 49, 'view_statechange'),
	(185, 'Can add domain of an organisation''s own', 50, 'add_owndomain'),
	(186, 'Can change domain of an organisation''s own', 50, 'change_owndomain'),
	(187, 'Can delete domain of an organisation''s own', 50, 'delete_owndomain'),
	(188, 'Can view domain of an organisation''s own', 50, 'view_owndomain'),
	(189, 'Can add account', 51, 'add_user'),
	(190, 'Can change account', 51, 'change_user'),
	(191, 'Can delete account', 51, 'delete_user'),
	(192, 'Can view account', 51, 'view_user'),
	(193, 'Can add referral envelope', 52, 'add_envelope'),
	(194, 'Can change referral envelope', 52, 'change_envelope'),
	(195, 'Can delete referral envelope', 52, 'delete_envelope'),
	(196, 'Can view referral envelope', 52, 'view_envelope'),
	(197, 'Can add referral event', 53, 'add_envelopeevent'),
	(198, 'Can change referral event', 53, 'change_envelopeevent'),
	(199, 'Can delete referral event', 53, 'delete_envelopeevent'),
	(200, 'Can view referral event', 53, 'view_envelopeevent');
INSERT INTO public.auth_permission VALUES
	(201, 'Can add outbox item', 54, 'add_outboxitem'),
	(202, 'Can change outbox item', 54, 'change_outboxitem'),
	(203, 'Can delete outbox item', 54, 'delete_outboxitem'),
	(204, 'Can view outbox item', 54, 'view_outboxitem'),
	(205, 'Can add deadlines of an organisation', 55, 'add_deadlines'),
	(206, 'Can change deadlines of an organisation', 55, 'change_deadlines'),
	(207, 'Can delete deadlines of an organisation', 55, 'delete_deadlines'),
	(208, 'Can view deadlines of an organisation', 55, 'view_deadlines'),
	(209, 'Can add row of the fairness board', 56, 'add_fairness'),
	(210, 'Can change row of the fairness board', 56, 'change_fairness'),
	(211, 'Can delete row of the fairness board', 56, 'delete_fairness'),
	(212, 'Can view row of the fairness board', 56, 'view_fairness'),
	(213, 'Can add match', 57, 'add_match'),
	(214, 'Can change match', 57, 'change_match'),
	(215, 'Can delete match', 57, 'delete_match'),
	(216, 'Can view match', 57, 'view_match'),
	(217, 'Can add side of a match', 58, 'add_matchside'),
	(218, 'Can change side of a match', 58, 'change_matchside'),
	(219, 'Can delete side of a match', 58, 'delete_matchside'),
	(220, 'Can view side of a match', 58, 'view_matchside'),
	(221, 'Can add parcel', 59, 'add_parcel'),
	(222, 'Can change parcel', 59, 'change_parcel'),
	(223, 'Can delete parcel', 59, 'delete_parcel'),
	(224, 'Can view parcel', 59, 'view_parcel'),
	(225, 'Can add sign of a person', 60, 'add_token'),
	(226, 'Can change sign of a person', 60, 'change_token'),
	(227, 'Can delete sign of a person', 60, 'delete_token'),
	(228, 'Can view sign of a person', 60, 'view_token'),
	(229, 'Can add count of signs', 61, 'add_tokencount'),
	(230, 'Can change count of signs', 61, 'change_tokencount'),
	(231, 'Can delete count of signs', 61, 'delete_tokencount'),
	(232, 'Can view count of signs', 61, 'view_tokencount'),
	(233, 'Can add step between organisations', 62, 'add_dealingevent'),
	(234, 'Can change step between organisations', 62, 'change_dealingevent'),
	(235, 'Can delete step between organisations', 62, 'delete_dealingevent'),
	(236, 'Can view step between organisations', 62, 'view_dealingevent'),
	(237, 'Can add transfer between organisations', 63, 'add_transfer'),
	(238, 'Can change transfer between organisations', 63, 'change_transfer'),
	(239, 'Can delete transfer between organisations', 63, 'delete_transfer'),
	(240, 'Can view transfer between organisations', 63, 'view_transfer'),
	(241, 'Can add access between organisations', 64, 'add_access'),
	(242, 'Can change access between organisations', 64, 'change_access'),
	(243, 'Can delete access between organisations', 64, 'delete_access'),
	(244, 'Can view access between organisations', 64, 'view_access'),
	(245, 'Can add move of a record', 65, 'add_relocation'),
	(246, 'Can change move of a record', 65, 'change_relocation'),
	(247, 'Can delete move of a record', 65, 'delete_relocation'),
	(248, 'Can view move of a record', 65, 'view_relocation'),
	(249, 'Can add place', 66, 'add_location'),
	(250, 'Can change place', 66, 'change_location'),
	(251, 'Can delete place', 66, 'delete_location'),
	(252, 'Can view place', 66, 'view_location'),
	(253, 'Can add closed days', 67, 'add_closure'),
	(254, 'Can change closed days', 67, 'change_closure'),
	(255, 'Can delete closed days', 67, 'delete_closure'),
	(256, 'Can view closed days', 67, 'view_closure'),
	(257, 'Can add offer', 68, 'add_offer'),
	(258, 'Can change offer', 68, 'change_offer'),
	(259, 'Can delete offer', 68, 'delete_offer'),
	(260, 'Can view offer', 68, 'view_offer'),
	(261, 'Can add opening hours', 69, 'add_hours'),
	(262, 'Can change opening hours', 69, 'change_hours'),
	(263, 'Can delete opening hours', 69, 'delete_hours'),
	(264, 'Can view opening hours', 69, 'view_hours'),
	(265, 'Can add entry of the directory', 70, 'add_entry'),
	(266, 'Can change entry of the directory', 70, 'change_entry'),
	(267, 'Can delete entry of the directory', 70, 'delete_entry'),
	(268, 'Can view entry of the directory', 70, 'view_entry'),
	(269, 'Can add question for a place', 71, 'add_capacityquestion'),
	(270, 'Can change question for a place', 71, 'change_capacityquestion'),
	(271, 'Can delete question for a place', 71, 'delete_capacityquestion'),
	(272, 'Can view question for a place', 71, 'view_capacityquestion'),
	(273, 'Can add service', 72, 'add_service'),
	(274, 'Can change service', 72, 'change_service'),
	(275, 'Can delete service', 72, 'delete_service'),
	(276, 'Can view service', 72, 'view_service'),
	(277, 'Can add word of the directory', 73, 'add_word'),
	(278, 'Can change word of the directory', 73, 'change_word'),
	(279, 'Can delete word of the directory', 73, 'delete_word'),
	(280, 'Can view word of the directory', 73, 'view_word'),
	(281, 'Can add first-day guide', 74, 'add_firstday'),
	(282, 'Can change first-day guide', 74, 'change_firstday'),
	(283, 'Can delete first-day guide', 74, 'delete_firstday'),
	(284, 'Can view first-day guide', 74, 'view_firstday'),
	(285, 'Can add sheet of organisations', 75, 'add_batch'),
	(286, 'Can change sheet of organisations', 75, 'change_batch'),
	(287, 'Can delete sheet of organisations', 75, 'delete_batch'),
	(288, 'Can view sheet of organisations', 75, 'view_batch'),
	(289, 'Can add version of the framework', 76, 'add_frameworkversion'),
	(290, 'Can change version of the framework', 76, 'change_frameworkversion'),
	(291, 'Can delete version of the framework', 76, 'delete_frameworkversion'),
	(292, 'Can view version of the framework', 76, 'view_frameworkversion'),
	(293, 'Can add application', 77, 'add_application'),
	(294, 'Can change application', 77, 'change_application'),
	(295, 'Can delete application', 77, 'delete_application'),
	(296, 'Can view application', 77, 'view_application'),
	(297, 'Can add licence', 78, 'add_licence'),
	(298, 'Can change licence', 78, 'change_licence'),
	(299, 'Can delete licence', 78, 'delete_licence'),
	(300, 'Can view licence', 78, 'view_licence'),
	(301, 'Can add step of licensing', 79, 'add_licensingstep'),
	(302, 'Can change step of licensing', 79, 'change_licensingstep'),
	(303, 'Can delete step of licensing', 79, 'delete_licensingstep'),
	(304, 'Can view step of licensing', 79, 'view_licensingstep'),
	(305, 'Can add link to an application', 80, 'add_link'),
	(306, 'Can change link to an application', 80, 'change_link'),
	(307, 'Can delete link to an application', 80, 'delete_link'),
	(308, 'Can view link to an application', 80, 'view_link'),
	(309, 'Can add opening of a workspace', 81, 'add_opening'),
	(310, 'Can change opening of a workspace', 81, 'change_opening'),
	(311, 'Can delete opening of a workspace', 81, 'delete_opening'),
	(312, 'Can view opening of a workspace', 81, 'view_opening'),
	(313, 'Can add step of an opening', 82, 'add_openingstep'),
	(314, 'Can change step of an opening', 82, 'change_openingstep'),
	(315, 'Can delete step of an opening', 82, 'delete_openingstep'),
	(316, 'Can view step of an opening', 82, 'view_openingstep'),
	(317, 'Can add paper', 83, 'add_paperfile'),
	(318, 'Can change paper', 83, 'change_paperfile'),
	(319, 'Can delete paper', 83, 'delete_paperfile'),
	(320, 'Can view paper', 83, 'view_paperfile'),
	(321, 'Can add ticked step', 84, 'add_stepcheck'),
	(322, 'Can change ticked step', 84, 'change_stepcheck'),
	(323, 'Can delete ticked step', 84, 'delete_stepcheck'),
	(324, 'Can view ticked step', 84, 'view_stepcheck'),
	(325, 'Can add request of a member', 85, 'add_changerequest'),
	(326, 'Can change request of a member', 85, 'change_changerequest'),
	(327, 'Can delete request of a member', 85, 'delete_changerequest'),
	(328, 'Can view request of a member', 85, 'view_changerequest'),
	(329, 'Can add event of an application', 86, 'add_event'),
	(330, 'Can change event of an application', 86, 'change_event'),
	(331, 'Can delete event of an application', 86, 'delete_event'),
	(332, 'Can view event of an application', 86, 'view_event'),
	(333, 'Can add agreement to the framework', 87, 'add_agreement'),
	(334, 'Can change agreement to the framework', 87, 'change_agreement'),
	(335, 'Can delete agreement to the framework', 87, 'delete_agreement'),
	(336, 'Can view agreement to the framework', 87, 'view_agreement'),
	(337, 'Can add merger of organisations', 88, 'add_merger'),
	(338, 'Can change merger of organisations', 88, 'change_merger'),
	(339, 'Can delete merger of organisations', 88, 'delete_merger'),
	(340, 'Can view merger of organisations', 88, 'view_merger'),
	(341, 'Can add answer to a merger', 89, 'add_mergeranswer'),
	(342, 'Can change answer to a merger', 89, 'change_mergeranswer'),
	(343, 'Can delete answer to a merger', 89, 'delete_mergeranswer'),
	(344, 'Can view answer to a merger', 89, 'view_mergeranswer'),
	(345, 'Can add incident', 90, 'add_incident'),
	(346, 'Can change incident', 90, 'change_incident'),
	(347, 'Can delete incident', 90, 'delete_incident'),
	(348, 'Can view incident', 90, 'view_incident'),
	(349, 'Can add update of an incident', 91, 'add_incidentupdate'),
	(350, 'Can change update of an incident', 91, 'change_incidentupdate'),
	(351, 'Can delete update of an incident', 91, 'delete_incidentupdate'),
	(352, 'Can view update of an incident', 91, 'view_incidentupdate'),
	(353, 'Can add member organisation', 92, 'add_memberorganisation'),
	(354, 'Can change member organisation', 92, 'change_memberorganisation'),
	(355, 'Can delete member organisation', 92, 'delete_memberorganisation'),
	(356, 'Can view member organisation', 92, 'view_memberorganisation'),
	(357, 'Can add member of a working group', 93, 'add_person'),
	(358, 'Can change member of a working group', 93, 'change_person'),
	(359, 'Can delete member of a working group', 93, 'delete_person'),
	(360, 'Can view member of a working group', 93, 'view_person'),
	(361, 'Can add point of an agenda', 94, 'add_agendapoint'),
	(362, 'Can change point of an agenda', 94, 'change_agendapoint'),
	(363, 'Can delete point of an agenda', 94, 'delete_agendapoint'),
	(364, 'Can view point of an agenda', 94, 'view_agendapoint'),
	(365, 'Can add charter of a working group', 95, 'add_charter'),
	(366, 'Can change charter of a working group', 95, 'change_charter'),
	(367, 'Can delete charter of a working group', 95, 'delete_charter'),
	(368, 'Can view charter of a working group', 95, 'view_charter'),
	(369, 'Can add document of a working group', 96, 'add_document'),
	(370, 'Can change document of a working group', 96, 'change_document'),
	(371, 'Can delete document of a working group', 96, 'delete_document'),
	(372, 'Can view document of a working group', 96, 'view_document'),
	(373, 'Can add seat in a working group', 97, 'add_groupseat'),
	(374, 'Can change seat in a working group', 97, 'change_groupseat'),
	(375, 'Can delete seat in a working group', 97, 'delete_groupseat'),
	(376, 'Can view seat in a working group', 97, 'view_groupseat'),
	(377, 'Can add version of a document', 98, 'add_documentversion'),
	(378, 'Can change version of a document', 98, 'change_documentversion'),
	(379, 'Can delete version of a document', 98, 'delete_documentversion'),
	(380, 'Can view version of a document', 98, 'view_documentversion'),
	(381, 'Can add decision', 99, 'add_decision'),
	(382, 'Can change decision', 99, 'change_decision'),
	(383, 'Can delete decision', 99, 'delete_decision'),
	(384, 'Can view decision', 99, 'view_decision'),
	(385, 'Can add meeting', 100, 'add_meeting'),
	(386, 'Can change meeting', 100, 'change_meeting'),
	(387, 'Can delete meeting', 100, 'delete_meeting'),
	(388, 'Can view meeting', 100, 'view_meeting'),
	(389, 'Can add attendance of a meeting', 101, 'add_attendance'),
	(390, 'Can change attendance of a meeting', 101, 'change_attendance'),
	(391, 'Can delete attendance of a meeting', 101, 'delete_attendance'),
	(392, 'Can view attendance of a meeting', 101, 'view_attendance'),
	(393, 'Can add answer to an invitation', 102, 'add_answer'),
	(394, 'Can change answer to an invitation', 102, 'change_answer'),
	(395, 'Can delete answer to an invitation', 102, 'delete_answer'),
	(396, 'Can view answer to an invitation', 102, 'view_answer'),
	(397, 'Can add calendar address of meetings', 103, 'add_meetingfeed'),
	(398, 'Can change calendar address of meetings', 103, 'change_meetingfeed'),
	(399, 'Can delete calendar address of meetings', 103, 'delete_meetingfeed'),
	(400, 'Can view calendar address of meetings', 103, 'view_meetingfeed');
INSERT INTO public.auth_permission VALUES
	(401, 'Can add correction of minutes', 104, 'add_minutesnote'),
	(402, 'Can change correction of minutes', 104, 'change_minutesnote'),
	(403, 'Can delete correction of minutes', 104, 'delete_minutesnote'),
	(404, 'Can view correction of minutes', 104, 'view_minutesnote'),
	(405, 'Can add minutes of a point', 105, 'add_minutes'),
	(406, 'Can change minutes of a point', 105, 'change_minutes'),
	(407, 'Can delete minutes of a point', 105, 'delete_minutes'),
	(408, 'Can view minutes of a point', 105, 'view_minutes'),
	(409, 'Can add article', 106, 'add_article'),
	(410, 'Can change article', 106, 'change_article'),
	(411, 'Can delete article', 106, 'delete_article'),
	(412, 'Can view article', 106, 'view_article'),
	(413, 'Can add knowledge of a language', 28, 'add_knowledgeindex'),
	(414, 'Can change knowledge of a language', 28, 'change_knowledgeindex'),
	(415, 'Can delete knowledge of a language', 28, 'delete_knowledgeindex'),
	(416, 'Can view knowledge of a language', 28, 'view_knowledgeindex'),
	(417, 'Can add advocacy text', 107, 'add_advocacy'),
	(418, 'Can change advocacy text', 107, 'change_advocacy'),
	(419, 'Can delete advocacy text', 107, 'delete_advocacy'),
	(420, 'Can view advocacy text', 107, 'view_advocacy'),
	(421, 'Can add curriculum', 108, 'add_curriculum'),
	(422, 'Can change curriculum', 108, 'change_curriculum'),
	(423, 'Can delete curriculum', 108, 'delete_curriculum'),
	(424, 'Can view curriculum', 108, 'view_curriculum'),
	(425, 'Can add practice', 109, 'add_practice'),
	(426, 'Can change practice', 109, 'change_practice'),
	(427, 'Can delete practice', 109, 'delete_practice'),
	(428, 'Can view practice', 109, 'view_practice'),
	(429, 'Can add version of a curriculum', 29, 'add_curriculumversion'),
	(430, 'Can add lesson', 110, 'add_lesson'),
	(431, 'Can change lesson', 110, 'change_lesson'),
	(432, 'Can delete lesson', 110, 'delete_lesson'),
	(433, 'Can view lesson', 110, 'view_lesson'),
	(434, 'Can add loaded piece', 111, 'add_loaded'),
	(435, 'Can change loaded piece', 111, 'change_loaded'),
	(436, 'Can delete loaded piece', 111, 'delete_loaded'),
	(437, 'Can view loaded piece', 111, 'view_loaded'),
	(438, 'Can add entry of the search', 112, 'add_entry'),
	(439, 'Can change entry of the search', 112, 'change_entry'),
	(440, 'Can delete entry of the search', 112, 'delete_entry'),
	(441, 'Can view entry of the search', 112, 'view_entry'),
	(442, 'Can add word of the knowledge base', 113, 'add_word'),
	(443, 'Can change word of the knowledge base', 113, 'change_word'),
	(444, 'Can delete word of the knowledge base', 113, 'delete_word'),
	(445, 'Can view word of the knowledge base', 113, 'view_word'),
	(446, 'Can add reading by other members', 32, 'add_peerreview'),
	(447, 'Can change reading by other members', 32, 'change_peerreview'),
	(448, 'Can delete reading by other members', 32, 'delete_peerreview'),
	(449, 'Can view reading by other members', 32, 'view_peerreview'),
	(450, 'Can add editor’s decision', 33, 'add_editorsdecision'),
	(451, 'Can change editor’s decision', 33, 'change_editorsdecision'),
	(452, 'Can delete editor’s decision', 33, 'delete_editorsdecision'),
	(453, 'Can view editor’s decision', 33, 'view_editorsdecision'),
	(454, 'Can add member’s text', 114, 'add_submission'),
	(455, 'Can change member’s text', 114, 'change_submission'),
	(456, 'Can delete member’s text', 114, 'delete_submission'),
	(457, 'Can view member’s text', 114, 'view_submission'),
	(458, 'Can add text that was sent', 115, 'add_submittedtext'),
	(459, 'Can change text that was sent', 115, 'change_submittedtext'),
	(460, 'Can delete text that was sent', 115, 'delete_submittedtext'),
	(461, 'Can view text that was sent', 115, 'view_submittedtext'),
	(462, 'Can add reading', 116, 'add_review'),
	(463, 'Can change reading', 116, 'change_review'),
	(464, 'Can delete reading', 116, 'delete_review'),
	(465, 'Can view reading', 116, 'view_review'),
	(466, 'Can add curriculum', 117, 'add_publishedcurriculum'),
	(467, 'Can change curriculum', 117, 'change_publishedcurriculum'),
	(468, 'Can delete curriculum', 117, 'delete_publishedcurriculum'),
	(469, 'Can view curriculum', 117, 'view_publishedcurriculum'),
	(470, 'Can add module', 118, 'add_publishedmodule'),
	(471, 'Can change module', 118, 'change_publishedmodule'),
	(472, 'Can delete module', 118, 'delete_publishedmodule'),
	(473, 'Can view module', 118, 'view_publishedmodule'),
	(474, 'Can add unit', 119, 'add_publishedunit'),
	(475, 'Can change unit', 119, 'change_publishedunit'),
	(476, 'Can delete unit', 119, 'delete_publishedunit'),
	(477, 'Can view unit', 119, 'view_publishedunit'),
	(478, 'Can add version of a curriculum', 120, 'add_publishedversion'),
	(479, 'Can change version of a curriculum', 120, 'change_publishedversion'),
	(480, 'Can delete version of a curriculum', 120, 'delete_publishedversion'),
	(481, 'Can view version of a curriculum', 120, 'view_publishedversion'),
	(482, 'Can add adoption', 121, 'add_adoption'),
	(483, 'Can change adoption', 121, 'change_adoption'),
	(484, 'Can delete adoption', 121, 'delete_adoption'),
	(485, 'Can view adoption', 121, 'view_adoption'),
	(486, 'Can add published text', 122, 'add_publishedtext'),
	(487, 'Can change published text', 122, 'change_publishedtext'),
	(488, 'Can delete published text', 122, 'delete_publishedtext'),
	(489, 'Can view published text', 122, 'view_publishedtext'),
	(490, 'Can add published text', 123, 'add_memberstext'),
	(491, 'Can change published text', 123, 'change_memberstext'),
	(492, 'Can delete published text', 123, 'delete_memberstext'),
	(493, 'Can view published text', 123, 'view_memberstext'),
	(494, 'Can add upkeep of a text', 124, 'add_upkeep'),
	(495, 'Can change upkeep of a text', 124, 'change_upkeep'),
	(496, 'Can delete upkeep of a text', 124, 'delete_upkeep'),
	(497, 'Can view upkeep of a text', 124, 'view_upkeep'),
	(498, 'Can add weekly e-mail', 125, 'add_digest'),
	(499, 'Can change weekly e-mail', 125, 'change_digest'),
	(500, 'Can delete weekly e-mail', 125, 'delete_digest'),
	(501, 'Can view weekly e-mail', 125, 'view_digest'),
	(502, 'Can add followed topic', 126, 'add_follow'),
	(503, 'Can change followed topic', 126, 'change_follow'),
	(504, 'Can delete followed topic', 126, 'delete_follow'),
	(505, 'Can view followed topic', 126, 'view_follow'),
	(506, 'Can add page on a list', 127, 'add_listitem'),
	(507, 'Can change page on a list', 127, 'change_listitem'),
	(508, 'Can delete page on a list', 127, 'delete_listitem'),
	(509, 'Can view page on a list', 127, 'view_listitem'),
	(510, 'Can add reading list', 128, 'add_readinglist'),
	(511, 'Can change reading list', 128, 'change_readinglist'),
	(512, 'Can delete reading list', 128, 'delete_readinglist'),
	(513, 'Can view reading list', 128, 'view_readinglist'),
	(514, 'Can add question or answer', 129, 'add_remark'),
	(515, 'Can change question or answer', 129, 'change_remark'),
	(516, 'Can delete question or answer', 129, 'delete_remark'),
	(517, 'Can view question or answer', 129, 'view_remark'),
	(518, 'Can add report', 130, 'add_report'),
	(519, 'Can change report', 130, 'change_report'),
	(520, 'Can delete report', 130, 'delete_report'),
	(521, 'Can view report', 130, 'view_report'),
	(522, 'Can add “we used it”', 131, 'add_used'),
	(523, 'Can change “we used it”', 131, 'change_used'),
	(524, 'Can delete “we used it”', 131, 'delete_used'),
	(525, 'Can view “we used it”', 131, 'view_used'),
	(526, 'Can add “useful”', 132, 'add_useful'),
	(527, 'Can change “useful”', 132, 'change_useful'),
	(528, 'Can delete “useful”', 132, 'delete_useful'),
	(529, 'Can view “useful”', 132, 'view_useful'),
	(530, 'Can add signature', 133, 'add_signature'),
	(531, 'Can change signature', 133, 'change_signature'),
	(532, 'Can delete signature', 133, 'delete_signature'),
	(533, 'Can view signature', 133, 'view_signature'),
	(534, 'Can add evidence', 134, 'add_evidence'),
	(535, 'Can change evidence', 134, 'change_evidence'),
	(536, 'Can delete evidence', 134, 'delete_evidence'),
	(537, 'Can view evidence', 134, 'view_evidence'),
	(538, 'Can add translation', 135, 'add_translation'),
	(539, 'Can change translation', 135, 'change_translation'),
	(540, 'Can delete translation', 135, 'delete_translation'),
	(541, 'Can view translation', 135, 'view_translation'),
	(542, 'Can add translated part', 136, 'add_translatedpart'),
	(543, 'Can change translated part', 136, 'change_translatedpart'),
	(544, 'Can delete translated part', 136, 'delete_translatedpart'),
	(545, 'Can view translated part', 136, 'view_translatedpart'),
	(546, 'Can add text of a working group', 137, 'add_groupstext'),
	(547, 'Can change text of a working group', 137, 'change_groupstext'),
	(548, 'Can delete text of a working group', 137, 'delete_groupstext'),
	(549, 'Can view text of a working group', 137, 'view_groupstext'),
	(550, 'Can add content type', 138, 'add_contenttype'),
	(551, 'Can change content type', 138, 'change_contenttype'),
	(552, 'Can delete content type', 138, 'delete_contenttype'),
	(553, 'Can view content type', 138, 'view_contenttype'),
	(554, 'Can add permission', 139, 'add_permission'),
	(555, 'Can change permission', 139, 'change_permission'),
	(556, 'Can delete permission', 139, 'delete_permission'),
	(557, 'Can view permission', 139, 'view_permission'),
	(558, 'Can add group', 140, 'add_group'),
	(559, 'Can change group', 140, 'change_group'),
	(560, 'Can delete group', 140, 'delete_group'),
	(561, 'Can view group', 140, 'view_group'),
	(562, 'Can add session', 141, 'add_session'),
	(563, 'Can change session', 141, 'change_session'),
	(564, 'Can delete session', 141, 'delete_session'),
	(565, 'Can view session', 141, 'view_session'),
	(566, 'Can add log entry', 142, 'add_logentry'),
	(567, 'Can change log entry', 142, 'change_logentry'),
	(568, 'Can delete log entry', 142, 'delete_logentry'),
	(569, 'Can view log entry', 142, 'view_logentry'),
	(570, 'Can add email address', 143, 'add_emailaddress'),
	(571, 'Can change email address', 143, 'change_emailaddress'),
	(572, 'Can delete email address', 143, 'delete_emailaddress'),
	(573, 'Can view email address', 143, 'view_emailaddress'),
	(574, 'Can add email confirmation', 144, 'add_emailconfirmation'),
	(575, 'Can change email confirmation', 144, 'change_emailconfirmation'),
	(576, 'Can delete email confirmation', 144, 'delete_emailconfirmation'),
	(577, 'Can view email confirmation', 144, 'view_emailconfirmation'),
	(578, 'Can add authenticator', 145, 'add_authenticator'),
	(579, 'Can change authenticator', 145, 'change_authenticator'),
	(580, 'Can delete authenticator', 145, 'delete_authenticator'),
	(581, 'Can view authenticator', 145, 'view_authenticator'),
	(582, 'Can add user session', 146, 'add_usersession'),
	(583, 'Can change user session', 146, 'change_usersession'),
	(584, 'Can delete user session', 146, 'delete_usersession'),
	(585, 'Can view user session', 146, 'view_usersession'),
	(586, 'Can add client', 147, 'add_client'),
	(587, 'Can change client', 147, 'change_client'),
	(588, 'Can delete client', 147, 'delete_client'),
	(589, 'Can view client', 147, 'view_client'),
	(590, 'Can add token', 148, 'add_token'),
	(591, 'Can change token', 148, 'change_token'),
	(592, 'Can delete token', 148, 'delete_token'),
	(593, 'Can view token', 148, 'view_token'),
	(594, 'Can add redirect', 149, 'add_redirect'),
	(595, 'Can change redirect', 149, 'change_redirect'),
	(596, 'Can delete redirect', 149, 'delete_redirect'),
	(597, 'Can view redirect', 149, 'view_redirect'),
	(598, 'Can add embed', 150, 'add_embed'),
	(599, 'Can change embed', 150, 'change_embed'),
	(600, 'Can delete embed', 150, 'delete_embed');
INSERT INTO public.auth_permission VALUES
	(601, 'Can view embed', 150, 'view_embed'),
	(602, 'Can add user profile', 151, 'add_userprofile'),
	(603, 'Can change user profile', 151, 'change_userprofile'),
	(604, 'Can delete user profile', 151, 'delete_userprofile'),
	(605, 'Can view user profile', 151, 'view_userprofile'),
	(606, 'Can view document', 26, 'view_document'),
	(607, 'Can view image', 34, 'view_image'),
	(608, 'Can add rendition', 152, 'add_rendition'),
	(609, 'Can change rendition', 152, 'change_rendition'),
	(610, 'Can delete rendition', 152, 'delete_rendition'),
	(611, 'Can view rendition', 152, 'view_rendition'),
	(612, 'Can add index entry', 153, 'add_indexentry'),
	(613, 'Can change index entry', 153, 'change_indexentry'),
	(614, 'Can delete index entry', 153, 'delete_indexentry'),
	(615, 'Can view index entry', 153, 'view_indexentry'),
	(616, 'Can add editing session', 154, 'add_editingsession'),
	(617, 'Can change editing session', 154, 'change_editingsession'),
	(618, 'Can delete editing session', 154, 'delete_editingsession'),
	(619, 'Can view editing session', 154, 'view_editingsession'),
	(620, 'Can add form state', 155, 'add_formstate'),
	(621, 'Can change form state', 155, 'change_formstate'),
	(622, 'Can delete form state', 155, 'delete_formstate'),
	(623, 'Can view form state', 155, 'view_formstate'),
	(624, 'Can add tag', 156, 'add_tag'),
	(625, 'Can change tag', 156, 'change_tag'),
	(626, 'Can delete tag', 156, 'delete_tag'),
	(627, 'Can view tag', 156, 'view_tag'),
	(628, 'Can add tagged item', 157, 'add_taggeditem'),
	(629, 'Can change tagged item', 157, 'change_taggeditem'),
	(630, 'Can delete tagged item', 157, 'delete_taggeditem'),
	(631, 'Can view tagged item', 157, 'view_taggeditem'),
	(632, 'Can add context', 158, 'add_context'),
	(633, 'Can change context', 158, 'change_context'),
	(634, 'Can delete context', 158, 'delete_context'),
	(635, 'Can view context', 158, 'view_context'),
	(636, 'Can add events', 159, 'add_events'),
	(637, 'Can change events', 159, 'change_events'),
	(638, 'Can delete events', 159, 'delete_events'),
	(639, 'Can view events', 159, 'view_events'),
	(640, 'Can add middleware events', 160, 'add_middlewareevents'),
	(641, 'Can change middleware events', 160, 'change_middlewareevents'),
	(642, 'Can delete middleware events', 160, 'delete_middlewareevents'),
	(643, 'Can view middleware events', 160, 'view_middlewareevents'),
	(644, 'Can add audit entry', 161, 'add_entry'),
	(645, 'Can change audit entry', 161, 'change_entry'),
	(646, 'Can delete audit entry', 161, 'delete_entry'),
	(647, 'Can view audit entry', 161, 'view_entry'),
	(648, 'Can add link of the audit', 162, 'add_link'),
	(649, 'Can change link of the audit', 162, 'change_link'),
	(650, 'Can delete link of the audit', 162, 'delete_link'),
	(651, 'Can view link of the audit', 162, 'view_link'),
	(652, 'Can add client', 163, 'add_client'),
	(653, 'Can change client', 163, 'change_client'),
	(654, 'Can delete client', 163, 'delete_client'),
	(655, 'Can view client', 163, 'view_client'),
	(656, 'Can add consent', 164, 'add_consent'),
	(657, 'Can change consent', 164, 'change_consent'),
	(658, 'Can delete consent', 164, 'delete_consent'),
	(659, 'Can view consent', 164, 'view_consent'),
	(660, 'Can add assessment', 165, 'add_assessment'),
	(661, 'Can change assessment', 165, 'change_assessment'),
	(662, 'Can delete assessment', 165, 'delete_assessment'),
	(663, 'Can view assessment', 165, 'view_assessment'),
	(664, 'Can add case', 166, 'add_case'),
	(665, 'Can change case', 166, 'change_case'),
	(666, 'Can delete case', 166, 'delete_case'),
	(667, 'Can view case', 166, 'view_case'),
	(668, 'Can add remembered columns', 167, 'add_columnmapping'),
	(669, 'Can change remembered columns', 167, 'change_columnmapping'),
	(670, 'Can delete remembered columns', 167, 'delete_columnmapping'),
	(671, 'Can view remembered columns', 167, 'view_columnmapping'),
	(672, 'Can add correction asked for', 168, 'add_correction'),
	(673, 'Can change correction asked for', 168, 'change_correction'),
	(674, 'Can delete correction asked for', 168, 'delete_correction'),
	(675, 'Can view correction asked for', 168, 'view_correction'),
	(676, 'Can add document', 169, 'add_document'),
	(677, 'Can change document', 169, 'change_document'),
	(678, 'Can delete document', 169, 'delete_document'),
	(679, 'Can view document', 169, 'view_document'),
	(680, 'Can add draft', 170, 'add_draft'),
	(681, 'Can change draft', 170, 'change_draft'),
	(682, 'Can delete draft', 170, 'delete_draft'),
	(683, 'Can view draft', 170, 'view_draft'),
	(684, 'Can add emergency access', 171, 'add_emergencyaccess'),
	(685, 'Can change emergency access', 171, 'change_emergencyaccess'),
	(686, 'Can delete emergency access', 171, 'delete_emergencyaccess'),
	(687, 'Can view emergency access', 171, 'view_emergencyaccess'),
	(688, 'Can add erasure', 172, 'add_erasure'),
	(689, 'Can change erasure', 172, 'change_erasure'),
	(690, 'Can delete erasure', 172, 'delete_erasure'),
	(691, 'Can view erasure', 172, 'view_erasure'),
	(692, 'Can add exit', 173, 'add_exit'),
	(693, 'Can change exit', 173, 'change_exit'),
	(694, 'Can delete exit', 173, 'delete_exit'),
	(695, 'Can view exit', 173, 'view_exit'),
	(696, 'Can add experience', 174, 'add_experience'),
	(697, 'Can change experience', 174, 'change_experience'),
	(698, 'Can delete experience', 174, 'delete_experience'),
	(699, 'Can view experience', 174, 'view_experience'),
	(700, 'Can add finding', 175, 'add_finding'),
	(701, 'Can change finding', 175, 'change_finding'),
	(702, 'Can delete finding', 175, 'delete_finding'),
	(703, 'Can view finding', 175, 'view_finding'),
	(704, 'Can add follow-up', 176, 'add_followup'),
	(705, 'Can change follow-up', 176, 'change_followup'),
	(706, 'Can delete follow-up', 176, 'delete_followup'),
	(707, 'Can view follow-up', 176, 'view_followup'),
	(708, 'Can add goal', 177, 'add_goal'),
	(709, 'Can change goal', 177, 'change_goal'),
	(710, 'Can delete goal', 177, 'delete_goal'),
	(711, 'Can view goal', 177, 'view_goal'),
	(712, 'Can add background work', 178, 'add_job'),
	(713, 'Can change background work', 178, 'change_job'),
	(714, 'Can delete background work', 178, 'delete_job'),
	(715, 'Can view background work', 178, 'view_job'),
	(716, 'Can add journal entry', 179, 'add_journalentry'),
	(717, 'Can change journal entry', 179, 'change_journalentry'),
	(718, 'Can delete journal entry', 179, 'delete_journalentry'),
	(719, 'Can view journal entry', 179, 'view_journalentry'),
	(720, 'Can add mention', 180, 'add_mention'),
	(721, 'Can change mention', 180, 'change_mention'),
	(722, 'Can delete mention', 180, 'delete_mention'),
	(723, 'Can view mention', 180, 'view_mention'),
	(724, 'Can add merge of records', 181, 'add_merge'),
	(725, 'Can change merge of records', 181, 'change_merge'),
	(726, 'Can delete merge of records', 181, 'delete_merge'),
	(727, 'Can view merge of records', 181, 'view_merge'),
	(728, 'Can add personal link', 182, 'add_personallink'),
	(729, 'Can change personal link', 182, 'change_personallink'),
	(730, 'Can delete personal link', 182, 'delete_personallink'),
	(731, 'Can view personal link', 182, 'view_personallink'),
	(732, 'Can add plan', 183, 'add_plan'),
	(733, 'Can change plan', 183, 'change_plan'),
	(734, 'Can delete plan', 183, 'delete_plan'),
	(735, 'Can view plan', 183, 'view_plan'),
	(736, 'Can add programme', 184, 'add_programme'),
	(737, 'Can change programme', 184, 'change_programme'),
	(738, 'Can delete programme', 184, 'delete_programme'),
	(739, 'Can view programme', 184, 'view_programme'),
	(740, 'Can add retention period', 185, 'add_retentionrule'),
	(741, 'Can change retention period', 185, 'change_retentionrule'),
	(742, 'Can delete retention period', 185, 'delete_retentionrule'),
	(743, 'Can view retention period', 185, 'view_retentionrule'),
	(744, 'Can add saved list', 186, 'add_savedlist'),
	(745, 'Can change saved list', 186, 'change_savedlist'),
	(746, 'Can delete saved list', 186, 'delete_savedlist'),
	(747, 'Can view saved list', 186, 'view_savedlist'),
	(748, 'Can add scale', 187, 'add_scale'),
	(749, 'Can change scale', 187, 'change_scale'),
	(750, 'Can delete scale', 187, 'delete_scale'),
	(751, 'Can view scale', 187, 'view_scale'),
	(752, 'Can add step of a plan', 188, 'add_step'),
	(753, 'Can change step of a plan', 188, 'change_step'),
	(754, 'Can delete step of a plan', 188, 'delete_step'),
	(755, 'Can view step of a plan', 188, 'view_step'),
	(756, 'Can add target', 189, 'add_target'),
	(757, 'Can change target', 189, 'change_target'),
	(758, 'Can delete target', 189, 'delete_target'),
	(759, 'Can view target', 189, 'view_target'),
	(760, 'Can add task', 190, 'add_task'),
	(761, 'Can change task', 190, 'change_task'),
	(762, 'Can delete task', 190, 'delete_task'),
	(763, 'Can view task', 190, 'view_task'),
	(764, 'Can add team member', 191, 'add_teammember'),
	(765, 'Can change team member', 191, 'change_teammember'),
	(766, 'Can delete team member', 191, 'delete_teammember'),
	(767, 'Can view team member', 191, 'view_teammember'),
	(768, 'Can add line of the list of what makes it hard', 192, 'add_vulnerabilitychoice'),
	(769, 'Can change line of the list of what makes it hard', 192, 'change_vulnerabilitychoice'),
	(770, 'Can delete line of the list of what makes it hard', 192, 'delete_vulnerabilitychoice'),
	(771, 'Can view line of the list of what makes it hard', 192, 'view_vulnerabilitychoice'),
	(772, 'Can add prepared consent', 193, 'add_consentoffer'),
	(773, 'Can change prepared consent', 193, 'change_consentoffer'),
	(774, 'Can delete prepared consent', 193, 'delete_consentoffer'),
	(775, 'Can view prepared consent', 193, 'view_consentoffer'),
	(776, 'Can add kept figure', 194, 'add_keptfigure'),
	(777, 'Can change kept figure', 194, 'change_keptfigure'),
	(778, 'Can delete kept figure', 194, 'delete_keptfigure'),
	(779, 'Can view kept figure', 194, 'view_keptfigure'),
	(780, 'Can add habit of writing', 195, 'add_journalhabit'),
	(781, 'Can change habit of writing', 195, 'change_journalhabit'),
	(782, 'Can delete habit of writing', 195, 'delete_journalhabit'),
	(783, 'Can view habit of writing', 195, 'view_journalhabit'),
	(784, 'Can add case (history)', 196, 'add_caseevent'),
	(785, 'Can change case (history)', 196, 'change_caseevent'),
	(786, 'Can delete case (history)', 196, 'delete_caseevent'),
	(787, 'Can view case (history)', 196, 'view_caseevent'),
	(788, 'Can add client (history)', 197, 'add_clientevent'),
	(789, 'Can change client (history)', 197, 'change_clientevent'),
	(790, 'Can delete client (history)', 197, 'delete_clientevent'),
	(791, 'Can view client (history)', 197, 'view_clientevent'),
	(792, 'Can add consent (history)', 198, 'add_consentevent'),
	(793, 'Can change consent (history)', 198, 'change_consentevent'),
	(794, 'Can delete consent (history)', 198, 'delete_consentevent'),
	(795, 'Can view consent (history)', 198, 'view_consentevent'),
	(796, 'Can add exit (history)', 199, 'add_exitevent'),
	(797, 'Can change exit (history)', 199, 'change_exitevent'),
	(798, 'Can delete exit (history)', 199, 'delete_exitevent'),
	(799, 'Can view exit (history)', 199, 'view_exitevent'),
	(800, 'Can add follow-up (history)', 200, 'add_followupevent');
INSERT INTO public.auth_permission VALUES
	(801, 'Can change follow-up (history)', 200, 'change_followupevent'),
	(802, 'Can delete follow-up (history)', 200, 'delete_followupevent'),
	(803, 'Can view follow-up (history)', 200, 'view_followupevent'),
	(804, 'Can add goal (history)', 201, 'add_goalevent'),
	(805, 'Can change goal (history)', 201, 'change_goalevent'),
	(806, 'Can delete goal (history)', 201, 'delete_goalevent'),
	(807, 'Can view goal (history)', 201, 'view_goalevent'),
	(808, 'Can add plan (history)', 202, 'add_planevent'),
	(809, 'Can change plan (history)', 202, 'change_planevent'),
	(810, 'Can delete plan (history)', 202, 'delete_planevent'),
	(811, 'Can view plan (history)', 202, 'view_planevent'),
	(812, 'Can add programme (history)', 203, 'add_programmeevent'),
	(813, 'Can change programme (history)', 203, 'change_programmeevent'),
	(814, 'Can delete programme (history)', 203, 'delete_programmeevent'),
	(815, 'Can view programme (history)', 203, 'view_programmeevent'),
	(816, 'Can add retention period (history)', 204, 'add_retentionruleevent'),
	(817, 'Can change retention period (history)', 204, 'change_retentionruleevent'),
	(818, 'Can delete retention period (history)', 204, 'delete_retentionruleevent'),
	(819, 'Can view retention period (history)', 204, 'view_retentionruleevent'),
	(820, 'Can add scale (history)', 205, 'add_scaleevent'),
	(821, 'Can change scale (history)', 205, 'change_scaleevent'),
	(822, 'Can delete scale (history)', 205, 'delete_scaleevent'),
	(823, 'Can view scale (history)', 205, 'view_scaleevent'),
	(824, 'Can add step of a plan (history)', 206, 'add_stepevent'),
	(825, 'Can change step of a plan (history)', 206, 'change_stepevent'),
	(826, 'Can delete step of a plan (history)', 206, 'delete_stepevent'),
	(827, 'Can view step of a plan (history)', 206, 'view_stepevent'),
	(828, 'Can add team member (history)', 207, 'add_teammemberevent'),
	(829, 'Can change team member (history)', 207, 'change_teammemberevent'),
	(830, 'Can delete team member (history)', 207, 'delete_teammemberevent'),
	(831, 'Can view team member (history)', 207, 'view_teammemberevent'),
	(832, 'Can add text of ours', 208, 'add_contribution'),
	(833, 'Can change text of ours', 208, 'change_contribution'),
	(834, 'Can delete text of ours', 208, 'delete_contribution'),
	(835, 'Can view text of ours', 208, 'view_contribution'),
	(836, 'Can add adopted curriculum', 209, 'add_adoptedcurriculum'),
	(837, 'Can change adopted curriculum', 209, 'change_adoptedcurriculum'),
	(838, 'Can delete adopted curriculum', 209, 'delete_adoptedcurriculum'),
	(839, 'Can view adopted curriculum', 209, 'view_adoptedcurriculum'),
	(840, 'Can add module', 210, 'add_adoptedmodule'),
	(841, 'Can change module', 210, 'change_adoptedmodule'),
	(842, 'Can delete module', 210, 'delete_adoptedmodule'),
	(843, 'Can view module', 210, 'view_adoptedmodule'),
	(844, 'Can add unit', 211, 'add_adoptedunit'),
	(845, 'Can change unit', 211, 'change_adoptedunit'),
	(846, 'Can delete unit', 211, 'delete_adoptedunit'),
	(847, 'Can view unit', 211, 'view_adoptedunit'),
	(848, 'Can add decision on a change', 212, 'add_settlement'),
	(849, 'Can change decision on a change', 212, 'change_settlement'),
	(850, 'Can delete decision on a change', 212, 'delete_settlement'),
	(851, 'Can view decision on a change', 212, 'view_settlement'),
	(852, 'Can add unit of a learning plan', 213, 'add_plannedunit'),
	(853, 'Can change unit of a learning plan', 213, 'change_plannedunit'),
	(854, 'Can delete unit of a learning plan', 213, 'delete_plannedunit'),
	(855, 'Can view unit of a learning plan', 213, 'view_plannedunit'),
	(856, 'Can add group', 214, 'add_group'),
	(857, 'Can change group', 214, 'change_group'),
	(858, 'Can delete group', 214, 'delete_group'),
	(859, 'Can view group', 214, 'view_group'),
	(860, 'Can add place in a group', 215, 'add_participant'),
	(861, 'Can change place in a group', 215, 'change_participant'),
	(862, 'Can delete place in a group', 215, 'delete_participant'),
	(863, 'Can view place in a group', 215, 'view_participant'),
	(864, 'Can add session', 216, 'add_session'),
	(865, 'Can change session', 216, 'change_session'),
	(866, 'Can delete session', 216, 'delete_session'),
	(867, 'Can view session', 216, 'view_session'),
	(868, 'Can add attendance', 217, 'add_attendance'),
	(869, 'Can change attendance', 217, 'change_attendance'),
	(870, 'Can delete attendance', 217, 'delete_attendance'),
	(871, 'Can view attendance', 217, 'view_attendance'),
	(872, 'Can add unit of a session', 218, 'add_sessionunit'),
	(873, 'Can change unit of a session', 218, 'change_sessionunit'),
	(874, 'Can delete unit of a session', 218, 'delete_sessionunit'),
	(875, 'Can view unit of a session', 218, 'view_sessionunit'),
	(876, 'Can add calendar address', 219, 'add_calendarfeed'),
	(877, 'Can change calendar address', 219, 'change_calendarfeed'),
	(878, 'Can delete calendar address', 219, 'delete_calendarfeed'),
	(879, 'Can view calendar address', 219, 'view_calendarfeed'),
	(880, 'Can add counter of events', 220, 'add_eventcounter'),
	(881, 'Can change counter of events', 220, 'change_eventcounter'),
	(882, 'Can delete counter of events', 220, 'delete_eventcounter'),
	(883, 'Can view counter of events', 220, 'view_eventcounter'),
	(884, 'Can add webhook', 221, 'add_endpoint'),
	(885, 'Can change webhook', 221, 'change_endpoint'),
	(886, 'Can delete webhook', 221, 'delete_endpoint'),
	(887, 'Can view webhook', 221, 'view_endpoint'),
	(888, 'Can add event', 222, 'add_event'),
	(889, 'Can change event', 222, 'change_event'),
	(890, 'Can delete event', 222, 'delete_event'),
	(891, 'Can view event', 222, 'view_event'),
	(892, 'Can add delivery', 223, 'add_delivery'),
	(893, 'Can change delivery', 223, 'change_delivery'),
	(894, 'Can delete delivery', 223, 'delete_delivery'),
	(895, 'Can view delivery', 223, 'view_delivery'),
	(896, 'Can add attempt', 224, 'add_attempt'),
	(897, 'Can change attempt', 224, 'change_attempt'),
	(898, 'Can delete attempt', 224, 'delete_attempt'),
	(899, 'Can view attempt', 224, 'view_attempt'),
	(900, 'Can add secret of a webhook', 225, 'add_endpointsecret'),
	(901, 'Can change secret of a webhook', 225, 'change_endpointsecret'),
	(902, 'Can delete secret of a webhook', 225, 'delete_endpointsecret'),
	(903, 'Can view secret of a webhook', 225, 'view_endpointsecret'),
	(904, 'Can add kept answer', 226, 'add_idempotentanswer'),
	(905, 'Can change kept answer', 226, 'change_idempotentanswer'),
	(906, 'Can delete kept answer', 226, 'delete_idempotentanswer'),
	(907, 'Can view kept answer', 226, 'view_idempotentanswer'),
	(908, 'Can add referral', 227, 'add_referral'),
	(909, 'Can change referral', 227, 'change_referral'),
	(910, 'Can delete referral', 227, 'delete_referral'),
	(911, 'Can view referral', 227, 'view_referral'),
	(912, 'Can add step of a referral', 228, 'add_step'),
	(913, 'Can change step of a referral', 228, 'change_step'),
	(914, 'Can delete step of a referral', 228, 'delete_step'),
	(915, 'Can view step of a referral', 228, 'view_step'),
	(916, 'Can add message', 229, 'add_message'),
	(917, 'Can change message', 229, 'change_message'),
	(918, 'Can delete message', 229, 'delete_message'),
	(919, 'Can view message', 229, 'view_message'),
	(920, 'Can add link to answer a referral', 230, 'add_answerlink'),
	(921, 'Can change link to answer a referral', 230, 'change_answerlink'),
	(922, 'Can delete link to answer a referral', 230, 'delete_answerlink'),
	(923, 'Can view link to answer a referral', 230, 'view_answerlink'),
	(924, 'Can add document of a referral', 231, 'add_enclosure'),
	(925, 'Can change document of a referral', 231, 'change_enclosure'),
	(926, 'Can delete document of a referral', 231, 'delete_enclosure'),
	(927, 'Can view document of a referral', 231, 'view_enclosure'),
	(928, 'Can add asking whether somebody is known elsewhere', 232, 'add_presence'),
	(929, 'Can change asking whether somebody is known elsewhere', 232, 'change_presence'),
	(930, 'Can delete asking whether somebody is known elsewhere', 232, 'delete_presence'),
	(931, 'Can view asking whether somebody is known elsewhere', 232, 'view_presence'),
	(932, 'Can add match in the network', 233, 'add_match'),
	(933, 'Can change match in the network', 233, 'change_match'),
	(934, 'Can delete match in the network', 233, 'delete_match'),
	(935, 'Can view match in the network', 233, 'view_match'),
	(936, 'Can add taking part in the comparison', 234, 'add_participation'),
	(937, 'Can change taking part in the comparison', 234, 'change_participation'),
	(938, 'Can delete taking part in the comparison', 234, 'delete_participation'),
	(939, 'Can view taking part in the comparison', 234, 'view_participation'),
	(940, 'Can add transfer', 235, 'add_transfer'),
	(941, 'Can change transfer', 235, 'change_transfer'),
	(942, 'Can delete transfer', 235, 'delete_transfer'),
	(943, 'Can view transfer', 235, 'view_transfer'),
	(944, 'Can add step of a transfer', 236, 'add_transferstep'),
	(945, 'Can change step of a transfer', 236, 'change_transferstep'),
	(946, 'Can delete step of a transfer', 236, 'delete_transferstep'),
	(947, 'Can view step of a transfer', 236, 'view_transferstep'),
	(948, 'Can add access', 237, 'add_access'),
	(949, 'Can change access', 237, 'change_access'),
	(950, 'Can delete access', 237, 'delete_access'),
	(951, 'Can view access', 237, 'view_access'),
	(952, 'Can add step of access', 238, 'add_accessstep'),
	(953, 'Can change step of access', 238, 'change_accessstep'),
	(954, 'Can delete step of access', 238, 'delete_accessstep'),
	(955, 'Can view step of access', 238, 'view_accessstep'),
	(956, 'Can add move of a record', 239, 'add_relocation'),
	(957, 'Can change move of a record', 239, 'change_relocation'),
	(958, 'Can delete move of a record', 239, 'delete_relocation'),
	(959, 'Can view move of a record', 239, 'view_relocation'),
	(960, 'Can add record of a merger', 240, 'add_mergedrecord'),
	(961, 'Can change record of a merger', 240, 'change_mergedrecord'),
	(962, 'Can delete record of a merger', 240, 'delete_mergedrecord'),
	(963, 'Can view record of a merger', 240, 'view_mergedrecord');
INSERT INTO public.django_content_type VALUES
	(1, 'wagtailcore', 'page'),
	(2, 'wagtailcore', 'groupapprovaltask'),
	(3, 'wagtailcore', 'locale'),
	(4, 'wagtailcore', 'site'),
	(5, 'wagtailcore', 'groupsitepermission'),
	(6, 'wagtailcore', 'modellogentry'),
	(7, 'wagtailcore', 'revision'),
	(8, 'wagtailcore', 'collectionviewrestriction'),
	(9, 'wagtailcore', 'collection'),
	(10, 'wagtailcore', 'groupcollectionpermission'),
	(11, 'wagtailcore', 'uploadedfile'),
	(12, 'wagtailcore', 'workflowcontenttype'),
	(13, 'wagtailcore', 'workflowstate'),
	(14, 'wagtailcore', 'workflow'),
	(15, 'wagtailcore', 'workflowtask'),
	(16, 'wagtailcore', 'task'),
	(17, 'wagtailcore', 'taskstate'),
	(18, 'wagtailcore', 'grouppagepermission'),
	(19, 'wagtailcore', 'pageviewrestriction'),
	(20, 'wagtailcore', 'workflowpage'),
	(21, 'wagtailcore', 'pagelogentry'),
	(22, 'wagtailcore', 'comment'),
	(23, 'wagtailcore', 'commentreply'),
	(24, 'wagtailcore', 'pagesubscription'),
	(25, 'wagtailcore', 'referenceindex'),
	(26, 'wagtaildocs', 'document'),
	(27, 'wagtailadmin', 'admin'),
	(28, 'knowledge_base', 'knowledgeindex'),
	(29, 'knowledge_base', 'curriculumversion'),
	(30, 'knowledge_base', 'module'),
	(31, 'knowledge_base', 'unit'),
	(32, 'knowledge_base', 'peerreview'),
	(33, 'knowledge_base', 'editorsdecision'),
	(34, 'wagtailimages', 'image'),
	(35, 'organisations', 'colleague'),
	(36, 'organisations', 'supporter'),
	(37, 'organisations', 'spareschema'),
	(38, 'organisations', 'organisation'),
	(39, 'organisations', 'membership'),
	(40, 'organisations', 'invitation'),
	(41, 'organisations', 'domain'),
	(42, 'organisations', 'supportgrant'),
	(43, 'organisations', 'auditanchor'),
	(44, 'organisations', 'duework'),
	(45, 'organisations', 'software'),
	(46, 'organisations', 'workinggroup'),
	(47, 'organisations', 'closing'),
	(48, 'organisations', 'takeout'),
	(49, 'organisations', 'statechange'),
	(50, 'organisations', 'owndomain'),
	(51, 'accounts', 'user'),
	(52, 'exchange', 'envelope'),
	(53, 'exchange', 'envelopeevent'),
	(54, 'exchange', 'outboxitem'),
	(55, 'exchange', 'deadlines'),
	(56, 'exchange', 'fairness'),
	(57, 'exchange', 'match'),
	(58, 'exchange', 'matchside'),
	(59, 'exchange', 'parcel'),
	(60, 'exchange', 'token'),
	(61, 'exchange', 'tokencount'),
	(62, 'exchange', 'dealingevent'),
	(63, 'exchange', 'transfer'),
	(64, 'exchange', 'access'),
	(65, 'exchange', 'relocation'),
	(66, 'directory', 'location'),
	(67, 'directory', 'closure'),
	(68, 'directory', 'offer'),
	(69, 'directory', 'hours'),
	(70, 'directory', 'entry'),
	(71, 'directory', 'capacityquestion'),
	(72, 'directory', 'service'),
	(73, 'directory', 'word'),
	(74, 'membership', 'firstday'),
	(75, 'membership', 'batch'),
	(76, 'membership', 'frameworkversion'),
	(77, 'membership', 'application'),
	(78, 'membership', 'licence'),
	(79, 'membership', 'licensingstep'),
	(80, 'membership', 'link'),
	(81, 'membership', 'opening'),
	(82, 'membership', 'openingstep'),
	(83, 'membership', 'paperfile'),
	(84, 'membership', 'stepcheck'),
	(85, 'membership', 'changerequest'),
	(86, 'membership', 'event'),
	(87, 'membership', 'agreement'),
	(88, 'membership', 'merger'),
	(89, 'membership', 'mergeranswer'),
	(90, 'status', 'incident'),
	(91, 'status', 'incidentupdate'),
	(92, 'working_groups', 'memberorganisation'),
	(93, 'working_groups', 'person'),
	(94, 'working_groups', 'agendapoint'),
	(95, 'working_groups', 'charter'),
	(96, 'working_groups', 'document'),
	(97, 'working_groups', 'groupseat'),
	(98, 'working_groups', 'documentversion'),
	(99, 'working_groups', 'decision'),
	(100, 'working_groups', 'meeting'),
	(101, 'working_groups', 'attendance'),
	(102, 'working_groups', 'answer'),
	(103, 'working_groups', 'meetingfeed'),
	(104, 'working_groups', 'minutesnote'),
	(105, 'working_groups', 'minutes'),
	(106, 'knowledge_base', 'article'),
	(107, 'knowledge_base', 'advocacy'),
	(108, 'knowledge_base', 'curriculum'),
	(109, 'knowledge_base', 'practice'),
	(110, 'knowledge_base', 'lesson'),
	(111, 'knowledge_base', 'loaded'),
	(112, 'knowledge_base', 'entry'),
	(113, 'knowledge_base', 'word'),
	(114, 'knowledge_base', 'submission'),
	(115, 'knowledge_base', 'submittedtext'),
	(116, 'knowledge_base', 'review'),
	(117, 'knowledge_base', 'publishedcurriculum'),
	(118, 'knowledge_base', 'publishedmodule'),
	(119, 'knowledge_base', 'publishedunit'),
	(120, 'knowledge_base', 'publishedversion'),
	(121, 'knowledge_base', 'adoption'),
	(122, 'knowledge_base', 'publishedtext'),
	(123, 'knowledge_base', 'memberstext'),
	(124, 'knowledge_base', 'upkeep'),
	(125, 'knowledge_base', 'digest'),
	(126, 'knowledge_base', 'follow'),
	(127, 'knowledge_base', 'listitem'),
	(128, 'knowledge_base', 'readinglist'),
	(129, 'knowledge_base', 'remark'),
	(130, 'knowledge_base', 'report'),
	(131, 'knowledge_base', 'used'),
	(132, 'knowledge_base', 'useful'),
	(133, 'knowledge_base', 'signature'),
	(134, 'knowledge_base', 'evidence'),
	(135, 'knowledge_base', 'translation'),
	(136, 'knowledge_base', 'translatedpart'),
	(137, 'knowledge_base', 'groupstext'),
	(138, 'contenttypes', 'contenttype'),
	(139, 'auth', 'permission'),
	(140, 'auth', 'group'),
	(141, 'sessions', 'session'),
	(142, 'admin', 'logentry'),
	(143, 'account', 'emailaddress'),
	(144, 'account', 'emailconfirmation'),
	(145, 'mfa', 'authenticator'),
	(146, 'usersessions', 'usersession'),
	(147, 'allauth_idp_oidc', 'client'),
	(148, 'allauth_idp_oidc', 'token'),
	(149, 'wagtailredirects', 'redirect'),
	(150, 'wagtailembeds', 'embed'),
	(151, 'wagtailusers', 'userprofile'),
	(152, 'wagtailimages', 'rendition'),
	(153, 'wagtailsearch', 'indexentry'),
	(154, 'wagtailadmin', 'editingsession'),
	(155, 'wagtailadmin', 'formstate'),
	(156, 'taggit', 'tag'),
	(157, 'taggit', 'taggeditem'),
	(158, 'pghistory', 'context'),
	(159, 'pghistory', 'events'),
	(160, 'pghistory', 'middlewareevents'),
	(161, 'audit', 'entry'),
	(162, 'audit', 'link'),
	(163, 'caseloads', 'client'),
	(164, 'caseloads', 'consent'),
	(165, 'caseloads', 'assessment'),
	(166, 'caseloads', 'case'),
	(167, 'caseloads', 'columnmapping'),
	(168, 'caseloads', 'correction'),
	(169, 'caseloads', 'document'),
	(170, 'caseloads', 'draft'),
	(171, 'caseloads', 'emergencyaccess'),
	(172, 'caseloads', 'erasure'),
	(173, 'caseloads', 'exit'),
	(174, 'caseloads', 'experience'),
	(175, 'caseloads', 'finding'),
	(176, 'caseloads', 'followup'),
	(177, 'caseloads', 'goal'),
	(178, 'caseloads', 'job'),
	(179, 'caseloads', 'journalentry'),
	(180, 'caseloads', 'mention'),
	(181, 'caseloads', 'merge'),
	(182, 'caseloads', 'personallink'),
	(183, 'caseloads', 'plan'),
	(184, 'caseloads', 'programme'),
	(185, 'caseloads', 'retentionrule'),
	(186, 'caseloads', 'savedlist'),
	(187, 'caseloads', 'scale'),
	(188, 'caseloads', 'step'),
	(189, 'caseloads', 'target'),
	(190, 'caseloads', 'task'),
	(191, 'caseloads', 'teammember'),
	(192, 'caseloads', 'vulnerabilitychoice'),
	(193, 'caseloads', 'consentoffer'),
	(194, 'caseloads', 'keptfigure'),
	(195, 'caseloads', 'journalhabit'),
	(196, 'caseloads', 'caseevent'),
	(197, 'caseloads', 'clientevent'),
	(198, 'caseloads', 'consentevent'),
	(199, 'caseloads', 'exitevent'),
	(200, 'caseloads', 'followupevent');
INSERT INTO public.django_content_type VALUES
	(201, 'caseloads', 'goalevent'),
	(202, 'caseloads', 'planevent'),
	(203, 'caseloads', 'programmeevent'),
	(204, 'caseloads', 'retentionruleevent'),
	(205, 'caseloads', 'scaleevent'),
	(206, 'caseloads', 'stepevent'),
	(207, 'caseloads', 'teammemberevent'),
	(208, 'contributions', 'contribution'),
	(209, 'learning', 'adoptedcurriculum'),
	(210, 'learning', 'adoptedmodule'),
	(211, 'learning', 'adoptedunit'),
	(212, 'learning', 'settlement'),
	(213, 'learning', 'plannedunit'),
	(214, 'learning', 'group'),
	(215, 'learning', 'participant'),
	(216, 'learning', 'session'),
	(217, 'learning', 'attendance'),
	(218, 'learning', 'sessionunit'),
	(219, 'learning', 'calendarfeed'),
	(220, 'integrations', 'eventcounter'),
	(221, 'integrations', 'endpoint'),
	(222, 'integrations', 'event'),
	(223, 'integrations', 'delivery'),
	(224, 'integrations', 'attempt'),
	(225, 'integrations', 'endpointsecret'),
	(226, 'integrations', 'idempotentanswer'),
	(227, 'referrals', 'referral'),
	(228, 'referrals', 'step'),
	(229, 'referrals', 'message'),
	(230, 'referrals', 'answerlink'),
	(231, 'referrals', 'enclosure'),
	(232, 'referrals', 'presence'),
	(233, 'referrals', 'match'),
	(234, 'referrals', 'participation'),
	(235, 'referrals', 'transfer'),
	(236, 'referrals', 'transferstep'),
	(237, 'referrals', 'access'),
	(238, 'referrals', 'accessstep'),
	(239, 'relocations', 'relocation'),
	(240, 'mergers', 'mergedrecord');
INSERT INTO public.django_migrations VALUES
	(1, 'contenttypes', '0001_initial', now()),
	(2, 'contenttypes', '0002_remove_content_type_name', now()),
	(3, 'auth', '0001_initial', now()),
	(4, 'auth', '0002_alter_permission_name_max_length', now()),
	(5, 'auth', '0003_alter_user_email_max_length', now()),
	(6, 'auth', '0004_alter_user_username_opts', now()),
	(7, 'auth', '0005_alter_user_last_login_null', now()),
	(8, 'auth', '0006_require_contenttypes_0002', now()),
	(9, 'auth', '0007_alter_validators_add_error_messages', now()),
	(10, 'auth', '0008_alter_user_username_max_length', now()),
	(11, 'auth', '0009_alter_user_last_name_max_length', now()),
	(12, 'auth', '0010_alter_group_name_max_length', now()),
	(13, 'auth', '0011_update_proxy_permissions', now()),
	(14, 'auth', '0012_alter_user_first_name_max_length', now()),
	(15, 'accounts', '0001_initial', now()),
	(16, 'account', '0001_initial', now()),
	(17, 'account', '0002_email_max_length', now()),
	(18, 'account', '0003_alter_emailaddress_create_unique_verified_email', now()),
	(19, 'account', '0004_alter_emailaddress_drop_unique_email', now()),
	(20, 'account', '0005_emailaddress_idx_upper_email', now()),
	(21, 'account', '0006_emailaddress_lower', now()),
	(22, 'account', '0007_emailaddress_idx_email', now()),
	(23, 'account', '0008_emailaddress_unique_primary_email_fixup', now()),
	(24, 'account', '0009_emailaddress_unique_primary_email', now()),
	(25, 'admin', '0001_initial', now()),
	(26, 'admin', '0002_logentry_remove_auto_add', now()),
	(27, 'admin', '0003_logentry_add_action_flag_choices', now()),
	(28, 'allauth_idp_oidc', '0001_initial', now()),
	(29, 'allauth_idp_oidc', '0002_client_default_scopes', now()),
	(30, 'allauth_idp_oidc', '0003_client_allow_uri_wildcards', now()),
	(31, 'organisations', '0001_initial', now()),
	(32, 'mfa', '0001_initial', now()),
	(33, 'mfa', '0002_authenticator_timestamps', now()),
	(34, 'mfa', '0003_authenticator_type_uniq', now()),
	(35, 'organisations', '0002_views', now()),
	(36, 'organisations', '0003_guard_columns', now()),
	(37, 'organisations', '0004_roles', now()),
	(38, 'organisations', '0005_audit', now()),
	(39, 'audit', '0001_initial', now()),
	(40, 'audit', '0002_chain', now()),
	(41, 'audit', '0003_by_action', now()),
	(42, 'organisations', '0006_duework', now()),
	(43, 'organisations', '0007_software', now()),
	(44, 'organisations', '0008_contact_email', now()),
	(45, 'organisations', '0009_guard_contact', now()),
	(46, 'organisations', '0010_working_groups', now()),
	(47, 'organisations', '0011_leaving', now()),
	(48, 'organisations', '0012_guard_places', now()),
	(49, 'organisations', '0014_life', now()),
	(50, 'caseloads', '0001_initial', now()),
	(51, 'caseloads', '0002_cases', now()),
	(52, 'caseloads', '0003_rights', now()),
	(53, 'caseloads', '0004_journal', now()),
	(54, 'caseloads', '0005_lists', now()),
	(55, 'caseloads', '0006_history', now()),
	(56, 'caseloads', '0007_not_seen', now()),
	(57, 'caseloads', '0008_more_purposes', now()),
	(58, 'caseloads', '0009_restricted', now()),
	(59, 'caseloads', '0010_relocations', now()),
	(60, 'contributions', '0001_initial', now()),
	(61, 'contributions', '0002_group', now()),
	(62, 'directory', '0001_initial', now()),
	(63, 'directory', '0002_words', now()),
	(64, 'exchange', '0001_initial', now()),
	(65, 'exchange', '0002_guard_answers', now()),
	(66, 'exchange', '0003_whole_machine', now()),
	(67, 'exchange', '0004_guard_moves', now()),
	(68, 'exchange', '0005_guard_traces', now()),
	(69, 'exchange', '0006_fairness', now()),
	(70, 'exchange', '0007_matches', now()),
	(71, 'exchange', '0008_transfers', now()),
	(72, 'exchange', '0009_access', now()),
	(73, 'exchange', '0010_consents_run_out', now()),
	(74, 'exchange', '0011_relocations', now()),
	(75, 'integrations', '0001_initial', now()),
	(76, 'integrations', '0002_answers', now()),
	(77, 'integrations', '0003_next_of_lanes', now()),
	(78, 'wagtailcore', '0001_initial', now()),
	(79, 'wagtailcore', '0002_initial_data', now()),
	(80, 'wagtailcore', '0003_add_uniqueness_constraint_on_group_page_permission', now()),
	(81, 'wagtailcore', '0004_page_locked', now()),
	(82, 'wagtailcore', '0005_add_page_lock_permission_to_moderators', now()),
	(83, 'wagtailcore', '0006_add_lock_page_permission', now()),
	(84, 'wagtailcore', '0007_page_latest_revision_created_at', now()),
	(85, 'wagtailcore', '0008_populate_latest_revision_created_at', now()),
	(86, 'wagtailcore', '0009_remove_auto_now_add_from_pagerevision_created_at', now()),
	(87, 'wagtailcore', '0010_change_page_owner_to_null_on_delete', now()),
	(88, 'wagtailcore', '0011_page_first_published_at', now()),
	(89, 'wagtailcore', '0012_extend_page_slug_field', now()),
	(90, 'wagtailcore', '0013_update_golive_expire_help_text', now()),
	(91, 'wagtailcore', '0014_add_verbose_name', now()),
	(92, 'wagtailcore', '0015_add_more_verbose_names', now()),
	(93, 'wagtailcore', '0016_change_page_url_path_to_text_field', now()),
	(94, 'wagtailcore', '0017_change_edit_page_permission_description', now()),
	(95, 'wagtailcore', '0018_pagerevision_submitted_for_moderation_index', now()),
	(96, 'wagtailcore', '0019_verbose_names_cleanup', now()),
	(97, 'wagtailcore', '0020_add_index_on_page_first_published_at', now()),
	(98, 'wagtailcore', '0021_capitalizeverbose', now()),
	(99, 'wagtailcore', '0022_add_site_name', now()),
	(100, 'wagtailcore', '0023_alter_page_revision_on_delete_behaviour', now()),
	(101, 'wagtailcore', '0024_collection', now()),
	(102, 'wagtailcore', '0025_collection_initial_data', now()),
	(103, 'wagtailcore', '0026_group_collection_permission', now()),
	(104, 'wagtailcore', '0027_fix_collection_path_collation', now()),
	(105, 'wagtailcore', '0024_alter_page_content_type_on_delete_behaviour', now()),
	(106, 'wagtailcore', '0028_merge', now()),
	(107, 'wagtailcore', '0029_unicode_slugfield_dj19', now()),
	(108, 'wagtailcore', '0030_index_on_pagerevision_created_at', now()),
	(109, 'wagtailcore', '0031_add_page_view_restriction_types', now()),
	(110, 'wagtailcore', '0032_add_bulk_delete_page_permission', now()),
	(111, 'wagtailcore', '0033_remove_golive_expiry_help_text', now()),
	(112, 'wagtailcore', '0034_page_live_revision', now()),
	(113, 'wagtailcore', '0035_page_last_published_at', now()),
	(114, 'wagtailcore', '0036_populate_page_last_published_at', now()),
	(115, 'wagtailcore', '0037_set_page_owner_editable', now()),
	(116, 'wagtailcore', '0038_make_first_published_at_editable', now()),
	(117, 'wagtailcore', '0039_collectionviewrestriction', now()),
	(118, 'wagtailcore', '0040_page_draft_title', now()),
	(119, 'wagtailcore', '0041_group_collection_permissions_verbose_name_plural', now()),
	(120, 'wagtailcore', '0042_index_on_pagerevision_approved_go_live_at', now()),
	(121, 'wagtailcore', '0043_lock_fields', now()),
	(122, 'wagtailcore', '0044_add_unlock_grouppagepermission', now()),
	(123, 'wagtailcore', '0045_assign_unlock_grouppagepermission', now()),
	(124, 'wagtailcore', '0046_site_name_remove_null', now()),
	(125, 'wagtailcore', '0047_add_workflow_models', now()),
	(126, 'wagtailcore', '0048_add_default_workflows', now()),
	(127, 'wagtailcore', '0049_taskstate_finished_by', now()),
	(128, 'wagtailcore', '0050_workflow_rejected_to_needs_changes', now()),
	(129, 'wagtailcore', '0051_taskstate_comment', now()),
	(130, 'wagtailcore', '0052_pagelogentry', now()),
	(131, 'wagtailcore', '0053_locale_model', now()),
	(132, 'wagtailcore', '0054_initial_locale', now()),
	(133, 'wagtailcore', '0055_page_locale_fields', now()),
	(134, 'wagtailcore', '0056_page_locale_fields_populate', now()),
	(135, 'wagtailcore', '0057_page_locale_fields_notnull', now()),
	(136, 'wagtailcore', '0058_page_alias_of', now()),
	(137, 'wagtailcore', '0059_apply_collection_ordering', now()),
	(138, 'wagtailcore', '0060_fix_workflow_unique_constraint', now()),
	(139, 'wagtailcore', '0061_change_promote_tab_helpt_text_and_verbose_names', now()),
	(140, 'wagtailcore', '0062_comment_models_and_pagesubscription', now()),
	(141, 'wagtailcore', '0063_modellogentry', now()),
	(142, 'wagtailcore', '0064_log_timestamp_indexes', now()),
	(143, 'wagtailcore', '0065_log_entry_uuid', now()),
	(144, 'wagtailcore', '0066_collection_management_permissions', now()),
	(145, 'wagtailcore', '0067_alter_pagerevision_content_json', now()),
	(146, 'wagtailcore', '0068_log_entry_empty_object', now()),
	(147, 'wagtailcore', '0069_log_entry_jsonfield', now()),
	(148, 'wagtailcore', '0070_rename_pagerevision_revision', now()),
	(149, 'wagtailcore', '0071_populate_revision_content_type', now()),
	(150, 'wagtailcore', '0072_alter_revision_content_type_notnull', now()),
	(151, 'wagtailcore', '0073_page_latest_revision', now()),
	(152, 'wagtailcore', '0074_revision_object_str', now()),
	(153, 'wagtailcore', '0075_populate_latest_revision_and_revision_object_str', now()),
	(154, 'wagtailcore', '0076_modellogentry_revision', now()),
	(155, 'wagtailcore', '0077_alter_revision_user', now()),
	(156, 'wagtailcore', '0078_referenceindex', now()),
	(157, 'wagtailcore', '0079_rename_taskstate_page_revision', now()),
	(158, 'wagtailcore', '0080_generic_workflowstate', now()),
	(159, 'wagtailcore', '0081_populate_workflowstate_content_type', now()),
	(160, 'wagtailcore', '0082_alter_workflowstate_content_type_notnull', now()),
	(161, 'wagtailcore', '0083_workflowcontenttype', now()),
	(162, 'wagtailcore', '0084_add_default_page_permissions', now()),
	(163, 'wagtailcore', '0085_add_grouppagepermission_permission', now()),
	(164, 'wagtailcore', '0086_populate_grouppagepermission_permission', now()),
	(165, 'wagtailcore', '0087_alter_grouppagepermission_unique_together_and_more', now()),
	(166, 'wagtailcore', '0088_fix_log_entry_json_timestamps', now()),
	(167, 'wagtailcore', '0089_log_entry_data_json_null_to_object', now()),
	(168, 'wagtailcore', '0090_remove_grouppagepermission_permission_type', now()),
	(169, 'wagtailcore', '0091_remove_revision_submitted_for_moderation', now()),
	(170, 'wagtailcore', '0092_alter_collectionviewrestriction_password_and_more', now()),
	(171, 'wagtailcore', '0093_uploadedfile', now()),
	(172, 'wagtailcore', '0094_alter_page_locale', now()),
	(173, 'wagtailcore', '0095_groupsitepermission', now()),
	(174, 'wagtailcore', '0096_referenceindex_referenceindex_source_object_and_more', now()),
	(175, 'wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes', now()),
	(176, 'taggit', '0001_initial', now()),
	(177, 'wagtaildocs', '0001_initial', now()),
	(178, 'wagtaildocs', '0002_initial_data', now()),
	(179, 'wagtaildocs', '0003_add_verbose_names', now()),
	(180, 'wagtaildocs', '0004_capitalizeverbose', now()),
	(181, 'wagtaildocs', '0005_document_collection', now()),
	(182, 'wagtaildocs', '0006_copy_document_permissions_to_collections', now()),
	(183, 'wagtaildocs', '0005_alter_uploaded_by_user_on_delete_action', now()),
	(184, 'wagtaildocs', '0007_merge', now()),
	(185, 'wagtaildocs', '0008_document_file_size', now()),
	(186, 'wagtaildocs', '0009_document_verbose_name_plural', now()),
	(187, 'wagtaildocs', '0010_document_file_hash', now()),
	(188, 'wagtailadmin', '0001_create_admin_access_permissions', now()),
	(189, 'wagtaildocs', '0011_add_choose_permissions', now()),
	(190, 'wagtaildocs', '0012_uploadeddocument', now()),
	(191, 'wagtaildocs', '0013_delete_uploadeddocument', now()),
	(192, 'wagtaildocs', '0014_alter_document_file_size', now()),
	(193, 'wagtailadmin', '0002_admin', now()),
	(194, 'wagtailadmin', '0003_admin_managed', now()),
	(195, 'wagtailadmin', '0004_editingsession', now()),
	(196, 'wagtailadmin', '0005_editingsession_is_editing', now()),
	(197, 'wagtailadmin', '0006_formstate', now()),
	(198, 'knowledge_base', '0001_initial', now()),
	(199, 'knowledge_base', '0002_indexes', now()),
	(200, 'knowledge_base', '0003_what_is_taught', now());
INSERT INTO public.django_migrations VALUES
	(201, 'knowledge_base', '0004_frozen_versions', now()),
	(202, 'knowledge_base', '0005_members', now()),
	(203, 'knowledge_base', '0006_what_organisations_see', now()),
	(204, 'knowledge_base', '0007_published_texts', now()),
	(205, 'knowledge_base', '0008_upkeep', now()),
	(206, 'knowledge_base', '0009_readers', now()),
	(207, 'knowledge_base', '0010_signatures', now()),
	(208, 'knowledge_base', '0011_evidence', now()),
	(209, 'knowledge_base', '0012_translation', now()),
	(210, 'knowledge_base', '0013_claimed_digests', now()),
	(211, 'knowledge_base', '0014_groups', now()),
	(212, 'learning', '0001_initial', now()),
	(213, 'learning', '0002_plans', now()),
	(214, 'learning', '0003_groups', now()),
	(215, 'organisations', '0015_addresses', now()),
	(216, 'organisations', '0016_mergers', now()),
	(217, 'membership', '0001_initial', now()),
	(218, 'membership', '0002_licences', now()),
	(219, 'membership', '0003_addresses', now()),
	(220, 'membership', '0004_mergers', now()),
	(221, 'mergers', '0001_initial', now()),
	(222, 'pghistory', '0001_initial', now()),
	(223, 'pghistory', '0002_aggregateevent', now()),
	(224, 'pghistory', '0003_auto_20201023_1636', now()),
	(225, 'pghistory', '0004_auto_20220906_1625', now()),
	(226, 'pghistory', '0005_events_middlewareevents', now()),
	(227, 'pghistory', '0006_delete_aggregateevent', now()),
	(228, 'pghistory', '0007_auto_20250421_0444', now()),
	(229, 'referrals', '0001_initial', now()),
	(230, 'referrals', '0002_whole_machine', now()),
	(231, 'referrals', '0003_talking', now()),
	(232, 'referrals', '0004_matches', now()),
	(233, 'referrals', '0005_transfers', now()),
	(234, 'referrals', '0006_access', now()),
	(235, 'referrals', '0007_consents_run_out', now()),
	(236, 'relocations', '0001_initial', now()),
	(237, 'sessions', '0001_initial', now()),
	(238, 'status', '0001_initial', now()),
	(239, 'taggit', '0002_auto_20150616_2121', now()),
	(240, 'taggit', '0003_taggeditem_add_unique_index', now()),
	(241, 'taggit', '0004_alter_taggeditem_content_type_alter_taggeditem_tag', now()),
	(242, 'taggit', '0005_auto_20220424_2025', now()),
	(243, 'taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx', now()),
	(244, 'usersessions', '0001_initial', now()),
	(245, 'wagtailembeds', '0001_initial', now()),
	(246, 'wagtailembeds', '0002_add_verbose_names', now()),
	(247, 'wagtailembeds', '0003_capitalizeverbose', now()),
	(248, 'wagtailembeds', '0004_embed_verbose_name_plural', now()),
	(249, 'wagtailembeds', '0005_specify_thumbnail_url_max_length', now()),
	(250, 'wagtailembeds', '0006_add_embed_hash', now()),
	(251, 'wagtailembeds', '0007_populate_hash', now()),
	(252, 'wagtailembeds', '0008_allow_long_urls', now()),
	(253, 'wagtailembeds', '0009_embed_cache_until', now()),
	(254, 'wagtailimages', '0001_initial', now()),
	(255, 'wagtailimages', '0002_initial_data', now()),
	(256, 'wagtailimages', '0003_fix_focal_point_fields', now()),
	(257, 'wagtailimages', '0004_make_focal_point_key_not_nullable', now()),
	(258, 'wagtailimages', '0005_make_filter_spec_unique', now()),
	(259, 'wagtailimages', '0006_add_verbose_names', now()),
	(260, 'wagtailimages', '0007_image_file_size', now()),
	(261, 'wagtailimages', '0008_image_created_at_index', now()),
	(262, 'wagtailimages', '0009_capitalizeverbose', now()),
	(263, 'wagtailimages', '0010_change_on_delete_behaviour', now()),
	(264, 'wagtailimages', '0011_image_collection', now()),
	(265, 'wagtailimages', '0012_copy_image_permissions_to_collections', now()),
	(266, 'wagtailimages', '0013_make_rendition_upload_callable', now()),
	(267, 'wagtailimages', '0014_add_filter_spec_field', now()),
	(268, 'wagtailimages', '0015_fill_filter_spec_field', now()),
	(269, 'wagtailimages', '0016_deprecate_rendition_filter_relation', now()),
	(270, 'wagtailimages', '0017_reduce_focal_point_key_max_length', now()),
	(271, 'wagtailimages', '0018_remove_rendition_filter', now()),
	(272, 'wagtailimages', '0019_delete_filter', now()),
	(273, 'wagtailimages', '0020_add-verbose-name', now()),
	(274, 'wagtailimages', '0021_image_file_hash', now()),
	(275, 'wagtailimages', '0022_uploadedimage', now()),
	(276, 'wagtailimages', '0023_add_choose_permissions', now()),
	(277, 'wagtailimages', '0024_index_image_file_hash', now()),
	(278, 'wagtailimages', '0025_alter_image_file_alter_rendition_file', now()),
	(279, 'wagtailimages', '0026_delete_uploadedimage', now()),
	(280, 'wagtailimages', '0027_image_description', now()),
	(281, 'wagtailredirects', '0001_initial', now()),
	(282, 'wagtailredirects', '0002_add_verbose_names', now()),
	(283, 'wagtailredirects', '0003_make_site_field_editable', now()),
	(284, 'wagtailredirects', '0004_set_unique_on_path_and_site', now()),
	(285, 'wagtailredirects', '0005_capitalizeverbose', now()),
	(286, 'wagtailredirects', '0006_redirect_increase_max_length', now()),
	(287, 'wagtailredirects', '0007_add_autocreate_fields', now()),
	(288, 'wagtailredirects', '0008_add_verbose_name_plural', now()),
	(289, 'wagtailsearch', '0001_initial', now()),
	(290, 'wagtailsearch', '0002_add_verbose_names', now()),
	(291, 'wagtailsearch', '0003_remove_editors_pick', now()),
	(292, 'wagtailsearch', '0004_querydailyhits_verbose_name_plural', now()),
	(293, 'wagtailsearch', '0005_create_indexentry', now()),
	(294, 'wagtailsearch', '0006_customise_indexentry', now()),
	(295, 'wagtailsearch', '0007_delete_editorspick', now()),
	(296, 'wagtailsearch', '0008_remove_query_and_querydailyhits_models', now()),
	(297, 'wagtailsearch', '0009_remove_ngram_autocomplete', now()),
	(298, 'wagtailsearch', '0010_add_text_fields', now()),
	(299, 'wagtailusers', '0001_initial', now()),
	(300, 'wagtailusers', '0002_add_verbose_name_on_userprofile', now()),
	(301, 'wagtailusers', '0003_add_verbose_names', now()),
	(302, 'wagtailusers', '0004_capitalizeverbose', now()),
	(303, 'wagtailusers', '0005_make_related_name_wagtail_specific', now()),
	(304, 'wagtailusers', '0006_userprofile_prefered_language', now()),
	(305, 'wagtailusers', '0007_userprofile_current_time_zone', now()),
	(306, 'wagtailusers', '0008_userprofile_avatar', now()),
	(307, 'wagtailusers', '0009_userprofile_verbose_name_plural', now()),
	(308, 'wagtailusers', '0010_userprofile_updated_comments_notifications', now()),
	(309, 'wagtailusers', '0011_userprofile_dismissibles', now()),
	(310, 'wagtailusers', '0012_userprofile_theme', now()),
	(311, 'wagtailusers', '0013_userprofile_density', now()),
	(312, 'wagtailusers', '0014_userprofile_contrast', now()),
	(313, 'wagtailusers', '0015_userprofile_keyboard_shortcuts', now()),
	(314, 'working_groups', '0001_initial', now()),
	(315, 'working_groups', '0002_frozen', now()),
	(316, 'wagtailimages', '0001_squashed_0021', now()),
	(317, 'wagtailcore', '0001_squashed_0016_change_page_url_path_to_text_field', now());
INSERT INTO public.knowledge_base_editorsdecision VALUES
	(3);
INSERT INTO public.knowledge_base_editorsdecision_groups VALUES
	(1, 3, 3);
INSERT INTO public.knowledge_base_knowledgeindex VALUES
	(3, 'What the network has learned: what worked, what did not, and what to do next time.'),
	(4, 'Çfarë ka mësuar rrjeti: çfarë funksionoi, çfarë jo dhe si të veprohet herën tjetër.'),
	(5, 'Šta je mreža naučila: šta je uspelo, šta nije i šta uraditi sledeći put.'),
	(6, 'Ko tinklas išmoko: kas pavyko, kas ne ir ką daryti kitą kartą.'),
	(7, 'Kaj se je mreža naučila: kaj je uspelo, kaj ni in kaj storiti naslednjič.'),
	(8, 'آنچه شبکه آموخته است: چه چیزی نتیجه داد، چه چیزی نداد و دفعهٔ بعد چه باید کرد.');
INSERT INTO public.knowledge_base_peerreview VALUES
	(2);
INSERT INTO public.wagtailcore_collection VALUES
	(1, '0001', 1, 0, 'Root');
INSERT INTO public.wagtailcore_groupapprovaltask VALUES
	(1);
INSERT INTO public.wagtailcore_groupapprovaltask_groups VALUES
	(1, 1, 1);
INSERT INTO public.wagtailcore_groupcollectionpermission VALUES
	(1, 1, 1, 105),
	(2, 1, 2, 105),
	(3, 1, 1, 106),
	(4, 1, 2, 106),
	(5, 1, 1, 109),
	(6, 1, 2, 109),
	(7, 1, 3, 105),
	(8, 1, 3, 106),
	(9, 1, 3, 109),
	(10, 1, 1, 121),
	(11, 1, 2, 121),
	(12, 1, 1, 122),
	(13, 1, 2, 122),
	(14, 1, 1, 124),
	(15, 1, 2, 124),
	(16, 1, 3, 124);
INSERT INTO public.wagtailcore_grouppagepermission VALUES
	(1, 1, 1, 65),
	(2, 1, 1, 66),
	(3, 1, 1, 71),
	(4, 2, 1, 65),
	(5, 2, 1, 66),
	(6, 1, 1, 70),
	(7, 1, 1, 72),
	(8, 3, 3, 65),
	(9, 3, 3, 66),
	(10, 3, 3, 71),
	(11, 3, 3, 70),
	(12, 3, 3, 72),
	(13, 3, 4, 65),
	(14, 3, 4, 66),
	(15, 3, 4, 71),
	(16, 3, 4, 70),
	(17, 3, 4, 72),
	(18, 3, 5, 65),
	(19, 3, 5, 66),
	(20, 3, 5, 71),
	(21, 3, 5, 70),
	(22, 3, 5, 72),
	(23, 3, 6, 65),
	(24, 3, 6, 66),
	(25, 3, 6, 71),
	(26, 3, 6, 70),
	(27, 3, 6, 72),
	(28, 3, 7, 65),
	(29, 3, 7, 66),
	(30, 3, 7, 71),
	(31, 3, 7, 70),
	(32, 3, 7, 72),
	(33, 3, 8, 65),
	(34, 3, 8, 66),
	(35, 3, 8, 71),
	(36, 3, 8, 70),
	(37, 3, 8, 72);
INSERT INTO public.wagtailcore_locale VALUES
	(1, 'en'),
	(2, 'sq'),
	(3, 'sr'),
	(4, 'lt'),
	(5, 'sl'),
	(6, 'fa');
INSERT INTO public.wagtailcore_page VALUES
	(3, '00010002', 2, 0, 'Knowledge', 'knowledge', true, false, '/knowledge/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'Knowledge', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 1, NULL, NULL),
	(4, '00010003', 2, 0, 'Dituria', 'knowledge-sq', true, false, '/knowledge-sq/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'Dituria', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 2, NULL, NULL),
	(5, '00010004', 2, 0, 'Znanje', 'knowledge-sr', true, false, '/knowledge-sr/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'Znanje', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 3, NULL, NULL),
	(6, '00010005', 2, 0, 'Žinios', 'knowledge-lt', true, false, '/knowledge-lt/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'Žinios', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 4, NULL, NULL),
	(7, '00010006', 2, 0, 'Znanje', 'knowledge-sl', true, false, '/knowledge-sl/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'Znanje', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 5, NULL, NULL),
	(8, '00010007', 2, 0, 'دانش', 'knowledge-fa', true, false, '/knowledge-fa/', '', false, '', NULL, NULL, false, 28, NULL, false, NULL, NULL, NULL, NULL, 'دانش', NULL, NULL, '2f8d5e0c-7a41-4d0e-9c8b-6f1f2a3b4c5d', 6, NULL, NULL),
	(1, '0001', 1, 6, 'Root', 'root', true, false, '/', '', false, '', NULL, NULL, false, 1, NULL, false, NULL, NULL, NULL, NULL, 'Root', NULL, NULL, 'faf02525-5ecf-4ff4-8663-e842f28869aa', 1, NULL, NULL);
INSERT INTO public.wagtailcore_site VALUES
	(1, 'localhost', 80, true, 3, '');
INSERT INTO public.wagtailcore_task VALUES
	(1, 'Moderators approval', true, 2),
	(2, 'Reading by other members', true, 32),
	(3, 'Editor’s decision', true, 33);
INSERT INTO public.wagtailcore_workflow VALUES
	(1, 'Moderators approval', true),
	(2, 'Texts of members', true);
INSERT INTO public.wagtailcore_workflowtask VALUES
	(1, 0, 1, 1),
	(2, 0, 2, 2),
	(3, 1, 3, 2);
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.allauth_idp_oidc_token_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 3, true);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 31, true);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 963, true);
SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 240, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 317, true);
SELECT pg_catalog.setval('public.knowledge_base_editorsdecision_groups_id_seq', 1, true);
SELECT pg_catalog.setval('public.knowledge_base_entry_id_seq', 1, false);
SELECT pg_catalog.setval('public.knowledge_base_loaded_id_seq', 1, false);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.organisations_auditanchor_id_seq', 1, false);
SELECT pg_catalog.setval('public.organisations_domain_id_seq', 1, false);
SELECT pg_catalog.setval('public.organisations_workinggroup_organisations_id_seq', 1, false);
SELECT pg_catalog.setval('public.taggit_tag_id_seq', 1, false);
SELECT pg_catalog.setval('public.taggit_taggeditem_id_seq', 1, false);
SELECT pg_catalog.setval('public.usersessions_usersession_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailadmin_admin_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailadmin_editingsession_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailadmin_formstate_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_collection_id_seq', 1, true);
SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_comment_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_commentreply_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_groupapprovaltask_groups_id_seq', 1, true);
SELECT pg_catalog.setval('public.wagtailcore_groupcollectionpermission_id_seq', 16, true);
SELECT pg_catalog.setval('public.wagtailcore_grouppagepermission_id_seq', 37, true);
SELECT pg_catalog.setval('public.wagtailcore_groupsitepermission_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_locale_id_seq', 6, true);
SELECT pg_catalog.setval('public.wagtailcore_modellogentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_page_id_seq', 8, true);
SELECT pg_catalog.setval('public.wagtailcore_pagelogentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_pagerevision_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_pagesubscription_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_referenceindex_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_site_id_seq', 1, true);
SELECT pg_catalog.setval('public.wagtailcore_task_id_seq', 3, true);
SELECT pg_catalog.setval('public.wagtailcore_taskstate_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_uploadedfile_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_workflow_id_seq', 2, true);
SELECT pg_catalog.setval('public.wagtailcore_workflowstate_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailcore_workflowtask_id_seq', 3, true);
SELECT pg_catalog.setval('public.wagtaildocs_document_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailembeds_embed_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailimages_image_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailimages_rendition_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailredirects_redirect_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailsearch_indexentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.wagtailusers_userprofile_id_seq', 1, false);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_email_key UNIQUE (email);
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_group_id_59c0b32f_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permi_user_id_permission_id_2ab516c2_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_adoption
    ADD CONSTRAINT adoption_once UNIQUE (curriculum_id, organisation_id);
ALTER TABLE ONLY public.membership_agreement
    ADD CONSTRAINT agreement_once UNIQUE (organisation_id, framework_id);
ALTER TABLE ONLY public.allauth_idp_oidc_client
    ADD CONSTRAINT allauth_idp_oidc_client_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_type_hash_cca00f1c_uniq UNIQUE (type, hash);
ALTER TABLE ONLY public.organisations_auditanchor
    ADD CONSTRAINT audit_anchor_once UNIQUE (organisation_id, number);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_capacityquestion
    ADD CONSTRAINT capacity_asked_once_a_day UNIQUE (offer_id, asker_id, asked_on);
ALTER TABLE ONLY public.directory_capacityquestion
    ADD CONSTRAINT directory_capacityquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_closure
    ADD CONSTRAINT directory_closure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_entry
    ADD CONSTRAINT directory_entry_offer_id_key UNIQUE (offer_id);
ALTER TABLE ONLY public.directory_entry
    ADD CONSTRAINT directory_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_hours
    ADD CONSTRAINT directory_hours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_location
    ADD CONSTRAINT directory_location_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_offer
    ADD CONSTRAINT directory_offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_word
    ADD CONSTRAINT directory_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.knowledge_base_evidence
    ADD CONSTRAINT evidence_once UNIQUE (version_id, unit, organisation_id);
ALTER TABLE ONLY public.exchange_access
    ADD CONSTRAINT exchange_access_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_access
    ADD CONSTRAINT exchange_access_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.exchange_deadlines
    ADD CONSTRAINT exchange_deadlines_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY public.exchange_dealingevent
    ADD CONSTRAINT exchange_dealingevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_envelope
    ADD CONSTRAINT exchange_envelope_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_envelope
    ADD CONSTRAINT exchange_envelope_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.exchange_envelopeevent
    ADD CONSTRAINT exchange_envelopeevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_fairness
    ADD CONSTRAINT exchange_fairness_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_match
    ADD CONSTRAINT exchange_match_pair_key UNIQUE (pair);
ALTER TABLE ONLY public.exchange_match
    ADD CONSTRAINT exchange_match_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_matchside
    ADD CONSTRAINT exchange_matchside_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_outboxitem
    ADD CONSTRAINT exchange_outboxitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_parcel
    ADD CONSTRAINT exchange_parcel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_relocation
    ADD CONSTRAINT exchange_relocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_relocation
    ADD CONSTRAINT exchange_relocation_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.exchange_token
    ADD CONSTRAINT exchange_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_tokencount
    ADD CONSTRAINT exchange_tokencount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_transfer
    ADD CONSTRAINT exchange_transfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_transfer
    ADD CONSTRAINT exchange_transfer_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.knowledge_base_follow
    ADD CONSTRAINT follow_once UNIQUE NULLS NOT DISTINCT (user_id, kind, value, page_id);
ALTER TABLE ONLY public.working_groups_answer
    ADD CONSTRAINT group_answer_once UNIQUE (meeting_id, seat_id);
ALTER TABLE ONLY public.working_groups_attendance
    ADD CONSTRAINT group_attendance_once UNIQUE (meeting_id, seat_id);
ALTER TABLE ONLY public.working_groups_decision
    ADD CONSTRAINT group_decision_number_once UNIQUE (group_id, year, number);
ALTER TABLE ONLY public.working_groups_documentversion
    ADD CONSTRAINT group_document_version_once UNIQUE (document_id, number);
ALTER TABLE ONLY public.knowledge_base_adoption
    ADD CONSTRAINT knowledge_base_adoption_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_advocacy
    ADD CONSTRAINT knowledge_base_advocacy_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_article
    ADD CONSTRAINT knowledge_base_article_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_curriculum
    ADD CONSTRAINT knowledge_base_curriculum_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_curriculumversion
    ADD CONSTRAINT knowledge_base_curriculumversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_digest
    ADD CONSTRAINT knowledge_base_digest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_digest
    ADD CONSTRAINT knowledge_base_digest_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.knowledge_base_editorsdecision_groups
    ADD CONSTRAINT knowledge_base_editorsde_editorsdecision_id_group_d83ff40b_uniq UNIQUE (editorsdecision_id, group_id);
ALTER TABLE ONLY public.knowledge_base_editorsdecision_groups
    ADD CONSTRAINT knowledge_base_editorsdecision_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_editorsdecision
    ADD CONSTRAINT knowledge_base_editorsdecision_pkey PRIMARY KEY (task_ptr_id);
ALTER TABLE ONLY public.knowledge_base_entry
    ADD CONSTRAINT knowledge_base_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_evidence
    ADD CONSTRAINT knowledge_base_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_follow
    ADD CONSTRAINT knowledge_base_follow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_knowledgeindex
    ADD CONSTRAINT knowledge_base_knowledgeindex_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_lesson
    ADD CONSTRAINT knowledge_base_lesson_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_listitem
    ADD CONSTRAINT knowledge_base_listitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_loaded
    ADD CONSTRAINT knowledge_base_loaded_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_module
    ADD CONSTRAINT knowledge_base_module_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_peerreview
    ADD CONSTRAINT knowledge_base_peerreview_pkey PRIMARY KEY (task_ptr_id);
ALTER TABLE ONLY public.knowledge_base_practice
    ADD CONSTRAINT knowledge_base_practice_pkey PRIMARY KEY (page_ptr_id);
ALTER TABLE ONLY public.knowledge_base_publishedtext
    ADD CONSTRAINT knowledge_base_publishedtext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_readinglist
    ADD CONSTRAINT knowledge_base_readinglist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_remark
    ADD CONSTRAINT knowledge_base_remark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_report
    ADD CONSTRAINT knowledge_base_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_review
    ADD CONSTRAINT knowledge_base_review_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_signature
    ADD CONSTRAINT knowledge_base_signature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_submission
    ADD CONSTRAINT knowledge_base_submission_page_id_key UNIQUE (page_id);
ALTER TABLE ONLY public.knowledge_base_submission
    ADD CONSTRAINT knowledge_base_submission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_submittedtext
    ADD CONSTRAINT knowledge_base_submittedtext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_translatedpart
    ADD CONSTRAINT knowledge_base_translatedpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_translation
    ADD CONSTRAINT knowledge_base_translation_page_id_key UNIQUE (page_id);
ALTER TABLE ONLY public.knowledge_base_translation
    ADD CONSTRAINT knowledge_base_translation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_unit
    ADD CONSTRAINT knowledge_base_unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_upkeep
    ADD CONSTRAINT knowledge_base_upkeep_pkey PRIMARY KEY (page_id);
ALTER TABLE ONLY public.knowledge_base_used
    ADD CONSTRAINT knowledge_base_used_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_useful
    ADD CONSTRAINT knowledge_base_useful_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_word
    ADD CONSTRAINT knowledge_base_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.knowledge_base_entry
    ADD CONSTRAINT knowledge_once UNIQUE NULLS NOT DISTINCT (page_id, unit_id);
ALTER TABLE ONLY public.knowledge_base_listitem
    ADD CONSTRAINT list_item_once UNIQUE (list_id, page_id, unit_key);
ALTER TABLE ONLY public.knowledge_base_loaded
    ADD CONSTRAINT loaded_once UNIQUE (language, kind, key);
ALTER TABLE ONLY public.exchange_matchside
    ADD CONSTRAINT match_side_once UNIQUE (match_id, organisation_id);
ALTER TABLE ONLY public.membership_agreement
    ADD CONSTRAINT membership_agreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_application
    ADD CONSTRAINT membership_application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_application
    ADD CONSTRAINT membership_application_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.membership_batch
    ADD CONSTRAINT membership_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_changerequest
    ADD CONSTRAINT membership_changerequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_event
    ADD CONSTRAINT membership_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_firstday
    ADD CONSTRAINT membership_firstday_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY public.membership_frameworkversion
    ADD CONSTRAINT membership_frameworkversion_number_key UNIQUE (number);
ALTER TABLE ONLY public.membership_frameworkversion
    ADD CONSTRAINT membership_frameworkversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_number_key UNIQUE (number);
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_licensingstep
    ADD CONSTRAINT membership_licensingstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_link
    ADD CONSTRAINT membership_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_link
    ADD CONSTRAINT membership_link_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.membership_merger
    ADD CONSTRAINT membership_merger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_mergeranswer
    ADD CONSTRAINT membership_mergeranswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_membership
    ADD CONSTRAINT membership_once UNIQUE (organisation_id, user_id);
ALTER TABLE ONLY public.membership_opening
    ADD CONSTRAINT membership_opening_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.membership_opening
    ADD CONSTRAINT membership_opening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_openingstep
    ADD CONSTRAINT membership_openingstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_paperfile
    ADD CONSTRAINT membership_paperfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_stepcheck
    ADD CONSTRAINT membership_stepcheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_module
    ADD CONSTRAINT module_key_once UNIQUE (version_id, key);
ALTER TABLE ONLY public.directory_offer
    ADD CONSTRAINT offer_once UNIQUE (service_id, location_id);
ALTER TABLE ONLY public.membership_openingstep
    ADD CONSTRAINT opening_step_once UNIQUE (opening_id, kind);
ALTER TABLE ONLY public.organisations_auditanchor
    ADD CONSTRAINT organisations_auditanchor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_closing
    ADD CONSTRAINT organisations_closing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_domain
    ADD CONSTRAINT organisations_domain_domain_key UNIQUE (domain);
ALTER TABLE ONLY public.organisations_domain
    ADD CONSTRAINT organisations_domain_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_duework
    ADD CONSTRAINT organisations_duework_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_invitation
    ADD CONSTRAINT organisations_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_invitation
    ADD CONSTRAINT organisations_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.organisations_membership
    ADD CONSTRAINT organisations_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_organisation
    ADD CONSTRAINT organisations_organisation_db_role_key UNIQUE (db_role);
ALTER TABLE ONLY public.organisations_organisation
    ADD CONSTRAINT organisations_organisation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_organisation
    ADD CONSTRAINT organisations_organisation_schema_name_key UNIQUE (schema_name);
ALTER TABLE ONLY public.organisations_owndomain
    ADD CONSTRAINT organisations_owndomain_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_software
    ADD CONSTRAINT organisations_software_client_id_key UNIQUE (client_id);
ALTER TABLE ONLY public.organisations_software
    ADD CONSTRAINT organisations_software_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_spareschema
    ADD CONSTRAINT organisations_spareschema_db_role_key UNIQUE (db_role);
ALTER TABLE ONLY public.organisations_spareschema
    ADD CONSTRAINT organisations_spareschema_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_spareschema
    ADD CONSTRAINT organisations_spareschema_schema_name_key UNIQUE (schema_name);
ALTER TABLE ONLY public.organisations_statechange
    ADD CONSTRAINT organisations_statechange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_supportgrant
    ADD CONSTRAINT organisations_supportgrant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_takeout
    ADD CONSTRAINT organisations_takeout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_workinggroup_organisations
    ADD CONSTRAINT organisations_workinggro_workinggroup_id_organisa_4570705d_uniq UNIQUE (workinggroup_id, organisation_id);
ALTER TABLE ONLY public.organisations_workinggroup
    ADD CONSTRAINT organisations_workinggroup_name_key UNIQUE (name);
ALTER TABLE ONLY public.organisations_workinggroup_organisations
    ADD CONSTRAINT organisations_workinggroup_organisations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.organisations_workinggroup
    ADD CONSTRAINT organisations_workinggroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_base_publishedtext
    ADD CONSTRAINT published_text_number_once UNIQUE (readers, number);
ALTER TABLE ONLY public.knowledge_base_publishedtext
    ADD CONSTRAINT published_text_once UNIQUE (page_id, readers);
ALTER TABLE ONLY public.knowledge_base_readinglist
    ADD CONSTRAINT reading_list_once UNIQUE (user_id, name);
ALTER TABLE ONLY public.knowledge_base_report
    ADD CONSTRAINT report_once UNIQUE (remark_id, user_id);
ALTER TABLE ONLY public.knowledge_base_review
    ADD CONSTRAINT review_once UNIQUE (text_id, reader_id);
ALTER TABLE ONLY public.knowledge_base_signature
    ADD CONSTRAINT signed_once UNIQUE (page_id, organisation_id);
ALTER TABLE ONLY public.status_incident
    ADD CONSTRAINT status_incident_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.status_incidentupdate
    ADD CONSTRAINT status_incidentupdate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership_stepcheck
    ADD CONSTRAINT step_check_once UNIQUE (application_id, step_id);
ALTER TABLE ONLY public.knowledge_base_submittedtext
    ADD CONSTRAINT submitted_text_once UNIQUE (submission_id, round);
ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_name_key UNIQUE (name);
ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uni UNIQUE (content_type_id, object_id, tag_id);
ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.exchange_tokencount
    ADD CONSTRAINT token_count_once UNIQUE (organisation_id, day);
ALTER TABLE ONLY public.exchange_token
    ADD CONSTRAINT token_once UNIQUE (person, kind, digest);
ALTER TABLE ONLY public.knowledge_base_translatedpart
    ADD CONSTRAINT translated_part_once UNIQUE (translation_id, key);
ALTER TABLE ONLY public.knowledge_base_translation
    ADD CONSTRAINT translation_once UNIQUE (source_id, language);
ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT unique_permission UNIQUE (group_id, page_id, permission_id);
ALTER TABLE ONLY public.knowledge_base_unit
    ADD CONSTRAINT unit_key_once UNIQUE (version_id, key);
ALTER TABLE ONLY public.knowledge_base_used
    ADD CONSTRAINT used_once UNIQUE (page_id, organisation_id);
ALTER TABLE ONLY public.knowledge_base_useful
    ADD CONSTRAINT useful_once UNIQUE (page_id, user_id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_session_key_key UNIQUE (session_key);
ALTER TABLE ONLY public.knowledge_base_curriculumversion
    ADD CONSTRAINT version_number_once UNIQUE (curriculum_id, number);
ALTER TABLE ONLY public.wagtailadmin_admin
    ADD CONSTRAINT wagtailadmin_admin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editingsession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_path_key UNIQUE (path);
ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionvi_collectionviewrestrictio_988995ae_uniq UNIQUE (collectionviewrestriction_id, group_id);
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprova_groupapprovaltask_id_gro_bb5ee7eb_uniq UNIQUE (groupapprovaltask_id, group_id);
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprovaltask_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapprovaltask_pkey PRIMARY KEY (task_ptr_id);
ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollect_group_id_collection_id_p_a21cefe9_uniq UNIQUE (group_id, collection_id, permission_id);
ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollectionpermission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppagepermission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsiteper_group_id_site_id_permiss_a58ee30d_uniq UNIQUE (group_id, site_id, permission_id);
ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsitepermission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_language_code_key UNIQUE (language_code);
ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellogentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_path_key UNIQUE (path);
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_translation_key_locale_id_9b041bad_uniq UNIQUE (translation_key, locale_id);
ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pagelogentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq UNIQUE (page_id, user_id);
ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrest_pageviewrestriction_id_g_d23f80bb_uniq UNIQUE (pageviewrestriction_id, group_id);
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrestriction_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageviewrestriction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceind_base_content_type_id_obj_9e6ccd6a_uniq UNIQUE (base_content_type_id, object_id, to_content_type_id, to_object_id, content_path_hash);
ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceindex_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_hostname_port_2c626d70_uniq UNIQUE (hostname, port);
ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploadedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_workflow
    ADD CONSTRAINT wagtailcore_workflow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflowcontenttype_pkey PRIMARY KEY (content_type_id);
ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflowpage_pkey PRIMARY KEY (page_id);
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_current_task_state_id_key UNIQUE (current_task_state_id);
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq UNIQUE (workflow_id, task_id);
ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailembeds_embed
    ADD CONSTRAINT wagtailembeds_embed_hash_c9bd8c9a_uniq UNIQUE (hash);
ALTER TABLE ONLY public.wagtailembeds_embed
    ADD CONSTRAINT wagtailembeds_embed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_image_id_filter_spec_foc_323c8fe0_uniq UNIQUE (image_id, filter_spec, focal_point_key);
ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_redirect_old_path_site_id_783622d7_uniq UNIQUE (old_path, site_id);
ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_redirect_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_content_type_id_object_i_bcd7ba73_uniq UNIQUE (content_type_id, object_id);
ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.working_groups_agendapoint
    ADD CONSTRAINT working_groups_agendapoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_answer
    ADD CONSTRAINT working_groups_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_attendance
    ADD CONSTRAINT working_groups_attendance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_charter
    ADD CONSTRAINT working_groups_charter_pkey PRIMARY KEY (group_id);
ALTER TABLE ONLY public.working_groups_decision
    ADD CONSTRAINT working_groups_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_document
    ADD CONSTRAINT working_groups_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_documentversion
    ADD CONSTRAINT working_groups_documentversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_groupseat
    ADD CONSTRAINT working_groups_groupseat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_meeting
    ADD CONSTRAINT working_groups_meeting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_meetingfeed
    ADD CONSTRAINT working_groups_meetingfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.working_groups_meetingfeed
    ADD CONSTRAINT working_groups_meetingfeed_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.working_groups_minutes
    ADD CONSTRAINT working_groups_minutes_pkey PRIMARY KEY (point_id);
ALTER TABLE ONLY public.working_groups_minutesnote
    ADD CONSTRAINT working_groups_minutesnote_pkey PRIMARY KEY (id);
CREATE INDEX access_ending ON public.exchange_access USING btree (until) WHERE ((state)::text = 'granted'::text);
CREATE INDEX access_expiring ON public.exchange_access USING btree (expires_at) WHERE ((state)::text = 'asked'::text);
CREATE INDEX access_of_sender ON public.exchange_access USING btree (sender_id);
CREATE INDEX access_of_target ON public.exchange_access USING btree (target_id);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_user_email_b2644a56_like ON public.accounts_user USING btree (email varchar_pattern_ops);
CREATE INDEX accounts_user_groups_group_id_bd11a704 ON public.accounts_user_groups USING btree (group_id);
CREATE INDEX accounts_user_groups_user_id_52b62117 ON public.accounts_user_groups USING btree (user_id);
CREATE INDEX accounts_user_user_permissions_permission_id_113bb443 ON public.accounts_user_user_permissions USING btree (permission_id);
CREATE INDEX accounts_user_user_permissions_user_id_e4f0a161 ON public.accounts_user_user_permissions USING btree (user_id);
CREATE INDEX allauth_idp_oidc_client_id_973c9a60_like ON public.allauth_idp_oidc_client USING btree (id varchar_pattern_ops);
CREATE INDEX allauth_idp_oidc_client_owner_id_1f1eb0f1 ON public.allauth_idp_oidc_client USING btree (owner_id);
CREATE INDEX allauth_idp_oidc_token_client_id_cad2cd57 ON public.allauth_idp_oidc_token USING btree (client_id);
CREATE INDEX allauth_idp_oidc_token_client_id_cad2cd57_like ON public.allauth_idp_oidc_token USING btree (client_id varchar_pattern_ops);
CREATE INDEX allauth_idp_oidc_token_expires_at_f6e6261a ON public.allauth_idp_oidc_token USING btree (expires_at);
CREATE INDEX allauth_idp_oidc_token_user_id_3e9a005f ON public.allauth_idp_oidc_token USING btree (user_id);
CREATE INDEX application_contact ON public.membership_application USING btree (contact_email);
CREATE INDEX application_event_of ON public.membership_event USING btree (application_id, at);
CREATE INDEX application_of_batch ON public.membership_application USING btree (batch_id) WHERE (NOT (batch_id IS NULL));
CREATE INDEX application_short_name ON public.membership_application USING btree (short_name);
CREATE INDEX application_waiting ON public.membership_application USING btree (state, sent_at, id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX base_content_object_idx ON public.wagtailcore_revision USING btree (base_content_type_id, object_id);
CREATE INDEX capacity_asked_by ON public.directory_capacityquestion USING btree (asker_id, asked_at DESC);
CREATE INDEX capacity_asked_of ON public.directory_capacityquestion USING btree (target_id, asked_at DESC);
CREATE UNIQUE INDEX change_asked_once ON public.membership_changerequest USING btree (organisation_id, kind) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX change_waiting ON public.membership_changerequest USING btree (state, asked_at, id);
CREATE INDEX closing_due ON public.organisations_closing USING btree (state, due_at);
CREATE UNIQUE INDEX closing_once ON public.organisations_closing USING btree (organisation_id) WHERE (NOT ((state)::text = 'called_off'::text));
CREATE INDEX closure_of_location ON public.directory_closure USING btree (location_id, first_on);
CREATE INDEX content_object_idx ON public.wagtailcore_revision USING btree (content_type_id, object_id);
CREATE INDEX dealing_event_of ON public.exchange_dealingevent USING btree (dealing, at);
CREATE INDEX digest_wanted ON public.knowledge_base_digest USING btree (id) WHERE is_on;
CREATE INDEX directory_capacityquestion_asker_id_4953b302 ON public.directory_capacityquestion USING btree (asker_id);
CREATE INDEX directory_capacityquestion_offer_id_e86f6809 ON public.directory_capacityquestion USING btree (offer_id);
CREATE INDEX directory_capacityquestion_target_id_70a46229 ON public.directory_capacityquestion USING btree (target_id);
CREATE INDEX directory_closure_location_id_0852ae3b ON public.directory_closure USING btree (location_id);
CREATE INDEX directory_entry_location_id_39f0b444 ON public.directory_entry USING btree (location_id);
CREATE INDEX directory_entry_organisation_id_21ff33e3 ON public.directory_entry USING btree (organisation_id);
CREATE INDEX directory_hours_offer_id_6eaf2272 ON public.directory_hours USING btree (offer_id);
CREATE INDEX directory_location_organisation_id_00de06a7 ON public.directory_location USING btree (organisation_id);
CREATE INDEX directory_offer_location_id_e276ed63 ON public.directory_offer USING btree (location_id);
CREATE INDEX directory_offer_organisation_id_f61c4e88 ON public.directory_offer USING btree (organisation_id);
CREATE INDEX directory_offer_service_id_b7e06975 ON public.directory_offer USING btree (service_id);
CREATE INDEX directory_service_organisation_id_8b30567f ON public.directory_service USING btree (organisation_id);
CREATE INDEX directory_word_word_f925031f_like ON public.directory_word USING btree (word varchar_pattern_ops);
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX due_work_next ON public.organisations_duework USING btree (kind, due_at);
CREATE INDEX entry_list ON public.directory_entry USING btree (sort_key, id);
CREATE INDEX entry_list_of_need ON public.directory_entry USING btree (need, sort_key, id);
CREATE INDEX entry_near ON public.directory_entry USING btree (latitude, longitude);
CREATE INDEX entry_words ON public.directory_entry USING gin (search_key public.gin_trgm_ops);
CREATE INDEX envelope_due ON public.exchange_envelope USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX envelope_held ON public.exchange_envelope USING btree (id) WHERE ((state)::text = 'held'::text);
CREATE INDEX envelope_of_target ON public.exchange_envelope USING btree (target_id, state);
CREATE INDEX exchange_access_reference_d5d8a2f9_like ON public.exchange_access USING btree (reference varchar_pattern_ops);
CREATE INDEX exchange_access_sender_id_d2c24c6f ON public.exchange_access USING btree (sender_id);
CREATE INDEX exchange_access_target_id_461e30d5 ON public.exchange_access USING btree (target_id);
CREATE INDEX exchange_dealingevent_organisation_id_ff97b960 ON public.exchange_dealingevent USING btree (organisation_id);
CREATE INDEX exchange_envelope_reference_c4c7a531_like ON public.exchange_envelope USING btree (reference varchar_pattern_ops);
CREATE INDEX exchange_envelope_sender_id_87258804 ON public.exchange_envelope USING btree (sender_id);
CREATE INDEX exchange_envelope_target_id_fe6598fd ON public.exchange_envelope USING btree (target_id);
CREATE INDEX exchange_envelopeevent_envelope_id_c259bb20 ON public.exchange_envelopeevent USING btree (envelope_id);
CREATE INDEX exchange_envelopeevent_organisation_id_e1ef8671 ON public.exchange_envelopeevent USING btree (organisation_id);
CREATE INDEX exchange_fairness_organisation_id_6b155425 ON public.exchange_fairness USING btree (organisation_id);
CREATE INDEX exchange_match_pair_254b03f6_like ON public.exchange_match USING btree (pair varchar_pattern_ops);
CREATE INDEX exchange_matchside_match_id_adaac7f9 ON public.exchange_matchside USING btree (match_id);
CREATE INDEX exchange_matchside_organisation_id_eeae1d30 ON public.exchange_matchside USING btree (organisation_id);
CREATE INDEX exchange_outboxitem_envelope_id_1f0ed5ae ON public.exchange_outboxitem USING btree (envelope_id);
CREATE INDEX exchange_outboxitem_event_id_edae7650 ON public.exchange_outboxitem USING btree (event_id);
CREATE INDEX exchange_outboxitem_to_id_b2fae4bb ON public.exchange_outboxitem USING btree (to_id);
CREATE INDEX exchange_parcel_to_id_4fbe66ed ON public.exchange_parcel USING btree (to_id);
CREATE INDEX exchange_relocation_reference_a1444fd9_like ON public.exchange_relocation USING btree (reference varchar_pattern_ops);
CREATE INDEX exchange_relocation_sender_id_38946f1c ON public.exchange_relocation USING btree (sender_id);
CREATE INDEX exchange_relocation_target_id_82e42fc6 ON public.exchange_relocation USING btree (target_id);
CREATE INDEX exchange_token_organisation_id_546f0c0e ON public.exchange_token USING btree (organisation_id);
CREATE INDEX exchange_tokencount_organisation_id_079bae2a ON public.exchange_tokencount USING btree (organisation_id);
CREATE INDEX exchange_transfer_reference_70d20a3d_like ON public.exchange_transfer USING btree (reference varchar_pattern_ops);
CREATE INDEX exchange_transfer_sender_id_14b0d2a7 ON public.exchange_transfer USING btree (sender_id);
CREATE INDEX exchange_transfer_target_id_6e776119 ON public.exchange_transfer USING btree (target_id);
CREATE INDEX fairness_board ON public.exchange_fairness USING btree (period, kind, service);
CREATE INDEX formstate_user_object ON public.wagtailadmin_formstate USING btree (user_id, content_type_id, object_id, parent_object_id);
CREATE INDEX group_document_list ON public.working_groups_document USING btree (group_id, added_at DESC, id DESC);
CREATE INDEX group_meeting_list ON public.working_groups_meeting USING btree (group_id, starts_at DESC, id DESC);
CREATE INDEX group_seat_of_member ON public.working_groups_groupseat USING btree (membership_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX group_seat_once ON public.working_groups_groupseat USING btree (group_id, membership_id) WHERE (ended_at IS NULL);
CREATE INDEX hours_of_offer ON public.directory_hours USING btree (offer_id, weekday);
CREATE INDEX incident_latest ON public.status_incident USING btree (started_at DESC, id DESC);
CREATE UNIQUE INDEX invitation_once ON public.organisations_invitation USING btree (organisation_id, lower((email)::text)) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX knowledge_base_adoption_curriculum_id_3b4afed5 ON public.knowledge_base_adoption USING btree (curriculum_id);
CREATE INDEX knowledge_base_adoption_organisation_id_08a3897a ON public.knowledge_base_adoption USING btree (organisation_id);
CREATE INDEX knowledge_base_adoption_version_id_3c6389c7 ON public.knowledge_base_adoption USING btree (version_id);
CREATE INDEX knowledge_base_advocacy_group_id_30f5b7c3 ON public.knowledge_base_advocacy USING btree (group_id);
CREATE INDEX knowledge_base_article_group_id_3b30901c ON public.knowledge_base_article USING btree (group_id);
CREATE INDEX knowledge_base_curriculum_group_id_55f80896 ON public.knowledge_base_curriculum USING btree (group_id);
CREATE INDEX knowledge_base_curriculum_key_a352a904 ON public.knowledge_base_curriculum USING btree (key);
CREATE INDEX knowledge_base_curriculum_key_a352a904_like ON public.knowledge_base_curriculum USING btree (key varchar_pattern_ops);
CREATE INDEX knowledge_base_curriculumversion_curriculum_id_87562ec1 ON public.knowledge_base_curriculumversion USING btree (curriculum_id);
CREATE INDEX knowledge_base_editorsdeci_editorsdecision_id_d58efd21 ON public.knowledge_base_editorsdecision_groups USING btree (editorsdecision_id);
CREATE INDEX knowledge_base_editorsdecision_groups_group_id_b1bd7612 ON public.knowledge_base_editorsdecision_groups USING btree (group_id);
CREATE INDEX knowledge_base_entry_group_id_945cd16b ON public.knowledge_base_entry USING btree (group_id);
CREATE INDEX knowledge_base_entry_page_id_81f5d100 ON public.knowledge_base_entry USING btree (page_id);
CREATE INDEX knowledge_base_entry_unit_id_fe2f7b1c ON public.knowledge_base_entry USING btree (unit_id);
CREATE INDEX knowledge_base_evidence_organisation_id_90380440 ON public.knowledge_base_evidence USING btree (organisation_id);
CREATE INDEX knowledge_base_evidence_version_id_1d07ed01 ON public.knowledge_base_evidence USING btree (version_id);
CREATE INDEX knowledge_base_follow_page_id_12a94552 ON public.knowledge_base_follow USING btree (page_id);
CREATE INDEX knowledge_base_follow_user_id_f835cf31 ON public.knowledge_base_follow USING btree (user_id);
CREATE INDEX knowledge_base_lesson_group_id_ada96dda ON public.knowledge_base_lesson USING btree (group_id);
CREATE INDEX knowledge_base_lesson_told_by_id_0b01b453 ON public.knowledge_base_lesson USING btree (told_by_id);
CREATE INDEX knowledge_base_listitem_list_id_3ad16c00 ON public.knowledge_base_listitem USING btree (list_id);
CREATE INDEX knowledge_base_listitem_page_id_dd963bd4 ON public.knowledge_base_listitem USING btree (page_id);
CREATE INDEX knowledge_base_loaded_key_fbd526c9 ON public.knowledge_base_loaded USING btree (key);
CREATE INDEX knowledge_base_loaded_key_fbd526c9_like ON public.knowledge_base_loaded USING btree (key varchar_pattern_ops);
CREATE INDEX knowledge_base_loaded_page_id_c6f1279b ON public.knowledge_base_loaded USING btree (page_id);
CREATE INDEX knowledge_base_loaded_version_id_0f5ba29d ON public.knowledge_base_loaded USING btree (version_id);
CREATE INDEX knowledge_base_module_key_63bdc819 ON public.knowledge_base_module USING btree (key);
CREATE INDEX knowledge_base_module_key_63bdc819_like ON public.knowledge_base_module USING btree (key varchar_pattern_ops);
CREATE INDEX knowledge_base_module_version_id_b6d1bbed ON public.knowledge_base_module USING btree (version_id);
CREATE INDEX knowledge_base_practice_group_id_38ccd1db ON public.knowledge_base_practice USING btree (group_id);
CREATE INDEX knowledge_base_practice_told_by_id_d507c0c8 ON public.knowledge_base_practice USING btree (told_by_id);
CREATE INDEX knowledge_base_readinglist_shared_with_id_c87bbc82 ON public.knowledge_base_readinglist USING btree (shared_with_id);
CREATE INDEX knowledge_base_readinglist_user_id_22fdb1e2 ON public.knowledge_base_readinglist USING btree (user_id);
CREATE INDEX knowledge_base_remark_page_id_7ac126b2 ON public.knowledge_base_remark USING btree (page_id);
CREATE INDEX knowledge_base_remark_question_id_a36e1817 ON public.knowledge_base_remark USING btree (question_id);
CREATE INDEX knowledge_base_remark_signed_by_id_26521e88 ON public.knowledge_base_remark USING btree (signed_by_id);
CREATE INDEX knowledge_base_remark_writer_id_ee50d493 ON public.knowledge_base_remark USING btree (writer_id);
CREATE INDEX knowledge_base_report_remark_id_29b85a29 ON public.knowledge_base_report USING btree (remark_id);
CREATE INDEX knowledge_base_report_user_id_8eb65e50 ON public.knowledge_base_report USING btree (user_id);
CREATE INDEX knowledge_base_review_reader_id_869584dd ON public.knowledge_base_review USING btree (reader_id);
CREATE INDEX knowledge_base_review_submission_id_affb1560 ON public.knowledge_base_review USING btree (submission_id);
CREATE INDEX knowledge_base_review_text_id_5d4dd4eb ON public.knowledge_base_review USING btree (text_id);
CREATE INDEX knowledge_base_signature_organisation_id_194d4ea1 ON public.knowledge_base_signature USING btree (organisation_id);
CREATE INDEX knowledge_base_signature_page_id_2c5e11cc ON public.knowledge_base_signature USING btree (page_id);
CREATE INDEX knowledge_base_signature_signed_by_id_8f3e5345 ON public.knowledge_base_signature USING btree (signed_by_id);
CREATE INDEX knowledge_base_submission_group_id_dc30ef2e ON public.knowledge_base_submission USING btree (group_id);
CREATE INDEX knowledge_base_submission_organisation_id_85d0c474 ON public.knowledge_base_submission USING btree (organisation_id);
CREATE INDEX knowledge_base_submittedtext_signed_by_id_8bb61725 ON public.knowledge_base_submittedtext USING btree (signed_by_id);
CREATE INDEX knowledge_base_submittedtext_submission_id_3ab5c7be ON public.knowledge_base_submittedtext USING btree (submission_id);
CREATE INDEX knowledge_base_translatedpart_edited_by_id_27922f6a ON public.knowledge_base_translatedpart USING btree (edited_by_id);
CREATE INDEX knowledge_base_translatedpart_translation_id_2c6b77a7 ON public.knowledge_base_translatedpart USING btree (translation_id);
CREATE INDEX knowledge_base_translation_source_id_6baa0fed ON public.knowledge_base_translation USING btree (source_id);
CREATE INDEX knowledge_base_unit_key_debac1a1 ON public.knowledge_base_unit USING btree (key);
CREATE INDEX knowledge_base_unit_key_debac1a1_like ON public.knowledge_base_unit USING btree (key varchar_pattern_ops);
CREATE INDEX knowledge_base_unit_module_id_fd0830f2 ON public.knowledge_base_unit USING btree (module_id);
CREATE INDEX knowledge_base_unit_version_id_3ccb36da ON public.knowledge_base_unit USING btree (version_id);
CREATE INDEX knowledge_base_upkeep_keeper_id_44e0e61e ON public.knowledge_base_upkeep USING btree (keeper_id);
CREATE INDEX knowledge_base_used_organisation_id_a2aa00c3 ON public.knowledge_base_used USING btree (organisation_id);
CREATE INDEX knowledge_base_used_page_id_ae8dc4df ON public.knowledge_base_used USING btree (page_id);
CREATE INDEX knowledge_base_useful_page_id_e9431661 ON public.knowledge_base_useful USING btree (page_id);
CREATE INDEX knowledge_base_useful_user_id_59258248 ON public.knowledge_base_useful USING btree (user_id);
CREATE INDEX knowledge_base_word_word_ce71b7ac_like ON public.knowledge_base_word USING btree (word varchar_pattern_ops);
CREATE INDEX knowledge_keys ON public.knowledge_base_entry USING gin (keys);
CREATE INDEX knowledge_newest ON public.knowledge_base_entry USING btree (published_at DESC, id DESC);
CREATE INDEX knowledge_newest_in_language ON public.knowledge_base_entry USING btree (language, published_at DESC, id DESC);
CREATE INDEX knowledge_newest_of_kind ON public.knowledge_base_entry USING btree (kind, published_at DESC, id DESC);
CREATE INDEX knowledge_newest_public ON public.knowledge_base_entry USING btree (kind, published_at DESC, id DESC) WHERE ((audience)::text = 'public'::text);
CREATE INDEX knowledge_title_words ON public.knowledge_base_entry USING gin (title_words);
CREATE INDEX knowledge_word_alike ON public.knowledge_base_word USING gin (word public.gin_trgm_ops);
CREATE INDEX knowledge_words ON public.knowledge_base_entry USING gin (words);
CREATE INDEX licence_by_end ON public.membership_licence USING btree (valid_until, id);
CREATE INDEX list_item_in_order ON public.knowledge_base_listitem USING btree (list_id, "position", id);
CREATE INDEX location_of_organisation ON public.directory_location USING btree (organisation_id, id);
CREATE INDEX match_expiring ON public.exchange_match USING btree (expires_at) WHERE ((state)::text = 'open'::text);
CREATE INDEX match_side_answers ON public.exchange_matchside USING btree (answered_at) WHERE ((answered_at IS NOT NULL) AND (NOT ((state)::text = 'ended'::text)));
CREATE INDEX match_side_of_person ON public.exchange_matchside USING btree (organisation_id, person);
CREATE UNIQUE INDEX meeting_feed_once ON public.working_groups_meetingfeed USING btree (membership_id) WHERE (revoked_at IS NULL);
CREATE INDEX membership_agreement_framework_id_a3e66ef1 ON public.membership_agreement USING btree (framework_id);
CREATE INDEX membership_agreement_organisation_id_04b35bbc ON public.membership_agreement USING btree (organisation_id);
CREATE INDEX membership_application_batch_id_e6e8d563 ON public.membership_application USING btree (batch_id);
CREATE INDEX membership_application_framework_id_ea98931d ON public.membership_application USING btree (framework_id);
CREATE INDEX membership_application_organisation_id_261401c5 ON public.membership_application USING btree (organisation_id);
CREATE INDEX membership_application_reference_450e5032_like ON public.membership_application USING btree (reference varchar_pattern_ops);
CREATE INDEX membership_batch_organisation_id_7de85464 ON public.membership_batch USING btree (organisation_id);
CREATE INDEX membership_changerequest_branch_id_08f2780b ON public.membership_changerequest USING btree (branch_id);
CREATE INDEX membership_changerequest_organisation_id_e692bf74 ON public.membership_changerequest USING btree (organisation_id);
CREATE INDEX membership_event_application_id_08ac7dcd ON public.membership_event USING btree (application_id);
CREATE INDEX membership_event_organisation_id_dc716ba1 ON public.membership_event USING btree (organisation_id);
CREATE INDEX membership_licence_granted_by_id_e9c11716 ON public.membership_licence USING btree (granted_by_id);
CREATE INDEX membership_licence_number_bbf79d6a_like ON public.membership_licence USING btree (number varchar_pattern_ops);
CREATE INDEX membership_licence_organisation_id_5a1c992c ON public.membership_licence USING btree (organisation_id);
CREATE INDEX membership_link_application_id_9bf31098 ON public.membership_link USING btree (application_id);
CREATE INDEX membership_link_token_hash_fe87a70a_like ON public.membership_link USING btree (token_hash varchar_pattern_ops);
CREATE INDEX membership_merger_absorbed_id_e37491eb ON public.membership_merger USING btree (absorbed_id);
CREATE INDEX membership_merger_remaining_id_d60038ff ON public.membership_merger USING btree (remaining_id);
CREATE INDEX membership_mergeranswer_merger_id_14a27212 ON public.membership_mergeranswer USING btree (merger_id);
CREATE INDEX membership_mergeranswer_organisation_id_bd5ac39e ON public.membership_mergeranswer USING btree (organisation_id);
CREATE INDEX membership_of_user ON public.organisations_membership USING btree (user_id, organisation_id) WHERE (ended_at IS NULL);
CREATE INDEX membership_openingstep_opening_id_a848216b ON public.membership_openingstep USING btree (opening_id);
CREATE INDEX membership_paperfile_application_id_115d2bae ON public.membership_paperfile USING btree (application_id);
CREATE INDEX membership_stepcheck_application_id_ad7bed56 ON public.membership_stepcheck USING btree (application_id);
CREATE INDEX membership_stepcheck_organisation_id_6d6a2b88 ON public.membership_stepcheck USING btree (organisation_id);
CREATE INDEX membership_stepcheck_step_id_f33d80f8 ON public.membership_stepcheck USING btree (step_id);
CREATE UNIQUE INDEX merger_absorbed_once ON public.membership_merger USING btree (absorbed_id) WHERE ((state)::text = ANY (ARRAY[('agreed'::character varying)::text, ('merging'::character varying)::text, ('proposed'::character varying)::text, ('undoing'::character varying)::text]));
CREATE INDEX merger_answer_latest ON public.membership_mergeranswer USING btree (merger_id, at DESC);
CREATE UNIQUE INDEX merger_answered_once ON public.membership_mergeranswer USING btree (merger_id, organisation_id) WHERE ((about)::text = 'merge'::text);
CREATE INDEX merger_due ON public.membership_merger USING btree (due_at) WHERE ((state)::text = ANY (ARRAY[('merging'::character varying)::text, ('undoing'::character varying)::text]));
CREATE INDEX merger_list ON public.membership_merger USING btree (proposed_at DESC, id DESC);
CREATE INDEX merger_of_absorbed ON public.membership_merger USING btree (absorbed_id);
CREATE INDEX merger_of_remaining ON public.membership_merger USING btree (remaining_id);
CREATE UNIQUE INDEX merger_remaining_once ON public.membership_merger USING btree (remaining_id) WHERE ((state)::text = ANY (ARRAY[('agreed'::character varying)::text, ('merging'::character varying)::text, ('proposed'::character varying)::text, ('undoing'::character varying)::text]));
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX module_of_version ON public.knowledge_base_module USING btree (version_id, "position");
CREATE INDEX offer_changed ON public.directory_offer USING btree (changed_at);
CREATE INDEX offer_of_organisation ON public.directory_offer USING btree (organisation_id, confirmed_at);
CREATE INDEX opening_due ON public.membership_opening USING btree (due_at) WHERE (finished_at IS NULL);
CREATE INDEX organisations_auditanchor_organisation_id_0949d0b4 ON public.organisations_auditanchor USING btree (organisation_id);
CREATE INDEX organisations_closing_organisation_id_a6db21cc ON public.organisations_closing USING btree (organisation_id);
CREATE INDEX organisations_domain_domain_f4324ecb_like ON public.organisations_domain USING btree (domain varchar_pattern_ops);
CREATE INDEX organisations_domain_is_primary_8fe42199 ON public.organisations_domain USING btree (is_primary);
CREATE INDEX organisations_domain_tenant_id_b95b5b8c ON public.organisations_domain USING btree (tenant_id);
CREATE INDEX organisations_duework_organisation_id_39672b9a ON public.organisations_duework USING btree (organisation_id);
CREATE INDEX organisations_invitation_organisation_id_438a835d ON public.organisations_invitation USING btree (organisation_id);
CREATE INDEX organisations_invitation_token_hash_5cddac20_like ON public.organisations_invitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX organisations_membership_organisation_id_716d02c4 ON public.organisations_membership USING btree (organisation_id);
CREATE INDEX organisations_membership_user_id_dfd8e4e8 ON public.organisations_membership USING btree (user_id);
CREATE INDEX organisations_organisation_db_role_f017e4d1_like ON public.organisations_organisation USING btree (db_role varchar_pattern_ops);
CREATE INDEX organisations_organisation_parent_id_6e4cf435 ON public.organisations_organisation USING btree (parent_id);
CREATE INDEX organisations_organisation_schema_name_ac196f92_like ON public.organisations_organisation USING btree (schema_name varchar_pattern_ops);
CREATE INDEX organisations_owndomain_organisation_id_530fbaf3 ON public.organisations_owndomain USING btree (organisation_id);
CREATE INDEX organisations_software_client_id_8c865bf4_like ON public.organisations_software USING btree (client_id varchar_pattern_ops);
CREATE INDEX organisations_software_organisation_id_d9f922a9 ON public.organisations_software USING btree (organisation_id);
CREATE INDEX organisations_spareschema_db_role_c9dee6be_like ON public.organisations_spareschema USING btree (db_role varchar_pattern_ops);
CREATE INDEX organisations_spareschema_schema_name_0e906ab2_like ON public.organisations_spareschema USING btree (schema_name varchar_pattern_ops);
CREATE INDEX organisations_statechange_organisation_id_4d522509 ON public.organisations_statechange USING btree (organisation_id);
CREATE INDEX organisations_supportgrant_organisation_id_18c71736 ON public.organisations_supportgrant USING btree (organisation_id);
CREATE INDEX organisations_supportgrant_user_id_f1eb0aa7 ON public.organisations_supportgrant USING btree (user_id);
CREATE INDEX organisations_takeout_organisation_id_6f9295e5 ON public.organisations_takeout USING btree (organisation_id);
CREATE INDEX organisations_workinggroup_name_bf26c219_like ON public.organisations_workinggroup USING btree (name varchar_pattern_ops);
CREATE INDEX organisations_workinggroup_organisation_id_c8ad1ca2 ON public.organisations_workinggroup_organisations USING btree (organisation_id);
CREATE INDEX organisations_workinggroup_workinggroup_id_0e51a930 ON public.organisations_workinggroup_organisations USING btree (workinggroup_id);
CREATE INDEX outbox_in_order ON public.exchange_outboxitem USING btree (envelope_id, to_id, created_at) WHERE (done_at IS NULL);
CREATE INDEX outbox_waiting ON public.exchange_outboxitem USING btree (created_at) WHERE (done_at IS NULL);
CREATE INDEX own_domain_next ON public.organisations_owndomain USING btree (state, checked_at);
CREATE UNIQUE INDEX own_domain_of_one ON public.organisations_owndomain USING btree (domain) WHERE (((state)::text = ANY (ARRAY[('live'::character varying)::text, ('failing'::character varying)::text])) AND (taken_out_at IS NULL));
CREATE UNIQUE INDEX own_domain_once ON public.organisations_owndomain USING btree (organisation_id, domain) WHERE (taken_out_at IS NULL);
CREATE INDEX parcel_in_order ON public.exchange_parcel USING btree (dealing, to_id, created_at) WHERE (done_at IS NULL);
CREATE INDEX parcel_waiting ON public.exchange_parcel USING btree (created_at) WHERE (done_at IS NULL);
CREATE INDEX published_text_of_kind ON public.knowledge_base_publishedtext USING btree (readers, kind, number DESC) WHERE (removed_at IS NULL);
CREATE INDEX reading_list_of_user ON public.knowledge_base_readinglist USING btree (user_id, id DESC);
CREATE INDEX reading_list_shared ON public.knowledge_base_readinglist USING btree (shared_with_id, id DESC) WHERE (NOT (shared_with_id IS NULL));
CREATE INDEX referenceindex_source_object ON public.wagtailcore_referenceindex USING btree (base_content_type_id, object_id);
CREATE INDEX referenceindex_target_object ON public.wagtailcore_referenceindex USING btree (to_content_type_id, to_object_id);
CREATE INDEX relocation_due ON public.exchange_relocation USING btree (due_at) WHERE is_due;
CREATE INDEX relocation_expiring ON public.exchange_relocation USING btree (expires_at) WHERE ((state)::text = 'asked'::text);
CREATE INDEX relocation_of_sender ON public.exchange_relocation USING btree (sender_id);
CREATE INDEX relocation_of_target ON public.exchange_relocation USING btree (target_id);
CREATE INDEX relocation_settling ON public.exchange_relocation USING btree (carried_at) WHERE ((state)::text = 'carried'::text);
CREATE INDEX remark_of_page ON public.knowledge_base_remark USING btree (page_id, id DESC) WHERE (question_id IS NULL);
CREATE INDEX report_waiting ON public.knowledge_base_report USING btree (id) WHERE (settled_at IS NULL);
CREATE INDEX review_due ON public.knowledge_base_review USING btree (due_at) WHERE ((closed_at IS NULL) AND ((state)::text = 'asked'::text));
CREATE INDEX review_of_reader ON public.knowledge_base_review USING btree (reader_id, id DESC);
CREATE INDEX service_changed ON public.directory_service USING btree (changed_at);
CREATE INDEX service_of_organisation ON public.directory_service USING btree (organisation_id, id);
CREATE INDEX state_change_latest ON public.organisations_statechange USING btree (organisation_id, at DESC);
CREATE INDEX status_incidentupdate_incident_id_11c0bb21 ON public.status_incidentupdate USING btree (incident_id);
CREATE UNIQUE INDEX subdomain_once ON public.organisations_organisation USING btree (subdomain) WHERE (NOT ((subdomain)::text = ''::text));
CREATE INDEX submission_waiting ON public.knowledge_base_submission USING btree (state, moved_at, id);
CREATE INDEX taggit_tag_name_58eb2ed9_like ON public.taggit_tag USING btree (name varchar_pattern_ops);
CREATE INDEX taggit_tag_slug_6be58b2c_like ON public.taggit_tag USING btree (slug varchar_pattern_ops);
CREATE INDEX taggit_tagg_content_8fc721_idx ON public.taggit_taggeditem USING btree (content_type_id, object_id);
CREATE INDEX taggit_taggeditem_content_type_id_9957a03c ON public.taggit_taggeditem USING btree (content_type_id);
CREATE INDEX taggit_taggeditem_object_id_e2d7d1df ON public.taggit_taggeditem USING btree (object_id);
CREATE INDEX taggit_taggeditem_tag_id_f4f5b767 ON public.taggit_taggeditem USING btree (tag_id);
CREATE UNIQUE INDEX takeout_one_at_a_time ON public.organisations_takeout USING btree (organisation_id) WHERE ((state)::text = ANY (ARRAY[('waiting'::character varying)::text, ('working'::character varying)::text]));
CREATE INDEX takeout_stopped ON public.organisations_takeout USING btree (state, beat_at);
CREATE INDEX token_digest ON public.exchange_token USING btree (digest);
CREATE INDEX token_expiry ON public.exchange_token USING btree (expires_on);
CREATE INDEX token_of_organisation ON public.exchange_token USING btree (organisation_id);
CREATE INDEX token_waiting ON public.exchange_token USING btree (added_at) WHERE (compared_at IS NULL);
CREATE INDEX transfer_expiring ON public.exchange_transfer USING btree (expires_at) WHERE ((state)::text = ANY (ARRAY[('offered'::character varying)::text, ('opened'::character varying)::text]));
CREATE INDEX transfer_of_sender ON public.exchange_transfer USING btree (sender_id);
CREATE INDEX transfer_of_target ON public.exchange_transfer USING btree (target_id);
CREATE INDEX translation_behind ON public.knowledge_base_translation USING btree (language) WHERE is_behind;
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery_codes'::character varying)::text]));
CREATE UNIQUE INDEX unique_in_progress_workflow ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id) WHERE ((status)::text = ANY (ARRAY[('in_progress'::character varying)::text, ('needs_changes'::character varying)::text]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX unit_of_module ON public.knowledge_base_unit USING btree (module_id, "position");
CREATE INDEX upkeep_due ON public.knowledge_base_upkeep USING btree (review_on);
CREATE UNIQUE INDEX user_email_once ON public.accounts_user USING btree (lower((email)::text));
CREATE INDEX usersessions_usersession_session_key_fd35de43_like ON public.usersessions_usersession USING btree (session_key varchar_pattern_ops);
CREATE INDEX usersessions_usersession_user_id_af5e0a6d ON public.usersessions_usersession USING btree (user_id);
CREATE UNIQUE INDEX version_one_draft ON public.knowledge_base_curriculumversion USING btree (curriculum_id) WHERE (published_at IS NULL);
CREATE INDEX wagtailadmi_content_717955_idx ON public.wagtailadmin_editingsession USING btree (content_type_id, object_id);
CREATE INDEX wagtailadmin_editingsession_content_type_id_4df7730e ON public.wagtailadmin_editingsession USING btree (content_type_id);
CREATE INDEX wagtailadmin_editingsession_user_id_6e1a9b70 ON public.wagtailadmin_editingsession USING btree (user_id);
CREATE INDEX wagtailadmin_formstate_content_type_id_e32438b3 ON public.wagtailadmin_formstate USING btree (content_type_id);
CREATE INDEX wagtailadmin_formstate_user_id_b910adc2 ON public.wagtailadmin_formstate USING btree (user_id);
CREATE INDEX wagtailcore_collection_path_d848dc19_like ON public.wagtailcore_collection USING btree (path varchar_pattern_ops);
CREATE INDEX wagtailcore_collectionview_collectionviewrestriction__47320efd ON public.wagtailcore_collectionviewrestriction_groups USING btree (collectionviewrestriction_id);
CREATE INDEX wagtailcore_collectionviewrestriction_collection_id_761908ec ON public.wagtailcore_collectionviewrestriction USING btree (collection_id);
CREATE INDEX wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3 ON public.wagtailcore_collectionviewrestriction_groups USING btree (group_id);
CREATE INDEX wagtailcore_comment_page_id_108444b5 ON public.wagtailcore_comment USING btree (page_id);
CREATE INDEX wagtailcore_comment_resolved_by_id_a282aa0e ON public.wagtailcore_comment USING btree (resolved_by_id);
CREATE INDEX wagtailcore_comment_revision_created_id_1d058279 ON public.wagtailcore_comment USING btree (revision_created_id);
CREATE INDEX wagtailcore_comment_user_id_0c577ca6 ON public.wagtailcore_comment USING btree (user_id);
CREATE INDEX wagtailcore_commentreply_comment_id_afc7e027 ON public.wagtailcore_commentreply USING btree (comment_id);
CREATE INDEX wagtailcore_commentreply_user_id_d0b3b9c3 ON public.wagtailcore_commentreply USING btree (user_id);
CREATE INDEX wagtailcore_groupapprovalt_groupapprovaltask_id_9a9255ea ON public.wagtailcore_groupapprovaltask_groups USING btree (groupapprovaltask_id);
CREATE INDEX wagtailcore_groupapprovaltask_groups_group_id_2e64b61f ON public.wagtailcore_groupapprovaltask_groups USING btree (group_id);
CREATE INDEX wagtailcore_groupcollectionpermission_collection_id_5423575a ON public.wagtailcore_groupcollectionpermission USING btree (collection_id);
CREATE INDEX wagtailcore_groupcollectionpermission_group_id_05d61460 ON public.wagtailcore_groupcollectionpermission USING btree (group_id);
CREATE INDEX wagtailcore_groupcollectionpermission_permission_id_1b626275 ON public.wagtailcore_groupcollectionpermission USING btree (permission_id);
CREATE INDEX wagtailcore_grouppagepermission_group_id_fc07e671 ON public.wagtailcore_grouppagepermission USING btree (group_id);
CREATE INDEX wagtailcore_grouppagepermission_page_id_710b114a ON public.wagtailcore_grouppagepermission USING btree (page_id);
CREATE INDEX wagtailcore_grouppagepermission_permission_id_05acb22e ON public.wagtailcore_grouppagepermission USING btree (permission_id);
CREATE INDEX wagtailcore_groupsitepermission_group_id_e5cdbee4 ON public.wagtailcore_groupsitepermission USING btree (group_id);
CREATE INDEX wagtailcore_groupsitepermission_permission_id_459b1f38 ON public.wagtailcore_groupsitepermission USING btree (permission_id);
CREATE INDEX wagtailcore_groupsitepermission_site_id_245de488 ON public.wagtailcore_groupsitepermission USING btree (site_id);
CREATE INDEX wagtailcore_locale_language_code_03149338_like ON public.wagtailcore_locale USING btree (language_code varchar_pattern_ops);
CREATE INDEX wagtailcore_modellogentry_action_d2d856ee ON public.wagtailcore_modellogentry USING btree (action);
CREATE INDEX wagtailcore_modellogentry_action_d2d856ee_like ON public.wagtailcore_modellogentry USING btree (action varchar_pattern_ops);
CREATE INDEX wagtailcore_modellogentry_content_changed_8bc39742 ON public.wagtailcore_modellogentry USING btree (content_changed);
CREATE INDEX wagtailcore_modellogentry_content_type_id_68849e77 ON public.wagtailcore_modellogentry USING btree (content_type_id);
CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef ON public.wagtailcore_modellogentry USING btree (object_id);
CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef_like ON public.wagtailcore_modellogentry USING btree (object_id varchar_pattern_ops);
CREATE INDEX wagtailcore_modellogentry_revision_id_df6ca33a ON public.wagtailcore_modellogentry USING btree (revision_id);
CREATE INDEX wagtailcore_modellogentry_timestamp_9694521b ON public.wagtailcore_modellogentry USING btree ("timestamp");
CREATE INDEX wagtailcore_modellogentry_user_id_0278d1bf ON public.wagtailcore_modellogentry USING btree (user_id);
CREATE INDEX wagtailcore_page_alias_of_id_12945502 ON public.wagtailcore_page USING btree (alias_of_id);
CREATE INDEX wagtailcore_page_content_type_id_c28424df ON public.wagtailcore_page USING btree (content_type_id);
CREATE INDEX wagtailcore_page_first_published_at_2b5dd637 ON public.wagtailcore_page USING btree (first_published_at);
CREATE INDEX wagtailcore_page_latest_revision_id_e60fef51 ON public.wagtailcore_page USING btree (latest_revision_id);
CREATE INDEX wagtailcore_page_live_revision_id_930bd822 ON public.wagtailcore_page USING btree (live_revision_id);
CREATE INDEX wagtailcore_page_locale_id_3c7e30a6 ON public.wagtailcore_page USING btree (locale_id);
CREATE INDEX wagtailcore_page_locked_by_id_bcb86245 ON public.wagtailcore_page USING btree (locked_by_id);
CREATE INDEX wagtailcore_page_owner_id_fbf7c332 ON public.wagtailcore_page USING btree (owner_id);
CREATE INDEX wagtailcore_page_path_98eba2c8_like ON public.wagtailcore_page USING btree (path varchar_pattern_ops);
CREATE INDEX wagtailcore_page_slug_e7c11b8f ON public.wagtailcore_page USING btree (slug);
CREATE INDEX wagtailcore_page_slug_e7c11b8f_like ON public.wagtailcore_page USING btree (slug varchar_pattern_ops);
CREATE INDEX wagtailcore_pagelogentry_action_c2408198 ON public.wagtailcore_pagelogentry USING btree (action);
CREATE INDEX wagtailcore_pagelogentry_action_c2408198_like ON public.wagtailcore_pagelogentry USING btree (action varchar_pattern_ops);
CREATE INDEX wagtailcore_pagelogentry_content_changed_99f27ade ON public.wagtailcore_pagelogentry USING btree (content_changed);
CREATE INDEX wagtailcore_pagelogentry_content_type_id_74e7708a ON public.wagtailcore_pagelogentry USING btree (content_type_id);
CREATE INDEX wagtailcore_pagelogentry_page_id_8464e327 ON public.wagtailcore_pagelogentry USING btree (page_id);
CREATE INDEX wagtailcore_pagelogentry_revision_id_8043d103 ON public.wagtailcore_pagelogentry USING btree (revision_id);
CREATE INDEX wagtailcore_pagelogentry_timestamp_deb774c4 ON public.wagtailcore_pagelogentry USING btree ("timestamp");
CREATE INDEX wagtailcore_pagelogentry_user_id_604ccfd8 ON public.wagtailcore_pagelogentry USING btree (user_id);
CREATE INDEX wagtailcore_pagerevision_approved_go_live_at_e56afc67 ON public.wagtailcore_revision USING btree (approved_go_live_at);
CREATE INDEX wagtailcore_pagerevision_created_at_66954e3b ON public.wagtailcore_revision USING btree (created_at);
CREATE INDEX wagtailcore_pagerevision_user_id_2409d2f4 ON public.wagtailcore_revision USING btree (user_id);
CREATE INDEX wagtailcore_pagesubscription_page_id_a085e7a6 ON public.wagtailcore_pagesubscription USING btree (page_id);
CREATE INDEX wagtailcore_pagesubscription_user_id_89d7def9 ON public.wagtailcore_pagesubscription USING btree (user_id);
CREATE INDEX wagtailcore_pageviewrestri_pageviewrestriction_id_f147a99a ON public.wagtailcore_pageviewrestriction_groups USING btree (pageviewrestriction_id);
CREATE INDEX wagtailcore_pageviewrestriction_groups_group_id_6460f223 ON public.wagtailcore_pageviewrestriction_groups USING btree (group_id);
CREATE INDEX wagtailcore_pageviewrestriction_page_id_15a8bea6 ON public.wagtailcore_pageviewrestriction USING btree (page_id);
CREATE INDEX wagtailcore_referenceindex_base_content_type_id_313cf40f ON public.wagtailcore_referenceindex USING btree (base_content_type_id);
CREATE INDEX wagtailcore_referenceindex_content_type_id_766e0336 ON public.wagtailcore_referenceindex USING btree (content_type_id);
CREATE INDEX wagtailcore_referenceindex_to_content_type_id_93690bbd ON public.wagtailcore_referenceindex USING btree (to_content_type_id);
CREATE INDEX wagtailcore_revision_base_content_type_id_5b4ef7bd ON public.wagtailcore_revision USING btree (base_content_type_id);
CREATE INDEX wagtailcore_revision_content_type_id_c8cb69c0 ON public.wagtailcore_revision USING btree (content_type_id);
CREATE INDEX wagtailcore_site_hostname_96b20b46 ON public.wagtailcore_site USING btree (hostname);
CREATE INDEX wagtailcore_site_hostname_96b20b46_like ON public.wagtailcore_site USING btree (hostname varchar_pattern_ops);
CREATE INDEX wagtailcore_site_root_page_id_e02fb95c ON public.wagtailcore_site USING btree (root_page_id);
CREATE INDEX wagtailcore_task_content_type_id_249ab8ba ON public.wagtailcore_task USING btree (content_type_id);
CREATE INDEX wagtailcore_taskstate_content_type_id_0a758fdc ON public.wagtailcore_taskstate USING btree (content_type_id);
CREATE INDEX wagtailcore_taskstate_finished_by_id_13f98229 ON public.wagtailcore_taskstate USING btree (finished_by_id);
CREATE INDEX wagtailcore_taskstate_page_revision_id_9f52c88e ON public.wagtailcore_taskstate USING btree (revision_id);
CREATE INDEX wagtailcore_taskstate_task_id_c3677c34 ON public.wagtailcore_taskstate USING btree (task_id);
CREATE INDEX wagtailcore_taskstate_workflow_state_id_9239a775 ON public.wagtailcore_taskstate USING btree (workflow_state_id);
CREATE INDEX wagtailcore_uploadedfile_for_content_type_id_b0fc87b2 ON public.wagtailcore_uploadedfile USING btree (for_content_type_id);
CREATE INDEX wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8 ON public.wagtailcore_uploadedfile USING btree (uploaded_by_user_id);
CREATE INDEX wagtailcore_uuid_06a44d_idx ON public.wagtailcore_pagelogentry USING btree (uuid, action, "timestamp" DESC);
CREATE INDEX wagtailcore_uuid_d6363b_idx ON public.wagtailcore_modellogentry USING btree (uuid, action, "timestamp" DESC);
CREATE INDEX wagtailcore_workflowcontenttype_workflow_id_9aad7cd2 ON public.wagtailcore_workflowcontenttype USING btree (workflow_id);
CREATE INDEX wagtailcore_workflowpage_workflow_id_56f56ff6 ON public.wagtailcore_workflowpage USING btree (workflow_id);
CREATE INDEX wagtailcore_workflowstate_base_content_type_id_a30dc576 ON public.wagtailcore_workflowstate USING btree (base_content_type_id);
CREATE INDEX wagtailcore_workflowstate_content_type_id_2bb78ce1 ON public.wagtailcore_workflowstate USING btree (content_type_id);
CREATE INDEX wagtailcore_workflowstate_requested_by_id_4090bca3 ON public.wagtailcore_workflowstate USING btree (requested_by_id);
CREATE INDEX wagtailcore_workflowstate_workflow_id_1f18378f ON public.wagtailcore_workflowstate USING btree (workflow_id);
CREATE INDEX wagtailcore_workflowtask_task_id_ce7716fe ON public.wagtailcore_workflowtask USING btree (task_id);
CREATE INDEX wagtailcore_workflowtask_workflow_id_b9717175 ON public.wagtailcore_workflowtask USING btree (workflow_id);
CREATE INDEX wagtaildocs_document_collection_id_23881625 ON public.wagtaildocs_document USING btree (collection_id);
CREATE INDEX wagtaildocs_document_uploaded_by_user_id_17258b41 ON public.wagtaildocs_document USING btree (uploaded_by_user_id);
CREATE INDEX wagtailembeds_embed_cache_until_26c94bb0 ON public.wagtailembeds_embed USING btree (cache_until);
CREATE INDEX wagtailembeds_embed_hash_c9bd8c9a_like ON public.wagtailembeds_embed USING btree (hash varchar_pattern_ops);
CREATE INDEX wagtailimages_image_collection_id_c2f8af7e ON public.wagtailimages_image USING btree (collection_id);
CREATE INDEX wagtailimages_image_created_at_86fa6cd4 ON public.wagtailimages_image USING btree (created_at);
CREATE INDEX wagtailimages_image_file_hash_fb5bbb23 ON public.wagtailimages_image USING btree (file_hash);
CREATE INDEX wagtailimages_image_file_hash_fb5bbb23_like ON public.wagtailimages_image USING btree (file_hash varchar_pattern_ops);
CREATE INDEX wagtailimages_image_uploaded_by_user_id_5d73dc75 ON public.wagtailimages_image USING btree (uploaded_by_user_id);
CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201 ON public.wagtailimages_rendition USING btree (filter_spec);
CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201_like ON public.wagtailimages_rendition USING btree (filter_spec varchar_pattern_ops);
CREATE INDEX wagtailimages_rendition_image_id_3e1fd774 ON public.wagtailimages_rendition USING btree (image_id);
CREATE INDEX wagtailredirects_redirect_old_path_bb35247b ON public.wagtailredirects_redirect USING btree (old_path);
CREATE INDEX wagtailredirects_redirect_old_path_bb35247b_like ON public.wagtailredirects_redirect USING btree (old_path varchar_pattern_ops);
CREATE INDEX wagtailredirects_redirect_redirect_page_id_b5728a8f ON public.wagtailredirects_redirect USING btree (redirect_page_id);
CREATE INDEX wagtailredirects_redirect_site_id_780a0e1e ON public.wagtailredirects_redirect USING btree (site_id);
CREATE INDEX wagtailsear_autocom_476c89_gin ON public.wagtailsearch_indexentry USING gin (autocomplete);
CREATE INDEX wagtailsear_body_90c85d_gin ON public.wagtailsearch_indexentry USING gin (body);
CREATE INDEX wagtailsear_title_9caae0_gin ON public.wagtailsearch_indexentry USING gin (title);
CREATE INDEX wagtailsearch_indexentry_content_type_id_62ed694f ON public.wagtailsearch_indexentry USING btree (content_type_id);
CREATE INDEX word_alike ON public.directory_word USING gin (word public.gin_trgm_ops);
CREATE INDEX workflowstate_base_ct_id_idx ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id);
CREATE INDEX workflowstate_ct_id_idx ON public.wagtailcore_workflowstate USING btree (content_type_id, object_id);
CREATE INDEX working_groups_agendapoint_by_id_24dfdc1e ON public.working_groups_agendapoint USING btree (by_id);
CREATE INDEX working_groups_agendapoint_meeting_id_d4ff125a ON public.working_groups_agendapoint USING btree (meeting_id);
CREATE INDEX working_groups_agendapoint_organisation_id_9084023b ON public.working_groups_agendapoint USING btree (organisation_id);
CREATE INDEX working_groups_answer_meeting_id_ea73fcf9 ON public.working_groups_answer USING btree (meeting_id);
CREATE INDEX working_groups_answer_organisation_id_5db1a9f8 ON public.working_groups_answer USING btree (organisation_id);
CREATE INDEX working_groups_answer_seat_id_882758a6 ON public.working_groups_answer USING btree (seat_id);
CREATE INDEX working_groups_attendance_meeting_id_e3776576 ON public.working_groups_attendance USING btree (meeting_id);
CREATE INDEX working_groups_attendance_seat_id_290c5953 ON public.working_groups_attendance USING btree (seat_id);
CREATE INDEX working_groups_charter_convener_id_e5e899c9 ON public.working_groups_charter USING btree (convener_id);
CREATE INDEX working_groups_decision_group_id_c90aaa6f ON public.working_groups_decision USING btree (group_id);
CREATE INDEX working_groups_decision_point_id_f0f0f94f ON public.working_groups_decision USING btree (point_id);
CREATE INDEX working_groups_decision_responsible_id_152fad55 ON public.working_groups_decision USING btree (responsible_id);
CREATE INDEX working_groups_document_by_id_c92f4c37 ON public.working_groups_document USING btree (by_id);
CREATE INDEX working_groups_document_group_id_8c8926e5 ON public.working_groups_document USING btree (group_id);
CREATE INDEX working_groups_document_organisation_id_8993afb0 ON public.working_groups_document USING btree (organisation_id);
CREATE INDEX working_groups_documentversion_by_id_3ab1285b ON public.working_groups_documentversion USING btree (by_id);
CREATE INDEX working_groups_documentversion_document_id_6db7935a ON public.working_groups_documentversion USING btree (document_id);
CREATE INDEX working_groups_documentversion_organisation_id_b04351d3 ON public.working_groups_documentversion USING btree (organisation_id);
CREATE INDEX working_groups_groupseat_group_id_5bc0ad4c ON public.working_groups_groupseat USING btree (group_id);
CREATE INDEX working_groups_groupseat_membership_id_836c8932 ON public.working_groups_groupseat USING btree (membership_id);
CREATE INDEX working_groups_groupseat_organisation_id_083b5634 ON public.working_groups_groupseat USING btree (organisation_id);
CREATE INDEX working_groups_meeting_approved_by_id_b1e30a7e ON public.working_groups_meeting USING btree (approved_by_id);
CREATE INDEX working_groups_meeting_called_by_id_502cc2b4 ON public.working_groups_meeting USING btree (called_by_id);
CREATE INDEX working_groups_meeting_group_id_1b1476eb ON public.working_groups_meeting USING btree (group_id);
CREATE INDEX working_groups_meetingfeed_membership_id_0c2ddd35 ON public.working_groups_meetingfeed USING btree (membership_id);
CREATE INDEX working_groups_meetingfeed_organisation_id_db61c9a7 ON public.working_groups_meetingfeed USING btree (organisation_id);
CREATE INDEX working_groups_meetingfeed_token_hash_c5e250b0_like ON public.working_groups_meetingfeed USING btree (token_hash varchar_pattern_ops);
CREATE INDEX working_groups_minutes_by_id_7a5ea9e4 ON public.working_groups_minutes USING btree (by_id);
CREATE INDEX working_groups_minutesnote_by_id_3700337e ON public.working_groups_minutesnote USING btree (by_id);
CREATE INDEX working_groups_minutesnote_meeting_id_27e9d01a ON public.working_groups_minutesnote USING btree (meeting_id);
CREATE TRIGGER access_guard BEFORE UPDATE ON public.exchange_access FOR EACH ROW EXECUTE FUNCTION public.dealing_guard('access');
CREATE TRIGGER count_tokens AFTER INSERT ON public.exchange_token REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((public.current_organisation() IS NOT NULL)) EXECUTE FUNCTION public.count_tokens();
CREATE TRIGGER envelope_event_guard BEFORE INSERT ON public.exchange_envelopeevent FOR EACH ROW EXECUTE FUNCTION public.envelope_event_guard();
CREATE TRIGGER envelope_guard BEFORE INSERT OR DELETE OR UPDATE ON public.exchange_envelope FOR EACH ROW EXECUTE FUNCTION public.envelope_guard();
CREATE TRIGGER module_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.knowledge_base_module FOR EACH ROW EXECUTE FUNCTION public.knowledge_part_frozen();
CREATE TRIGGER organisation_guard BEFORE UPDATE ON public.organisations_organisation FOR EACH ROW EXECUTE FUNCTION public.organisation_guard();
CREATE TRIGGER relocation_guard BEFORE UPDATE ON public.exchange_relocation FOR EACH ROW EXECUTE FUNCTION public.relocation_guard();
CREATE TRIGGER transfer_guard BEFORE UPDATE ON public.exchange_transfer FOR EACH ROW EXECUTE FUNCTION public.dealing_guard('transfer');
CREATE TRIGGER unit_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.knowledge_base_unit FOR EACH ROW EXECUTE FUNCTION public.knowledge_part_frozen();
CREATE TRIGGER version_frozen BEFORE DELETE OR UPDATE ON public.knowledge_base_curriculumversion FOR EACH ROW EXECUTE FUNCTION public.knowledge_version_frozen();
CREATE TRIGGER working_groups_guard BEFORE INSERT OR DELETE OR UPDATE ON public.working_groups_agendapoint FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_guard BEFORE INSERT OR DELETE OR UPDATE ON public.working_groups_attendance FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_guard BEFORE INSERT OR DELETE OR UPDATE ON public.working_groups_decision FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_guard BEFORE DELETE OR UPDATE ON public.working_groups_meeting FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_guard BEFORE INSERT OR DELETE OR UPDATE ON public.working_groups_minutes FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_guard BEFORE INSERT ON public.working_groups_minutesnote FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
CREATE TRIGGER working_groups_note_guard BEFORE DELETE OR UPDATE ON public.working_groups_minutesnote FOR EACH ROW EXECUTE FUNCTION public.working_groups_note_guard();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_group_id_bd11a704_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_groups
    ADD CONSTRAINT accounts_user_groups_user_id_52b62117_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_permission_id_113bb443_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_user_user_permissions
    ADD CONSTRAINT accounts_user_user_p_user_id_e4f0a161_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.allauth_idp_oidc_client
    ADD CONSTRAINT allauth_idp_oidc_client_owner_id_1f1eb0f1_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_tok_client_id_cad2cd57_fk_allauth_i FOREIGN KEY (client_id) REFERENCES public.allauth_idp_oidc_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.allauth_idp_oidc_token
    ADD CONSTRAINT allauth_idp_oidc_token_user_id_3e9a005f_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_capacityquestion
    ADD CONSTRAINT directory_capacityqu_asker_id_4953b302_fk_organisat FOREIGN KEY (asker_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_capacityquestion
    ADD CONSTRAINT directory_capacityqu_offer_id_e86f6809_fk_directory FOREIGN KEY (offer_id) REFERENCES public.directory_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_capacityquestion
    ADD CONSTRAINT directory_capacityqu_target_id_70a46229_fk_organisat FOREIGN KEY (target_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_closure
    ADD CONSTRAINT directory_closure_location_id_0852ae3b_fk_directory_location_id FOREIGN KEY (location_id) REFERENCES public.directory_location(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_entry
    ADD CONSTRAINT directory_entry_location_id_39f0b444_fk_directory_location_id FOREIGN KEY (location_id) REFERENCES public.directory_location(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_entry
    ADD CONSTRAINT directory_entry_offer_id_f504a8a8_fk_directory_offer_id FOREIGN KEY (offer_id) REFERENCES public.directory_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_entry
    ADD CONSTRAINT directory_entry_organisation_id_21ff33e3_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_hours
    ADD CONSTRAINT directory_hours_offer_id_6eaf2272_fk_directory_offer_id FOREIGN KEY (offer_id) REFERENCES public.directory_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_location
    ADD CONSTRAINT directory_location_organisation_id_00de06a7_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_offer
    ADD CONSTRAINT directory_offer_location_id_e276ed63_fk_directory_location_id FOREIGN KEY (location_id) REFERENCES public.directory_location(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_offer
    ADD CONSTRAINT directory_offer_organisation_id_f61c4e88_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_offer
    ADD CONSTRAINT directory_offer_service_id_b7e06975_fk_directory_service_id FOREIGN KEY (service_id) REFERENCES public.directory_service(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.directory_service
    ADD CONSTRAINT directory_service_organisation_id_8b30567f_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_access
    ADD CONSTRAINT exchange_access_sender_id_d2c24c6f_fk_organisat FOREIGN KEY (sender_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_access
    ADD CONSTRAINT exchange_access_target_id_461e30d5_fk_organisat FOREIGN KEY (target_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_deadlines
    ADD CONSTRAINT exchange_deadlines_organisation_id_ae77c628_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_dealingevent
    ADD CONSTRAINT exchange_dealingeven_organisation_id_ff97b960_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_envelope
    ADD CONSTRAINT exchange_envelope_sender_id_87258804_fk_organisat FOREIGN KEY (sender_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_envelope
    ADD CONSTRAINT exchange_envelope_target_id_fe6598fd_fk_organisat FOREIGN KEY (target_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_envelopeevent
    ADD CONSTRAINT exchange_envelopeeve_envelope_id_c259bb20_fk_exchange_ FOREIGN KEY (envelope_id) REFERENCES public.exchange_envelope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_envelopeevent
    ADD CONSTRAINT exchange_envelopeeve_organisation_id_e1ef8671_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_fairness
    ADD CONSTRAINT exchange_fairness_organisation_id_6b155425_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_matchside
    ADD CONSTRAINT exchange_matchside_match_id_adaac7f9_fk_exchange_match_id FOREIGN KEY (match_id) REFERENCES public.exchange_match(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_matchside
    ADD CONSTRAINT exchange_matchside_organisation_id_eeae1d30_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_outboxitem
    ADD CONSTRAINT exchange_outboxitem_envelope_id_1f0ed5ae_fk_exchange_ FOREIGN KEY (envelope_id) REFERENCES public.exchange_envelope(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_outboxitem
    ADD CONSTRAINT exchange_outboxitem_event_id_edae7650_fk_exchange_ FOREIGN KEY (event_id) REFERENCES public.exchange_envelopeevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_outboxitem
    ADD CONSTRAINT exchange_outboxitem_to_id_b2fae4bb_fk_organisat FOREIGN KEY (to_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_parcel
    ADD CONSTRAINT exchange_parcel_to_id_4fbe66ed_fk_organisations_organisation_id FOREIGN KEY (to_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_relocation
    ADD CONSTRAINT exchange_relocation_sender_id_38946f1c_fk_organisat FOREIGN KEY (sender_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_relocation
    ADD CONSTRAINT exchange_relocation_target_id_82e42fc6_fk_organisat FOREIGN KEY (target_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_token
    ADD CONSTRAINT exchange_token_organisation_id_546f0c0e_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_tokencount
    ADD CONSTRAINT exchange_tokencount_organisation_id_079bae2a_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_transfer
    ADD CONSTRAINT exchange_transfer_sender_id_14b0d2a7_fk_organisat FOREIGN KEY (sender_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.exchange_transfer
    ADD CONSTRAINT exchange_transfer_target_id_6e776119_fk_organisat FOREIGN KEY (target_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_adoption
    ADD CONSTRAINT knowledge_base_adopt_curriculum_id_3b4afed5_fk_knowledge FOREIGN KEY (curriculum_id) REFERENCES public.knowledge_base_curriculum(page_ptr_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_adoption
    ADD CONSTRAINT knowledge_base_adopt_organisation_id_08a3897a_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_adoption
    ADD CONSTRAINT knowledge_base_adopt_version_id_3c6389c7_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_base_curriculumversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_advocacy
    ADD CONSTRAINT knowledge_base_advoc_group_id_30f5b7c3_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_advocacy
    ADD CONSTRAINT knowledge_base_advoc_page_ptr_id_2a5636c7_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_article
    ADD CONSTRAINT knowledge_base_artic_group_id_3b30901c_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_article
    ADD CONSTRAINT knowledge_base_artic_page_ptr_id_8334c6bf_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_curriculumversion
    ADD CONSTRAINT knowledge_base_curri_curriculum_id_87562ec1_fk_knowledge FOREIGN KEY (curriculum_id) REFERENCES public.knowledge_base_curriculum(page_ptr_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_curriculum
    ADD CONSTRAINT knowledge_base_curri_group_id_55f80896_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_curriculum
    ADD CONSTRAINT knowledge_base_curri_page_ptr_id_1bbe9a89_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_digest
    ADD CONSTRAINT knowledge_base_digest_user_id_1db856c2_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_editorsdecision_groups
    ADD CONSTRAINT knowledge_base_edito_editorsdecision_id_d58efd21_fk_knowledge FOREIGN KEY (editorsdecision_id) REFERENCES public.knowledge_base_editorsdecision(task_ptr_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_editorsdecision_groups
    ADD CONSTRAINT knowledge_base_edito_group_id_b1bd7612_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_editorsdecision
    ADD CONSTRAINT knowledge_base_edito_task_ptr_id_02a009f3_fk_wagtailco FOREIGN KEY (task_ptr_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_entry
    ADD CONSTRAINT knowledge_base_entry_group_id_945cd16b_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_entry
    ADD CONSTRAINT knowledge_base_entry_page_id_81f5d100_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_entry
    ADD CONSTRAINT knowledge_base_entry_unit_id_fe2f7b1c_fk_knowledge_base_unit_id FOREIGN KEY (unit_id) REFERENCES public.knowledge_base_unit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_evidence
    ADD CONSTRAINT knowledge_base_evide_organisation_id_90380440_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_evidence
    ADD CONSTRAINT knowledge_base_evide_version_id_1d07ed01_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_base_curriculumversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_follow
    ADD CONSTRAINT knowledge_base_follow_page_id_12a94552_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_follow
    ADD CONSTRAINT knowledge_base_follow_user_id_f835cf31_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_knowledgeindex
    ADD CONSTRAINT knowledge_base_knowl_page_ptr_id_891c6c12_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_lesson
    ADD CONSTRAINT knowledge_base_lesso_group_id_ada96dda_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_lesson
    ADD CONSTRAINT knowledge_base_lesso_page_ptr_id_f5e6a7fc_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_lesson
    ADD CONSTRAINT knowledge_base_lesso_told_by_id_0b01b453_fk_organisat FOREIGN KEY (told_by_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_listitem
    ADD CONSTRAINT knowledge_base_listi_list_id_3ad16c00_fk_knowledge FOREIGN KEY (list_id) REFERENCES public.knowledge_base_readinglist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_listitem
    ADD CONSTRAINT knowledge_base_listitem_page_id_dd963bd4_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_loaded
    ADD CONSTRAINT knowledge_base_loade_version_id_0f5ba29d_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_base_curriculumversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_loaded
    ADD CONSTRAINT knowledge_base_loaded_page_id_c6f1279b_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_module
    ADD CONSTRAINT knowledge_base_modul_version_id_b6d1bbed_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_base_curriculumversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_peerreview
    ADD CONSTRAINT knowledge_base_peerr_task_ptr_id_769723ec_fk_wagtailco FOREIGN KEY (task_ptr_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_practice
    ADD CONSTRAINT knowledge_base_pract_group_id_38ccd1db_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_practice
    ADD CONSTRAINT knowledge_base_pract_page_ptr_id_2162a922_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_practice
    ADD CONSTRAINT knowledge_base_pract_told_by_id_d507c0c8_fk_organisat FOREIGN KEY (told_by_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_readinglist
    ADD CONSTRAINT knowledge_base_readi_shared_with_id_c87bbc82_fk_organisat FOREIGN KEY (shared_with_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_readinglist
    ADD CONSTRAINT knowledge_base_readinglist_user_id_22fdb1e2_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_remark
    ADD CONSTRAINT knowledge_base_remar_question_id_a36e1817_fk_knowledge FOREIGN KEY (question_id) REFERENCES public.knowledge_base_remark(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_remark
    ADD CONSTRAINT knowledge_base_remar_signed_by_id_26521e88_fk_organisat FOREIGN KEY (signed_by_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_remark
    ADD CONSTRAINT knowledge_base_remark_page_id_7ac126b2_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_remark
    ADD CONSTRAINT knowledge_base_remark_writer_id_ee50d493_fk_accounts_user_id FOREIGN KEY (writer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_report
    ADD CONSTRAINT knowledge_base_repor_remark_id_29b85a29_fk_knowledge FOREIGN KEY (remark_id) REFERENCES public.knowledge_base_remark(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_report
    ADD CONSTRAINT knowledge_base_report_user_id_8eb65e50_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_review
    ADD CONSTRAINT knowledge_base_revie_reader_id_869584dd_fk_organisat FOREIGN KEY (reader_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_review
    ADD CONSTRAINT knowledge_base_revie_submission_id_affb1560_fk_knowledge FOREIGN KEY (submission_id) REFERENCES public.knowledge_base_submission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_review
    ADD CONSTRAINT knowledge_base_revie_text_id_5d4dd4eb_fk_knowledge FOREIGN KEY (text_id) REFERENCES public.knowledge_base_submittedtext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_signature
    ADD CONSTRAINT knowledge_base_signa_organisation_id_194d4ea1_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_signature
    ADD CONSTRAINT knowledge_base_signa_page_id_2c5e11cc_fk_knowledge FOREIGN KEY (page_id) REFERENCES public.knowledge_base_advocacy(page_ptr_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_signature
    ADD CONSTRAINT knowledge_base_signa_signed_by_id_8f3e5345_fk_accounts_ FOREIGN KEY (signed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_submission
    ADD CONSTRAINT knowledge_base_submi_group_id_dc30ef2e_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_submission
    ADD CONSTRAINT knowledge_base_submi_organisation_id_85d0c474_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_submission
    ADD CONSTRAINT knowledge_base_submi_page_id_9048f9ce_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_submittedtext
    ADD CONSTRAINT knowledge_base_submi_signed_by_id_8bb61725_fk_organisat FOREIGN KEY (signed_by_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_submittedtext
    ADD CONSTRAINT knowledge_base_submi_submission_id_3ab5c7be_fk_knowledge FOREIGN KEY (submission_id) REFERENCES public.knowledge_base_submission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_translatedpart
    ADD CONSTRAINT knowledge_base_trans_edited_by_id_27922f6a_fk_accounts_ FOREIGN KEY (edited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_translation
    ADD CONSTRAINT knowledge_base_trans_page_id_2b0d8a48_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_translation
    ADD CONSTRAINT knowledge_base_trans_source_id_6baa0fed_fk_wagtailco FOREIGN KEY (source_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_translatedpart
    ADD CONSTRAINT knowledge_base_trans_translation_id_2c6b77a7_fk_knowledge FOREIGN KEY (translation_id) REFERENCES public.knowledge_base_translation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_unit
    ADD CONSTRAINT knowledge_base_unit_module_id_fd0830f2_fk_knowledge FOREIGN KEY (module_id) REFERENCES public.knowledge_base_module(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_unit
    ADD CONSTRAINT knowledge_base_unit_version_id_3ccb36da_fk_knowledge FOREIGN KEY (version_id) REFERENCES public.knowledge_base_curriculumversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_upkeep
    ADD CONSTRAINT knowledge_base_upkeep_keeper_id_44e0e61e_fk_accounts_user_id FOREIGN KEY (keeper_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_upkeep
    ADD CONSTRAINT knowledge_base_upkeep_page_id_53d3477f_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_used
    ADD CONSTRAINT knowledge_base_used_organisation_id_a2aa00c3_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_used
    ADD CONSTRAINT knowledge_base_used_page_id_ae8dc4df_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_useful
    ADD CONSTRAINT knowledge_base_useful_page_id_e9431661_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_base_useful
    ADD CONSTRAINT knowledge_base_useful_user_id_59258248_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_agreement
    ADD CONSTRAINT membership_agreement_framework_id_a3e66ef1_fk_membershi FOREIGN KEY (framework_id) REFERENCES public.membership_frameworkversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_agreement
    ADD CONSTRAINT membership_agreement_organisation_id_04b35bbc_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_application
    ADD CONSTRAINT membership_applicati_framework_id_ea98931d_fk_membershi FOREIGN KEY (framework_id) REFERENCES public.membership_frameworkversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_application
    ADD CONSTRAINT membership_applicati_organisation_id_261401c5_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_application
    ADD CONSTRAINT membership_application_batch_id_e6e8d563_fk_membership_batch_id FOREIGN KEY (batch_id) REFERENCES public.membership_batch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_batch
    ADD CONSTRAINT membership_batch_organisation_id_7de85464_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_changerequest
    ADD CONSTRAINT membership_changereq_branch_id_08f2780b_fk_organisat FOREIGN KEY (branch_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_changerequest
    ADD CONSTRAINT membership_changereq_organisation_id_e692bf74_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_event
    ADD CONSTRAINT membership_event_application_id_08ac7dcd_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_event
    ADD CONSTRAINT membership_event_organisation_id_dc716ba1_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_firstday
    ADD CONSTRAINT membership_firstday_organisation_id_534979da_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_application_id_74602365_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_granted_by_id_e9c11716_fk_organisat FOREIGN KEY (granted_by_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_licence
    ADD CONSTRAINT membership_licence_organisation_id_5a1c992c_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_link
    ADD CONSTRAINT membership_link_application_id_9bf31098_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_merger
    ADD CONSTRAINT membership_merger_absorbed_id_e37491eb_fk_organisat FOREIGN KEY (absorbed_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_merger
    ADD CONSTRAINT membership_merger_remaining_id_d60038ff_fk_organisat FOREIGN KEY (remaining_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_mergeranswer
    ADD CONSTRAINT membership_mergerans_merger_id_14a27212_fk_membershi FOREIGN KEY (merger_id) REFERENCES public.membership_merger(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_mergeranswer
    ADD CONSTRAINT membership_mergerans_organisation_id_bd5ac39e_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_opening
    ADD CONSTRAINT membership_opening_application_id_7d9c4aa4_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_openingstep
    ADD CONSTRAINT membership_openingst_opening_id_a848216b_fk_membershi FOREIGN KEY (opening_id) REFERENCES public.membership_opening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_paperfile
    ADD CONSTRAINT membership_paperfile_application_id_115d2bae_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_stepcheck
    ADD CONSTRAINT membership_stepcheck_application_id_ad7bed56_fk_membershi FOREIGN KEY (application_id) REFERENCES public.membership_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_stepcheck
    ADD CONSTRAINT membership_stepcheck_organisation_id_6d6a2b88_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.membership_stepcheck
    ADD CONSTRAINT membership_stepcheck_step_id_f33d80f8_fk_membershi FOREIGN KEY (step_id) REFERENCES public.membership_licensingstep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_closing
    ADD CONSTRAINT organisations_closin_organisation_id_a6db21cc_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_domain
    ADD CONSTRAINT organisations_domain_tenant_id_b95b5b8c_fk_organisat FOREIGN KEY (tenant_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_invitation
    ADD CONSTRAINT organisations_invita_organisation_id_438a835d_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_membership
    ADD CONSTRAINT organisations_member_organisation_id_716d02c4_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_membership
    ADD CONSTRAINT organisations_membership_user_id_dfd8e4e8_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_organisation
    ADD CONSTRAINT organisations_organi_parent_id_6e4cf435_fk_organisat FOREIGN KEY (parent_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_owndomain
    ADD CONSTRAINT organisations_owndom_organisation_id_530fbaf3_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_software
    ADD CONSTRAINT organisations_softwa_client_id_8c865bf4_fk_allauth_i FOREIGN KEY (client_id) REFERENCES public.allauth_idp_oidc_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_software
    ADD CONSTRAINT organisations_softwa_organisation_id_d9f922a9_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_statechange
    ADD CONSTRAINT organisations_statec_organisation_id_4d522509_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_supportgrant
    ADD CONSTRAINT organisations_suppor_organisation_id_18c71736_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_supportgrant
    ADD CONSTRAINT organisations_supportgrant_user_id_f1eb0aa7_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_takeout
    ADD CONSTRAINT organisations_takeou_organisation_id_6f9295e5_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_workinggroup_organisations
    ADD CONSTRAINT organisations_workin_organisation_id_c8ad1ca2_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.organisations_workinggroup_organisations
    ADD CONSTRAINT organisations_workin_workinggroup_id_0e51a930_fk_organisat FOREIGN KEY (workinggroup_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.status_incidentupdate
    ADD CONSTRAINT status_incidentupdat_incident_id_11c0bb21_fk_status_in FOREIGN KEY (incident_id) REFERENCES public.status_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_9957a03c_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_tag_id_f4f5b767_fk_taggit_tag_id FOREIGN KEY (tag_id) REFERENCES public.taggit_tag(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.usersessions_usersession
    ADD CONSTRAINT usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editing_content_type_id_4df7730e_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editing_user_id_6e1a9b70_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formsta_content_type_id_e32438b3_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_user_id_b910adc2_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collecti_collection_id_761908ec_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_collectionviewrestri_47320efd_fk_wagtailco FOREIGN KEY (collectionviewrestriction_id) REFERENCES public.wagtailcore_collectionviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_group_id_1823f2a3_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_page_id_108444b5_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_resolved_by_id_a282aa0e_fk_accounts_user_id FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_revision_created_id_1d058279_fk_wagtailco FOREIGN KEY (revision_created_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_user_id_0c577ca6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentr_comment_id_afc7e027_fk_wagtailco FOREIGN KEY (comment_id) REFERENCES public.wagtailcore_comment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_user_id_d0b3b9c3_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_group_id_2e64b61f_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_groupapprovaltask_id_9a9255ea_fk_wagtailco FOREIGN KEY (groupapprovaltask_id) REFERENCES public.wagtailcore_groupapprovaltask(task_ptr_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapp_task_ptr_id_cfe58781_fk_wagtailco FOREIGN KEY (task_ptr_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_collection_id_5423575a_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_group_id_05d61460_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_permission_id_1b626275_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_group_id_fc07e671_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_page_id_710b114a_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_permission_id_05acb22e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_group_id_e5cdbee4_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_permission_id_459b1f38_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_site_id_245de488_fk_wagtailco FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellog_content_type_id_68849e77_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_alias_of_id_12945502_fk_wagtailcore_page_id FOREIGN KEY (alias_of_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_content_type_id_c28424df_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_latest_revision_id_e60fef51_fk_wagtailco FOREIGN KEY (latest_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_live_revision_id_930bd822_fk_wagtailco FOREIGN KEY (live_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locale_id_3c7e30a6_fk_wagtailcore_locale_id FOREIGN KEY (locale_id) REFERENCES public.wagtailcore_locale(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locked_by_id_bcb86245_fk_accounts_user_id FOREIGN KEY (locked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_owner_id_fbf7c332_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pageloge_content_type_id_74e7708a_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_user_id_2409d2f4_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubs_page_id_a085e7a6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubs_user_id_89d7def9_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_group_id_6460f223_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageview_page_id_15a8bea6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_pageviewrestriction__f147a99a_fk_wagtailco FOREIGN KEY (pageviewrestriction_id) REFERENCES public.wagtailcore_pageviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_base_content_type_id_313cf40f_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_content_type_id_766e0336_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_to_content_type_id_93690bbd_fk_django_co FOREIGN KEY (to_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_base_content_type_id_5b4ef7bd_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_content_type_id_c8cb69c0_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_root_page_id_e02fb95c_fk_wagtailcore_page_id FOREIGN KEY (root_page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_content_type_id_249ab8ba_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_content_type_id_0a758fdc_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_finished_by_id_13f98229_fk_accounts_ FOREIGN KEY (finished_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_revision_id_df25a499_fk_wagtailco FOREIGN KEY (revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_workflow_state_id_9239a775_fk_wagtailco FOREIGN KEY (workflow_state_id) REFERENCES public.wagtailcore_workflowstate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_task_id_c3677c34_fk_wagtailcore_task_id FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_for_content_type_id_b0fc87b2_fk_django_co FOREIGN KEY (for_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_uploaded_by_user_id_c7580fe8_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_base_content_type_id_a30dc576_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_2bb78ce1_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_b261bb37_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_current_task_state_i_3a1a0632_fk_wagtailco FOREIGN KEY (current_task_state_id) REFERENCES public.wagtailcore_taskstate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_page_id_81e7bab6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_requested_by_id_4090bca3_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_task_id_ce7716fe_fk_wagtailco FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_1f18378f_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_56f56ff6_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_9aad7cd2_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_b9717175_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_collection_id_23881625_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_uploaded_by_user_id_17258b41_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_collection_id_c2f8af7e_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_uploaded_by_user_id_5d73dc75_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendit_image_id_3e1fd774_fk_wagtailim FOREIGN KEY (image_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_red_redirect_page_id_b5728a8f_fk_wagtailco FOREIGN KEY (redirect_page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_red_site_id_780a0e1e_fk_wagtailco FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexe_content_type_id_62ed694f_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_59c92331_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_agendapoint
    ADD CONSTRAINT working_groups_agend_by_id_24dfdc1e_fk_working_g FOREIGN KEY (by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_agendapoint
    ADD CONSTRAINT working_groups_agend_meeting_id_d4ff125a_fk_working_g FOREIGN KEY (meeting_id) REFERENCES public.working_groups_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_agendapoint
    ADD CONSTRAINT working_groups_agend_organisation_id_9084023b_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_answer
    ADD CONSTRAINT working_groups_answe_meeting_id_ea73fcf9_fk_working_g FOREIGN KEY (meeting_id) REFERENCES public.working_groups_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_answer
    ADD CONSTRAINT working_groups_answe_organisation_id_5db1a9f8_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_answer
    ADD CONSTRAINT working_groups_answe_seat_id_882758a6_fk_working_g FOREIGN KEY (seat_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_attendance
    ADD CONSTRAINT working_groups_atten_meeting_id_e3776576_fk_working_g FOREIGN KEY (meeting_id) REFERENCES public.working_groups_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_attendance
    ADD CONSTRAINT working_groups_atten_seat_id_290c5953_fk_working_g FOREIGN KEY (seat_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_charter
    ADD CONSTRAINT working_groups_chart_convener_id_e5e899c9_fk_organisat FOREIGN KEY (convener_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_charter
    ADD CONSTRAINT working_groups_chart_group_id_bfb52948_fk_organisat FOREIGN KEY (group_id) REFERENCES public.organisations_workinggroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_decision
    ADD CONSTRAINT working_groups_decis_group_id_c90aaa6f_fk_working_g FOREIGN KEY (group_id) REFERENCES public.working_groups_charter(group_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_decision
    ADD CONSTRAINT working_groups_decis_point_id_f0f0f94f_fk_working_g FOREIGN KEY (point_id) REFERENCES public.working_groups_agendapoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_decision
    ADD CONSTRAINT working_groups_decis_responsible_id_152fad55_fk_working_g FOREIGN KEY (responsible_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_documentversion
    ADD CONSTRAINT working_groups_docum_by_id_3ab1285b_fk_working_g FOREIGN KEY (by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_document
    ADD CONSTRAINT working_groups_docum_by_id_c92f4c37_fk_working_g FOREIGN KEY (by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_documentversion
    ADD CONSTRAINT working_groups_docum_document_id_6db7935a_fk_working_g FOREIGN KEY (document_id) REFERENCES public.working_groups_document(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_document
    ADD CONSTRAINT working_groups_docum_group_id_8c8926e5_fk_working_g FOREIGN KEY (group_id) REFERENCES public.working_groups_charter(group_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_document
    ADD CONSTRAINT working_groups_docum_organisation_id_8993afb0_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_documentversion
    ADD CONSTRAINT working_groups_docum_organisation_id_b04351d3_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_groupseat
    ADD CONSTRAINT working_groups_group_group_id_5bc0ad4c_fk_working_g FOREIGN KEY (group_id) REFERENCES public.working_groups_charter(group_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_groupseat
    ADD CONSTRAINT working_groups_group_membership_id_836c8932_fk_organisat FOREIGN KEY (membership_id) REFERENCES public.organisations_membership(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_groupseat
    ADD CONSTRAINT working_groups_group_organisation_id_083b5634_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_meeting
    ADD CONSTRAINT working_groups_meeti_approved_by_id_b1e30a7e_fk_working_g FOREIGN KEY (approved_by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_meeting
    ADD CONSTRAINT working_groups_meeti_called_by_id_502cc2b4_fk_working_g FOREIGN KEY (called_by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_meeting
    ADD CONSTRAINT working_groups_meeti_group_id_1b1476eb_fk_working_g FOREIGN KEY (group_id) REFERENCES public.working_groups_charter(group_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_meetingfeed
    ADD CONSTRAINT working_groups_meeti_membership_id_0c2ddd35_fk_organisat FOREIGN KEY (membership_id) REFERENCES public.organisations_membership(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_meetingfeed
    ADD CONSTRAINT working_groups_meeti_organisation_id_db61c9a7_fk_organisat FOREIGN KEY (organisation_id) REFERENCES public.organisations_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_minutesnote
    ADD CONSTRAINT working_groups_minut_by_id_3700337e_fk_working_g FOREIGN KEY (by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_minutes
    ADD CONSTRAINT working_groups_minut_by_id_7a5ea9e4_fk_working_g FOREIGN KEY (by_id) REFERENCES public.working_groups_groupseat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_minutesnote
    ADD CONSTRAINT working_groups_minut_meeting_id_27e9d01a_fk_working_g FOREIGN KEY (meeting_id) REFERENCES public.working_groups_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.working_groups_minutes
    ADD CONSTRAINT working_groups_minut_point_id_ff35df88_fk_working_g FOREIGN KEY (point_id) REFERENCES public.working_groups_agendapoint(id) DEFERRABLE INITIALLY DEFERRED;
