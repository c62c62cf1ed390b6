"""The function that row-level security asks, and the views through which an organisation sees accounts."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION public.current_organisation() RETURNS uuid
LANGUAGE sql STABLE
AS $$ SELECT id FROM public.organisations_organisation WHERE db_role = CAST(current_user AS text) $$;
"""

COLLEAGUE = """
CREATE VIEW public.organisations_colleague WITH (security_barrier) AS
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
       EXISTS (
           SELECT 1 FROM public.mfa_authenticator AS authenticator
           WHERE authenticator.user_id = account.id AND authenticator.type <> 'recovery_codes'
       ) AS has_second_factor
FROM public.organisations_membership AS membership
JOIN public.accounts_user AS account ON account.id = membership.user_id
WHERE membership.organisation_id = (SELECT public.current_organisation());
"""

SUPPORTER = """
CREATE VIEW public.organisations_supporter WITH (security_barrier) AS
SELECT DISTINCT account.id AS user_id, account.name
FROM public.organisations_membership AS membership
JOIN public.organisations_organisation AS organisation ON organisation.id = membership.organisation_id
JOIN public.accounts_user AS account ON account.id = membership.user_id
WHERE organisation.kind = 'secretariat' AND membership.role = 'secretariat'
  AND membership.ended_at IS NULL AND account.is_active;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("accounts", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.current_organisation()"),
        migrations.RunSQL(COLLEAGUE, "DROP VIEW public.organisations_colleague"),
        migrations.RunSQL(SUPPORTER, "DROP VIEW public.organisations_supporter"),
    ]
