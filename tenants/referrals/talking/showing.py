"""The thread, the documents and the links of a referral, as its page shows them to one reader."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from halka.authorization.roles import Permission, Seat
from network_registry.exchange.enums import TAKEN_ON, UNANSWERED
from tenants.caseloads.models import Document
from tenants.caseloads.policies import readable
from tenants.referrals import policies
from tenants.referrals.domain import enclosing, messages
from tenants.referrals.domain.links import FITS, is_locked, link_of_sender
from tenants.referrals.enums import Direction, LinkPurpose
from tenants.referrals.models import Enclosure, Message, Referral
from tenants.referrals.talking.forms import EncloseForm, MessageForm

SHOWN: Final = 6
MOST: Final = 200  # of the newest; a thread is a talk, no archive
MOST_DOCUMENTS: Final = 100


def thread(request: Any, referral: Referral, form: MessageForm | None = None) -> dict[str, Any] | None:
    """What was written, the oldest first. Looking at it is reading it."""
    seat: Seat = request.seat
    if is_closed_to(referral, seat):
        return None
    newest = list(Message.objects.filter(referral=referral).order_by("-at", "-id")[:MOST])
    may_write = policies.may_talk(referral) and policies.may_act(referral, seat)
    if not newest and not may_write:
        return None
    messages.read_messages(referral=referral, by=seat)
    return {
        "messages_of": newest[::-1],
        "first_new": next((message.pk for message in newest[::-1] if not message.ours and not message.read_at), None),
        "form": form or (message_form(referral) if may_write else None),
        "seat_id": seat.membership_id,
    }


def message_form(referral: Referral, data: Any = None) -> MessageForm:
    tells_nobody = referral.direction == Direction.OUT and not referral.names_person
    return MessageForm(data, tells_nobody=tells_nobody)


def documents(request: Any, referral: Referral, form: EncloseForm | None = None) -> dict[str, Any] | None:
    """What was sent along, and a form where more may be."""
    seat: Seat = request.seat
    if is_closed_to(referral, seat) or not seat.can(Permission.DISCLOSURE_VIEW):
        return None
    found = Enclosure.objects.filter(referral=referral).select_related("document", "referral__envelope")
    professions = enclosing.professions_in(referral, seat)
    newest = found.order_by("-at", "-id")[:MOST_DOCUMENTS]
    rows = [(enclosure, enclosing.may_read(enclosure, seat, professions)) for enclosure in newest]
    could = policies.may_enclose(referral) and policies.may_act(referral, seat) and referral.client_id is not None
    is_covered = could and enclosing.consent_for(referral) is not None
    if not rows and not could:
        return None
    return {
        "enclosures": rows,
        "form": form or (EncloseForm(documents=to_choose(referral, seat)) if is_covered else None),
        "lacks_consent": could and not is_covered,
        "may_take_back": policies.may_act(referral, seat),
    }


def to_choose(referral: Referral, seat: Seat) -> QuerySet[Document]:
    """Of the person's documents those that the reader may read, and that did not come with this referral."""
    assert referral.client is not None
    found = readable(Document.objects.all(), seat, referral.client).exclude(enclosures__referral=referral)
    return found.order_by("-added_at", "-id")


def link_sent(request: Any, referral: Referral) -> dict[str, Any] | None:
    """To the sender: that the other side answers by a link, the code to tell, and whether to send it again."""
    if referral.direction != Direction.OUT or not policies.may_act(referral, request.seat):
        return None
    link = link_of_sender(referral)
    state = referral.envelope.state
    if link is None or state not in UNANSWERED | FITS[LinkPurpose.TOLD]:
        return None
    told = link if link.purpose == LinkPurpose.TOLD else referral.links.filter(purpose=LinkPurpose.TOLD).last()
    return {
        "link": link,
        "code_link": told if told and told.code and state in FITS[LinkPurpose.TOLD] else None,
        "is_locked": told is not None and is_locked(told),
        "again": [purpose for purpose in LinkPurpose if _may_ask(referral, purpose)],
        "is_unanswered": state in UNANSWERED,
    }


def _may_ask(referral: Referral, purpose: LinkPurpose) -> bool:
    state = referral.envelope.state
    if purpose == LinkPurpose.TOLD:
        return state in TAKEN_ON and referral.names_person
    return state in FITS[purpose]


def unread(request: Any) -> dict[str, Any] | None:
    """Today: referrals in which something was written that nobody has read."""
    found = list(messages.waiting_for(request.seat)[: SHOWN + 1])
    return {"referrals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def is_closed_to(referral: Referral, seat: Seat) -> bool:
    """What is restricted is for those who run people's rights; what was erased for nobody."""
    return referral.purged_at is not None or referral.is_unsent or policies.is_locked(referral, seat)
