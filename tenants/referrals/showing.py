"""What a referral's page shows to this reader, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, THEMSELVES
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from halka.common.templatetags.halka import TONES
from network_registry.directory.models import Offer
from network_registry.exchange.enums import OPEN, RESULTS, TAKEN_ON, Side, State
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.enums.consents import ConsentPurpose
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models import Client, Consent, ConsentOffer
from tenants.referrals import policies
from tenants.referrals.beginning import offer_named
from tenants.referrals.domain.arrival import alike
from tenants.referrals.domain.disclosure import labelled
from tenants.referrals.domain.results import distance_since
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, Step
from tenants.referrals.standing import Standing, event_title, standing

ICONS = {
    State.HELD: "hourglass-split",
    State.SENT: "send",
    State.OPENED: "eye",
    State.INFO_REQUESTED: "chat-dots",
    State.WAITLISTED: "hourglass-split",
    State.ACCEPTED: "check-circle",
    State.STARTED: "check2",
    State.COMPLETED: "award",
    State.CLOSED: "check2",
    State.REOPENED: "arrow-repeat",
    State.REDIRECTED: "arrow-right",
    State.RECALLED: "arrow-repeat",
    State.WITHDRAWN: "shield-lock",
    State.EXPIRED: "clock-history",
    "message": "envelope",
    "document": "paperclip",
    "reminded": "bell",
    "escalated": "bell",
    "settled": "shield-check",
}
STOP = "x-circle"  # of what ends a referral without a result
QUIET = frozenset({State.DRAFT, State.SENT, State.HELD})  # what matters of these stands on the page anyway


@dataclass(frozen=True)
class Row:
    """A step as the timeline tells it."""

    step: Step
    title: str
    who: str
    icon: str
    tone: str
    note: str


@dataclass(frozen=True)
class Way:
    """One side of life, from 0 to 100: when the work began, and last."""

    label: str
    first: int
    last: int

    @property
    def change(self) -> int:
        return self.last - self.first


@dataclass
class Shown:
    """`quotes` are what matters now of what was written, each with its label; `told` what was told, field by field.

    The recipient `decides` in its present state, and reads first what is needed. `ways` are told with the result, or
    would be if the work ended now.
    """

    standing: Standing
    is_ours: bool
    rows: list[Row]
    may_act: bool
    is_locked: bool
    need: str = ""
    area: str = ""
    quotes: list[tuple[str, str]] = field(default_factory=list)
    client: Client | None = None
    offer: Offer | None = None
    told: list[tuple[str, str]] = field(default_factory=list)
    kept_back: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    alike: list[Client] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    redirections: list[Referral] = field(default_factory=list)
    awaits_client: bool = False
    awaits_disclosure: bool = False
    told_nothing: bool = False
    hides_person: bool = False
    decides: bool = False
    has_result: bool = False
    may_redirect: bool = False
    may_send: bool = False
    has_receipt: bool = False
    asked_at: datetime | None = None


def show(referral: Referral, seat: Seat) -> Shown:
    """What this reader may see of it."""
    state, states = State(referral.envelope.state), policies.next_states(referral, seat)
    is_locked, is_ours = policies.is_locked(referral, seat), referral.direction == Direction.OUT
    shown = Shown(
        standing=standing(referral),
        is_ours=is_ours,
        rows=[_row(referral, step, hides=is_locked) for step in referral.steps.order_by("-at", "-id")],
        may_act=policies.may_act(referral, seat),
        is_locked=is_locked,
        offer=offer_named(referral.envelope.offer),
        awaits_disclosure=state in TAKEN_ON and referral.disclosed_at is None,
        told_nothing=state in TAKEN_ON and referral.disclosed_at is not None and not referral.names_person,
        decides=not is_ours and state in (State.OPENED, State.WAITLISTED),
        has_result=state in (*RESULTS, State.CLOSED),
        may_redirect=State.REDIRECTED in states,
        may_send=State.SENT in states,
    )
    if not is_locked:
        _add_what_it_holds(shown, referral, seat)
    if policies.awaits_client(referral) and seat.can(Permission.REFERRAL_ANSWER):
        shown.awaits_client, shown.alike = True, alike(referral)
    if is_ours:
        _add_what_senders_see(shown, referral, state)
    ends = State.COMPLETED in states or State.DISENGAGED in states
    shown.ways = ways_of(distance_since(referral) if ends else referral.distance)
    return shown


def _add_what_it_holds(shown: Shown, referral: Referral, seat: Seat) -> None:
    shown.client, shown.quotes = referral.client, _quotes(referral, shown.rows)
    if policies.may_read_need(referral):
        shown.need, shown.area = referral.need, referral.area
    if seat.can(Permission.DISCLOSURE_VIEW):
        shown.told = labelled(policies.read_by(referral.disclosed, referral.client, seat))


def _add_what_senders_see(shown: Shown, referral: Referral, state: State) -> None:
    """The consent, where it was redirected to, and what a draft waits for."""
    if referral.consent is not None:
        shown.scopes = [str(ConsentScope(scope).label) for scope in referral.consent.scopes]
        shown.hides_person = state in OPEN and referral.disclosed_at is None
    shown.kept_back = [capfirst(str(Client._meta.get_field(name).verbose_name)) for name in referral.left_out]  # type: ignore[union-attr]
    if state == State.REDIRECTED:
        shown.redirections = list(referral.redirections.select_related("other", "envelope").defer("other__logo"))
    if state == State.DRAFT:
        about = {"client": referral.client, "recipient": referral.other_id, "purpose": ConsentPurpose.REFERRAL}
        shown.has_receipt = Consent.objects.valid().filter(**about).exists()
        asked = ConsentOffer.objects.filter(**about, answered_at=None).order_by("-offered_at")
        shown.asked_at = asked.values_list("offered_at", flat=True).first()


def _row(referral: Referral, step: Step, *, hides: bool) -> Row:
    return Row(
        step=step,
        title=event_title(step.type, step.side, step.reason, step.get_type_display()),
        who=_who(referral, step),
        icon=ICONS.get(step.type, STOP),
        tone=TONES.get(step.type, "neutral"),
        note="" if hides else step.note,
    )


def _who(referral: Referral, step: Step) -> str:
    """Our own people by name; of the other side the organisation alone."""
    if step.side in (Side.SYSTEM, Side.SECRETARIAT) or step.by_name == SYSTEM.name:
        return _("By itself") if step.side != Side.SECRETARIAT else _("The secretariat")
    if step.by_name == THEMSELVES.name:
        return _("The person themselves")
    if step.side == policies.side_of(referral):
        return step.by_name or required_organisation().name(get_language() or "")
    return str(referral.other)


def _quotes(referral: Referral, rows: list[Row]) -> list[tuple[str, str]]:
    """Of what was written, that which the present state is about: the question, the reason, the result."""
    envelope = referral.envelope
    state = envelope.result if envelope.state == State.CLOSED and envelope.result else envelope.state
    step = next((row.step for row in rows if row.step.type == state), None)
    if step is None or state in QUIET:
        return []
    is_theirs = step.side != policies.side_of(referral)
    quotes = []
    if step.reason:
        quotes.append((_("What came of it") if state == State.COMPLETED else _("Why"), step.get_reason_display()))
    if step.note and state == State.INFO_REQUESTED:
        quotes.append((_("They ask") if is_theirs else _("You asked"), step.note))
    elif step.note and state == State.OPENED:
        quotes.append((_("They answered your question") if is_theirs else _("You answered their question"), step.note))
    elif step.note and is_theirs:
        quotes.append((_("They wrote"), step.note))
    return quotes


def ways_of(distance: dict[str, list[float]]) -> list[Way]:
    """In the order of the sides of life; a side that this software does not know is left out."""
    return [
        Way(str(dimension.label), *map(round, distance[dimension.value]))
        for dimension in Dimension
        if dimension.value in distance
    ]
