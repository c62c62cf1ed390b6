"""What an organisation's role reaches of this app's tables."""

from tenants.organisations.enums import Kind
from tenants.organisations.walls.grants import OWN, Grant

GRANTS = (
    # The register of members is known to all of them; each changes its own row.
    Grant(
        "organisations_organisation",
        select=("*",),
        update=(
            "names",
            "language",
            "calendar",
            "time_zone",
            "colour",
            "logo",
            "logo_type",
            "contact_email",
            "demands_mfa",
            "version",
        ),
        rows="true",
        written_rows=f"id {OWN}",
    ),
    # The secretariat moves organisations from state to state, and keeps the address of those without accounts; it says
    # which province and branch they belong to, and under which name they answer.
    Grant(
        "organisations_organisation",
        update=("state", "earlier_states", "contact_email", "province", "parent_id", "subdomain", "earlier_subdomains"),
        rows="true",
        secretariat=True,
    ),
    # A working group is known to its members; which organisations belong there is the secretariat's to say.
    Grant(
        "organisations_workinggroup",
        select=("*",),
        rows="EXISTS (SELECT 1 FROM organisations_workinggroup_organisations AS own "
        f"WHERE own.workinggroup_id = organisations_workinggroup.id AND own.organisation_id {OWN})",
        written_rows="false",
    ),
    Grant(
        "organisations_workinggroup",
        insert=("*",),
        update=("name", "about", "version"),
        rows="true",
        secretariat=True,
    ),
    Grant(
        "organisations_workinggroup_organisations",
        select=("*",),
        rows=f"organisation_id {OWN}",
        written_rows="false",
    ),
    Grant("organisations_workinggroup_organisations", insert=("*",), delete=True, rows="true", secretariat=True),
    Grant("organisations_domain", select=("*",)),
    Grant(
        "organisations_domain",
        insert=("domain", "is_primary", "tenant_id"),
        update=("is_primary",),
        secretariat=True,
    ),
    # Asked for, and taken out, by whoever's it is said to be; what DNS says of it is noted by the network alone.
    Grant(
        "organisations_owndomain",
        select=("*",),
        insert=("*",),
        update=("taken_out_at", "taken_out_by_name"),
        rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND state = 'asked' AND checked_at IS NULL AND live_at IS NULL",
    ),
    Grant("organisations_colleague", select=("*",)),
    Grant("organisations_supporter", select=("*",)),
    Grant(
        "organisations_membership",
        select=("*",),
        update=("role", "ended_at", "version"),
        rows=f"organisation_id {OWN}",
    ),
    Grant(
        "organisations_invitation",
        select=("*",),
        insert=("*",),
        update=("token_hash", "expires_at", "withdrawn_at"),
        rows=f"organisation_id {OWN}",
    ),
    Grant(
        "organisations_supportgrant",
        select=("*",),
        insert=("*",),
        update=("revoked_at",),
        rows=f"organisation_id {OWN}",
    ),
    Grant(
        "organisations_software",
        select=("*",),
        insert=("*",),
        update=("secret_since", "revoked_at", "revoked_by_name"),
        rows=f"organisation_id {OWN}",
    ),
    # A client belongs to whoever's software it is; tokens are the network's alone.
    Grant(
        "allauth_idp_oidc_client",
        select=("*",),
        insert=("*",),
        update=("name", "secret", "scopes", "default_scopes"),
        rows=f"id IN (SELECT client_id FROM organisations_software WHERE organisation_id {OWN})",
    ),
    Grant(
        "organisations_duework",
        select=("*",),
        insert=("*",),
        delete=True,
        rows=f"organisation_id {OWN}",
    ),
    # What an organisation takes along: asked for, made and removed inside of it.
    Grant(
        "organisations_takeout",
        select=("*",),
        insert=("*",),
        update=("state", "turn", "beat_at", "ready_at", "expires_at", "total", "done", "parts", "downloads"),
        rows=f"organisation_id {OWN}",
        added_rows=f"organisation_id {OWN} AND state = 'waiting'",
    ),
    # Before the secretariat announces an end it sees whether everything was taken along, and by how many.
    Grant(
        "organisations_takeout",
        select=("id", "organisation_id", "state", "ready_at", "downloads"),
        rows="true",
        written_rows="false",
        secretariat=True,
    ),
    # How it came to its state is known to an organisation, to the branch above it and to the secretariat, which alone
    # moves it.
    Grant(
        "organisations_statechange",
        select=("*",),
        rows=(
            f"organisation_id {OWN} OR EXISTS (SELECT 1 FROM organisations_organisation AS moved, "
            f"organisations_organisation AS branch WHERE moved.id = organisation_id AND branch.id {OWN} "
            f"AND branch.kind = '{Kind.BRANCH}' AND (moved.parent_id = branch.id "
            "OR branch.province <> '' AND moved.province = branch.province))"
        ),
        written_rows="false",
    ),
    Grant("organisations_statechange", insert=("*",), rows="true", secretariat=True),
    # Its end is announced by the secretariat, and known to it from then on. Erasing is the owner's.
    Grant("organisations_closing", select=("*",), rows=f"organisation_id {OWN}", written_rows="false"),
    Grant(
        "organisations_closing",
        select=("*",),
        insert=("*",),
        update=("state", "called_off_at", "called_off_by_name"),
        rows="true",
        written_rows="state IN ('waiting', 'called_off')",
        added_rows="state = 'waiting' AND done_at IS NULL AND proof_hash = ''",
        secretariat=True,
    ),
)
