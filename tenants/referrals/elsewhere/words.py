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
    "match_revealed": Words(
        _("Both agreed to know of each other"),
        _("You and another organisation work with the same person. Now you can see whom to talk to."),
        "match",
    ),
}
