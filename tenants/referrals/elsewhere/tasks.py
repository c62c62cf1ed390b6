"""Background work of matches, transfers and access: thin, primitives in."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from halka.common.addresses import workspace_url
from halka.common.current import required_organisation
from network_registry.exchange.domain import access, transfers
from network_registry.exchange.domain import matches as network
from network_registry.exchange.errors import EnoughForToday
from tenants.organisations.enums import State
from tenants.organisations.models import Colleague, Organisation
from tenants.organisations.tasks import OrganisationTask
from tenants.referrals.domain.elsewhere import carrying, presence
from tenants.referrals.elsewhere.words import WORDS

logger = logging.getLogger(__name__)
AT_ONCE = 500


# --- carrying -------------------------------------------------------------------------------------------------
@shared_task(name="elsewhere.carry")
def carry(dealing: str) -> int:
    """What waits of one dealing; what fails is tried again by `carry_outstanding`."""
    return carrying.carry_all(UUID(dealing))


@shared_task(name="elsewhere.carry_outstanding")
def carry_outstanding() -> int:
    """Everything that a lost task or a dead worker left behind. One failure does not hold up the others."""
    carried = 0
    for dealing in carrying.waiting_dealings():
        try:
            carried += carrying.carry_all(dealing)
        except Exception:
            logger.exception("what waits of %s was not carried", dealing)
    return carried


# --- matches --------------------------------------------------------------------------------------------------
@shared_task(name="elsewhere.place", base=OrganisationTask)
def place(client_id: str) -> bool:
    """One person's signs; where today's number is used up, the nightly round places them."""
    try:
        return presence.place_signs(UUID(client_id))
    except EnoughForToday:
        return False


@shared_task(name="elsewhere.refresh", base=OrganisationTask)
def refresh() -> int:
    return presence.place_all()


@shared_task(name="elsewhere.refresh_everywhere")
def refresh_everywhere() -> int:
    """Removes signs whose consent has ended, and asks every organisation to look after its own; how many there are."""
    network.sweep_expired()
    names = list(Organisation.objects.exclude(state=State.CLOSED).values_list("schema_name", flat=True))
    for short_name in names:
        refresh.delay(short_name)
    return len(names)


@shared_task(name="elsewhere.compare")
def compare(person: str) -> int:
    """One person's signs with all others'; how many sides were told."""
    return _carried(network.compare(UUID(person)))


@shared_task(name="elsewhere.settle")
def settle(side_id: str) -> int:
    """What follows from the answers to a match."""
    return _carried(network.settle(UUID(side_id)))


@shared_task(name="elsewhere.look_after_matches")
def look_after_matches() -> int:
    """What a lost task left behind, and matches whose time is over."""
    done = 0
    for person in network.waiting_people(AT_ONCE):
        done += compare(str(person))
    for side_id in network.unsettled(AT_ONCE):
        done += settle(str(side_id))
    return done


def _carried(dealings: list[UUID]) -> int:
    for dealing in dealings:
        carry.delay(str(dealing))
    return len(dealings)


# --- transfers and access -----------------------------------------------------------------------------------
@shared_task(name="elsewhere.expire")
def expire() -> int:
    """Offers and requests that nobody answered in time, and access whose last day is over."""
    return _carried(transfers.expire_due(AT_ONCE) + access.pass_due(AT_ONCE))


# --- e-mails --------------------------------------------------------------------------------------------------
@shared_task(name="elsewhere.send_words", base=OrganisationTask)
def send_words(word: str, key: str, colleague_ids: list[str]) -> int:
    """To colleagues, each in their own language."""
    organisation, words = required_organisation(), WORDS[word]
    messages = []
    for colleague in Colleague.objects.filter(pk__in=colleague_ids, ended_at=None):
        with translation.override(colleague.language):
            context = {
                "name": colleague.name,
                "organisation": organisation.name(colleague.language),
                "sentence": words.sentence,
                "address": workspace_url(organisation, words.page, UUID(key)),
            }
            body = render_to_string("referrals/elsewhere/mail.txt", context)
            messages.append(EmailMessage(str(words.subject), body, to=[colleague.email]))
    return get_connection().send_messages(messages) or 0
