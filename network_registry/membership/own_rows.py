"""What of membership is an organisation's own: its licence, and what it asked of the network."""

from tenants.organisations.leaving.own_rows import OwnRows

OWN = "own.organisation_id = %(organisation)s"

OWN_ROWS = (
    # Both lean on rows of the network that licensed it: another one gives a licence of its own.
    OwnRows("membership_licence", OWN, loads=False),
    OwnRows("membership_agreement", OWN, loads=False),
    OwnRows("membership_changerequest", OWN, loads=False, gone="removed"),
    OwnRows("membership_firstday", OWN, gone="removed"),
    # Of two organisations of this network.
    OwnRows(
        "membership_merger",
        "(own.absorbed_id = %(organisation)s OR own.remaining_id = %(organisation)s)",
        loads=False,
    ),
    OwnRows("membership_mergeranswer", OWN, loads=False),
)
NOT_OWN = {
    "membership_application": "the network's record of whom it licensed; people in it are taken out when it is closed",
    "membership_event": "the history of that record",
    "membership_stepcheck": "what was looked at before a licence, by the network",
    "membership_batch": "the licensing of others, empty once it is confirmed",
}
