"""Words and states of lessons in the making."""

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a text is inside of its organisation. After its release the network's state says more."""

    WRITING = "writing", _("Being written")
    OFFERED = "offered", _("Waits for release")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Taken back")


# From where to where; what is released is written again only when it came back.
TRANSITIONS: Final = {
    State.WRITING: {State.OFFERED, State.WITHDRAWN},
    State.OFFERED: {State.WRITING, State.RELEASED, State.WITHDRAWN},
    State.RELEASED: {State.WRITING, State.WITHDRAWN},
    State.WITHDRAWN: set(),
}


class FindingKind(TextChoices):
    """What could tell who somebody is."""

    PERSON = "person", _("A name?")
    OWN_NAME = "own_name", _("Your organisation")
    CONTACT = "contact", _("A number or address to reach somebody")
    NUMBER = "number", _("A number of papers?")
    DAY = "day", _("A day")
    AGE = "age", _("An age")
    ADDRESS = "address", _("Where somebody lives?")
    PLACE = "place", _("A small place?")


WHY: Final = {
    FindingKind.PERSON: _("This may be somebody’s name. Write “a young woman”, “our mentor”, “an employer”."),
    FindingKind.OWN_NAME: _("You do not want your organisation to be named. Write “we”."),
    FindingKind.CONTACT: _("Somebody can be reached by it. Leave it out."),
    FindingKind.NUMBER: _("This looks like the number of somebody’s papers. Leave it out."),
    FindingKind.DAY: _(
        "Together with other things, a day can tell who it was. Write “in spring” or “in the second week”."
    ),
    FindingKind.AGE: _("An exact age can tell who it was. Write “in her fifties” or “a young man”."),
    FindingKind.ADDRESS: _("This looks like a house or a street. Write “in a village” or “in the town”."),
    FindingKind.PLACE: _(
        "Few of the people you work with come from there, so it could tell who it was. Name the region."
    ),
}

AUDITED = {
    "contribution.begun": _("Began to write down what was learned"),
    "contribution.changed": _("Changed what was learned"),
    "contribution.decided": _("Said that words of a text are not about a person"),
    "contribution.offered": _("Asked for the release of a text"),
    "contribution.sent_back": _("Sent a text back to whoever wrote it"),
    "contribution.released": _("Let a text leave the organisation"),
    "contribution.withdrawn": _("Took a text back"),
    "contribution.discarded": _("Threw a text away"),
}
DETAILS: Final[tuple[tuple[str, Promise, dict[str, Promise]], ...]] = (
    ("step", _("Page"), {}),
    ("count", _("How many"), {}),
)
