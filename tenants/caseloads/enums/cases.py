"""What programmes, cases, teams and exits choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgrammeState(TextChoices):
    PREPARING = "preparing", _("In preparation")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")


class TargetMeasure(TextChoices):
    """What a programme's target counts."""

    ENROLLED = "enrolled", _("People enrolled")
    POSITIVE_EXITS = "positive_exits", _("Positive exits")
    WORK = "work", _("Exits into work")
    LEARNING = "learning", _("Exits into education or training")
    HELD_6 = "held_6", _("Exits that held for six months")
    SMALL_WINS = "small_wins", _("People with at least one small win")
    PROGRESS = "progress", _("People whose ratings rose")


class Profession(TextChoices):
    """What somebody is on the team of one case."""

    MENTOR = "mentor", _("Mentor")
    FACILITATOR = "facilitator", _("Job facilitator")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    TEACHER = "teacher", _("Teacher or trainer")
    COORDINATOR = "coordinator", _("Coordinator")
    VOLUNTEER = "volunteer", _("Volunteer")
    PARTNER = "partner", _("Partner institution")


# Those who read what is meant for professionals.
PROFESSIONALS = frozenset(set(Profession) - {Profession.VOLUNTEER, Profession.PARTNER})


class ExitKind(TextChoices):
    JOB = "job", _("A job")
    SELF_EMPLOYMENT = "self_employment", _("Own business")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship with a master")
    EDUCATION = "education", _("Back to school or study")
    TRAINING = "training", _("Training for a job")
    ACTIVATION = "activation", _("Active in the community")
    SMALL_CHANGE = "small_change", _("A small change achieved")
    LEFT = "left", _("Chose to leave")
    MOVED = "moved", _("Moved away")
    REFERRED = "referred", _("Goes on with another organisation")
    TRANSFERRED = "transferred", _("Handed over to another organisation for good")
    LOST_CONTACT = "lost_contact", _("Contact was lost")
    NEED_ENDED = "need_ended", _("No longer needs us")
    DIED = "died", _("Died")
    OTHER = "other", _("Another reason")


POSITIVE_EXITS = frozenset(
    {ExitKind.JOB, ExitKind.SELF_EMPLOYMENT, ExitKind.APPRENTICESHIP, ExitKind.EDUCATION, ExitKind.TRAINING,
     ExitKind.ACTIVATION, ExitKind.SMALL_CHANGE}
)  # fmt: skip
WORK_EXITS = frozenset({ExitKind.JOB, ExitKind.SELF_EMPLOYMENT, ExitKind.APPRENTICESHIP})
LEARNING_EXITS = frozenset({ExitKind.EDUCATION, ExitKind.TRAINING})
FOLLOW_UP_MONTHS = (1, 3, 6, 12)


class Held(TextChoices):
    """What was found at a follow-up."""

    YES = "yes", _("It held")
    CHANGED = "changed", _("Changed, and still well")
    PARTLY = "partly", _("Partly")
    NO = "no", _("It did not hold")
    UNREACHED = "unreached", _("Could not be reached")


REOPEN_DAYS = 14  # so long an exit that was recorded by mistake can be taken back
EMERGENCY_HOURS = 4
REASON_LETTERS = 10  # the least that a reason for emergency access says


AUDITED = {
    "programme.added": _("Set up a programme"),
    "programme.changed": _("Changed a programme"),
    "programme.ended": _("Ended a programme"),
    "case.listed": _("Listed cases"),
    "case.opened": _("Enrolled a person in a programme"),
    "case.closed": _("Recorded how a case ended"),
    "case.left": _("Recorded that a person left a programme"),
    "case.reopened": _("Took back an exit"),
    "team.joined": _("Put somebody on the team of a case"),
    "team.left": _("Took somebody off the team of a case"),
    "client.handed_over": _("Handed a client over"),
    "follow_up.done": _("Recorded a follow-up"),
    "emergency.begun": _("Opened a record in an emergency"),
    "emergency.reviewed": _("Looked at an emergency access"),
}
