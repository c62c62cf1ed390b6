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


AUDITED = {
    "assessment.recorded": _("Recorded a rating of progress"),
    "finding.added": _("Noted a need, capability, strength or interest"),
    "finding.ended": _("Noted that something no longer holds"),
    "scale.added": _("Began a scale"),
    "scale.changed": _("Changed the draft of a scale"),
    "scale.published": _("Put a scale to use"),
    "scale.retired": _("Took a scale out of use"),
    "scale.discarded": _("Threw away the draft of a scale"),
    "plan.begun": _("Began a plan"),
    "plan.changed": _("Changed a plan"),
    "plan.agreed": _("Recorded that a plan was agreed"),
    "plan.reviewed": _("Went through a plan"),
    "plan.replaced": _("Began a new plan in place of an agreed one"),
    "plan.discarded": _("Threw away the draft of a plan"),
    "goal.closed": _("Closed a goal"),
    "goal.opened": _("Took a goal up again"),
    "step.done": _("Ticked off a step"),
    "step.undone": _("Took back the tick of a step"),
}
