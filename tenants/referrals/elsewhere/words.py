"""What e-mails say about matches, transfers and access: that something happened, never about whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """`page` is the name of the page that they lead to; it takes the key of what they are about."""

    subject: str | Promise
    sentence: str | Promise
    page: str


WORDS: dict[str, Words] = {
    "match_found": Words(
        _("Somebody may be known elsewhere too"),
        _(
            "Another organisation of the network may work with one of your clients. Which one is told when both agree. "
            "After 30 days it is forgotten."
        ),
        "match",
    ),
    "transfer_offered": Words(
        _("A case is offered to you"),
        _("Another organisation would like to hand a case over to you. Please answer within 30 days."),
        "transfer",
    ),
    "transfer_accepted": Words(
        _("Your case is taken over"),
        _("The other organisation takes the case over. What the person agreed to is on its way."),
        "transfer",
    ),
    "transfer_declined": Words(
        _("Your case is not taken over"), _("The other organisation cannot take the case over."), "transfer"
    ),
    "transfer_withdrawn": Words(
        _("A case is not handed over after all"),
        _("The offer was withdrawn. What had come already was erased."),
        "transfer",
    ),
    "transfer_expired": Words(
        _("An offered case has expired"), _("Nobody answered within 30 days. The case stays where it was."), "transfer"
    ),
    "transfer_arrived": Words(
        _("Your case was handed over"),
        _("All of it is there now, so the case is closed with you. The record stays as long as your rules say."),
        "transfer",
    ),
    "transfer_arrived_here": Words(
        _("A case has come over to you"),
        _("All that the person agreed to is there. They are a client of yours now."),
        "transfer",
    ),
    "access_asked": Words(
        _("Another organisation asks to read"),
        _(
            "Another organisation asks for what you know of somebody. Talk to the person, then grant it or say why "
            "not. After 30 days it expires."
        ),
        "access",
    ),
    "access_granted": Words(
        _("You may read what you asked for"),
        _("The other organisation and the person agreed. What you may read is on its way."),
        "access",
    ),
    "access_refused": Words(
        _("What you asked for is not granted"), _("The other organisation says why on the page."), "access"
    ),
    "access_cancelled": Words(
        _("A request for access was taken back"), _("There is nothing to decide any more."), "access"
    ),
    "access_expired": Words(_("A request for access has expired"), _("Nobody answered within 30 days."), "access"),
    "access_ended": Words(_("Access has ended"), _("Nothing may be read any more, and the copy is erased."), "access"),
    "match_revealed": Words(
        _("Both agreed to know of each other"),
        _("You and another organisation work with the same person. Now you can see whom to talk to."),
        "match",
    ),
}
