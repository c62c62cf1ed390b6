"""What of working groups is an organisation's own: its people's seats, words and files. None of it loads elsewhere: it
hangs on groups of this network. What a group wrote together, minutes and decisions, stays with the group."""

from tenants.organisations.leaving.own_rows import OwnRows

OWN = "own.organisation_id = %(organisation)s"

# Kept as tombstones, since minutes name seats: the names go with the state "closed", by the view.
OWN_ROWS = (
    OwnRows("working_groups_groupseat", OWN, loads=False),
    OwnRows("working_groups_agendapoint", OWN, loads=False),
    OwnRows("working_groups_answer", OWN, loads=False, gone="removed"),
    OwnRows("working_groups_document", OWN, loads=False),
    OwnRows("working_groups_documentversion", OWN, loads=False, page=2),  # with the files, up to 10 MB each
)
NOT_OWN = {
    "working_groups_charter": "who convenes a group is the network's to say",
    "working_groups_meetingfeed": "a secret address on this network's host",
    "working_groups_memberorganisation": "who works together is the network's to say",
    "working_groups_person": "a view of seats",
}
ERASED = {"working_groups_meetingfeed": OWN}
