"""What a client's record chooses from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Language as Language


class Sex(TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another")


class Education(TextChoices):
    """The highest level finished, after ISCED 2011, in words that people use."""

    NONE = "none", _("No school finished")
    PRIMARY = "primary", _("Primary school")
    LOWER = "lower", _("Lower secondary school")
    VOCATIONAL = "vocational", _("Vocational school")
    UPPER = "upper", _("General secondary school")
    SHORT = "short", _("Short higher education")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree or higher")


class Vulnerability(TextChoices):
    """What the network's members usually note. An organisation hides what it does not use and adds its own."""

    LONG_TERM = "long_term", _("Out of work for more than a year")
    NEVER_WORKED = "never_worked", _("Never had a job")
    YOUNG_NEET = "young_neet", _("Young, not in education, work or training")
    OVER_50 = "over_50", _("Over 50")
    DISABILITY = "disability", _("Disability or reduced ability to work")
    MENTAL_HEALTH = "mental_health", _("Mental health difficulties")
    ADDICTION = "addiction", _("Addiction, past or present")
    MINORITY = "minority", _("Member of a minority that is discriminated against")
    SINGLE_PARENT = "single_parent", _("Single parent")
    CARER = "carer", _("Cares for a relative")
    VIOLENCE = "violence", _("Survivor of violence")
    HOMELESS = "homeless", _("No secure home")
    POVERTY = "poverty", _("Household without a steady income")
    PRISON = "prison", _("Released from prison")
    REFUGEE = "refugee", _("Refugee or displaced")
    RETURNEE = "returnee", _("Returned from abroad")
    LITERACY = "literacy", _("Reads or writes with difficulty")
    DIGITAL = "digital", _("Does not use a computer")
    REMOTE = "remote", _("Lives far from work and services")
    DEBT = "debt", _("In debt")


class ExperienceKind(TextChoices):
    JOB = "job", _("Job")
    SELF_EMPLOYED = "self_employed", _("Own business")
    PRACTICE = "practice", _("Work practice or internship")
    UNPAID = "unpaid", _("Unpaid work, at home or voluntary")
    EDUCATION = "education", _("School or study")
    TRAINING = "training", _("Course or training")


AUDITED = {
    "client.restricted": _("Restricted a record: a consent has ended"),
    "client.unrestricted": _("A restricted record opened again: the person agreed anew"),
    "client.added": _("Added a client"),
    "client.viewed": _("Opened a client's page"),
    "client.changed": _("Changed a client"),
    "client.assigned": _("Made somebody responsible for a client"),
    "client.number_shown": _("Looked at a national number"),
    "client.merged": _("Merged another record into this one"),
    "client.absorbed": _("Merged this record into another one"),
    "client.unmerged": _("Took a merged record out again"),
    "client.restored": _("Gave a merged record its own life back"),
    "experience.added": _("Added a line of work and learning"),
    "experience.changed": _("Changed a line of work and learning"),
    "experience.removed": _("Removed a line of work and learning"),
    "list.changed": _("Changed the list of what makes it hard"),
}
