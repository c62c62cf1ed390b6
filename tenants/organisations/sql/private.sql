-- migrations: ba50d71e7f2b0d6d
CREATE SCHEMA halka_private_schema;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_06f3f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_retentionruleevent" ("changed_at", "changed_by_id", "id", "months", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."id", OLD."months", clock_timestamp(), 'delete', OLD."id", OLD."scope"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_095d7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_clientevent" ("assigned_to_id", "birth_year", "born_on", "changed_at", "changed_by_id", "created_by_id", "education", "email", "family_name", "given_name", "health", "id", "interests", "language", "languages", "merged_into_id", "national_number", "note", "other_names", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "reference", "sex", "strengths", "vulnerabilities") VALUES (OLD."assigned_to_id", OLD."birth_year", OLD."born_on", OLD."changed_at", OLD."changed_by_id", OLD."created_by_id", OLD."education", OLD."email", OLD."family_name", OLD."given_name", OLD."health", OLD."id", OLD."interests", OLD."language", OLD."languages", OLD."merged_into_id", OLD."national_number", OLD."note", OLD."other_names", clock_timestamp(), 'delete', OLD."id", OLD."phone", OLD."place", OLD."reference", OLD."sex", OLD."strengths", OLD."vulnerabilities"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_11bc0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_consentevent" ("client_id", "expires_on", "given_at", "how_given", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient_id", "recorded_by_id", "scopes", "withdrawal_recorded_by_id", "withdrawn_at", "withdrawn_how", "witness", "wording") VALUES (OLD."client_id", OLD."expires_on", OLD."given_at", OLD."how_given", OLD."id", OLD."language", clock_timestamp(), 'delete', OLD."id", OLD."purpose", OLD."recipient_id", OLD."recorded_by_id", OLD."scopes", OLD."withdrawal_recorded_by_id", OLD."withdrawn_at", OLD."withdrawn_how", OLD."witness", OLD."wording"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_2464f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_goalevent" ("closed_on", "dimension", "id", "item", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "scale_id", "state", "text", "unit") VALUES (OLD."closed_on", OLD."dimension", OLD."id", OLD."item", clock_timestamp(), 'delete', OLD."id", OLD."plan_id", OLD."position", OLD."scale_id", OLD."state", OLD."text", OLD."unit"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_5033a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_followupevent" ("done_by_id", "done_on", "due_on", "exit_id", "held", "id", "months", "note", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."done_by_id", OLD."done_on", OLD."due_on", OLD."exit_id", OLD."held", OLD."id", OLD."months", OLD."note", clock_timestamp(), 'delete', OLD."id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_71006() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_teammemberevent" ("case_id", "colleague_id", "contact", "ended_at", "id", "institution", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "started_at") VALUES (OLD."case_id", OLD."colleague_id", OLD."contact", OLD."ended_at", OLD."id", OLD."institution", OLD."name", clock_timestamp(), 'delete', OLD."id", OLD."profession", OLD."started_at"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_79dfb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_planevent" ("agreed_how", "agreed_on", "case_id", "changed_at", "changed_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on", "state") VALUES (OLD."agreed_how", OLD."agreed_on", OLD."case_id", OLD."changed_at", OLD."changed_by_id", OLD."id", OLD."language", clock_timestamp(), 'delete', OLD."id", OLD."review_on", OLD."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_8db34() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_programmeevent" ("changed_at", "changed_by_id", "consent_months", "consent_wording", "ends_on", "funder", "id", "name", "objectives", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "target_group", "territory", "unseen_days") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."consent_months", OLD."consent_wording", OLD."ends_on", OLD."funder", OLD."id", OLD."name", OLD."objectives", clock_timestamp(), 'delete', OLD."id", OLD."starts_on", OLD."state", OLD."target_group", OLD."territory", OLD."unseen_days"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_ae410() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_exitevent" ("case_id", "id", "kind", "note", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (OLD."case_id", OLD."id", OLD."kind", OLD."note", OLD."on", clock_timestamp(), 'delete', OLD."id", OLD."recorded_at", OLD."recorded_by_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_c721a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_scaleevent" ("changed_at", "changed_by_id", "description", "family", "id", "items", "name", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "standard", "state") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."description", OLD."family", OLD."id", OLD."items", OLD."name", OLD."number", clock_timestamp(), 'delete', OLD."id", OLD."published_at", OLD."standard", OLD."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_cb1c8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_caseevent" ("changed_at", "changed_by_id", "client_id", "closed_on", "consent_id", "expectations", "id", "number", "opened_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."client_id", OLD."closed_on", OLD."consent_id", OLD."expectations", OLD."id", OLD."number", OLD."opened_on", clock_timestamp(), 'delete', OLD."id", OLD."programme_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_delete_delete_f1729() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_stepevent" ("colleague_id", "done_on", "due_on", "goal_id", "id", "other", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") VALUES (OLD."colleague_id", OLD."done_on", OLD."due_on", OLD."goal_id", OLD."id", OLD."other", clock_timestamp(), 'delete', OLD."id", OLD."position", OLD."text"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_127da() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_clientevent" ("assigned_to_id", "birth_year", "born_on", "changed_at", "changed_by_id", "created_by_id", "education", "email", "family_name", "given_name", "health", "id", "interests", "language", "languages", "merged_into_id", "national_number", "note", "other_names", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "reference", "sex", "strengths", "vulnerabilities") VALUES (NEW."assigned_to_id", NEW."birth_year", NEW."born_on", NEW."changed_at", NEW."changed_by_id", NEW."created_by_id", NEW."education", NEW."email", NEW."family_name", NEW."given_name", NEW."health", NEW."id", NEW."interests", NEW."language", NEW."languages", NEW."merged_into_id", NEW."national_number", NEW."note", NEW."other_names", clock_timestamp(), 'insert', NEW."id", NEW."phone", NEW."place", NEW."reference", NEW."sex", NEW."strengths", NEW."vulnerabilities"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_5785a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_scaleevent" ("changed_at", "changed_by_id", "description", "family", "id", "items", "name", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "standard", "state") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."description", NEW."family", NEW."id", NEW."items", NEW."name", NEW."number", clock_timestamp(), 'insert', NEW."id", NEW."published_at", NEW."standard", NEW."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_59753() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_stepevent" ("colleague_id", "done_on", "due_on", "goal_id", "id", "other", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") VALUES (NEW."colleague_id", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."other", clock_timestamp(), 'insert', NEW."id", NEW."position", NEW."text"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_88f7e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_planevent" ("agreed_how", "agreed_on", "case_id", "changed_at", "changed_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on", "state") VALUES (NEW."agreed_how", NEW."agreed_on", NEW."case_id", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."language", clock_timestamp(), 'insert', NEW."id", NEW."review_on", NEW."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_8c3c9() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_caseevent" ("changed_at", "changed_by_id", "client_id", "closed_on", "consent_id", "expectations", "id", "number", "opened_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."client_id", NEW."closed_on", NEW."consent_id", NEW."expectations", NEW."id", NEW."number", NEW."opened_on", clock_timestamp(), 'insert', NEW."id", NEW."programme_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_8c97a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_followupevent" ("done_by_id", "done_on", "due_on", "exit_id", "held", "id", "months", "note", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."exit_id", NEW."held", NEW."id", NEW."months", NEW."note", clock_timestamp(), 'insert', NEW."id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_8e6b6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_programmeevent" ("changed_at", "changed_by_id", "consent_months", "consent_wording", "ends_on", "funder", "id", "name", "objectives", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "target_group", "territory", "unseen_days") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."consent_months", NEW."consent_wording", NEW."ends_on", NEW."funder", NEW."id", NEW."name", NEW."objectives", clock_timestamp(), 'insert', NEW."id", NEW."starts_on", NEW."state", NEW."target_group", NEW."territory", NEW."unseen_days"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_991e8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_exitevent" ("case_id", "id", "kind", "note", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."case_id", NEW."id", NEW."kind", NEW."note", NEW."on", clock_timestamp(), 'insert', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_cce33() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_retentionruleevent" ("changed_at", "changed_by_id", "id", "months", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."months", clock_timestamp(), 'insert', NEW."id", NEW."scope"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_d1993() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_goalevent" ("closed_on", "dimension", "id", "item", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "scale_id", "state", "text", "unit") VALUES (NEW."closed_on", NEW."dimension", NEW."id", NEW."item", clock_timestamp(), 'insert', NEW."id", NEW."plan_id", NEW."position", NEW."scale_id", NEW."state", NEW."text", NEW."unit"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_de33f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_consentevent" ("client_id", "expires_on", "given_at", "how_given", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient_id", "recorded_by_id", "scopes", "withdrawal_recorded_by_id", "withdrawn_at", "withdrawn_how", "witness", "wording") VALUES (NEW."client_id", NEW."expires_on", NEW."given_at", NEW."how_given", NEW."id", NEW."language", clock_timestamp(), 'insert', NEW."id", NEW."purpose", NEW."recipient_id", NEW."recorded_by_id", NEW."scopes", NEW."withdrawal_recorded_by_id", NEW."withdrawn_at", NEW."withdrawn_how", NEW."witness", NEW."wording"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_insert_insert_ef605() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_teammemberevent" ("case_id", "colleague_id", "contact", "ended_at", "id", "institution", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "started_at") VALUES (NEW."case_id", NEW."colleague_id", NEW."contact", NEW."ended_at", NEW."id", NEW."institution", NEW."name", clock_timestamp(), 'insert', NEW."id", NEW."profession", NEW."started_at"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_06f9a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_consentevent" ("client_id", "expires_on", "given_at", "how_given", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient_id", "recorded_by_id", "scopes", "withdrawal_recorded_by_id", "withdrawn_at", "withdrawn_how", "witness", "wording") VALUES (NEW."client_id", NEW."expires_on", NEW."given_at", NEW."how_given", NEW."id", NEW."language", clock_timestamp(), 'update', NEW."id", NEW."purpose", NEW."recipient_id", NEW."recorded_by_id", NEW."scopes", NEW."withdrawal_recorded_by_id", NEW."withdrawn_at", NEW."withdrawn_how", NEW."witness", NEW."wording"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_1d5bb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_goalevent" ("closed_on", "dimension", "id", "item", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "scale_id", "state", "text", "unit") VALUES (NEW."closed_on", NEW."dimension", NEW."id", NEW."item", clock_timestamp(), 'update', NEW."id", NEW."plan_id", NEW."position", NEW."scale_id", NEW."state", NEW."text", NEW."unit"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_6436a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_exitevent" ("case_id", "id", "kind", "note", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") VALUES (NEW."case_id", NEW."id", NEW."kind", NEW."note", NEW."on", clock_timestamp(), 'update', NEW."id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_6bda1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_followupevent" ("done_by_id", "done_on", "due_on", "exit_id", "held", "id", "months", "note", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."exit_id", NEW."held", NEW."id", NEW."months", NEW."note", clock_timestamp(), 'update', NEW."id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_6c343() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_teammemberevent" ("case_id", "colleague_id", "contact", "ended_at", "id", "institution", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "profession", "started_at") VALUES (NEW."case_id", NEW."colleague_id", NEW."contact", NEW."ended_at", NEW."id", NEW."institution", NEW."name", clock_timestamp(), 'update', NEW."id", NEW."profession", NEW."started_at"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_a69ba() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_clientevent" ("assigned_to_id", "birth_year", "born_on", "changed_at", "changed_by_id", "created_by_id", "education", "email", "family_name", "given_name", "health", "id", "interests", "language", "languages", "merged_into_id", "national_number", "note", "other_names", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "reference", "sex", "strengths", "vulnerabilities") VALUES (NEW."assigned_to_id", NEW."birth_year", NEW."born_on", NEW."changed_at", NEW."changed_by_id", NEW."created_by_id", NEW."education", NEW."email", NEW."family_name", NEW."given_name", NEW."health", NEW."id", NEW."interests", NEW."language", NEW."languages", NEW."merged_into_id", NEW."national_number", NEW."note", NEW."other_names", clock_timestamp(), 'update', NEW."id", NEW."phone", NEW."place", NEW."reference", NEW."sex", NEW."strengths", NEW."vulnerabilities"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_a7fa1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_retentionruleevent" ("changed_at", "changed_by_id", "id", "months", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."months", clock_timestamp(), 'update', NEW."id", NEW."scope"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_bf07f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_scaleevent" ("changed_at", "changed_by_id", "description", "family", "id", "items", "name", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "standard", "state") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."description", NEW."family", NEW."id", NEW."items", NEW."name", NEW."number", clock_timestamp(), 'update', NEW."id", NEW."published_at", NEW."standard", NEW."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_ca211() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_caseevent" ("changed_at", "changed_by_id", "client_id", "closed_on", "consent_id", "expectations", "id", "number", "opened_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."client_id", NEW."closed_on", NEW."consent_id", NEW."expectations", NEW."id", NEW."number", NEW."opened_on", clock_timestamp(), 'update', NEW."id", NEW."programme_id"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_efd28() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_planevent" ("agreed_how", "agreed_on", "case_id", "changed_at", "changed_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_on", "state") VALUES (NEW."agreed_how", NEW."agreed_on", NEW."case_id", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."language", clock_timestamp(), 'update', NEW."id", NEW."review_on", NEW."state"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_fcd6a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_programmeevent" ("changed_at", "changed_by_id", "consent_months", "consent_wording", "ends_on", "funder", "id", "name", "objectives", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "target_group", "territory", "unseen_days") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."consent_months", NEW."consent_wording", NEW."ends_on", NEW."funder", NEW."id", NEW."name", NEW."objectives", clock_timestamp(), 'update', NEW."id", NEW."starts_on", NEW."state", NEW."target_group", NEW."territory", NEW."unseen_days"); RETURN NULL; END; $$;
CREATE FUNCTION halka_private_schema.pgtrigger_update_update_fe1b5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO "caseloads_stepevent" ("colleague_id", "done_on", "due_on", "goal_id", "id", "other", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text") VALUES (NEW."colleague_id", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."other", clock_timestamp(), 'update', NEW."id", NEW."position", NEW."text"); RETURN NULL; END; $$;
CREATE TABLE halka_private_schema.audit_entry (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_user_id bigint,
    actor_name character varying(150) NOT NULL,
    is_support boolean NOT NULL,
    action character varying(60) NOT NULL,
    target_model character varying(60) NOT NULL,
    target_id character varying(40) NOT NULL,
    detail jsonb NOT NULL,
    about_id uuid
);
CREATE TABLE halka_private_schema.audit_link (
    number bigint NOT NULL,
    hash bytea NOT NULL,
    entry_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_assessment (
    id uuid NOT NULL,
    rater character varying(6) NOT NULL,
    answers jsonb NOT NULL,
    note bytea NOT NULL,
    "on" date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    client_id uuid NOT NULL,
    recorded_by_id uuid,
    case_id uuid,
    scale_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_case (
    id uuid NOT NULL,
    number smallint NOT NULL,
    expectations bytea NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    client_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT case_closes_after_start CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
    CONSTRAINT caseloads_case_number_check CHECK ((number >= 0)),
    CONSTRAINT caseloads_case_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.caseloads_caseevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    number smallint NOT NULL,
    expectations bytea NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    client_id uuid NOT NULL,
    consent_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT caseloads_caseevent_number_check CHECK ((number >= 0))
);
ALTER TABLE halka_private_schema.caseloads_caseevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_caseevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_client (
    id uuid NOT NULL,
    given_name character varying(100) NOT NULL,
    family_name character varying(100) NOT NULL,
    other_names character varying(200) NOT NULL,
    born_on date,
    birth_year smallint,
    sex character varying(6) NOT NULL,
    phone character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    place character varying(120) NOT NULL,
    language character varying(5) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    search_key text NOT NULL,
    sort_key character varying(450) NOT NULL COLLATE pg_catalog."C",
    assigned_to_id uuid,
    changed_by_id uuid,
    created_by_id uuid,
    education character varying(10) NOT NULL,
    health bytea NOT NULL,
    interests text NOT NULL,
    languages character varying(5)[] NOT NULL,
    last_contact_on date,
    merged_into_id uuid,
    national_number bytea NOT NULL,
    national_number_index bytea,
    reference character varying(40) NOT NULL,
    strengths text NOT NULL,
    vulnerabilities character varying(40)[] NOT NULL,
    note bytea CONSTRAINT caseloads_client_note_not_null1 NOT NULL,
    restricted_at timestamp with time zone,
    held_at timestamp with time zone,
    CONSTRAINT caseloads_client_birth_year_check CHECK ((birth_year >= 0)),
    CONSTRAINT caseloads_client_version_check CHECK ((version >= 0)),
    CONSTRAINT client_born_once CHECK (((born_on IS NULL) OR (birth_year IS NULL))),
    CONSTRAINT client_has_name CHECK ((NOT (((family_name)::text = ''::text) AND ((given_name)::text = ''::text)))),
    CONSTRAINT client_held_is_restricted CHECK (((held_at IS NULL) OR (restricted_at IS NOT NULL)))
);
CREATE TABLE halka_private_schema.caseloads_clientevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    given_name character varying(100) NOT NULL,
    family_name character varying(100) NOT NULL,
    other_names character varying(200) NOT NULL,
    born_on date,
    birth_year smallint,
    sex character varying(6) NOT NULL,
    reference character varying(40) NOT NULL,
    national_number bytea NOT NULL,
    phone character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    place character varying(120) NOT NULL,
    language character varying(5) NOT NULL,
    languages character varying(5)[] NOT NULL,
    education character varying(10) NOT NULL,
    strengths text NOT NULL,
    interests text NOT NULL,
    vulnerabilities character varying(40)[] NOT NULL,
    health bytea NOT NULL,
    note bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    assigned_to_id uuid,
    changed_by_id uuid,
    created_by_id uuid,
    merged_into_id uuid,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_clientevent_birth_year_check CHECK ((birth_year >= 0))
);
ALTER TABLE halka_private_schema.caseloads_clientevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_clientevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_columnmapping (
    id uuid NOT NULL,
    headings character varying(64) NOT NULL,
    mapping jsonb NOT NULL,
    used_at timestamp with time zone NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_consent (
    id uuid NOT NULL,
    purpose character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    how_given character varying(8) NOT NULL,
    witness character varying(150) NOT NULL,
    language character varying(5) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    expires_on date NOT NULL,
    withdrawn_at timestamp with time zone,
    client_id uuid NOT NULL,
    recipient_id uuid,
    recorded_by_id uuid,
    withdrawal_recorded_by_id uuid,
    withdrawn_how character varying(8) NOT NULL,
    wording text NOT NULL,
    CONSTRAINT consent_names_recipient CHECK (((NOT ((purpose)::text = ANY (ARRAY[('access'::character varying)::text, ('asking'::character varying)::text, ('referral'::character varying)::text, ('relocation'::character varying)::text, ('transfer'::character varying)::text]))) OR (recipient_id IS NOT NULL))),
    CONSTRAINT consent_spoken_with_witness CHECK (((NOT ((how_given)::text = 'spoken'::text)) OR (NOT ((witness)::text = ''::text)))),
    CONSTRAINT consent_withdrawn_somehow CHECK ((((withdrawn_at IS NULL) AND ((withdrawn_how)::text = ''::text)) OR ((withdrawn_at IS NOT NULL) AND (NOT ((withdrawn_how)::text = ''::text)))))
);
CREATE TABLE halka_private_schema.caseloads_consentevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    purpose character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    how_given character varying(8) NOT NULL,
    witness character varying(150) NOT NULL,
    language character varying(5) NOT NULL,
    wording text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    expires_on date NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_how character varying(8) NOT NULL,
    client_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    recipient_id uuid,
    recorded_by_id uuid,
    withdrawal_recorded_by_id uuid
);
ALTER TABLE halka_private_schema.caseloads_consentevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_consentevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_consentoffer (
    id uuid NOT NULL,
    purpose character varying(12) NOT NULL,
    scopes jsonb NOT NULL,
    language character varying(5) NOT NULL,
    wording text NOT NULL,
    expires_on date NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    agreed boolean,
    client_id uuid NOT NULL,
    offered_by_id uuid,
    recipient_id uuid,
    replaces_id uuid,
    CONSTRAINT consent_offer_answered CHECK ((((agreed IS NULL) AND (answered_at IS NULL)) OR ((agreed IS NOT NULL) AND (answered_at IS NOT NULL))))
);
CREATE TABLE halka_private_schema.caseloads_correction (
    id uuid NOT NULL,
    text bytea NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer bytea NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id uuid,
    client_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_document (
    id uuid NOT NULL,
    title bytea NOT NULL,
    file character varying(200) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    audience character varying(13) NOT NULL,
    profession character varying(13) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid,
    client_id uuid NOT NULL,
    entry_id uuid,
    CONSTRAINT caseloads_document_size_check CHECK ((size >= 0))
);
CREATE TABLE halka_private_schema.caseloads_draft (
    id uuid NOT NULL,
    form character varying(200) NOT NULL,
    "values" bytea NOT NULL,
    seen_version integer,
    saved_at timestamp with time zone NOT NULL,
    colleague_id uuid NOT NULL,
    CONSTRAINT caseloads_draft_seen_version_check CHECK ((seen_version >= 0))
);
CREATE TABLE halka_private_schema.caseloads_emergencyaccess (
    id uuid NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    reviewed_at timestamp with time zone,
    client_id uuid NOT NULL,
    colleague_id uuid NOT NULL,
    reviewed_by_id uuid,
    CONSTRAINT emergency_ends_after_start CHECK ((until > at)),
    CONSTRAINT emergency_has_reason CHECK ((NOT (reason = ''::text)))
);
CREATE TABLE halka_private_schema.caseloads_erasure (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reason character varying(40) NOT NULL,
    reference character varying(64) NOT NULL,
    removed jsonb NOT NULL,
    kept jsonb NOT NULL,
    by_id uuid
);
CREATE TABLE halka_private_schema.caseloads_exit (
    id uuid NOT NULL,
    kind character varying(15) NOT NULL,
    note bytea NOT NULL,
    "on" date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    recorded_by_id uuid
);
CREATE TABLE halka_private_schema.caseloads_exitevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(15) NOT NULL,
    note bytea NOT NULL,
    "on" date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    recorded_by_id uuid
);
ALTER TABLE halka_private_schema.caseloads_exitevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_exitevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_experience (
    id uuid NOT NULL,
    kind character varying(14) NOT NULL,
    title character varying(150) NOT NULL,
    at character varying(150) NOT NULL,
    from_year smallint,
    to_year smallint,
    is_current boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id uuid,
    client_id uuid NOT NULL,
    CONSTRAINT caseloads_experience_from_year_check CHECK ((from_year >= 0)),
    CONSTRAINT caseloads_experience_to_year_check CHECK ((to_year >= 0)),
    CONSTRAINT experience_ended_or_current CHECK (((NOT is_current) OR (to_year IS NULL))),
    CONSTRAINT experience_ends_after_start CHECK (((to_year IS NULL) OR (from_year IS NULL) OR (to_year >= from_year)))
);
CREATE TABLE halka_private_schema.caseloads_finding (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    text bytea NOT NULL,
    dimension character varying(13) NOT NULL,
    noted_on date NOT NULL,
    ended_on date,
    client_id uuid NOT NULL,
    noted_by_id uuid
);
CREATE TABLE halka_private_schema.caseloads_followup (
    id uuid NOT NULL,
    months smallint NOT NULL,
    due_on date NOT NULL,
    held character varying(9) NOT NULL,
    note bytea NOT NULL,
    done_on date,
    done_by_id uuid,
    exit_id uuid NOT NULL,
    CONSTRAINT caseloads_followup_months_check CHECK ((months >= 0)),
    CONSTRAINT follow_up_done_with_result CHECK ((((done_on IS NULL) AND ((held)::text = ''::text)) OR ((done_on IS NOT NULL) AND (NOT ((held)::text = ''::text))))),
    CONSTRAINT follow_up_months CHECK ((months = ANY (ARRAY[1, 3, 6, 12])))
);
CREATE TABLE halka_private_schema.caseloads_followupevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    months smallint NOT NULL,
    due_on date NOT NULL,
    held character varying(9) NOT NULL,
    note bytea NOT NULL,
    done_on date,
    done_by_id uuid,
    exit_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_followupevent_months_check CHECK ((months >= 0))
);
ALTER TABLE halka_private_schema.caseloads_followupevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_followupevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_goal (
    id uuid NOT NULL,
    text bytea NOT NULL,
    dimension character varying(13) NOT NULL,
    item character varying(40) NOT NULL,
    unit character varying(60) NOT NULL,
    state character varying(7) NOT NULL,
    "position" smallint NOT NULL,
    closed_on date,
    plan_id uuid NOT NULL,
    scale_id uuid,
    CONSTRAINT caseloads_goal_position_check CHECK (("position" >= 0))
);
CREATE TABLE halka_private_schema.caseloads_goalevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    text bytea NOT NULL,
    dimension character varying(13) NOT NULL,
    item character varying(40) NOT NULL,
    unit character varying(60) NOT NULL,
    state character varying(7) NOT NULL,
    "position" smallint NOT NULL,
    closed_on date,
    pgh_obj_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    scale_id uuid,
    CONSTRAINT caseloads_goalevent_position_check CHECK (("position" >= 0))
);
ALTER TABLE halka_private_schema.caseloads_goalevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_goalevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_job (
    id uuid NOT NULL,
    kind character varying(9) NOT NULL,
    state character varying(7) NOT NULL,
    total integer,
    done integer NOT NULL,
    ask bytea NOT NULL,
    told jsonb NOT NULL,
    file character varying(200) NOT NULL,
    file_name character varying(200) NOT NULL,
    result character varying(200) NOT NULL,
    result_name character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    owner_id uuid,
    language character varying(5) NOT NULL,
    calendar character varying(12) NOT NULL,
    turn smallint NOT NULL,
    beat_at timestamp with time zone,
    CONSTRAINT caseloads_job_done_check CHECK ((done >= 0)),
    CONSTRAINT caseloads_job_total_check CHECK ((total >= 0)),
    CONSTRAINT caseloads_job_turn_check CHECK ((turn >= 0))
);
CREATE TABLE halka_private_schema.caseloads_journalentry (
    id uuid NOT NULL,
    kind character varying(11) NOT NULL,
    dimension character varying(13) NOT NULL,
    text bytea NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    audience character varying(13) NOT NULL,
    profession character varying(13) NOT NULL,
    author_name character varying(150) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    version integer NOT NULL,
    author_id uuid,
    case_id uuid,
    client_id uuid NOT NULL,
    corrects_id uuid,
    CONSTRAINT caseloads_journalentry_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.caseloads_journalhabit (
    id uuid NOT NULL,
    audience character varying(13) NOT NULL,
    colleague_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_keptfigure (
    id uuid NOT NULL,
    measure character varying(14) NOT NULL,
    number integer NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT caseloads_keptfigure_number_check CHECK ((number >= 0))
);
CREATE TABLE halka_private_schema.caseloads_mention (
    id uuid NOT NULL,
    seen_at timestamp with time zone,
    colleague_id uuid NOT NULL,
    entry_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_merge (
    id uuid NOT NULL,
    before bytea NOT NULL,
    moved jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    absorbed_id uuid NOT NULL,
    by_id uuid,
    kept_id uuid NOT NULL,
    undone_by_id uuid
);
CREATE TABLE halka_private_schema.caseloads_personallink (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    code_hash character varying(128) NOT NULL,
    tries smallint NOT NULL,
    language character varying(5) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    client_id uuid NOT NULL,
    created_by_id uuid,
    CONSTRAINT caseloads_personallink_tries_check CHECK ((tries >= 0)),
    CONSTRAINT personal_link_ends_after_start CHECK ((expires_at > created_at))
);
CREATE TABLE halka_private_schema.caseloads_plan (
    id uuid NOT NULL,
    state character varying(8) NOT NULL,
    review_on date NOT NULL,
    agreed_on date,
    agreed_how character varying(8) NOT NULL,
    language character varying(5) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    CONSTRAINT caseloads_plan_version_check CHECK ((version >= 0)),
    CONSTRAINT plan_agreed_somehow CHECK (((((agreed_how)::text = ''::text) AND (agreed_on IS NULL)) OR ((agreed_on IS NOT NULL) AND (NOT ((agreed_how)::text = ''::text)))))
);
CREATE TABLE halka_private_schema.caseloads_planevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    state character varying(8) NOT NULL,
    review_on date NOT NULL,
    agreed_on date,
    agreed_how character varying(8) NOT NULL,
    language character varying(5) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    changed_by_id uuid,
    pgh_obj_id uuid NOT NULL
);
ALTER TABLE halka_private_schema.caseloads_planevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_planevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_programme (
    id uuid NOT NULL,
    name character varying(150) NOT NULL,
    funder character varying(150) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    territory character varying(150) NOT NULL,
    objectives text NOT NULL,
    target_group character varying(200) NOT NULL,
    consent_wording text NOT NULL,
    consent_months smallint NOT NULL,
    unseen_days smallint NOT NULL,
    state character varying(9) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    CONSTRAINT caseloads_programme_consent_months_check CHECK ((consent_months >= 0)),
    CONSTRAINT caseloads_programme_unseen_days_check CHECK ((unseen_days >= 0)),
    CONSTRAINT caseloads_programme_version_check CHECK ((version >= 0)),
    CONSTRAINT programme_consent_months CHECK (((consent_months >= 1) AND (consent_months <= 120))),
    CONSTRAINT programme_ends_after_start CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);
CREATE TABLE halka_private_schema.caseloads_programmeevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    name character varying(150) NOT NULL,
    funder character varying(150) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    territory character varying(150) NOT NULL,
    objectives text NOT NULL,
    target_group character varying(200) NOT NULL,
    consent_wording text NOT NULL,
    consent_months smallint NOT NULL,
    unseen_days smallint NOT NULL,
    state character varying(9) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_programmeevent_consent_months_check CHECK ((consent_months >= 0)),
    CONSTRAINT caseloads_programmeevent_unseen_days_check CHECK ((unseen_days >= 0))
);
ALTER TABLE halka_private_schema.caseloads_programmeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_programmeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_retentionrule (
    id uuid NOT NULL,
    scope character varying(16) NOT NULL,
    months smallint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    CONSTRAINT caseloads_retentionrule_months_check CHECK ((months >= 0)),
    CONSTRAINT caseloads_retentionrule_version_check CHECK ((version >= 0)),
    CONSTRAINT retention_months CHECK (((months >= 1) AND (months <= 600)))
);
CREATE TABLE halka_private_schema.caseloads_retentionruleevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    scope character varying(16) NOT NULL,
    months smallint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_retentionruleevent_months_check CHECK ((months >= 0))
);
ALTER TABLE halka_private_schema.caseloads_retentionruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_retentionruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_savedlist (
    id uuid NOT NULL,
    name character varying(80) NOT NULL,
    query character varying(1000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    colleague_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.caseloads_scale (
    id uuid NOT NULL,
    family uuid NOT NULL,
    number smallint NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    items jsonb NOT NULL,
    standard character varying(40) NOT NULL,
    state character varying(9) NOT NULL,
    published_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    CONSTRAINT caseloads_scale_number_check CHECK ((number >= 0)),
    CONSTRAINT caseloads_scale_version_check CHECK ((version >= 0)),
    CONSTRAINT scale_published_at CHECK ((((state)::text = 'draft'::text) OR (published_at IS NOT NULL)))
);
CREATE TABLE halka_private_schema.caseloads_scaleevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    family uuid NOT NULL,
    number smallint NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    items jsonb NOT NULL,
    standard character varying(40) NOT NULL,
    state character varying(9) NOT NULL,
    published_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_scaleevent_number_check CHECK ((number >= 0))
);
ALTER TABLE halka_private_schema.caseloads_scaleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_scaleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_step (
    id uuid NOT NULL,
    text bytea NOT NULL,
    other character varying(150) NOT NULL,
    due_on date,
    done_on date,
    "position" smallint NOT NULL,
    colleague_id uuid,
    goal_id uuid NOT NULL,
    CONSTRAINT caseloads_step_position_check CHECK (("position" >= 0)),
    CONSTRAINT step_of_one CHECK (((colleague_id IS NULL) OR ((other)::text = ''::text)))
);
CREATE TABLE halka_private_schema.caseloads_stepevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    text bytea NOT NULL,
    other character varying(150) NOT NULL,
    due_on date,
    done_on date,
    "position" smallint NOT NULL,
    colleague_id uuid,
    goal_id uuid NOT NULL,
    pgh_obj_id uuid NOT NULL,
    CONSTRAINT caseloads_stepevent_position_check CHECK (("position" >= 0))
);
ALTER TABLE halka_private_schema.caseloads_stepevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_stepevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_target (
    id uuid NOT NULL,
    measure character varying(14) NOT NULL,
    number integer NOT NULL,
    programme_id uuid NOT NULL,
    CONSTRAINT caseloads_target_number_check CHECK ((number >= 0))
);
CREATE TABLE halka_private_schema.caseloads_task (
    id uuid NOT NULL,
    title bytea NOT NULL,
    due_on date NOT NULL,
    done_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    assignee_id uuid,
    client_id uuid NOT NULL,
    created_by_id uuid,
    done_by_id uuid,
    entry_id uuid,
    CONSTRAINT task_done_by_with_done_at CHECK ((((done_at IS NULL) AND (done_by_id IS NULL)) OR (done_at IS NOT NULL)))
);
CREATE TABLE halka_private_schema.caseloads_teammember (
    id uuid NOT NULL,
    name character varying(150) NOT NULL,
    institution character varying(150) NOT NULL,
    contact character varying(150) NOT NULL,
    profession character varying(13) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    case_id uuid NOT NULL,
    colleague_id uuid,
    CONSTRAINT team_member_is_somebody CHECK ((((colleague_id IS NOT NULL) AND ((name)::text = ''::text)) OR ((colleague_id IS NULL) AND (NOT ((name)::text = ''::text)))))
);
CREATE TABLE halka_private_schema.caseloads_teammemberevent (
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    pgh_id bigint NOT NULL,
    id uuid NOT NULL,
    name character varying(150) NOT NULL,
    institution character varying(150) NOT NULL,
    contact character varying(150) NOT NULL,
    profession character varying(13) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    case_id uuid NOT NULL,
    colleague_id uuid,
    pgh_obj_id uuid NOT NULL
);
ALTER TABLE halka_private_schema.caseloads_teammemberevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.caseloads_teammemberevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.caseloads_vulnerabilitychoice (
    id uuid NOT NULL,
    key character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT caseloads_vulnerabilitychoice_position_check CHECK (("position" >= 0))
);
CREATE TABLE halka_private_schema.contributions_contribution (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    language character varying(5) NOT NULL,
    state character varying(9) NOT NULL,
    "values" bytea NOT NULL,
    decisions bytea NOT NULL,
    as_member boolean NOT NULL,
    said bytea NOT NULL,
    round smallint NOT NULL,
    submission uuid,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    offered_at timestamp with time zone,
    released_at timestamp with time zone,
    version integer NOT NULL,
    author_id uuid,
    released_by_id uuid,
    "group" uuid,
    CONSTRAINT contribution_left CHECK (((NOT ((state)::text = ANY (ARRAY[('released'::character varying)::text, ('withdrawn'::character varying)::text]))) OR (submission IS NOT NULL))),
    CONSTRAINT contribution_released CHECK ((((released_at IS NULL) AND (round = 0) AND (submission IS NULL)) OR ((released_at IS NOT NULL) AND (round > 0) AND (submission IS NOT NULL)))),
    CONSTRAINT contributions_contribution_round_check CHECK ((round >= 0)),
    CONSTRAINT contributions_contribution_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE halka_private_schema.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME halka_private_schema.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE halka_private_schema.integrations_attempt (
    id uuid NOT NULL,
    number smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    milliseconds integer,
    status smallint,
    failure character varying(11) NOT NULL,
    delivery_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    CONSTRAINT integrations_attempt_milliseconds_check CHECK ((milliseconds >= 0)),
    CONSTRAINT integrations_attempt_number_check CHECK ((number >= 0)),
    CONSTRAINT integrations_attempt_status_check CHECK ((status >= 0))
);
CREATE TABLE halka_private_schema.integrations_delivery (
    id uuid NOT NULL,
    lane uuid NOT NULL,
    state character varying(9) NOT NULL,
    attempts smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    gives_up_at timestamp with time zone NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    number bigint,
    CONSTRAINT delivery_done_at CHECK ((((done_at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (done_at IS NOT NULL) AND (lease IS NULL)))),
    CONSTRAINT delivery_leased_until CHECK ((((lease IS NULL) AND (leased_until IS NULL)) OR ((lease IS NOT NULL) AND (leased_until IS NOT NULL)))),
    CONSTRAINT integrations_delivery_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE halka_private_schema.integrations_endpoint (
    id uuid NOT NULL,
    url bytea NOT NULL,
    host character varying(260) NOT NULL,
    description character varying(120) NOT NULL,
    types jsonb NOT NULL,
    state character varying(8) NOT NULL,
    failures integer NOT NULL,
    failing_since timestamp with time zone,
    quiet_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT endpoint_failing_since CHECK ((((failing_since IS NULL) AND (failures = 0)) OR ((failing_since IS NOT NULL) AND (failures > 0)))),
    CONSTRAINT endpoint_removed_is_not_active CHECK (((removed_at IS NULL) OR (NOT ((state)::text = 'active'::text)))),
    CONSTRAINT integrations_endpoint_failures_check CHECK ((failures >= 0)),
    CONSTRAINT integrations_endpoint_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.integrations_endpointsecret (
    id uuid NOT NULL,
    secret bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    endpoint_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.integrations_event (
    id uuid NOT NULL,
    number bigint,
    type character varying(40) NOT NULL,
    referral_id uuid,
    envelope_id uuid,
    source_id uuid NOT NULL,
    data jsonb NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE halka_private_schema.integrations_eventcounter (
    id smallint NOT NULL,
    last bigint NOT NULL
);
CREATE TABLE halka_private_schema.integrations_idempotentanswer (
    id uuid NOT NULL,
    key_hash character varying(64) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    answer bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE halka_private_schema.learning_adoptedcurriculum (
    id uuid NOT NULL,
    standard integer NOT NULL,
    base uuid NOT NULL,
    number smallint NOT NULL,
    title character varying(255) NOT NULL,
    language character varying(5) NOT NULL,
    adopted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    adopted_by_id uuid,
    CONSTRAINT learning_adoptedcurriculum_number_check CHECK ((number >= 0)),
    CONSTRAINT learning_adoptedcurriculum_standard_check CHECK ((standard >= 0))
);
CREATE TABLE halka_private_schema.learning_adoptedmodule (
    id uuid NOT NULL,
    title character varying(150) NOT NULL,
    summary text NOT NULL,
    dimension character varying(16) NOT NULL,
    outcomes text[] NOT NULL,
    "position" smallint NOT NULL,
    key character varying(60) NOT NULL,
    base uuid,
    version integer NOT NULL,
    curriculum_id uuid NOT NULL,
    CONSTRAINT learning_adoptedmodule_position_check CHECK (("position" >= 0)),
    CONSTRAINT learning_adoptedmodule_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.learning_adoptedunit (
    id uuid NOT NULL,
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
    sheet_title character varying(150) NOT NULL,
    sheet_instructions text NOT NULL,
    sheet_lines text[] NOT NULL,
    "position" smallint NOT NULL,
    key character varying(60) NOT NULL,
    base uuid,
    is_left_out boolean NOT NULL,
    is_rewritten boolean NOT NULL,
    exercises jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    curriculum_id uuid NOT NULL,
    module_id uuid NOT NULL,
    CONSTRAINT learning_adoptedunit_position_check CHECK (("position" >= 0)),
    CONSTRAINT learning_adoptedunit_version_check CHECK ((version >= 0)),
    CONSTRAINT learning_own_unit_taught CHECK (((base IS NOT NULL) OR (NOT is_left_out))),
    CONSTRAINT learning_unit_hours CHECK (((theory_hours >= (0)::numeric) AND (practice_hours >= (0)::numeric)))
);
CREATE TABLE halka_private_schema.learning_attendance (
    id uuid NOT NULL,
    came character varying(7) NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    client_id uuid NOT NULL,
    noted_by_id uuid,
    session_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.learning_calendarfeed (
    id uuid NOT NULL,
    token_hash character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    colleague_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.learning_group (
    id uuid NOT NULL,
    base uuid NOT NULL,
    name character varying(100) NOT NULL,
    room character varying(100) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    places smallint,
    share smallint NOT NULL,
    ended_at timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    curriculum_id uuid NOT NULL,
    facilitator_id uuid,
    made_by_id uuid,
    second_facilitator_id uuid,
    CONSTRAINT learning_group_ends_later CHECK (((ends_on IS NULL) OR (ends_on >= starts_on))),
    CONSTRAINT learning_group_places_check CHECK ((places >= 0)),
    CONSTRAINT learning_group_share CHECK (((share >= 1) AND (share <= 100))),
    CONSTRAINT learning_group_share_check CHECK ((share >= 0)),
    CONSTRAINT learning_group_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.learning_participant (
    id uuid NOT NULL,
    state character varying(8) NOT NULL,
    since timestamp with time zone NOT NULL,
    enrolled_on date,
    left_on date,
    added_by_id uuid,
    client_id uuid NOT NULL,
    group_id uuid NOT NULL,
    CONSTRAINT learning_left_on_a_day CHECK ((((left_on IS NOT NULL) AND ((state)::text = 'left'::text)) OR ((NOT ((state)::text = 'left'::text)) AND (left_on IS NULL))))
);
CREATE TABLE halka_private_schema.learning_plannedunit (
    id uuid NOT NULL,
    title character varying(150) NOT NULL,
    language character varying(5) NOT NULL,
    dimension character varying(16) NOT NULL,
    "position" smallint NOT NULL,
    state character varying(9) NOT NULL,
    why jsonb NOT NULL,
    note bytea NOT NULL,
    begun_on date,
    done_on date,
    added_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    client_id uuid NOT NULL,
    unit_id uuid,
    CONSTRAINT learning_done_on_a_day CHECK ((((done_on IS NOT NULL) AND ((state)::text = 'done'::text)) OR ((NOT ((state)::text = 'done'::text)) AND (done_on IS NULL)))),
    CONSTRAINT learning_plannedunit_position_check CHECK (("position" >= 0)),
    CONSTRAINT learning_plannedunit_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.learning_session (
    id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    room character varying(100) NOT NULL,
    cancelled_at timestamp with time zone,
    cancelled_why character varying(200) NOT NULL,
    noted_at timestamp with time zone,
    attendance_version integer NOT NULL,
    version integer NOT NULL,
    changed_by_id uuid,
    client_id uuid,
    facilitator_id uuid,
    group_id uuid,
    made_by_id uuid,
    noted_by_id uuid,
    CONSTRAINT learning_session_attendance_version_check CHECK ((attendance_version >= 0)),
    CONSTRAINT learning_session_ends_later CHECK ((ends_at > starts_at)),
    CONSTRAINT learning_session_of_somebody CHECK (((group_id IS NOT NULL) OR (client_id IS NOT NULL))),
    CONSTRAINT learning_session_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.learning_sessionunit (
    id uuid NOT NULL,
    title character varying(150) NOT NULL,
    "position" smallint NOT NULL,
    session_id uuid NOT NULL,
    unit_id uuid,
    CONSTRAINT learning_sessionunit_position_check CHECK (("position" >= 0))
);
CREATE TABLE halka_private_schema.learning_settlement (
    id uuid NOT NULL,
    key character varying(60) NOT NULL,
    title character varying(150) NOT NULL,
    is_module boolean NOT NULL,
    how character varying(8) NOT NULL,
    number smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid,
    curriculum_id uuid NOT NULL,
    CONSTRAINT learning_settlement_number_check CHECK ((number >= 0))
);
CREATE TABLE halka_private_schema.mergers_mergedrecord (
    id uuid NOT NULL,
    direction character varying(3) NOT NULL,
    came_from uuid,
    written bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    client_id uuid,
    merger_id uuid NOT NULL,
    CONSTRAINT merged_record_came_from_there CHECK ((((came_from IS NOT NULL) AND ((direction)::text = 'in'::text)) OR ((came_from IS NULL) AND ((direction)::text = 'out'::text))))
);
CREATE TABLE halka_private_schema.referrals_access (
    id uuid NOT NULL,
    direction character varying(3) NOT NULL,
    named bytea NOT NULL,
    note bytea NOT NULL,
    asked jsonb NOT NULL,
    granted jsonb NOT NULL,
    "values" bytea NOT NULL,
    read_at timestamp with time zone,
    erased_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    client_id uuid,
    consent_id uuid,
    match_id uuid,
    other_id uuid NOT NULL,
    owner_id uuid,
    referral_id uuid,
    shared_id uuid NOT NULL,
    CONSTRAINT access_about_client CHECK ((((direction)::text = 'in'::text) OR (client_id IS NOT NULL)))
);
CREATE TABLE halka_private_schema.referrals_accessstep (
    id uuid NOT NULL,
    event uuid NOT NULL,
    type character varying(12) NOT NULL,
    side character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    note bytea NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    access_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.referrals_answerlink (
    id uuid NOT NULL,
    purpose character varying(8) NOT NULL,
    token_hash character varying(64) NOT NULL,
    code bytea NOT NULL,
    tries smallint NOT NULL,
    by_name character varying(150) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    ended_at timestamp with time zone,
    referral_id uuid NOT NULL,
    CONSTRAINT answer_link_code CHECK ((((purpose)::text = 'told'::text) OR (code = '\x'::bytea))),
    CONSTRAINT referrals_answerlink_tries_check CHECK ((tries >= 0))
);
CREATE TABLE halka_private_schema.referrals_enclosure (
    id uuid NOT NULL,
    ours boolean NOT NULL,
    by_name character varying(150) NOT NULL,
    title bytea NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    audience character varying(13) NOT NULL,
    file character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    by_id uuid,
    consent_id uuid,
    document_id uuid,
    referral_id uuid NOT NULL,
    CONSTRAINT enclosure_covered CHECK ((((consent_id IS NULL) AND (NOT ours)) OR ((consent_id IS NOT NULL) AND ((file)::text = ''::text) AND ours))),
    CONSTRAINT referrals_enclosure_size_check CHECK ((size >= 0))
);
CREATE TABLE halka_private_schema.referrals_match (
    id uuid NOT NULL,
    side uuid NOT NULL,
    likeness character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    agreed boolean,
    answered_at timestamp with time zone,
    other_name character varying(150) NOT NULL,
    other_email character varying(254) NOT NULL,
    revealed_at timestamp with time zone,
    answered_by_id uuid,
    client_id uuid NOT NULL,
    other_id uuid,
    CONSTRAINT match_revealed_to_both CHECK ((((other_id IS NOT NULL) AND (revealed_at IS NOT NULL) AND ((state)::text = 'revealed'::text)) OR ((NOT ((state)::text = 'revealed'::text)) AND (other_id IS NULL) AND ((other_email)::text = ''::text) AND ((other_name)::text = ''::text) AND (revealed_at IS NULL))))
);
CREATE TABLE halka_private_schema.referrals_message (
    id uuid NOT NULL,
    ours boolean NOT NULL,
    by_name character varying(150) NOT NULL,
    text bytea NOT NULL,
    language character varying(5) NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    by_id uuid,
    referral_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.referrals_participation (
    id uuid NOT NULL,
    number smallint NOT NULL,
    takes_part boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id uuid,
    CONSTRAINT participation_one_row CHECK ((number = 1)),
    CONSTRAINT referrals_participation_number_check CHECK ((number >= 0))
);
CREATE TABLE halka_private_schema.referrals_presence (
    id uuid NOT NULL,
    person uuid NOT NULL,
    signs character varying(32) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    client_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.referrals_referral (
    id uuid NOT NULL,
    direction character varying(3) NOT NULL,
    urgency character varying(8) NOT NULL,
    area character varying(80) NOT NULL,
    disclosed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    client_id uuid,
    consent_id uuid,
    envelope_id uuid NOT NULL,
    other_id uuid NOT NULL,
    owner_id uuid,
    need bytea CONSTRAINT referrals_referral_need_not_null1 NOT NULL,
    disclosed bytea CONSTRAINT referrals_referral_disclosed_not_null1 NOT NULL,
    case_id uuid,
    distance jsonb NOT NULL,
    left_out jsonb NOT NULL,
    made_client boolean NOT NULL,
    names_person boolean NOT NULL,
    parent_id uuid,
    purged_at timestamp with time zone,
    restricted_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT referral_sent_for_client CHECK ((((direction)::text = 'in'::text) OR (client_id IS NOT NULL))),
    CONSTRAINT referrals_referral_version_check CHECK ((version >= 0))
);
CREATE TABLE halka_private_schema.referrals_step (
    id uuid NOT NULL,
    reason character varying(20) NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    referral_id uuid NOT NULL,
    event uuid NOT NULL,
    note bytea NOT NULL,
    side character varying(12) NOT NULL,
    type character varying(16) NOT NULL
);
CREATE TABLE halka_private_schema.referrals_transfer (
    id uuid NOT NULL,
    direction character varying(3) NOT NULL,
    note bytea NOT NULL,
    scopes jsonb NOT NULL,
    parts jsonb NOT NULL,
    record bytea NOT NULL,
    handed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    case_id uuid,
    client_id uuid,
    consent_id uuid,
    other_id uuid NOT NULL,
    owner_id uuid,
    shared_id uuid NOT NULL,
    CONSTRAINT transfer_of_client CHECK ((((direction)::text = 'in'::text) OR (client_id IS NOT NULL)))
);
CREATE TABLE halka_private_schema.referrals_transferstep (
    id uuid NOT NULL,
    event uuid NOT NULL,
    type character varying(12) NOT NULL,
    side character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    note bytea NOT NULL,
    by_name character varying(150) NOT NULL,
    at timestamp with time zone NOT NULL,
    transfer_id uuid NOT NULL
);
CREATE TABLE halka_private_schema.relocations_relocation (
    id uuid NOT NULL,
    direction character varying(3) NOT NULL,
    need bytea NOT NULL,
    area character varying(80) NOT NULL,
    counts jsonb NOT NULL,
    note bytea NOT NULL,
    answer bytea NOT NULL,
    undo_note bytea NOT NULL,
    loses boolean NOT NULL,
    written bytea NOT NULL,
    told_version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    client_id uuid,
    consent_id uuid,
    other_id uuid NOT NULL,
    owner_id uuid,
    shared_id uuid NOT NULL,
    CONSTRAINT relocation_consent_of_sender CHECK ((((direction)::text = 'out'::text) OR (consent_id IS NULL))),
    CONSTRAINT relocations_relocation_told_version_check CHECK ((told_version >= 0))
);
INSERT INTO halka_private_schema.django_migrations VALUES
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
INSERT INTO halka_private_schema.django_migrations VALUES
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
SELECT pg_catalog.setval('halka_private_schema.caseloads_caseevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_clientevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_consentevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_exitevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_followupevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_goalevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_planevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_programmeevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_retentionruleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_scaleevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_stepevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.caseloads_teammemberevent_pgh_id_seq', 1, false);
SELECT pg_catalog.setval('halka_private_schema.django_migrations_id_seq', 317, true);
ALTER TABLE ONLY halka_private_schema.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.audit_link
    ADD CONSTRAINT audit_link_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY halka_private_schema.audit_link
    ADD CONSTRAINT audit_link_pkey PRIMARY KEY (number);
ALTER TABLE ONLY halka_private_schema.caseloads_assessment
    ADD CONSTRAINT caseloads_assessment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_case
    ADD CONSTRAINT caseloads_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_caseevent
    ADD CONSTRAINT caseloads_caseevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_client
    ADD CONSTRAINT caseloads_client_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_clientevent
    ADD CONSTRAINT caseloads_clientevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_columnmapping
    ADD CONSTRAINT caseloads_columnmapping_headings_key UNIQUE (headings);
ALTER TABLE ONLY halka_private_schema.caseloads_columnmapping
    ADD CONSTRAINT caseloads_columnmapping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_consent
    ADD CONSTRAINT caseloads_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_consentevent
    ADD CONSTRAINT caseloads_consentevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_consentoffer
    ADD CONSTRAINT caseloads_consentoffer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_correction
    ADD CONSTRAINT caseloads_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_document
    ADD CONSTRAINT caseloads_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_draft
    ADD CONSTRAINT caseloads_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_emergencyaccess
    ADD CONSTRAINT caseloads_emergencyaccess_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_erasure
    ADD CONSTRAINT caseloads_erasure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_exit
    ADD CONSTRAINT caseloads_exit_case_id_key UNIQUE (case_id);
ALTER TABLE ONLY halka_private_schema.caseloads_exit
    ADD CONSTRAINT caseloads_exit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_exitevent
    ADD CONSTRAINT caseloads_exitevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_experience
    ADD CONSTRAINT caseloads_experience_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_finding
    ADD CONSTRAINT caseloads_finding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_followup
    ADD CONSTRAINT caseloads_followup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_followupevent
    ADD CONSTRAINT caseloads_followupevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_goal
    ADD CONSTRAINT caseloads_goal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_goalevent
    ADD CONSTRAINT caseloads_goalevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_job
    ADD CONSTRAINT caseloads_job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_journalentry
    ADD CONSTRAINT caseloads_journalentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_journalhabit
    ADD CONSTRAINT caseloads_journalhabit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_keptfigure
    ADD CONSTRAINT caseloads_keptfigure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_mention
    ADD CONSTRAINT caseloads_mention_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_merge
    ADD CONSTRAINT caseloads_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_personallink
    ADD CONSTRAINT caseloads_personallink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_personallink
    ADD CONSTRAINT caseloads_personallink_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY halka_private_schema.caseloads_plan
    ADD CONSTRAINT caseloads_plan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_planevent
    ADD CONSTRAINT caseloads_planevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_programme
    ADD CONSTRAINT caseloads_programme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_programmeevent
    ADD CONSTRAINT caseloads_programmeevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_retentionrule
    ADD CONSTRAINT caseloads_retentionrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_retentionrule
    ADD CONSTRAINT caseloads_retentionrule_scope_key UNIQUE (scope);
ALTER TABLE ONLY halka_private_schema.caseloads_retentionruleevent
    ADD CONSTRAINT caseloads_retentionruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_savedlist
    ADD CONSTRAINT caseloads_savedlist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_scale
    ADD CONSTRAINT caseloads_scale_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_scaleevent
    ADD CONSTRAINT caseloads_scaleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_step
    ADD CONSTRAINT caseloads_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_stepevent
    ADD CONSTRAINT caseloads_stepevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_target
    ADD CONSTRAINT caseloads_target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_task
    ADD CONSTRAINT caseloads_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_teammember
    ADD CONSTRAINT caseloads_teammember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_teammemberevent
    ADD CONSTRAINT caseloads_teammemberevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY halka_private_schema.caseloads_vulnerabilitychoice
    ADD CONSTRAINT caseloads_vulnerabilitychoice_key_key UNIQUE (key);
ALTER TABLE ONLY halka_private_schema.caseloads_vulnerabilitychoice
    ADD CONSTRAINT caseloads_vulnerabilitychoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.contributions_contribution
    ADD CONSTRAINT contributions_contribution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_delivery
    ADD CONSTRAINT delivery_once UNIQUE (event_id, endpoint_id);
ALTER TABLE ONLY halka_private_schema.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_draft
    ADD CONSTRAINT draft_once UNIQUE (colleague_id, form);
ALTER TABLE ONLY halka_private_schema.integrations_event
    ADD CONSTRAINT event_noted_once UNIQUE (source_id, type);
ALTER TABLE ONLY halka_private_schema.caseloads_followup
    ADD CONSTRAINT follow_up_once UNIQUE (exit_id, months);
ALTER TABLE ONLY halka_private_schema.integrations_attempt
    ADD CONSTRAINT integrations_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_delivery
    ADD CONSTRAINT integrations_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_endpoint
    ADD CONSTRAINT integrations_endpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_endpointsecret
    ADD CONSTRAINT integrations_endpointsecret_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_event
    ADD CONSTRAINT integrations_event_number_key UNIQUE (number);
ALTER TABLE ONLY halka_private_schema.integrations_event
    ADD CONSTRAINT integrations_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_eventcounter
    ADD CONSTRAINT integrations_eventcounter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.integrations_idempotentanswer
    ADD CONSTRAINT integrations_idempotentanswer_key_hash_key UNIQUE (key_hash);
ALTER TABLE ONLY halka_private_schema.integrations_idempotentanswer
    ADD CONSTRAINT integrations_idempotentanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.caseloads_journalhabit
    ADD CONSTRAINT journal_habit_once UNIQUE (colleague_id);
ALTER TABLE ONLY halka_private_schema.caseloads_keptfigure
    ADD CONSTRAINT kept_figure_once UNIQUE (programme_id, measure);
ALTER TABLE ONLY halka_private_schema.learning_adoptedcurriculum
    ADD CONSTRAINT learning_adoptedcurriculum_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_adoptedmodule
    ADD CONSTRAINT learning_adoptedmodule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_adoptedunit
    ADD CONSTRAINT learning_adoptedunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_attendance
    ADD CONSTRAINT learning_attendance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_calendarfeed
    ADD CONSTRAINT learning_calendarfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_calendarfeed
    ADD CONSTRAINT learning_calendarfeed_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY halka_private_schema.learning_attendance
    ADD CONSTRAINT learning_came_once UNIQUE (session_id, client_id);
ALTER TABLE ONLY halka_private_schema.learning_group
    ADD CONSTRAINT learning_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_adoptedmodule
    ADD CONSTRAINT learning_module_key_once UNIQUE (curriculum_id, key);
ALTER TABLE ONLY halka_private_schema.learning_participant
    ADD CONSTRAINT learning_participant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_participant
    ADD CONSTRAINT learning_place_once UNIQUE (group_id, client_id);
ALTER TABLE ONLY halka_private_schema.learning_plannedunit
    ADD CONSTRAINT learning_plannedunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_session
    ADD CONSTRAINT learning_session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_sessionunit
    ADD CONSTRAINT learning_sessionunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_settlement
    ADD CONSTRAINT learning_settlement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.learning_adoptedunit
    ADD CONSTRAINT learning_unit_key_once UNIQUE (curriculum_id, key);
ALTER TABLE ONLY halka_private_schema.caseloads_mention
    ADD CONSTRAINT mention_once UNIQUE (entry_id, colleague_id);
ALTER TABLE ONLY halka_private_schema.mergers_mergedrecord
    ADD CONSTRAINT mergers_mergedrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_shared_id_key UNIQUE (shared_id);
ALTER TABLE ONLY halka_private_schema.referrals_accessstep
    ADD CONSTRAINT referrals_accessstep_event_key UNIQUE (event);
ALTER TABLE ONLY halka_private_schema.referrals_accessstep
    ADD CONSTRAINT referrals_accessstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_answerlink
    ADD CONSTRAINT referrals_answerlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_enclosure
    ADD CONSTRAINT referrals_enclosure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_match
    ADD CONSTRAINT referrals_match_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_match
    ADD CONSTRAINT referrals_match_side_key UNIQUE (side);
ALTER TABLE ONLY halka_private_schema.referrals_message
    ADD CONSTRAINT referrals_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_participation
    ADD CONSTRAINT referrals_participation_number_key UNIQUE (number);
ALTER TABLE ONLY halka_private_schema.referrals_participation
    ADD CONSTRAINT referrals_participation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_presence
    ADD CONSTRAINT referrals_presence_client_id_key UNIQUE (client_id);
ALTER TABLE ONLY halka_private_schema.referrals_presence
    ADD CONSTRAINT referrals_presence_person_key UNIQUE (person);
ALTER TABLE ONLY halka_private_schema.referrals_presence
    ADD CONSTRAINT referrals_presence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_envelope_id_key UNIQUE (envelope_id);
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_step
    ADD CONSTRAINT referrals_step_event_111059a6_uniq UNIQUE (event);
ALTER TABLE ONLY halka_private_schema.referrals_step
    ADD CONSTRAINT referrals_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_transfer
    ADD CONSTRAINT referrals_transfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.referrals_transfer
    ADD CONSTRAINT referrals_transfer_shared_id_key UNIQUE (shared_id);
ALTER TABLE ONLY halka_private_schema.referrals_transferstep
    ADD CONSTRAINT referrals_transferstep_event_key UNIQUE (event);
ALTER TABLE ONLY halka_private_schema.referrals_transferstep
    ADD CONSTRAINT referrals_transferstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.relocations_relocation
    ADD CONSTRAINT relocations_relocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY halka_private_schema.relocations_relocation
    ADD CONSTRAINT relocations_relocation_shared_id_key UNIQUE (shared_id);
ALTER TABLE ONLY halka_private_schema.caseloads_savedlist
    ADD CONSTRAINT saved_list_once UNIQUE (colleague_id, name);
ALTER TABLE ONLY halka_private_schema.caseloads_scale
    ADD CONSTRAINT scale_version_once UNIQUE (family, number);
ALTER TABLE ONLY halka_private_schema.caseloads_target
    ADD CONSTRAINT target_once UNIQUE (programme_id, measure);
CREATE UNIQUE INDEX answer_link_token ON halka_private_schema.referrals_answerlink USING btree (token_hash) WHERE (NOT ((token_hash)::text = ''::text));
CREATE INDEX answer_oldest ON halka_private_schema.integrations_idempotentanswer USING btree (created_at);
CREATE INDEX assessment_of_client ON halka_private_schema.caseloads_assessment USING btree (client_id, "on");
CREATE INDEX attempt_newest ON halka_private_schema.integrations_attempt USING btree (endpoint_id, id DESC);
CREATE INDEX attempt_oldest ON halka_private_schema.integrations_attempt USING btree (at);
CREATE INDEX case_history ON halka_private_schema.caseloads_caseevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX case_history_of ON halka_private_schema.caseloads_caseevent USING btree (client_id, pgh_created_at DESC);
CREATE INDEX case_of_programme ON halka_private_schema.caseloads_case USING btree (programme_id, closed_on, client_id);
CREATE UNIQUE INDEX case_open_once ON halka_private_schema.caseloads_case USING btree (client_id, programme_id) WHERE (closed_on IS NULL);
CREATE INDEX caseloads_assessment_case_id_8d781bf5 ON halka_private_schema.caseloads_assessment USING btree (case_id);
CREATE INDEX caseloads_assessment_client_id_f5d92eca ON halka_private_schema.caseloads_assessment USING btree (client_id);
CREATE INDEX caseloads_assessment_scale_id_9927bd34 ON halka_private_schema.caseloads_assessment USING btree (scale_id);
CREATE INDEX caseloads_case_client_id_fdf205f1 ON halka_private_schema.caseloads_case USING btree (client_id);
CREATE INDEX caseloads_case_consent_id_07433b5a ON halka_private_schema.caseloads_case USING btree (consent_id);
CREATE INDEX caseloads_case_programme_id_b071084c ON halka_private_schema.caseloads_case USING btree (programme_id);
CREATE INDEX caseloads_client_merged_into_id_87f9084e ON halka_private_schema.caseloads_client USING btree (merged_into_id);
CREATE INDEX caseloads_columnmapping_headings_447e3255_like ON halka_private_schema.caseloads_columnmapping USING btree (headings varchar_pattern_ops);
CREATE INDEX caseloads_consent_client_id_f5b763b5 ON halka_private_schema.caseloads_consent USING btree (client_id);
CREATE INDEX caseloads_consentoffer_client_id_c8cacf40 ON halka_private_schema.caseloads_consentoffer USING btree (client_id);
CREATE INDEX caseloads_consentoffer_replaces_id_23efa4c3 ON halka_private_schema.caseloads_consentoffer USING btree (replaces_id);
CREATE INDEX caseloads_correction_client_id_138adb04 ON halka_private_schema.caseloads_correction USING btree (client_id);
CREATE INDEX caseloads_document_client_id_1648de31 ON halka_private_schema.caseloads_document USING btree (client_id);
CREATE INDEX caseloads_document_entry_id_a458733c ON halka_private_schema.caseloads_document USING btree (entry_id);
CREATE INDEX caseloads_emergencyaccess_client_id_f2cf980b ON halka_private_schema.caseloads_emergencyaccess USING btree (client_id);
CREATE INDEX caseloads_experience_client_id_f018981e ON halka_private_schema.caseloads_experience USING btree (client_id);
CREATE INDEX caseloads_finding_client_id_90e26630 ON halka_private_schema.caseloads_finding USING btree (client_id);
CREATE INDEX caseloads_followup_exit_id_9af624b3 ON halka_private_schema.caseloads_followup USING btree (exit_id);
CREATE INDEX caseloads_goal_plan_id_df44e25c ON halka_private_schema.caseloads_goal USING btree (plan_id);
CREATE INDEX caseloads_goal_scale_id_f4e682dc ON halka_private_schema.caseloads_goal USING btree (scale_id);
CREATE INDEX caseloads_keptfigure_programme_id_153a8f5c ON halka_private_schema.caseloads_keptfigure USING btree (programme_id);
CREATE INDEX caseloads_mention_entry_id_8b05c4a4 ON halka_private_schema.caseloads_mention USING btree (entry_id);
CREATE INDEX caseloads_merge_absorbed_id_83b0f9e8 ON halka_private_schema.caseloads_merge USING btree (absorbed_id);
CREATE INDEX caseloads_merge_kept_id_66789f09 ON halka_private_schema.caseloads_merge USING btree (kept_id);
CREATE INDEX caseloads_personallink_client_id_0836d75a ON halka_private_schema.caseloads_personallink USING btree (client_id);
CREATE INDEX caseloads_personallink_token_hash_4ed57ad1_like ON halka_private_schema.caseloads_personallink USING btree (token_hash varchar_pattern_ops);
CREATE INDEX caseloads_plan_case_id_7f8163eb ON halka_private_schema.caseloads_plan USING btree (case_id);
CREATE INDEX caseloads_retentionrule_scope_6516a850_like ON halka_private_schema.caseloads_retentionrule USING btree (scope varchar_pattern_ops);
CREATE INDEX caseloads_step_goal_id_14927305 ON halka_private_schema.caseloads_step USING btree (goal_id);
CREATE INDEX caseloads_target_programme_id_a2f6c134 ON halka_private_schema.caseloads_target USING btree (programme_id);
CREATE INDEX caseloads_task_client_id_5506cd67 ON halka_private_schema.caseloads_task USING btree (client_id);
CREATE INDEX caseloads_task_entry_id_803c3254 ON halka_private_schema.caseloads_task USING btree (entry_id);
CREATE INDEX caseloads_teammember_case_id_ce941842 ON halka_private_schema.caseloads_teammember USING btree (case_id);
CREATE INDEX caseloads_vulnerabilitychoice_key_853ee566_like ON halka_private_schema.caseloads_vulnerabilitychoice USING btree (key varchar_pattern_ops);
CREATE INDEX client_changed_last ON halka_private_schema.caseloads_client USING btree (changed_at DESC);
CREATE INDEX client_history ON halka_private_schema.caseloads_clientevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX client_list ON halka_private_schema.caseloads_client USING btree (sort_key, id) WHERE (merged_into_id IS NULL);
CREATE INDEX client_list_by_age ON halka_private_schema.caseloads_client USING btree (created_at, id) WHERE (merged_into_id IS NULL);
CREATE INDEX client_list_by_contact ON halka_private_schema.caseloads_client USING btree (COALESCE(last_contact_on, '0001-01-01'::date), id) WHERE (merged_into_id IS NULL);
CREATE INDEX client_list_of_colleague ON halka_private_schema.caseloads_client USING btree (assigned_to_id, sort_key, id) WHERE (merged_into_id IS NULL);
CREATE INDEX client_name_fragment ON halka_private_schema.caseloads_client USING gin (search_key public.gin_trgm_ops);
CREATE INDEX client_national_number ON halka_private_schema.caseloads_client USING btree (national_number_index);
CREATE INDEX client_not_seen ON halka_private_schema.caseloads_client USING btree (assigned_to_id, last_contact_on) WHERE (merged_into_id IS NULL);
CREATE UNIQUE INDEX client_reference_once ON halka_private_schema.caseloads_client USING btree (reference) WHERE ((NOT ((reference)::text = ''::text)) AND (merged_into_id IS NULL) AND (restricted_at IS NULL));
CREATE INDEX client_vulnerabilities ON halka_private_schema.caseloads_client USING gin (vulnerabilities);
CREATE INDEX consent_history ON halka_private_schema.caseloads_consentevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX consent_history_of ON halka_private_schema.caseloads_consentevent USING btree (client_id, pgh_created_at DESC);
CREATE INDEX consent_lapsing ON halka_private_schema.caseloads_consent USING btree (expires_on) WHERE (withdrawn_at IS NULL);
CREATE INDEX consent_withdrawn ON halka_private_schema.caseloads_consent USING btree (withdrawn_at) WHERE (withdrawn_at IS NOT NULL);
CREATE INDEX contribution_of_author ON halka_private_schema.contributions_contribution USING btree (author_id, id DESC);
CREATE INDEX contribution_waiting ON halka_private_schema.contributions_contribution USING btree (offered_at) WHERE ((state)::text = 'offered'::text);
CREATE INDEX correction_open ON halka_private_schema.caseloads_correction USING btree (asked_at) WHERE ((state)::text = 'asked'::text);
CREATE INDEX delivery_dead ON halka_private_schema.integrations_delivery USING btree (endpoint_id, id DESC) WHERE ((state)::text = 'dead'::text);
CREATE INDEX delivery_done ON halka_private_schema.integrations_delivery USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX delivery_due ON halka_private_schema.integrations_delivery USING btree (endpoint_id, due_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX delivery_leased ON halka_private_schema.integrations_delivery USING btree (endpoint_id) WHERE (lease IS NOT NULL);
CREATE INDEX delivery_new ON halka_private_schema.integrations_delivery USING btree (event_id) WHERE (number IS NULL);
CREATE INDEX delivery_next ON halka_private_schema.integrations_delivery USING btree (endpoint_id, number) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX draft_old ON halka_private_schema.caseloads_draft USING btree (saved_at);
CREATE INDEX emergency_of_colleague ON halka_private_schema.caseloads_emergencyaccess USING btree (colleague_id, client_id, until);
CREATE INDEX emergency_unreviewed ON halka_private_schema.caseloads_emergencyaccess USING btree (at) WHERE (reviewed_at IS NULL);
CREATE UNIQUE INDEX endpoint_one_current_secret ON halka_private_schema.integrations_endpointsecret USING btree (endpoint_id) WHERE (ends_at IS NULL);
CREATE INDEX entry_about ON halka_private_schema.audit_entry USING btree (about_id, at DESC);
CREATE INDEX entry_newest ON halka_private_schema.audit_entry USING btree (at DESC, id DESC);
CREATE INDEX entry_of_action ON halka_private_schema.audit_entry USING btree (action, at DESC);
CREATE INDEX entry_of_actor ON halka_private_schema.audit_entry USING btree (actor_user_id, at DESC);
CREATE INDEX entry_of_record ON halka_private_schema.audit_entry USING btree (target_model, target_id, at DESC);
CREATE INDEX erasure_reference ON halka_private_schema.caseloads_erasure USING btree (reference);
CREATE INDEX event_of_type ON halka_private_schema.integrations_event USING btree (type, number);
CREATE INDEX event_oldest ON halka_private_schema.integrations_event USING btree (at);
CREATE INDEX exit_history ON halka_private_schema.caseloads_exitevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX exit_history_of ON halka_private_schema.caseloads_exitevent USING btree (case_id, pgh_created_at DESC);
CREATE INDEX follow_up_due ON halka_private_schema.caseloads_followup USING btree (due_on) WHERE (done_on IS NULL);
CREATE INDEX followup_history ON halka_private_schema.caseloads_followupevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX followup_history_of ON halka_private_schema.caseloads_followupevent USING btree (exit_id, pgh_created_at DESC);
CREATE INDEX goal_history ON halka_private_schema.caseloads_goalevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX goal_history_of ON halka_private_schema.caseloads_goalevent USING btree (plan_id, pgh_created_at DESC);
CREATE INDEX integrations_attempt_delivery_id_6229bb9d ON halka_private_schema.integrations_attempt USING btree (delivery_id);
CREATE INDEX integrations_attempt_endpoint_id_933a5aea ON halka_private_schema.integrations_attempt USING btree (endpoint_id);
CREATE INDEX integrations_delivery_endpoint_id_226afb88 ON halka_private_schema.integrations_delivery USING btree (endpoint_id);
CREATE INDEX integrations_delivery_event_id_ef0bc12f ON halka_private_schema.integrations_delivery USING btree (event_id);
CREATE INDEX integrations_endpointsecret_endpoint_id_d444cb8f ON halka_private_schema.integrations_endpointsecret USING btree (endpoint_id);
CREATE INDEX integrations_idempotentanswer_key_hash_51cc5b84_like ON halka_private_schema.integrations_idempotentanswer USING btree (key_hash varchar_pattern_ops);
CREATE INDEX job_expiry ON halka_private_schema.caseloads_job USING btree (expires_at);
CREATE INDEX job_of_colleague ON halka_private_schema.caseloads_job USING btree (owner_id, id DESC);
CREATE INDEX journal_corrections ON halka_private_schema.caseloads_journalentry USING btree (corrects_id) WHERE (corrects_id IS NOT NULL);
CREATE INDEX journal_of_client ON halka_private_schema.caseloads_journalentry USING btree (client_id, happened_at DESC, id DESC);
CREATE INDEX journal_small_wins ON halka_private_schema.caseloads_journalentry USING btree (case_id) WHERE ((kind)::text = 'small_win'::text);
CREATE INDEX journal_wins_of_all ON halka_private_schema.caseloads_journalentry USING btree (happened_at DESC, id DESC) WHERE ((kind)::text = 'small_win'::text);
CREATE INDEX journal_wins_of_client ON halka_private_schema.caseloads_journalentry USING btree (client_id, happened_at DESC, id DESC) WHERE ((kind)::text = 'small_win'::text);
CREATE UNIQUE INDEX learning_adopted_once ON halka_private_schema.learning_adoptedcurriculum USING btree (standard) WHERE (ended_at IS NULL);
CREATE INDEX learning_adoptedmodule_curriculum_id_784f6289 ON halka_private_schema.learning_adoptedmodule USING btree (curriculum_id);
CREATE INDEX learning_adoptedunit_curriculum_id_d539d924 ON halka_private_schema.learning_adoptedunit USING btree (curriculum_id);
CREATE INDEX learning_adoptedunit_module_id_783caaa5 ON halka_private_schema.learning_adoptedunit USING btree (module_id);
CREATE INDEX learning_attendance_client_id_8ad20d13 ON halka_private_schema.learning_attendance USING btree (client_id);
CREATE INDEX learning_attendance_session_id_96dbc331 ON halka_private_schema.learning_attendance USING btree (session_id);
CREATE INDEX learning_calendar ON halka_private_schema.learning_session USING btree (starts_at, id);
CREATE INDEX learning_calendarfeed_token_hash_7355eedb_like ON halka_private_schema.learning_calendarfeed USING btree (token_hash varchar_pattern_ops);
CREATE INDEX learning_group_curriculum_id_68fe041f ON halka_private_schema.learning_group USING btree (curriculum_id);
CREATE INDEX learning_group_list ON halka_private_schema.learning_group USING btree (starts_on DESC, id DESC);
CREATE UNIQUE INDEX learning_one_calendar_address ON halka_private_schema.learning_calendarfeed USING btree (colleague_id) WHERE (revoked_at IS NULL);
CREATE INDEX learning_participant_client_id_33832757 ON halka_private_schema.learning_participant USING btree (client_id);
CREATE INDEX learning_participant_group_id_f2864712 ON halka_private_schema.learning_participant USING btree (group_id);
CREATE INDEX learning_plannedunit_client_id_67f6396b ON halka_private_schema.learning_plannedunit USING btree (client_id);
CREATE INDEX learning_plannedunit_unit_id_de700296 ON halka_private_schema.learning_plannedunit USING btree (unit_id);
CREATE INDEX learning_session_client_id_13ffd42c ON halka_private_schema.learning_session USING btree (client_id);
CREATE INDEX learning_session_group_id_08515f21 ON halka_private_schema.learning_session USING btree (group_id);
CREATE INDEX learning_sessionunit_session_id_b79c835b ON halka_private_schema.learning_sessionunit USING btree (session_id);
CREATE INDEX learning_sessionunit_unit_id_7007b5ec ON halka_private_schema.learning_sessionunit USING btree (unit_id);
CREATE INDEX learning_settled ON halka_private_schema.learning_settlement USING btree (curriculum_id, id DESC);
CREATE INDEX learning_settlement_curriculum_id_66765aa0 ON halka_private_schema.learning_settlement USING btree (curriculum_id);
CREATE INDEX match_unanswered ON halka_private_schema.referrals_match USING btree (found_at DESC) WHERE ((agreed IS NULL) AND ((state)::text = 'open'::text));
CREATE INDEX mention_unseen ON halka_private_schema.caseloads_mention USING btree (colleague_id, entry_id) WHERE (seen_at IS NULL);
CREATE UNIQUE INDEX merged_record_comes_once ON halka_private_schema.mergers_mergedrecord USING btree (merger_id, came_from) WHERE ((direction)::text = 'in'::text);
CREATE UNIQUE INDEX merged_record_goes_once ON halka_private_schema.mergers_mergedrecord USING btree (merger_id, client_id) WHERE ((direction)::text = 'out'::text);
CREATE INDEX merged_record_next ON halka_private_schema.mergers_mergedrecord USING btree (merger_id, direction, id);
CREATE INDEX mergers_mergedrecord_client_id_1a249f99 ON halka_private_schema.mergers_mergedrecord USING btree (client_id);
CREATE INDEX mergers_mergedrecord_merger_id_f66ed038 ON halka_private_schema.mergers_mergedrecord USING btree (merger_id);
CREATE INDEX message_thread ON halka_private_schema.referrals_message USING btree (referral_id, at);
CREATE INDEX message_unread ON halka_private_schema.referrals_message USING btree (referral_id) WHERE ((NOT ours) AND (read_at IS NULL));
CREATE UNIQUE INDEX plan_current_once ON halka_private_schema.caseloads_plan USING btree (case_id) WHERE (NOT ((state)::text = 'replaced'::text));
CREATE INDEX plan_history ON halka_private_schema.caseloads_planevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX plan_history_of ON halka_private_schema.caseloads_planevent USING btree (case_id, pgh_created_at DESC);
CREATE INDEX plan_review ON halka_private_schema.caseloads_plan USING btree (review_on) WHERE (NOT ((state)::text = 'replaced'::text));
CREATE INDEX programme_history ON halka_private_schema.caseloads_programmeevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX referral_list ON halka_private_schema.referrals_referral USING btree (direction, id DESC);
CREATE INDEX referrals_access_client_id_2014cd45 ON halka_private_schema.referrals_access USING btree (client_id);
CREATE INDEX referrals_access_consent_id_f0afb6d6 ON halka_private_schema.referrals_access USING btree (consent_id);
CREATE INDEX referrals_access_match_id_d6ad1c69 ON halka_private_schema.referrals_access USING btree (match_id);
CREATE INDEX referrals_access_referral_id_76f6dd23 ON halka_private_schema.referrals_access USING btree (referral_id);
CREATE INDEX referrals_accessstep_access_id_e07db31f ON halka_private_schema.referrals_accessstep USING btree (access_id);
CREATE INDEX referrals_answerlink_referral_id_b0238dbf ON halka_private_schema.referrals_answerlink USING btree (referral_id);
CREATE INDEX referrals_enclosure_consent_id_24563ca8 ON halka_private_schema.referrals_enclosure USING btree (consent_id);
CREATE INDEX referrals_enclosure_document_id_43ba3728 ON halka_private_schema.referrals_enclosure USING btree (document_id);
CREATE INDEX referrals_enclosure_referral_id_40c94582 ON halka_private_schema.referrals_enclosure USING btree (referral_id);
CREATE INDEX referrals_match_client_id_63453e41 ON halka_private_schema.referrals_match USING btree (client_id);
CREATE INDEX referrals_message_referral_id_34a216c3 ON halka_private_schema.referrals_message USING btree (referral_id);
CREATE INDEX referrals_referral_case_id_b6a3f342 ON halka_private_schema.referrals_referral USING btree (case_id);
CREATE INDEX referrals_referral_client_id_f9eaddd7 ON halka_private_schema.referrals_referral USING btree (client_id);
CREATE INDEX referrals_referral_consent_id_a69deb22 ON halka_private_schema.referrals_referral USING btree (consent_id);
CREATE INDEX referrals_referral_parent_id_82b3fd81 ON halka_private_schema.referrals_referral USING btree (parent_id);
CREATE INDEX referrals_step_referral_id_f6e97a21 ON halka_private_schema.referrals_step USING btree (referral_id);
CREATE INDEX referrals_transfer_case_id_0ed75ff2 ON halka_private_schema.referrals_transfer USING btree (case_id);
CREATE INDEX referrals_transfer_client_id_6a6ca102 ON halka_private_schema.referrals_transfer USING btree (client_id);
CREATE INDEX referrals_transfer_consent_id_37ae1ce0 ON halka_private_schema.referrals_transfer USING btree (consent_id);
CREATE INDEX referrals_transferstep_transfer_id_d38dc37e ON halka_private_schema.referrals_transferstep USING btree (transfer_id);
CREATE INDEX relocation_list ON halka_private_schema.relocations_relocation USING btree (direction, id DESC);
CREATE INDEX relocations_relocation_client_id_b7168e5f ON halka_private_schema.relocations_relocation USING btree (client_id);
CREATE INDEX relocations_relocation_consent_id_75b31d5a ON halka_private_schema.relocations_relocation USING btree (consent_id);
CREATE INDEX retentionrule_history ON halka_private_schema.caseloads_retentionruleevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX scale_history ON halka_private_schema.caseloads_scaleevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE UNIQUE INDEX scale_published_once ON halka_private_schema.caseloads_scale USING btree (family) WHERE ((state)::text = 'published'::text);
CREATE INDEX step_history ON halka_private_schema.caseloads_stepevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX step_history_of ON halka_private_schema.caseloads_stepevent USING btree (goal_id, pgh_created_at DESC);
CREATE INDEX step_open_of_colleague ON halka_private_schema.caseloads_step USING btree (colleague_id, due_on) WHERE (done_on IS NULL);
CREATE INDEX task_open_by_day ON halka_private_schema.caseloads_task USING btree (due_on) WHERE (done_at IS NULL);
CREATE INDEX task_open_of_colleague ON halka_private_schema.caseloads_task USING btree (assignee_id, due_on) WHERE (done_at IS NULL);
CREATE UNIQUE INDEX team_member_once ON halka_private_schema.caseloads_teammember USING btree (case_id, colleague_id) WHERE ((colleague_id IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX team_of_colleague ON halka_private_schema.caseloads_teammember USING btree (colleague_id, case_id) WHERE (ended_at IS NULL);
CREATE INDEX teammember_history ON halka_private_schema.caseloads_teammemberevent USING btree (pgh_obj_id, pgh_created_at DESC);
CREATE INDEX teammember_history_of ON halka_private_schema.caseloads_teammemberevent USING btree (case_id, pgh_created_at DESC);
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON halka_private_schema.audit_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_chain();
CREATE CONSTRAINT TRIGGER number_event AFTER INSERT ON halka_private_schema.integrations_event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.number_event();
CREATE TRIGGER pgtrigger_delete_delete_06f3f AFTER DELETE ON halka_private_schema.caseloads_retentionrule FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_06f3f();
CREATE TRIGGER pgtrigger_delete_delete_095d7 AFTER DELETE ON halka_private_schema.caseloads_client FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_095d7();
CREATE TRIGGER pgtrigger_delete_delete_11bc0 AFTER DELETE ON halka_private_schema.caseloads_consent FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_11bc0();
CREATE TRIGGER pgtrigger_delete_delete_2464f AFTER DELETE ON halka_private_schema.caseloads_goal FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_2464f();
CREATE TRIGGER pgtrigger_delete_delete_5033a AFTER DELETE ON halka_private_schema.caseloads_followup FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_5033a();
CREATE TRIGGER pgtrigger_delete_delete_71006 AFTER DELETE ON halka_private_schema.caseloads_teammember FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_71006();
CREATE TRIGGER pgtrigger_delete_delete_79dfb AFTER DELETE ON halka_private_schema.caseloads_plan FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_79dfb();
CREATE TRIGGER pgtrigger_delete_delete_8db34 AFTER DELETE ON halka_private_schema.caseloads_programme FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_8db34();
CREATE TRIGGER pgtrigger_delete_delete_ae410 AFTER DELETE ON halka_private_schema.caseloads_exit FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_ae410();
CREATE TRIGGER pgtrigger_delete_delete_c721a AFTER DELETE ON halka_private_schema.caseloads_scale FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_c721a();
CREATE TRIGGER pgtrigger_delete_delete_cb1c8 AFTER DELETE ON halka_private_schema.caseloads_case FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_cb1c8();
CREATE TRIGGER pgtrigger_delete_delete_f1729 AFTER DELETE ON halka_private_schema.caseloads_step FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_delete_delete_f1729();
CREATE TRIGGER pgtrigger_guard_16a11 BEFORE INSERT ON halka_private_schema.caseloads_stepevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_18f86 BEFORE INSERT ON halka_private_schema.caseloads_retentionruleevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_1bbab BEFORE INSERT ON halka_private_schema.caseloads_caseevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_6a3f1 BEFORE INSERT ON halka_private_schema.caseloads_exitevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_7978a BEFORE INSERT ON halka_private_schema.caseloads_followupevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_7b360 BEFORE INSERT ON halka_private_schema.caseloads_consentevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_7f444 BEFORE INSERT ON halka_private_schema.caseloads_teammemberevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_93282 BEFORE INSERT ON halka_private_schema.caseloads_goalevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_997d0 BEFORE INSERT ON halka_private_schema.caseloads_scaleevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_b3e91 BEFORE INSERT ON halka_private_schema.caseloads_clientevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_d4f62 BEFORE INSERT ON halka_private_schema.caseloads_programmeevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_guard_ec297 BEFORE INSERT ON halka_private_schema.caseloads_planevent FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION public.history_guard();
CREATE TRIGGER pgtrigger_insert_insert_127da AFTER INSERT ON halka_private_schema.caseloads_client FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_127da();
CREATE TRIGGER pgtrigger_insert_insert_5785a AFTER INSERT ON halka_private_schema.caseloads_scale FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_5785a();
CREATE TRIGGER pgtrigger_insert_insert_59753 AFTER INSERT ON halka_private_schema.caseloads_step FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_59753();
CREATE TRIGGER pgtrigger_insert_insert_88f7e AFTER INSERT ON halka_private_schema.caseloads_plan FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_88f7e();
CREATE TRIGGER pgtrigger_insert_insert_8c3c9 AFTER INSERT ON halka_private_schema.caseloads_case FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_8c3c9();
CREATE TRIGGER pgtrigger_insert_insert_8c97a AFTER INSERT ON halka_private_schema.caseloads_followup FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_8c97a();
CREATE TRIGGER pgtrigger_insert_insert_8e6b6 AFTER INSERT ON halka_private_schema.caseloads_programme FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_8e6b6();
CREATE TRIGGER pgtrigger_insert_insert_991e8 AFTER INSERT ON halka_private_schema.caseloads_exit FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_991e8();
CREATE TRIGGER pgtrigger_insert_insert_cce33 AFTER INSERT ON halka_private_schema.caseloads_retentionrule FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_cce33();
CREATE TRIGGER pgtrigger_insert_insert_d1993 AFTER INSERT ON halka_private_schema.caseloads_goal FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_d1993();
CREATE TRIGGER pgtrigger_insert_insert_de33f AFTER INSERT ON halka_private_schema.caseloads_consent FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_de33f();
CREATE TRIGGER pgtrigger_insert_insert_ef605 AFTER INSERT ON halka_private_schema.caseloads_teammember FOR EACH ROW EXECUTE FUNCTION halka_private_schema.pgtrigger_insert_insert_ef605();
CREATE TRIGGER pgtrigger_update_update_06f9a AFTER UPDATE ON halka_private_schema.caseloads_consent FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.client_id IS DISTINCT FROM new.client_id) OR ((old.purpose)::text IS DISTINCT FROM (new.purpose)::text) OR (old.recipient_id IS DISTINCT FROM new.recipient_id) OR (old.scopes IS DISTINCT FROM new.scopes) OR ((old.how_given)::text IS DISTINCT FROM (new.how_given)::text) OR ((old.witness)::text IS DISTINCT FROM (new.witness)::text) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.wording IS DISTINCT FROM new.wording) OR (old.given_at IS DISTINCT FROM new.given_at) OR (old.expires_on IS DISTINCT FROM new.expires_on) OR (old.withdrawn_at IS DISTINCT FROM new.withdrawn_at) OR ((old.withdrawn_how)::text IS DISTINCT FROM (new.withdrawn_how)::text) OR (old.withdrawal_recorded_by_id IS DISTINCT FROM new.withdrawal_recorded_by_id) OR (old.recorded_by_id IS DISTINCT FROM new.recorded_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_06f9a();
CREATE TRIGGER pgtrigger_update_update_1d5bb AFTER UPDATE ON halka_private_schema.caseloads_goal FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.plan_id IS DISTINCT FROM new.plan_id) OR (old.text IS DISTINCT FROM new.text) OR ((old.dimension)::text IS DISTINCT FROM (new.dimension)::text) OR (old.scale_id IS DISTINCT FROM new.scale_id) OR ((old.item)::text IS DISTINCT FROM (new.item)::text) OR ((old.unit)::text IS DISTINCT FROM (new.unit)::text) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old."position" IS DISTINCT FROM new."position") OR (old.closed_on IS DISTINCT FROM new.closed_on))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_1d5bb();
CREATE TRIGGER pgtrigger_update_update_6436a AFTER UPDATE ON halka_private_schema.caseloads_exit FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.case_id IS DISTINCT FROM new.case_id) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR (old.note IS DISTINCT FROM new.note) OR (old."on" IS DISTINCT FROM new."on") OR (old.recorded_at IS DISTINCT FROM new.recorded_at) OR (old.recorded_by_id IS DISTINCT FROM new.recorded_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_6436a();
CREATE TRIGGER pgtrigger_update_update_6bda1 AFTER UPDATE ON halka_private_schema.caseloads_followup FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.exit_id IS DISTINCT FROM new.exit_id) OR (old.months IS DISTINCT FROM new.months) OR (old.due_on IS DISTINCT FROM new.due_on) OR ((old.held)::text IS DISTINCT FROM (new.held)::text) OR (old.note IS DISTINCT FROM new.note) OR (old.done_on IS DISTINCT FROM new.done_on) OR (old.done_by_id IS DISTINCT FROM new.done_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_6bda1();
CREATE TRIGGER pgtrigger_update_update_6c343 AFTER UPDATE ON halka_private_schema.caseloads_teammember FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.case_id IS DISTINCT FROM new.case_id) OR (old.colleague_id IS DISTINCT FROM new.colleague_id) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.institution)::text IS DISTINCT FROM (new.institution)::text) OR ((old.contact)::text IS DISTINCT FROM (new.contact)::text) OR ((old.profession)::text IS DISTINCT FROM (new.profession)::text) OR (old.started_at IS DISTINCT FROM new.started_at) OR (old.ended_at IS DISTINCT FROM new.ended_at))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_6c343();
CREATE TRIGGER pgtrigger_update_update_a69ba AFTER UPDATE ON halka_private_schema.caseloads_client FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.given_name)::text IS DISTINCT FROM (new.given_name)::text) OR ((old.family_name)::text IS DISTINCT FROM (new.family_name)::text) OR ((old.other_names)::text IS DISTINCT FROM (new.other_names)::text) OR (old.born_on IS DISTINCT FROM new.born_on) OR (old.birth_year IS DISTINCT FROM new.birth_year) OR ((old.sex)::text IS DISTINCT FROM (new.sex)::text) OR ((old.reference)::text IS DISTINCT FROM (new.reference)::text) OR (old.national_number IS DISTINCT FROM new.national_number) OR ((old.phone)::text IS DISTINCT FROM (new.phone)::text) OR ((old.email)::text IS DISTINCT FROM (new.email)::text) OR ((old.place)::text IS DISTINCT FROM (new.place)::text) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.languages IS DISTINCT FROM new.languages) OR ((old.education)::text IS DISTINCT FROM (new.education)::text) OR (old.strengths IS DISTINCT FROM new.strengths) OR (old.interests IS DISTINCT FROM new.interests) OR (old.vulnerabilities IS DISTINCT FROM new.vulnerabilities) OR (old.health IS DISTINCT FROM new.health) OR (old.note IS DISTINCT FROM new.note) OR (old.assigned_to_id IS DISTINCT FROM new.assigned_to_id) OR (old.merged_into_id IS DISTINCT FROM new.merged_into_id) OR (old.created_by_id IS DISTINCT FROM new.created_by_id) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_a69ba();
CREATE TRIGGER pgtrigger_update_update_a7fa1 AFTER UPDATE ON halka_private_schema.caseloads_retentionrule FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.scope)::text IS DISTINCT FROM (new.scope)::text) OR (old.months IS DISTINCT FROM new.months) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_a7fa1();
CREATE TRIGGER pgtrigger_update_update_bf07f AFTER UPDATE ON halka_private_schema.caseloads_scale FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.family IS DISTINCT FROM new.family) OR (old.number IS DISTINCT FROM new.number) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR (old.description IS DISTINCT FROM new.description) OR (old.items IS DISTINCT FROM new.items) OR ((old.standard)::text IS DISTINCT FROM (new.standard)::text) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.published_at IS DISTINCT FROM new.published_at) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_bf07f();
CREATE TRIGGER pgtrigger_update_update_ca211 AFTER UPDATE ON halka_private_schema.caseloads_case FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.client_id IS DISTINCT FROM new.client_id) OR (old.programme_id IS DISTINCT FROM new.programme_id) OR (old.consent_id IS DISTINCT FROM new.consent_id) OR (old.number IS DISTINCT FROM new.number) OR (old.expectations IS DISTINCT FROM new.expectations) OR (old.opened_on IS DISTINCT FROM new.opened_on) OR (old.closed_on IS DISTINCT FROM new.closed_on) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_ca211();
CREATE TRIGGER pgtrigger_update_update_efd28 AFTER UPDATE ON halka_private_schema.caseloads_plan FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.case_id IS DISTINCT FROM new.case_id) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.review_on IS DISTINCT FROM new.review_on) OR (old.agreed_on IS DISTINCT FROM new.agreed_on) OR ((old.agreed_how)::text IS DISTINCT FROM (new.agreed_how)::text) OR ((old.language)::text IS DISTINCT FROM (new.language)::text) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_efd28();
CREATE TRIGGER pgtrigger_update_update_fcd6a AFTER UPDATE ON halka_private_schema.caseloads_programme FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.funder)::text IS DISTINCT FROM (new.funder)::text) OR (old.starts_on IS DISTINCT FROM new.starts_on) OR (old.ends_on IS DISTINCT FROM new.ends_on) OR ((old.territory)::text IS DISTINCT FROM (new.territory)::text) OR (old.objectives IS DISTINCT FROM new.objectives) OR ((old.target_group)::text IS DISTINCT FROM (new.target_group)::text) OR (old.consent_wording IS DISTINCT FROM new.consent_wording) OR (old.consent_months IS DISTINCT FROM new.consent_months) OR (old.unseen_days IS DISTINCT FROM new.unseen_days) OR ((old.state)::text IS DISTINCT FROM (new.state)::text) OR (old.changed_at IS DISTINCT FROM new.changed_at) OR (old.changed_by_id IS DISTINCT FROM new.changed_by_id))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_fcd6a();
CREATE TRIGGER pgtrigger_update_update_fe1b5 AFTER UPDATE ON halka_private_schema.caseloads_step FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.goal_id IS DISTINCT FROM new.goal_id) OR (old.text IS DISTINCT FROM new.text) OR (old.colleague_id IS DISTINCT FROM new.colleague_id) OR ((old.other)::text IS DISTINCT FROM (new.other)::text) OR (old.due_on IS DISTINCT FROM new.due_on) OR (old.done_on IS DISTINCT FROM new.done_on) OR (old."position" IS DISTINCT FROM new."position"))) EXECUTE FUNCTION halka_private_schema.pgtrigger_update_update_fe1b5();
ALTER TABLE ONLY halka_private_schema.caseloads_assessment
    ADD CONSTRAINT caseloads_assessment_case_id_8d781bf5_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_assessment
    ADD CONSTRAINT caseloads_assessment_client_id_f5d92eca_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_assessment
    ADD CONSTRAINT caseloads_assessment_scale_id_9927bd34_fk_caseloads_scale_id FOREIGN KEY (scale_id) REFERENCES halka_private_schema.caseloads_scale(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_case
    ADD CONSTRAINT caseloads_case_client_id_fdf205f1_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_case
    ADD CONSTRAINT caseloads_case_consent_id_07433b5a_fk_caseloads_consent_id FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_case
    ADD CONSTRAINT caseloads_case_programme_id_b071084c_fk_caseloads_programme_id FOREIGN KEY (programme_id) REFERENCES halka_private_schema.caseloads_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_client
    ADD CONSTRAINT caseloads_client_merged_into_id_87f9084e_fk_caseloads_client_id FOREIGN KEY (merged_into_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_consent
    ADD CONSTRAINT caseloads_consent_client_id_f5b763b5_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_consentoffer
    ADD CONSTRAINT caseloads_consentoff_client_id_c8cacf40_fk_caseloads FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_consentoffer
    ADD CONSTRAINT caseloads_consentoff_replaces_id_23efa4c3_fk_caseloads FOREIGN KEY (replaces_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_correction
    ADD CONSTRAINT caseloads_correction_client_id_138adb04_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_document
    ADD CONSTRAINT caseloads_document_client_id_1648de31_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_document
    ADD CONSTRAINT caseloads_document_entry_id_a458733c_fk_caseloads FOREIGN KEY (entry_id) REFERENCES halka_private_schema.caseloads_journalentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_emergencyaccess
    ADD CONSTRAINT caseloads_emergencya_client_id_f2cf980b_fk_caseloads FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_exit
    ADD CONSTRAINT caseloads_exit_case_id_51a19786_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_experience
    ADD CONSTRAINT caseloads_experience_client_id_f018981e_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_finding
    ADD CONSTRAINT caseloads_finding_client_id_90e26630_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_followup
    ADD CONSTRAINT caseloads_followup_exit_id_9af624b3_fk_caseloads_exit_id FOREIGN KEY (exit_id) REFERENCES halka_private_schema.caseloads_exit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_goal
    ADD CONSTRAINT caseloads_goal_plan_id_df44e25c_fk_caseloads_plan_id FOREIGN KEY (plan_id) REFERENCES halka_private_schema.caseloads_plan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_goal
    ADD CONSTRAINT caseloads_goal_scale_id_f4e682dc_fk_caseloads_scale_id FOREIGN KEY (scale_id) REFERENCES halka_private_schema.caseloads_scale(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_journalentry
    ADD CONSTRAINT caseloads_journalent_client_id_d307ab51_fk_caseloads FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_journalentry
    ADD CONSTRAINT caseloads_journalent_corrects_id_7147ab8f_fk_caseloads FOREIGN KEY (corrects_id) REFERENCES halka_private_schema.caseloads_journalentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_journalentry
    ADD CONSTRAINT caseloads_journalentry_case_id_344b892f_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_keptfigure
    ADD CONSTRAINT caseloads_keptfigure_programme_id_153a8f5c_fk_caseloads FOREIGN KEY (programme_id) REFERENCES halka_private_schema.caseloads_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_mention
    ADD CONSTRAINT caseloads_mention_entry_id_8b05c4a4_fk_caseloads FOREIGN KEY (entry_id) REFERENCES halka_private_schema.caseloads_journalentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_merge
    ADD CONSTRAINT caseloads_merge_absorbed_id_83b0f9e8_fk_caseloads_client_id FOREIGN KEY (absorbed_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_merge
    ADD CONSTRAINT caseloads_merge_kept_id_66789f09_fk_caseloads_client_id FOREIGN KEY (kept_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_personallink
    ADD CONSTRAINT caseloads_personalli_client_id_0836d75a_fk_caseloads FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_plan
    ADD CONSTRAINT caseloads_plan_case_id_7f8163eb_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_step
    ADD CONSTRAINT caseloads_step_goal_id_14927305_fk_caseloads_goal_id FOREIGN KEY (goal_id) REFERENCES halka_private_schema.caseloads_goal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_target
    ADD CONSTRAINT caseloads_target_programme_id_a2f6c134_fk_caseloads FOREIGN KEY (programme_id) REFERENCES halka_private_schema.caseloads_programme(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_task
    ADD CONSTRAINT caseloads_task_client_id_5506cd67_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_task
    ADD CONSTRAINT caseloads_task_entry_id_803c3254_fk_caseloads_journalentry_id FOREIGN KEY (entry_id) REFERENCES halka_private_schema.caseloads_journalentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.caseloads_teammember
    ADD CONSTRAINT caseloads_teammember_case_id_ce941842_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.integrations_attempt
    ADD CONSTRAINT integrations_attempt_delivery_id_6229bb9d_fk_integrati FOREIGN KEY (delivery_id) REFERENCES halka_private_schema.integrations_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.integrations_attempt
    ADD CONSTRAINT integrations_attempt_endpoint_id_933a5aea_fk_integrati FOREIGN KEY (endpoint_id) REFERENCES halka_private_schema.integrations_endpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.integrations_delivery
    ADD CONSTRAINT integrations_deliver_endpoint_id_226afb88_fk_integrati FOREIGN KEY (endpoint_id) REFERENCES halka_private_schema.integrations_endpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.integrations_delivery
    ADD CONSTRAINT integrations_deliver_event_id_ef0bc12f_fk_integrati FOREIGN KEY (event_id) REFERENCES halka_private_schema.integrations_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.integrations_endpointsecret
    ADD CONSTRAINT integrations_endpoin_endpoint_id_d444cb8f_fk_integrati FOREIGN KEY (endpoint_id) REFERENCES halka_private_schema.integrations_endpoint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_adoptedmodule
    ADD CONSTRAINT learning_adoptedmodu_curriculum_id_784f6289_fk_learning_ FOREIGN KEY (curriculum_id) REFERENCES halka_private_schema.learning_adoptedcurriculum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_adoptedunit
    ADD CONSTRAINT learning_adoptedunit_curriculum_id_d539d924_fk_learning_ FOREIGN KEY (curriculum_id) REFERENCES halka_private_schema.learning_adoptedcurriculum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_adoptedunit
    ADD CONSTRAINT learning_adoptedunit_module_id_783caaa5_fk_learning_ FOREIGN KEY (module_id) REFERENCES halka_private_schema.learning_adoptedmodule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_attendance
    ADD CONSTRAINT learning_attendance_client_id_8ad20d13_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_attendance
    ADD CONSTRAINT learning_attendance_session_id_96dbc331_fk_learning_session_id FOREIGN KEY (session_id) REFERENCES halka_private_schema.learning_session(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_group
    ADD CONSTRAINT learning_group_curriculum_id_68fe041f_fk_learning_ FOREIGN KEY (curriculum_id) REFERENCES halka_private_schema.learning_adoptedcurriculum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_participant
    ADD CONSTRAINT learning_participant_client_id_33832757_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_participant
    ADD CONSTRAINT learning_participant_group_id_f2864712_fk_learning_group_id FOREIGN KEY (group_id) REFERENCES halka_private_schema.learning_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_plannedunit
    ADD CONSTRAINT learning_plannedunit_client_id_67f6396b_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_plannedunit
    ADD CONSTRAINT learning_plannedunit_unit_id_de700296_fk_learning_ FOREIGN KEY (unit_id) REFERENCES halka_private_schema.learning_adoptedunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_session
    ADD CONSTRAINT learning_session_client_id_13ffd42c_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_session
    ADD CONSTRAINT learning_session_group_id_08515f21_fk_learning_group_id FOREIGN KEY (group_id) REFERENCES halka_private_schema.learning_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_sessionunit
    ADD CONSTRAINT learning_sessionunit_session_id_b79c835b_fk_learning_session_id FOREIGN KEY (session_id) REFERENCES halka_private_schema.learning_session(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_sessionunit
    ADD CONSTRAINT learning_sessionunit_unit_id_7007b5ec_fk_learning_ FOREIGN KEY (unit_id) REFERENCES halka_private_schema.learning_adoptedunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.learning_settlement
    ADD CONSTRAINT learning_settlement_curriculum_id_66765aa0_fk_learning_ FOREIGN KEY (curriculum_id) REFERENCES halka_private_schema.learning_adoptedcurriculum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.mergers_mergedrecord
    ADD CONSTRAINT mergers_mergedrecord_client_id_1a249f99_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_client_id_2014cd45_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_consent_id_f0afb6d6_fk_caseloads_consent_id FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_match_id_d6ad1c69_fk_referrals_match_id FOREIGN KEY (match_id) REFERENCES halka_private_schema.referrals_match(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_access
    ADD CONSTRAINT referrals_access_referral_id_76f6dd23_fk_referrals_referral_id FOREIGN KEY (referral_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_accessstep
    ADD CONSTRAINT referrals_accessstep_access_id_e07db31f_fk_referrals_access_id FOREIGN KEY (access_id) REFERENCES halka_private_schema.referrals_access(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_answerlink
    ADD CONSTRAINT referrals_answerlink_referral_id_b0238dbf_fk_referrals FOREIGN KEY (referral_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_enclosure
    ADD CONSTRAINT referrals_enclosure_consent_id_24563ca8_fk_caseloads_consent_id FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_enclosure
    ADD CONSTRAINT referrals_enclosure_document_id_43ba3728_fk_caseloads FOREIGN KEY (document_id) REFERENCES halka_private_schema.caseloads_document(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_enclosure
    ADD CONSTRAINT referrals_enclosure_referral_id_40c94582_fk_referrals FOREIGN KEY (referral_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_match
    ADD CONSTRAINT referrals_match_client_id_63453e41_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_message
    ADD CONSTRAINT referrals_message_referral_id_34a216c3_fk_referrals_referral_id FOREIGN KEY (referral_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_presence
    ADD CONSTRAINT referrals_presence_client_id_42f5509f_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_case_id_b6a3f342_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_client_id_f9eaddd7_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_consent_id_a69deb22_fk_caseloads_consent_id FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_referral
    ADD CONSTRAINT referrals_referral_parent_id_82b3fd81_fk_referrals_referral_id FOREIGN KEY (parent_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_step
    ADD CONSTRAINT referrals_step_referral_id_f6e97a21_fk_referrals_referral_id FOREIGN KEY (referral_id) REFERENCES halka_private_schema.referrals_referral(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_transfer
    ADD CONSTRAINT referrals_transfer_case_id_0ed75ff2_fk_caseloads_case_id FOREIGN KEY (case_id) REFERENCES halka_private_schema.caseloads_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_transfer
    ADD CONSTRAINT referrals_transfer_client_id_6a6ca102_fk_caseloads_client_id FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_transfer
    ADD CONSTRAINT referrals_transfer_consent_id_37ae1ce0_fk_caseloads_consent_id FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.referrals_transferstep
    ADD CONSTRAINT referrals_transferst_transfer_id_d38dc37e_fk_referrals FOREIGN KEY (transfer_id) REFERENCES halka_private_schema.referrals_transfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.relocations_relocation
    ADD CONSTRAINT relocations_relocati_client_id_b7168e5f_fk_caseloads FOREIGN KEY (client_id) REFERENCES halka_private_schema.caseloads_client(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY halka_private_schema.relocations_relocation
    ADD CONSTRAINT relocations_relocati_consent_id_75b31d5a_fk_caseloads FOREIGN KEY (consent_id) REFERENCES halka_private_schema.caseloads_consent(id) DEFERRABLE INITIALLY DEFERRED;
