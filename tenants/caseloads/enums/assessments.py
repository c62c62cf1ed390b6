"""What scales, assessments and plans choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rater(TextChoices):
    CLIENT = "client", _("The person")
    MENTOR = "mentor", _("Mentor")


class ScaleState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    RETIRED = "retired", _("No longer used")


class FindingKind(TextChoices):
    NEED = "need", _("Need")
    CAPABILITY = "capability", _("Capability")
    STRENGTH = "strength", _("Strength")
    INTEREST = "interest", _("Interest")


class GoalState(TextChoices):
    OPEN = "open", _("Under way")
    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    DROPPED = "dropped", _("Dropped")


class PlanState(TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    REPLACED = "replaced", _("Replaced by a newer one")


AUDITED: dict[str, object] = {}
