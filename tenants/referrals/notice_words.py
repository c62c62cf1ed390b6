"""What e-mails about referrals say: that something happened, never about whom."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network_registry.exchange.enums import EventType, State
from tenants.referrals.enums import LinkPurpose

# What is said differently to one side, or of what happened by itself.
SETTLING, EXPIRED_UNANSWERED, CLOSED_BY_ITSELF = "settling", "expired_unanswered", "closed_by_itself"
LAPSED, LAPSED_OURS = "lapsed", "lapsed_ours"
LOCKED = "link_locked"

# Type of the event -> subject and sentence, with the other organisation's name and the referral's reference.
WORDS: dict[str, tuple[Promise, Promise]] = {
    State.HELD: (_("A referral waits for you: %(reference)s"), _("A referral of %(other)s waits for a decision.")),
    State.REJECTED: (_("Referral %(reference)s was not sent"), _("The secretariat did not let it go out. Read why.")),
    State.SENT: (_("A referral from %(other)s"), _("%(other)s refers somebody to you. Please answer soon.")),
    State.INFO_REQUESTED: (
        _("A question about %(reference)s"),
        _("%(other)s asks something, and decides when you have answered."),
    ),
    State.OPENED: (_("An answer about %(reference)s"), _("%(other)s answered your question.")),
    State.WAITLISTED: (
        _("Referral %(reference)s: waiting list"),
        _("%(other)s has no place now, and has put it on the waiting list."),
    ),
    State.ACCEPTED: (_("Referral %(reference)s was accepted"), _("%(other)s takes the person on.")),
    State.DECLINED: (
        _("Referral %(reference)s was declined"),
        _("%(other)s cannot take the person on. Read why, and choose another place."),
    ),
    State.RECALLED: (_("Referral %(reference)s was recalled"), _("%(other)s took it back. What you had was erased.")),
    State.EXPIRED: (_("Referral %(reference)s has expired"), _("There was no answer in time.")),
    State.STARTED: (_("Referral %(reference)s: work has begun"), _("%(other)s has begun to work with the person.")),
    State.NOT_STARTED: (
        _("Referral %(reference)s did not start"),
        _("At %(other)s it came to nothing. Read why, and acknowledge it."),
    ),
    State.COMPLETED: (
        _("Referral %(reference)s is completed"),
        _("%(other)s tells what came of it. Please acknowledge it."),
    ),
    State.DISENGAGED: (
        _("Referral %(reference)s broke off"),
        _("At %(other)s the work broke off. Read why, and acknowledge it."),
    ),
    State.CLOSED: (_("Referral %(reference)s is closed"), _("%(other)s has read the result.")),
    State.REOPENED: (_("Referral %(reference)s is open again"), _("%(other)s has opened it again. It goes on.")),
    State.REDIRECTED: (
        _("Referral %(reference)s was redirected"),
        _("%(other)s has found another place for the person. Nothing is to be done."),
    ),
    State.WITHDRAWN: (
        _("Consent withdrawn: %(reference)s"),
        _("The person took the consent back. Restrict or erase what you have, and confirm it."),
    ),
    EventType.MESSAGE: (_("A message about %(reference)s"), _("%(other)s wrote to you about a referral.")),
    EventType.DOCUMENT: (_("A document for %(reference)s"), _("%(other)s sent a document with a referral.")),
    EventType.REMINDED: (_("Referral %(reference)s waits"), _("A referral still waits for an answer.")),
    EventType.ESCALATED: (
        _("Referral %(reference)s waits too long"),
        _("A referral has waited so long that managers are told."),
    ),
    SETTLING: (
        _("Please confirm: %(reference)s"),
        _("The person's consent has ended. Say whether you have erased what you had, or keep it because of a law."),
    ),
    LAPSED: (
        _("Consent ended: %(reference)s"),
        _("The consent ran out, and nobody renewed it. Restrict or erase what you have, and confirm it."),
    ),
    LAPSED_OURS: (
        _("Consent ended: %(reference)s"),
        _("The consent ran out. %(other)s erases or locks what it was told. To go on, refer the person anew."),
    ),
    EXPIRED_UNANSWERED: (
        _("Referral %(reference)s has expired"),
        _("%(other)s did not answer in time. You can refer the person somewhere else, with a new consent."),
    ),
    CLOSED_BY_ITSELF: (
        _("Referral %(reference)s is closed"),
        _("It was closed by itself, since nobody has said anything about the result."),
    ),
    LOCKED: (
        _("Referral %(reference)s: the link is locked"),
        _("Wrong codes were typed again and again in the name of %(other)s. Call them, then send the link again."),
    ),
    EventType.SETTLED: (_("Referral %(reference)s: confirmed"), _("%(other)s has confirmed what became of its copy.")),
}

# Where it is said to an organisation without accounts.
BY_LINK: dict[str, tuple[Promise, Promise]] = {
    **WORDS,
    State.WITHDRAWN: (
        _("Consent withdrawn: %(reference)s"),
        _("The person took the consent back. What lay here was erased: please destroy what you have noted elsewhere."),
    ),
    LAPSED: (
        _("Consent ended: %(reference)s"),
        _("The consent ran out. What lay here was erased: please destroy what you have noted elsewhere."),
    ),
    State.RECALLED: (
        _("Referral %(reference)s was recalled"),
        _("%(other)s took it back. What lay here was erased: please destroy what you have noted elsewhere."),
    ),
    State.EXPIRED: (_("Referral %(reference)s has expired"), _("There was no answer in time. Nothing is to be done.")),
    EventType.ESCALATED: (_("Referral %(reference)s waits too long"), _("A referral of %(other)s still waits.")),
    EventType.DISCLOSED: (
        _("Referral %(reference)s: who the person is"),
        _("Thank you for taking the person on. %(other)s has told who it is."),
    ),
    LinkPurpose.ANSWER: (_("A referral from %(other)s"), _("%(other)s asks you once more for an answer.")),
    LinkPurpose.TOLD: (
        _("Referral %(reference)s: who the person is"),
        _("You took somebody on whom %(other)s referred to you."),
    ),
    LinkPurpose.RESULT: (
        _("Referral %(reference)s: what became of it?"),
        _("Some time ago you took somebody on whom %(other)s referred to you."),
    ),
}
