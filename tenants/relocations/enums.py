"""Words of the audit about moves of records."""

from django.utils.translation import gettext_lazy as _

AUDITED = {
    "client.held": _("Locked a record away that moves to another organisation"),
    "client.released": _("Brought back a record that was locked away"),
    "client.arrived": _("Wrote a record that came from another organisation"),
    "relocation.asked": _("Asked another organisation to take a whole record"),
    "relocation.received": _("Was asked to take a whole record"),
    "relocation.viewed": _("Read the page of a record's move"),
    "relocation.accepted": _("Took a whole record on"),
    "relocation.declined": _("Did not take a whole record on"),
    "relocation.withdrawn": _("Took back that a record is moved"),
    "relocation.carrying": _("A record is on its way to another organisation"),
    "relocation.carried": _("A record has come from another organisation"),
    "relocation.failed": _("A record could not be moved"),
    "relocation.undoing": _("Asked to undo the move of a record"),
    "relocation.stays": _("The move of a record was not undone"),
    "relocation.returning": _("A record is on its way back"),
    "relocation.undone": _("A record came back: its move was undone"),
    "relocation.forgotten": _("Erased the copy of a record whose move was undone"),
    "relocation.settled": _("Erased the copy of a record that was moved for good"),
}
