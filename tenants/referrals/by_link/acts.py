"""What the holder of a link may do, as data: a form, and the verb that the pages of signed-in people call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from network_registry.exchange.enums import State
from tenants.referrals import policies
from tenants.referrals.by_link import forms
from tenants.referrals.domain import answering, messages
from tenants.referrals.enums import LinkPurpose
from tenants.referrals.models import Referral

Run = Callable[[Referral, dict[str, Any], Seat], None]


@dataclass(frozen=True)
class Act:
    """`to` is the state that it moves to, None for writing; `done` is said afterwards. The first one stands open."""

    slug: str
    label: Promise
    form: type[forms.Named]
    to: State | None
    done: Promise
    run: Run


ACTS: Final = (
    Act(
        "open",
        _("Open the referral"),
        forms.Named,
        State.OPENED,
        _("Opened. Read what is needed, then answer."),
        lambda referral, data, by: answering.open_referral(referral=referral, by=by),
    ),
    Act(
        "accept",
        _("Take the person on"),
        forms.AcceptForm,
        State.ACCEPTED,
        _("Thank you. A second e-mail with another link lets you read who the person is."),
        lambda referral, data, by: answering.accept_referral(
            referral=referral, assignee=None, note=data["note"], by=by
        ),
    ),
    Act(
        "ask",
        _("Ask something first"),
        forms.AskForm,
        State.INFO_REQUESTED,
        _("Your question is on its way. You get an e-mail when it is answered."),
        lambda referral, data, by: answering.request_info(referral=referral, question=data["note"], by=by),
    ),
    Act(
        "wait",
        _("Put on the waiting list"),
        forms.WaitForm,
        State.WAITLISTED,
        _("The sender knows that there may be a place later. Open this page again as soon as there is one."),
        lambda referral, data, by: answering.waitlist_referral(referral=referral, note=data["note"], by=by),
    ),
    Act(
        "decline",
        _("Decline"),
        forms.DeclineForm,
        State.DECLINED,
        _("The sender has your answer and looks for another place. Thank you."),
        lambda referral, data, by: answering.decline_referral(
            referral=referral, reason=data["reason"], note=data["note"], by=by
        ),
    ),
    Act(
        "start",
        _("The work has begun"),
        forms.NoteForm,
        State.STARTED,
        _("Thank you. The sender sees that you work with the person."),
        lambda referral, data, by: answering.start_referral(referral=referral, note=data["note"], by=by),
    ),
    Act(
        "complete",
        _("The work is done"),
        forms.CompleteForm,
        State.COMPLETED,
        _("Thank you. The sender reads what came of it."),
        lambda referral, data, by: answering.complete_referral(
            referral=referral, outcome=data["reason"], note=data["note"], by=by
        ),
    ),
    Act(
        "not-start",
        _("It came to nothing"),
        forms.NotStartedForm,
        State.NOT_STARTED,
        _("Thank you. The sender reads why."),
        lambda referral, data, by: answering.not_start_referral(
            referral=referral, reason=data["reason"], note=data["note"], by=by
        ),
    ),
    Act(
        "break-off",
        _("The work broke off"),
        forms.DisengageForm,
        State.DISENGAGED,
        _("Thank you. The sender reads why."),
        lambda referral, data, by: answering.disengage_referral(
            referral=referral, reason=data["reason"], note=data["note"], by=by
        ),
    ),
)
WRITE: Final = Act(
    "write",
    _("Write a message"),
    forms.WriteForm,
    None,
    _("Your message is on its way."),
    lambda referral, data, by: _write(referral, data, by),
)


def _write(referral: Referral, data: dict[str, Any], by: Seat) -> None:
    messages.write_message(referral=referral, text=data["note"], by=by)


def possible(referral: Referral, purpose: LinkPurpose, by: Seat) -> list[Act]:
    """What this seat may do now, in order."""
    states = policies.next_states(referral, by)
    found = [act for act in ACTS if act.to in states]
    talks = purpose != LinkPurpose.RESULT and policies.may_talk(referral)
    return [*found, WRITE] if talks else found
