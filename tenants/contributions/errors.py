"""What the verbs of lessons in the making say no with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from halka.common.errors import Refused


class NotNow(Refused):
    def __init__(self) -> None:
        super().__init__(_("This cannot be done any more: somebody was faster. Look at where the text stands now."))


class StillOpen(Refused):
    """Words that could tell who somebody is."""

    def __init__(self) -> None:
        super().__init__(_("Some words could still tell who somebody is. Look at each of them first."))


class Unfinished(Refused):
    def __init__(self) -> None:
        super().__init__(_("Something that others need is still empty."))
