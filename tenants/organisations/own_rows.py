"""What of this app's shared tables is an organisation's own."""

from tenants.organisations.leaving.own_rows import OwnRows

OWN = "own.organisation_id = %(organisation)s"

OWN_ROWS = (
    OwnRows("organisations_organisation", "own.id = %(organisation)s"),
    OwnRows("organisations_domain", "own.tenant_id = %(organisation)s", gone="removed"),
    OwnRows("organisations_owndomain", OWN, loads=False, gone="removed"),  # proven anew elsewhere
    # The people: their accounts are the network's, what is known of them is taken along.
    OwnRows("organisations_colleague", OWN),
    OwnRows("organisations_membership", OWN),
    OwnRows(
        "organisations_invitation",
        OWN,
        columns=(
            *("id", "organisation_id", "email", "name", "role", "language", "invited_by_name", "created_at"),
            *("expires_at", "accepted_at", "withdrawn_at"),
        ),
        loads=False,  # their links end with the installation that sent them
        gone="removed",
    ),
    OwnRows("organisations_supportgrant", OWN, loads=False, gone="removed"),
    OwnRows("organisations_software", OWN, loads=False, gone="removed"),  # it gets new secrets elsewhere
)
NOT_OWN = {
    "organisations_workinggroup_organisations": "who works together is the network's to say",
    "organisations_auditanchor": "noted by the network, against the organisation itself",
    "organisations_duework": "work that waits here",
    "organisations_takeout": "the takeouts themselves",
    "organisations_closing": "the network's own record",
    "organisations_statechange": "the network's own record",
}
ERASED = {
    "organisations_workinggroup_organisations": OWN,
    "organisations_duework": OWN,
    "organisations_takeout": OWN,
}
