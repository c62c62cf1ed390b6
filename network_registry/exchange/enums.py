"""The referral's states and who may move it, as data. docs/generated/referral.md is drawn from TRANSITIONS."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Side(TextChoices):
    SENDER = "sender", _("Sender")
    TARGET = "target", _("Recipient")


# From which state to which, and which side moves it.
TRANSITIONS: dict[State, dict[State, Side]] = {
    State.SENT: {State.OPENED: Side.TARGET},
    State.OPENED: {State.ACCEPTED: Side.TARGET, State.DECLINED: Side.TARGET},
    State.ACCEPTED: {},
    State.DECLINED: {},
}
ANSWERED = frozenset({State.ACCEPTED, State.DECLINED})


class Service(TextChoices):
    """What is asked for, in the network's own words."""

    MENTORING = "mentoring", _("Mentoring")
    JOB_SEARCH = "job_search", _("Finding a job")
    PRACTICE = "practice", _("Work practice")
    TRAINING = "training", _("Vocational training")
    MOTIVATION = "motivation", _("Motivation and self-confidence")
    COUNSELLING = "counselling", _("Counselling")
    SELF_EMPLOYMENT = "self_employment", _("Self-employment")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    OTHER = "other", _("Something else")


class DeclineReason(TextChoices):
    """Why a referral was declined: by the provider, or by the person it is about."""

    NO_PLACE = "no_place", _("No free place now")
    NOT_OUR_SERVICE = "not_our_service", _("Not a service we offer")
    OUTSIDE_AREA = "outside_area", _("Outside of our area")
    NOT_ELIGIBLE = "not_eligible", _("Does not meet the conditions of the programme")
    KNOWN_HERE = "known_here", _("Is being helped here already")
    CLIENT_DECLINED = "client_declined", _("The person does not want it")
    CLIENT_UNREACHABLE = "client_unreachable", _("The person could not be reached")


class Freight(TextChoices):
    """What the outbox carries from one side's private copy to the other's."""

    PREVIEW = "preview", _("Preview")
    DISCLOSURE = "disclosure", _("Disclosure")
    ANSWER = "answer", _("Answer")
