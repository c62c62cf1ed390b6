"""Who sits in a group by name, and what approved minutes no longer let anybody change, whatever SQL they run."""

from django.db import migrations

PERSON = """
CREATE VIEW public.working_groups_person WITH (security_barrier) AS
SELECT seat.id,
       seat.group_id,
       seat.organisation_id,
       seat.membership_id,
       CASE WHEN organisation.state = 'closed' THEN '' ELSE account.name END AS name,
       seat.is_convener AND charter.convener_id = seat.organisation_id AS is_convener,
       seat.started_at,
       seat.ended_at IS NULL AND membership.ended_at IS NULL AND account.is_active
           AND organisation.state <> 'closed' AND EXISTS (
               SELECT 1 FROM public.organisations_workinggroup_organisations AS belonging
               WHERE belonging.workinggroup_id = seat.group_id AND belonging.organisation_id = seat.organisation_id
           ) AS is_here
FROM public.working_groups_groupseat AS seat
JOIN public.working_groups_charter AS charter ON charter.group_id = seat.group_id
JOIN public.organisations_membership AS membership ON membership.id = seat.membership_id
JOIN public.accounts_user AS account ON account.id = membership.user_id
JOIN public.organisations_organisation AS organisation ON organisation.id = seat.organisation_id
WHERE EXISTS (
    SELECT 1 FROM public.organisations_workinggroup_organisations AS own
    WHERE own.workinggroup_id = seat.group_id AND own.organisation_id = (SELECT public.current_organisation())
) OR EXISTS (
    SELECT 1 FROM public.organisations_organisation AS reader
    WHERE reader.id = (SELECT public.current_organisation()) AND reader.kind = 'secretariat'
);
"""
MEMBER = """
CREATE VIEW public.working_groups_memberorganisation WITH (security_barrier) AS
SELECT belonging.id, belonging.workinggroup_id AS group_id, belonging.organisation_id
FROM public.organisations_workinggroup_organisations AS belonging
WHERE EXISTS (
    SELECT 1 FROM public.organisations_workinggroup_organisations AS own
    WHERE own.workinggroup_id = belonging.workinggroup_id
      AND own.organisation_id = (SELECT public.current_organisation())
) OR EXISTS (
    SELECT 1 FROM public.organisations_organisation AS reader
    WHERE reader.id = (SELECT public.current_organisation()) AND reader.kind = 'secretariat'
);
"""
# Approving and writing minutes wait for each other at the meeting's row, which most members may only read: so the lock
# is taken as the owner. Strangers do not know the keys. What the network removes whole, with its own rights, goes.
FROZEN = """
CREATE FUNCTION public.working_groups_wait(key uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM public.working_groups_charter WHERE group_id = key FOR NO KEY UPDATE;
    PERFORM 1 FROM public.working_groups_meeting WHERE id = key FOR NO KEY UPDATE;
    PERFORM 1 FROM public.working_groups_document WHERE id = key FOR NO KEY UPDATE;
END
$$;
CREATE FUNCTION public.working_groups_frozen(meeting uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    approved timestamptz;
BEGIN
    PERFORM public.working_groups_wait(meeting);
    SELECT approved_at INTO approved FROM public.working_groups_meeting WHERE id = meeting;
    RETURN approved IS NOT NULL;
END
$$;
CREATE FUNCTION public.working_groups_refuse() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'permission denied: these minutes are approved';
END
$$;
CREATE FUNCTION public.working_groups_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
TRIGGER = """
CREATE TRIGGER working_groups_guard BEFORE {verbs} ON public.working_groups_{table}
FOR EACH ROW EXECUTE FUNCTION public.working_groups_guard();
"""
ALL = "INSERT OR UPDATE OR DELETE"
GUARDED = {
    "meeting": "UPDATE OR DELETE",
    "agendapoint": ALL,
    "minutes": ALL,
    "attendance": ALL,
    "decision": ALL,
    "minutesnote": "INSERT",
}
NOTES = """
CREATE FUNCTION public.working_groups_note_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.current_organisation() IS NULL THEN
        RETURN OLD;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'permission denied: a correction is added, and never changed';
END
$$;
CREATE TRIGGER working_groups_note_guard BEFORE UPDATE OR DELETE ON public.working_groups_minutesnote
FOR EACH ROW EXECUTE FUNCTION public.working_groups_note_guard();
"""
BACK = """
DROP FUNCTION public.working_groups_note_guard() CASCADE;
DROP FUNCTION public.working_groups_guard() CASCADE;
DROP FUNCTION public.working_groups_refuse();
DROP FUNCTION public.working_groups_frozen(uuid);
DROP FUNCTION public.working_groups_wait(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("working_groups", "0001_initial"),
        ("organisations", "0014_life"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(PERSON, "DROP VIEW public.working_groups_person"),
        migrations.RunSQL(MEMBER, "DROP VIEW public.working_groups_memberorganisation"),
        migrations.RunSQL(
            FROZEN + "".join(TRIGGER.format(table=table, verbs=verbs) for table, verbs in GUARDED.items()) + NOTES, BACK
        ),
    ]
