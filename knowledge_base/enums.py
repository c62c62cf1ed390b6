from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who may read a page of the knowledge base."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("People of member organisations")
    GROUP = "group", _("A working group")


class Change(TextChoices):
    """What became of a published text."""

    CREATED = "created", _("New")
    CHANGED = "changed", _("Changed")
    REMOVED = "removed", _("Taken off")


class Fault(TextChoices):
    """What is wrong with a link between texts."""

    NOTHING = "nothing", _("It leads to nothing")
    CLOSED = "closed", _("Not everybody who reads this may read that")
    NO_KEY = "no_key", _("No curriculum or unit of this language has this key")


class Work(TextChoices):
    """How far a text is in another language."""

    NOT_BEGUN = "not_begun", _("Not begun")
    BEGUN = "begun", _("Being translated")
    BEHIND = "behind", _("Older than the original")
    DONE = "done", _("Published")


class Progress(TextChoices):
    """How far a module or a unit is in another language, against the newest version of the original."""

    NOT_BEGUN = "not_begun", _("Not begun")
    BEGUN = "begun", _("Being translated")
    BEHIND = "behind", _("The original has changed")
    DONE = "done", _("Translated")


class Outcome(TextChoices):
    """How what was tried ended."""

    SUCCESS = "success", _("It worked")
    FAILURE = "failure", _("It did not work")
    MIXED = "mixed", _("Some of it worked")


# Told by a picture beside the words, never by colour alone.
OUTCOME_ICONS: Final = {Outcome.SUCCESS: "check-circle", Outcome.FAILURE: "x-circle", Outcome.MIXED: "circle-half"}
OUTCOME_TONES: Final = {Outcome.SUCCESS: "good", Outcome.FAILURE: "stop", Outcome.MIXED: "wait"}


class Level(TextChoices):
    """Whose capacity grows."""

    INDIVIDUAL = "individual", _("One person")
    FAMILY = "family", _("The family")
    COMMUNITY = "community", _("The community")


class TargetGroup(TextChoices):
    """Whom it was tried with."""

    ANYBODY = "anybody", _("Anybody")
    LONG_TERM = "long_term_unemployed", _("People long without work")
    YOUTH = "youth", _("Young people")
    OVER_50 = "over_50", _("People over 50")
    WOMEN = "women", _("Women")
    PARENTS = "parents", _("Parents")
    ROMA = "roma", _("Roma")
    DISABILITY = "disability", _("People with a disability")
    RURAL = "rural", _("People in villages")
    REFUGEES = "refugees", _("Refugees and displaced people")
    RETURNEES = "returnees", _("People returned from abroad")
    PRISON = "prison", _("People after prison")
    ADDICTION = "addiction", _("People after treatment for addiction")


class PracticeKind(TextChoices):
    APPROACH = "approach", _("Approach")
    METHOD = "method", _("Method")
    TOOL = "tool", _("Tool")


class SkillKind(TextChoices):
    SOFT = "soft", _("Soft skill")
    HARD = "hard", _("Hard skill")


class UnitLevel(TextChoices):
    """How much a unit presumes."""

    BEGINNING = "beginning", _("For beginners")
    MIDDLE = "middle", _("Builds on a beginning")
    ADVANCED = "advanced", _("For the experienced")


class Focus(TextChoices):
    """What a unit works on first: motivation comes before skill."""

    MOTIVATION = "motivation", _("Motivation")
    SKILL = "skill", _("Skill")
    BOTH = "both", _("Motivation and skill")


class Scale(TextChoices):
    """The network's scales, by which people see what has changed for them."""

    SHORT = "short", _("The six short questions")
    FULL = "full", _("All questions of the scale")


class Kind(TextChoices):
    """What a result of the search is."""

    LESSON = "lesson", _("Lesson")
    PRACTICE = "practice", _("Practice")
    CURRICULUM = "curriculum", _("Curriculum")
    UNIT = "unit", _("Unit of a curriculum")
    ARTICLE = "article", _("Article")
    ADVOCACY = "advocacy", _("Advocacy")


KIND_ICONS: Final = {
    Kind.LESSON: "lightbulb",
    Kind.PRACTICE: "list-check",
    Kind.CURRICULUM: "mortarboard",
    Kind.UNIT: "book",
    Kind.ARTICLE: "journal-text",
    Kind.ADVOCACY: "chat-dots",
}


class Tab(TextChoices):
    """The kinds as readers tell them apart; units are found with their curricula."""

    LESSONS = "lessons", _("Lessons")
    PRACTICES = "practices", _("Practices")
    CURRICULA = "curricula", _("Curricula")
    ARTICLES = "articles", _("Articles")
    ADVOCACY = "advocacy", _("Advocacy")


# What a tab lists; what words are looked for in.
LISTED: Final = {
    Tab.LESSONS: [Kind.LESSON],
    Tab.PRACTICES: [Kind.PRACTICE],
    Tab.CURRICULA: [Kind.CURRICULUM],
    Tab.ARTICLES: [Kind.ARTICLE],
    Tab.ADVOCACY: [Kind.ADVOCACY],
}
SEARCHED: Final = LISTED | {Tab.CURRICULA: [Kind.CURRICULUM, Kind.UNIT]}


class TopicKind(TextChoices):
    """What one can follow."""

    PAGE = "page", _("Page")
    PROGRAMME = "programme", _("Programme")
    GROUP = "group", _("With whom")
    DIMENSION = "dimension", _("Dimension")


class SubmissionState(TextChoices):
    """Where a member's text is on its way to readers."""

    SENT = "sent", _("On its way")
    IN_REVIEW = "in_review", _("Others are reading it")
    WITH_EDITOR = "with_editor", _("With the editor")
    RETURNED = "returned", _("Came back for changes")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Taken back")


class ReviewState(TextChoices):
    """What an organisation that was asked to read has said."""

    ASKED = "asked", _("To be read")
    APPROVED = "approved", _("Ready for readers")
    RETURNED = "returned", _("Back for changes")
    PASSED_ON = "passed_on", _("Passed on to others")


FEWEST_PEOPLE: Final = 5  # that a figure of an organisation is about, at least
FEWEST_ORGANISATIONS: Final = 3  # that a sum rests on, at least

AUDITED = {
    "submission.sent": _("Sent a lesson or practice to the network"),
    "submission.withdrawn": _("Took a lesson or practice back from the network"),
    "review.answered": _("Answered as a reader of another organisation’s text"),
}
# Keys of its details: what each is called, and what its codes mean.
DETAILS: Final[tuple[tuple[str, Promise, dict[str, Promise]], ...]] = (
    ("round", _("Time"), {}),
    ("answer", _("Answer"), {state.value: state.label for state in ReviewState}),
)
