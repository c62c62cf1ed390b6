"""The referral's states and who may move it, as data. docs/generated/referral.md is drawn from TRANSITIONS."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Service as Service


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waits for the secretariat")
    REJECTED = "rejected", _("Rejected by the secretariat")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    INFO_REQUESTED = "info_requested", _("Information asked for")
    WAITLISTED = "waitlisted", _("On the waiting list")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REDIRECTED = "redirected", _("Redirected")
    RECALLED = "recalled", _("Recalled")
    EXPIRED = "expired", _("Expired")
    STARTED = "started", _("Started")
    NOT_STARTED = "not_started", _("Not started")
    COMPLETED = "completed", _("Completed")
    DISENGAGED = "disengaged", _("Broken off")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    WITHDRAWN = "withdrawn", _("Consent ended")


class Side(TextChoices):
    SENDER = "sender", _("Sender")
    TARGET = "target", _("Recipient")
    SECRETARIAT = "secretariat", _("Secretariat")
    SYSTEM = "system", _("By itself")


_SENDER, _TARGET = frozenset({Side.SENDER}), frozenset({Side.TARGET})
_SECRETARIAT, _SYSTEM = frozenset({Side.SECRETARIAT}), frozenset({Side.SYSTEM})
_EITHER = _SENDER | _TARGET
_OFF = {State.RECALLED: _SENDER, State.WITHDRAWN: _EITHER}  # what a sender may do until work has started
_WAITING = {State.EXPIRED: _SYSTEM, **_OFF}  # an answer is due
_ENDED = {State.CLOSED: _SENDER | _SYSTEM, State.WITHDRAWN: _EITHER}

# From which state to which, and which sides move it.
TRANSITIONS: dict[State, dict[State, frozenset[Side]]] = {
    State.DRAFT: {State.SENT: _SENDER, State.HELD: _SENDER},
    State.HELD: {
        State.SENT: _SECRETARIAT,
        State.REJECTED: _SECRETARIAT,
        State.RECALLED: _SENDER,
        State.WITHDRAWN: _SENDER,
    },
    State.REJECTED: {},
    State.SENT: {State.OPENED: _TARGET, **_WAITING},
    State.OPENED: {
        State.INFO_REQUESTED: _TARGET,
        State.WAITLISTED: _TARGET,
        State.ACCEPTED: _TARGET,
        State.DECLINED: _TARGET,
        **_WAITING,
    },
    State.INFO_REQUESTED: {State.OPENED: _SENDER, **_WAITING},
    State.WAITLISTED: {State.ACCEPTED: _TARGET, State.DECLINED: _TARGET, **_OFF},
    State.ACCEPTED: {State.STARTED: _TARGET, State.NOT_STARTED: _TARGET, **_OFF},
    State.DECLINED: {State.REDIRECTED: _SENDER, State.WITHDRAWN: _EITHER},
    State.EXPIRED: {State.REDIRECTED: _SENDER, State.WITHDRAWN: _EITHER},
    State.REDIRECTED: {State.WITHDRAWN: _EITHER},
    State.RECALLED: {},
    State.STARTED: {State.COMPLETED: _TARGET, State.DISENGAGED: _TARGET, State.WITHDRAWN: _EITHER},
    State.NOT_STARTED: _ENDED,
    State.COMPLETED: _ENDED,
    State.DISENGAGED: _ENDED,
    State.CLOSED: {State.REOPENED: _EITHER, State.WITHDRAWN: _EITHER},
    State.REOPENED: {
        State.STARTED: _TARGET,
        State.NOT_STARTED: _TARGET,
        State.COMPLETED: _TARGET,
        State.DISENGAGED: _TARGET,
        State.WITHDRAWN: _EITHER,
    },
    State.WITHDRAWN: {},
}
UNSENT = frozenset({State.DRAFT, State.HELD, State.REJECTED})  # the recipient knows nothing of it
UNANSWERED = frozenset({State.SENT, State.OPENED, State.INFO_REQUESTED, State.WAITLISTED})
TAKEN_ON = frozenset({State.ACCEPTED, State.STARTED, State.REOPENED})  # the recipient works on it
RESULTS = frozenset({State.NOT_STARTED, State.COMPLETED, State.DISENGAGED})
OPEN = frozenset({State.HELD}) | UNANSWERED | TAKEN_ON  # one such a person, service and recipient
RETRACTED = frozenset({State.RECALLED, State.WITHDRAWN})  # the recipient erases or restricts its copy
# A moment that is written down when the referral comes into one of these states for the first time.
MOMENTS: dict[str, frozenset[State]] = {
    "held_at": frozenset({State.HELD}),
    "sent_at": frozenset({State.SENT}),
    "opened_at": frozenset({State.OPENED}),
    "answered_at": frozenset({State.ACCEPTED, State.DECLINED, State.WAITLISTED}),
    "started_at": frozenset({State.STARTED}),
    "ended_at": RESULTS,
    "closed_at": frozenset({State.CLOSED}),
}


class DeclineReason(TextChoices):
    """Why a referral was declined: by the provider, or by the person it is about."""

    NO_PLACE = "no_place", _("No free place now")
    NOT_OUR_SERVICE = "not_our_service", _("Not a service we offer")
    OUTSIDE_AREA = "outside_area", _("Outside of our area")
    NOT_ELIGIBLE = "not_eligible", _("Does not meet the conditions of the programme")
    KNOWN_HERE = "known_here", _("Is being helped here already")
    CLIENT_DECLINED = "client_declined", _("The person does not want it")
    CLIENT_UNREACHABLE = "client_unreachable", _("The person could not be reached")


class RejectReason(TextChoices):
    """Why the secretariat lets a provisional member's referral not go out."""

    NOT_READY = "not_ready", _("The sender is not ready to refer people yet")
    WRONG_RECIPIENT = "wrong_recipient", _("The recipient does not offer this")
    DOUBLE = "double", _("It was sent twice")


class RecallReason(TextChoices):
    PERSON_CHANGED = "person_changed", _("The person decided otherwise")
    HELPED_ELSEWHERE = "helped_elsewhere", _("The person is helped elsewhere")
    MISTAKE = "mistake", _("It was sent by mistake")
    TOO_LONG = "too_long", _("It took too long")


class NotStartedReason(TextChoices):
    UNREACHABLE = "unreachable", _("The person could not be reached any more")
    NO_SHOW = "no_show", _("The person did not come")
    WITHDREW = "withdrew", _("The person does not want it any more")


class Outcome(TextChoices):
    """What came of the work; a job is one of many good ones."""

    JOB = "job", _("A job")
    SELF_EMPLOYED = "self_employed", _("Own business")
    PRACTICE = "practice", _("Work practice or internship")
    EDUCATION = "education", _("School, studies or training")
    SERVICE_GIVEN = "service_given", _("The service was given to its end")
    SMALL_STEPS = "small_steps", _("Small steps: more courage, more order, more contacts")
    NO_CHANGE = "no_change", _("No change")


class DisengageReason(TextChoices):
    LOST_CONTACT = "lost_contact", _("Contact was lost")
    OWN_WISH = "own_wish", _("The person wished to stop")
    MOVED = "moved", _("The person moved away")
    HEALTH = "health", _("Health or family")
    PROVIDER = "provider", _("The programme ended or has no means")


class ReopenReason(TextChoices):
    NEEDED_AGAIN = "needed_again", _("The person needs it again")
    RESULT_WRONG = "result_wrong", _("The result was not right")
    CLOSED_BY_MISTAKE = "closed_by_mistake", _("It was closed by mistake")


# A move into one of these states says why, or what came of it, in one of these words.
REASONS: dict[State, type[TextChoices]] = {
    State.REJECTED: RejectReason,
    State.DECLINED: DeclineReason,
    State.RECALLED: RecallReason,
    State.NOT_STARTED: NotStartedReason,
    State.COMPLETED: Outcome,
    State.DISENGAGED: DisengageReason,
    State.REOPENED: ReopenReason,
}


class ConsentEnd(TextChoices):
    """How the consent ended that a referral rests on, where nobody took it back."""

    LAPSED = "lapsed", _("The consent ran out")


# A move into one of these may say why; a withdrawal without a word means that the person took the consent back.
MAY_SAY: dict[State, type[TextChoices]] = {State.WITHDRAWN: ConsentEnd}
REASON_CHOICES = [(f"{state.label}", choices.choices) for state, choices in (*REASONS.items(), *MAY_SAY.items())]


class EventType(TextChoices):
    """What is told of a referral beside its moves, whose events are called as the new state."""

    MESSAGE = "message", _("Message")
    DOCUMENT = "document", _("Document")
    DISCLOSED = "disclosed", _("Told what the consent covers")
    REMINDED = "reminded", _("Reminder")
    ESCALATED = "escalated", _("Told to managers")
    SETTLED = "settled", _("Copy erased or restricted")


class Deadline(TextChoices):
    """What happens by itself when nobody acts."""

    FIRST_REMINDER = "first_reminder", _("First reminder")
    SECOND_REMINDER = "second_reminder", _("Second reminder")
    ESCALATION = "escalation", _("Told to managers")
    EXPIRY = "expiry", _("Expires")
    CLOSING = "closing", _("Closed by itself")
    SETTLING = "settling", _("Asked again what became of the copy")


# After how many days: of waiting for an answer (the clock stands while information is asked for), for CLOSING of
# having ended. An organisation may shorten them; the shorter one of both sides counts.
DAYS: dict[Deadline, int] = {
    Deadline.FIRST_REMINDER: 3,
    Deadline.SECOND_REMINDER: 10,
    Deadline.ESCALATION: 20,
    Deadline.EXPIRY: 30,
    Deadline.CLOSING: 14,
}
CLOCK_RUNS = frozenset({State.SENT, State.OPENED})
SETTLING_DAYS = 7  # the recipient has to say what became of its copy, and is asked again as often
ANSWER_DEADLINES = (Deadline.FIRST_REMINDER, Deadline.SECOND_REMINDER, Deadline.ESCALATION, Deadline.EXPIRY)


class Remains(TextChoices):
    """What became of the recipient's copy after a recall or a withdrawn consent."""

    WAITING = "waiting", _("Waits for the recipient")
    RESTRICTED = "restricted", _("Restricted: kept by law, used for nothing")
    ERASED = "erased", _("Erased")


class Freight(TextChoices):
    """What the outbox carries from one side's private copy to the other's."""

    PREVIEW = "preview", _("Preview")
    DISCLOSURE = "disclosure", _("Disclosure")
    STEP = "step", _("Step")
    MESSAGE = "message", _("Message")
    READ = "read", _("Messages were read")
    DOCUMENT = "document", _("Document")
    LINK = "link", _("A link was sent to whoever answers without an account")
    LINK_ASKED = "link_asked", _("Another link is asked for")


class Period(TextChoices):
    """What the fairness board looks back on."""

    QUARTER = "quarter", _("The last 90 days")
    YEAR = "year", _("The last 12 months")


class FairnessKind(TextChoices):
    """What a row of the fairness board is about."""

    ORGANISATION = "organisation", _("By organisation")
    PROVINCE = "province", _("By province")
    SERVICE = "service", _("By service")
    MONTH = "month", _("By month")
    NETWORK = "network", _("All")
    MEDIAN = "median", _("The middle one of all organisations")


FEWEST = 5  # referrals that a figure stands on, at least

AUDITED = {
    "deadlines.changed": _("Changed the deadlines of referrals"),
    "held.released": _("Let a held referral go out"),
    "held.rejected": _("Rejected a held referral"),
    "fairness.exported": _("Exported the fairness board"),
}
