"""What can be done with a referral on its page, as data: whose act, its words, what is asked, the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import RESULTS, Side, State
from tenants.referrals import policies
from tenants.referrals.domain import answering, closing, sending
from tenants.referrals.forms import acts as forms
from tenants.referrals.models import Referral

Data = dict[str, Any]
PERMISSIONS = {
    Side.SENDER: Permission.REFERRAL_SEND,
    Side.TARGET: Permission.REFERRAL_ANSWER,
    None: Permission.REFERRAL_VIEW,  # of either side; policies ask for the side's own
}


@dataclass(frozen=True)
class Act:
    """`slug` is its part of the address, `to` the state that it leads to, `side` whose it is: None for either.

    In the states of `leads` it is the thing to do next, and its form stands open in those of `stands_open`.
    """

    slug: str
    to: State
    side: Side | None
    label: str | Promise
    icon: str
    done: str | Promise
    form: type[forms.ActForm]
    run: Callable[[Referral, Data, Seat], None]
    text: str | Promise = ""
    leads: frozenset[State] = frozenset()
    stands_open: bool = True
    is_grave: bool = False

    @property
    def permission(self) -> Permission:
        return PERMISSIONS[self.side]

    @property
    def url_name(self) -> str:
        return f"referral-{self.slug}"

    def form_for(self, referral: Referral, seat: Seat, data: Any = None) -> forms.ActForm:
        form = self.form(data, act=self.slug)
        form.suit(referral, seat)
        return form


ACTS: tuple[Act, ...] = (
    Act(
        slug="open",
        to=State.OPENED,
        side=Side.TARGET,
        label=_("Open the referral"),
        icon="eye",
        done=_("Opened. The sender sees that you read it."),
        form=forms.ActForm,
        run=lambda referral, data, by: answering.open_referral(referral=referral, by=by),
        leads=frozenset({State.SENT}),
    ),
    Act(
        slug="accept",
        to=State.ACCEPTED,
        side=Side.TARGET,
        label=_("Accept the referral"),
        icon="check-circle",
        done=_("Accepted. What the person agreed to share is on its way."),
        form=forms.AcceptForm,
        run=lambda referral, data, by: answering.accept_referral(referral=referral, **data, by=by),
        leads=frozenset({State.OPENED, State.WAITLISTED}),
    ),
    Act(
        slug="answer",
        to=State.OPENED,
        side=Side.SENDER,
        label=_("Answer the question"),
        icon="chat-dots",
        done=_("Answered. They can decide now."),
        form=forms.AnswerForm,
        run=lambda referral, data, by: sending.answer_info(referral=referral, **data, by=by),
        leads=frozenset({State.INFO_REQUESTED}),
    ),
    Act(
        slug="start",
        to=State.STARTED,
        side=Side.TARGET,
        label=_("The work has begun"),
        icon="check2",
        done=_("Noted. The sender sees that the work has begun."),
        form=forms.NoteForm,
        run=lambda referral, data, by: answering.start_referral(referral=referral, **data, by=by),
        leads=frozenset({State.ACCEPTED, State.REOPENED}),
        stands_open=False,
    ),
    Act(
        slug="complete",
        to=State.COMPLETED,
        side=Side.TARGET,
        label=_("Tell what came of it"),
        icon="award",
        done=_("The sender has been told what came of it."),
        form=forms.CompleteForm,
        run=lambda referral, data, by: answering.complete_referral(referral=referral, **data, by=by),
        leads=frozenset({State.STARTED}),
        stands_open=False,
    ),
    Act(
        slug="close",
        to=State.CLOSED,
        side=Side.SENDER,
        label=_("Acknowledge and close"),
        icon="check2",
        done=_("Closed. They see that you read the result."),
        form=forms.CloseForm,
        run=lambda referral, data, by: closing.close_referral(referral=referral, **data, by=by),
        leads=RESULTS,
    ),
    Act(
        slug="ask",
        to=State.INFO_REQUESTED,
        side=Side.TARGET,
        label=_("Ask something first"),
        icon="chat-dots",
        done=_("Asked. You are told when they answer."),
        form=forms.AskForm,
        run=lambda referral, data, by: answering.request_info(referral=referral, **data, by=by),
    ),
    Act(
        slug="waiting-list",
        to=State.WAITLISTED,
        side=Side.TARGET,
        label=_("Put on the waiting list"),
        icon="hourglass-split",
        done=_("It is on the waiting list. The sender has been told."),
        form=forms.WaitlistForm,
        run=lambda referral, data, by: answering.waitlist_referral(referral=referral, **data, by=by),
        text=_("There is no place now, and there will be one."),
    ),
    Act(
        slug="decline",
        to=State.DECLINED,
        side=Side.TARGET,
        label=_("Decline the referral"),
        icon="x-circle",
        done=_("Declined. The sender learns the reason."),
        form=forms.DeclineForm,
        run=lambda referral, data, by: answering.decline_referral(referral=referral, **data, by=by),
        is_grave=True,
    ),
    Act(
        slug="not-started",
        to=State.NOT_STARTED,
        side=Side.TARGET,
        label=_("It came to nothing"),
        icon="x-circle",
        done=_("Noted. The sender learns the reason."),
        form=forms.NotStartForm,
        run=lambda referral, data, by: answering.not_start_referral(referral=referral, **data, by=by),
        is_grave=True,
    ),
    Act(
        slug="break-off",
        to=State.DISENGAGED,
        side=Side.TARGET,
        label=_("The work broke off"),
        icon="pause-circle",
        done=_("Noted. The sender learns the reason."),
        form=forms.BreakOffForm,
        run=lambda referral, data, by: answering.disengage_referral(referral=referral, **data, by=by),
        is_grave=True,
    ),
    Act(
        slug="reopen",
        to=State.REOPENED,
        side=None,
        label=_("Open it again"),
        icon="arrow-repeat",
        done=_("It is open again. The other side has been told."),
        form=forms.ReopenForm,
        run=lambda referral, data, by: closing.reopen_referral(referral=referral, **data, by=by),
    ),
    Act(
        slug="recall",
        to=State.RECALLED,
        side=Side.SENDER,
        label=_("Take it back"),
        icon="arrow-repeat",
        done=_("Taken back. What they had is erased."),
        form=forms.RecallForm,
        run=lambda referral, data, by: sending.recall_referral(referral=referral, **data, by=by),
        text=_("What they have of it is erased on their side."),
        is_grave=True,
    ),
    Act(
        slug="withdraw",
        to=State.WITHDRAWN,
        side=None,
        label=_("The person takes the consent back"),
        icon="shield-lock",
        done=_("Taken back. Nothing more is told, and what was told may not be used any more."),
        form=forms.WithdrawForm,
        run=lambda referral, data, by: closing.withdraw_referral(referral=referral, **data, by=by),
        text=_("The other organisation is told too, and has to erase or to lock what it has."),
        is_grave=True,
    ),
)


def possible(referral: Referral, seat: Seat) -> list[Act]:
    """What this person may do with it now."""
    states, side = policies.next_states(referral, seat), policies.side_of(referral)
    return [
        act for act in ACTS if act.to in states and act.side in (None, side) and not _waits_for_client(act, referral)
    ]


def _waits_for_client(act: Act, referral: Referral) -> bool:
    """Work begins when it is said whether the person is here already."""
    return act.to == State.STARTED and referral.client_id is None
