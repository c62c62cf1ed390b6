"""What an organisation's role reaches of this app's tables."""

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
    # The secretariat moves organisations from state to state, and keeps the address of those without accounts.
    Grant("organisations_organisation", update=("state", "contact_email"), rows="true", secretariat=True),
    Grant("organisations_domain", select=("*",)),
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
)
