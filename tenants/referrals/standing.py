"""Where a referral stands, in plain words: for whoever sent it and for whoever got it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halka.common.calendars import format_day
from network_registry.exchange.domain.clock import Clock, answer_due
from network_registry.exchange.enums import CLOCK_RUNS, RESULTS, ConsentEnd, Remains, Side, State
from network_registry.exchange.models import Envelope
from tenants.referrals import policies
from tenants.referrals.models import Referral

_S, _T = Side.SENDER, Side.TARGET
# (state, our side) -> where it stands, and what that means for us.
WORDS: dict[tuple[State, Side], tuple[Promise, Promise]] = {
    (State.DRAFT, _S): (_("A draft"), _("Nobody else knows of it until you send it.")),
    (State.HELD, _S): (
        _("Waits for the secretariat"),
        _("Your organisation is new in the network: the secretariat looks at each referral before it goes out."),
    ),
    (State.REJECTED, _S): (
        _("The secretariat did not let it go out"),
        _("Nobody was told anything. Read why, and write a new one."),
    ),
    (State.SENT, _S): (_("Waits for their answer"), _("They have not opened it yet.")),
    (State.SENT, _T): (_("Waits for you"), _("Open it to read what is needed. The sender sees that you did.")),
    (State.OPENED, _S): (_("Waits for their answer"), _("They have read what is needed.")),
    (State.OPENED, _T): (
        _("Waits for your answer"),
        _("Accept, decline, or ask something first. Who the person is you learn when you accept."),
    ),
    (State.INFO_REQUESTED, _S): (_("They asked you something"), _("They decide when they have your answer.")),
    (State.INFO_REQUESTED, _T): (
        _("Waits for their answer to your question"),
        _("You are told when it comes. The clock stands meanwhile."),
    ),
    (State.WAITLISTED, _S): (_("On their waiting list"), _("They tell you when there is a place.")),
    (State.WAITLISTED, _T): (_("On your waiting list"), _("Accept as soon as there is a place, or decline.")),
    (State.ACCEPTED, _S): (_("They take the person on"), _("They tell you when the work has begun.")),
    (State.ACCEPTED, _T): (_("You take the person on"), _("Say when the work has begun, so that the sender knows.")),
    (State.DECLINED, _S): (
        _("They cannot take the person on"),
        _("You can choose another place. The person is asked anew."),
    ),
    (State.DECLINED, _T): (_("You declined"), _("The sender has read why, and looks for another place.")),
    (State.REDIRECTED, _S): (_("Referred to another place"), _("It goes on there.")),
    (State.REDIRECTED, _T): (_("Referred to another place"), _("The sender has found another place.")),
    (State.RECALLED, _S): (_("You took it back"), _("Nothing more is told.")),
    (State.RECALLED, _T): (_("They took it back"), _("What you had of it was erased.")),
    (State.EXPIRED, _S): (_("No answer in time"), _("You can choose another place. The person is asked anew.")),
    (State.EXPIRED, _T): (_("It has expired"), _("There was no answer in time.")),
    (State.STARTED, _S): (_("They work with the person"), _("They tell you what came of it.")),
    (State.STARTED, _T): (_("You work with the person"), _("When the work ends, tell the sender what came of it.")),
    (State.NOT_STARTED, _S): (_("It came to nothing"), _("Read why, and acknowledge it.")),
    (State.NOT_STARTED, _T): (_("It came to nothing"), _("The sender reads why, and closes it.")),
    (State.COMPLETED, _S): (_("The work is done"), _("Read what came of it, and acknowledge it.")),
    (State.COMPLETED, _T): (_("The work is done"), _("The sender reads what came of it, and closes it.")),
    (State.DISENGAGED, _S): (_("The work broke off"), _("Read why, and acknowledge it.")),
    (State.DISENGAGED, _T): (_("The work broke off"), _("The sender reads why, and closes it.")),
    (State.CLOSED, _S): (_("Closed"), _("Either side can open it again.")),
    (State.CLOSED, _T): (_("Closed"), _("The sender has read the result. Either side can open it again.")),
    (State.REOPENED, _S): (_("Open again"), _("They tell you how it goes on.")),
    (State.REOPENED, _T): (_("Open again"), _("Say how it goes on.")),
    (State.WITHDRAWN, _S): (_("The person took the consent back"), _("Nothing more is told.")),
    (State.WITHDRAWN, _T): (_("The person took the consent back"), _("Nothing of it may be used any more.")),
}
# What became of the recipient's copy after a recall or a withdrawn consent.
REMAINS: dict[tuple[Remains, Side], Promise] = {
    (Remains.WAITING, _S): _("They are to erase what they have, or to lock it, and to confirm that."),
    (Remains.RESTRICTED, _S): _("They have locked what a law makes them keep, and use it for nothing."),
    (Remains.ERASED, _S): _("They have confirmed that they erased what they had."),
    (Remains.WAITING, _T): _("Your copy is locked. Whoever is responsible says what becomes of it."),
    (Remains.RESTRICTED, _T): _("Your copy stays locked, because a law makes you keep it."),
    (Remains.ERASED, _T): _("Your copy is erased."),
}
# Said in place of WORDS where nobody took the consent back.
LAPSED: dict[Side, tuple[Promise, Promise]] = {
    _S: (_("The consent ran out"), _("Nothing more is told. To go on, refer the person anew.")),
    _T: (_("The consent ran out"), _("Nobody renewed it: nothing of it may be used any more.")),
}
EVENTS: dict[tuple[str, str], Promise] = {
    (State.OPENED, _S): _("Question answered"),
    (State.WITHDRAWN, ""): _("The person took the consent back"),
    (State.WITHDRAWN, ConsentEnd.LAPSED): _("The consent ran out"),
}


@dataclass(frozen=True)
class Standing:
    """`until` says by when, where there is a day."""

    headline: str
    text: str
    until: str = ""


def standing(referral: Referral) -> Standing:
    envelope, side = referral.envelope, policies.side_of(referral)
    words = LAPSED[side] if envelope.reason == ConsentEnd.LAPSED else WORDS[State(envelope.state), side]
    headline, text = map(str, words)
    if envelope.remains:
        text = f"{text} {REMAINS[Remains(envelope.remains), side]}"
    return Standing(headline, text, _until(envelope, side))


def _until(envelope: Envelope, side: Side) -> str:
    if envelope.state in RESULTS and envelope.due_at:
        return gettext("It is closed by itself on %(day)s.") % {"day": format_day(envelope.due_at)}
    if (moment := answer_by(envelope)) is None:
        return ""
    ours = (side == Side.TARGET) == (envelope.state != State.INFO_REQUESTED)
    words = gettext("Answer by %(day)s.") if ours else gettext("They have until %(day)s.")
    return words % {"day": format_day(moment)}


def answer_by(envelope: Envelope) -> datetime | None:
    """When a referral that waits for an answer expires, if nothing happens."""
    if envelope.state == State.INFO_REQUESTED:
        return envelope.due_at
    ticking = Clock(waited=envelope.waited, since=envelope.clock_since)
    return answer_due(ticking, days=envelope.days) if envelope.state in CLOCK_RUNS else None


def event_title(type: str, side: str, reason: str, label: str) -> str:
    """What a step of the timeline is called."""
    return str(EVENTS.get((type, side)) or EVENTS.get((type, reason)) or label)
