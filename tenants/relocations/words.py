"""What e-mails say about moves of records: that something happened, never about whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    subject: str | Promise
    sentence: str | Promise


# Direction and state -> what is said.
WORDS: dict[str, Words] = {
    "in_asked": Words(
        _("A record is to be moved to you"),
        _("Another organisation would like to move a whole record to you. Please answer within 30 days."),
    ),
    "in_withdrawn": Words(_("A record is not moved to you after all"), _("The other organisation took it back.")),
    "in_expired": Words(
        _("A request to move a record has expired"), _("Nobody answered within 30 days. The record stays where it is.")
    ),
    "in_failed": Words(
        _("A record could not be moved to you"), _("It stays where it is. The page says why it could not be moved.")
    ),
    "in_carried": Words(
        _("A record has come to you"),
        _("All of it is there: the person is a client of yours now. Either side can undo this for 30 days."),
    ),
    "in_stays": Words(
        _("A record stays with you"), _("Its move was to be undone. The page says why that was not possible.")
    ),
    "in_undoing": Words(_("The move of a record is being undone"), _("The record goes back to where it came from.")),
    "in_undone": Words(
        _("The move of a record was undone"), _("The record is back where it came from, and your copy is erased.")
    ),
    "out_accepted": Words(_("Your record is taken on"), _("The other organisation takes it on. It is on its way now.")),
    "out_declined": Words(
        _("Your record is not taken on"), _("The other organisation cannot take it on. The page says why.")
    ),
    "out_withdrawn": Words(
        _("A record is not moved after all"), _("The request was taken back, or the person took the consent back.")
    ),
    "out_expired": Words(
        _("Your request to move a record has expired"), _("Nobody answered within 30 days. The record stays with you.")
    ),
    "out_failed": Words(
        _("Your record could not be moved"), _("It stays with you. The page says why it could not be moved.")
    ),
    "out_carried": Words(
        _("Your record was moved"),
        _("All of it is there now. Your copy is locked away, and erased after 30 days; until then it can be undone."),
    ),
    "out_stays": Words(
        _("A record stays where it was moved to"),
        _("Its move was to be undone. The page says why that was not possible."),
    ),
    "out_undoing": Words(_("The move of a record is being undone"), _("The record comes back to you.")),
    "out_undone": Words(
        _("The move of a record was undone"), _("The record is yours again, as it was when it left you.")
    ),
}
