"""Words of the directory."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tenants.organisations.enums import Kind, State

OFFERING = frozenset({Kind.NGO, Kind.AGENCY, Kind.PARTNER})  # who has services of their own
SHOWN = (State.ACTIVE, State.PROVISIONAL)  # whose services members find; the public ones are of active members alone


class TargetGroup(TextChoices):
    """Whom a service is for, when it is not for everybody."""

    YOUNG = "young", _("Young people")
    OVER_50 = "over_50", _("People over 50")
    WOMEN = "women", _("Women")
    PARENTS = "parents", _("Parents of small children")
    ROMA = "roma", _("Roma")
    DISABILITY = "disability", _("People with a disability")
    LONG_TERM = "long_term", _("People long without work")
    REFUGEES = "refugees", _("Refugees and displaced people")
    RETURNEES = "returnees", _("People returned from abroad")
    RELEASED = "released", _("People released from prison")
    RURAL = "rural", _("People in villages")


class Accessibility(TextChoices):
    """What a place has for people who need it."""

    WHEELCHAIR = "wheelchair", _("Step-free, for wheelchairs")
    TOILET = "toilet", _("Accessible toilet")
    LIFT = "lift", _("Lift")
    HEARING = "hearing", _("Help for people hard of hearing")
    BUS = "bus", _("Bus stop nearby")
    CHILDREN = "children", _("Corner for children")


class Country(TextChoices):
    """Where the network's organisations are; codes of ISO 3166-1, and XK as it is used in Europe."""

    AL = "AL", _("Albania")
    BA = "BA", _("Bosnia and Herzegovina")
    HR = "HR", _("Croatia")
    IR = "IR", _("Iran")
    XK = "XK", _("Kosovo")
    LT = "LT", _("Lithuania")
    ME = "ME", _("Montenegro")
    MK = "MK", _("North Macedonia")
    RS = "RS", _("Serbia")
    SI = "SI", _("Slovenia")


class Urgency(TextChoices):
    """How soon a place is needed: the words of a referral."""

    LOW = "low", _("Within some months")
    NORMAL = "normal", _("Within some weeks")
    HIGH = "high", _("Within days")


class Answer(TextChoices):
    """Whether there is a place."""

    YES = "yes", _("Yes, there is a place")
    WAIT = "wait", _("Not now, with a wait")
    NO = "no", _("No place")


AUDITED = {
    "service.added": _("Added a service"),
    "service.changed": _("Changed a service"),
    "place.added": _("Added a place"),
    "place.changed": _("Changed a place"),
    "place.closed_days": _("Changed the closed days of a place"),
    "offer.added": _("Offered a service at a place"),
    "offer.changed": _("Changed what is offered at a place"),
    "capacity.confirmed": _("Confirmed free places"),
    "capacity.asked": _("Asked another organisation for a place"),
    "capacity.answered": _("Answered whether there is a place"),
}

# Keys of its details: what each is called, and what its codes mean.
DETAILS: Final[tuple[tuple[str, Any, dict[str, Any]], ...]] = (
    ("answer", _("Answer"), dict(Answer.choices)),
    ("offers", _("Offers"), {}),
)
