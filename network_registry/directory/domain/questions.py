"""Asking another organisation for a place before anybody is named, and answering."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.directory.domain.capacity import write_capacity
from network_registry.directory.enums import SHOWN, Answer, Urgency
from network_registry.directory.errors import AnsweredAlready, AskedAlready, NotOffered
from network_registry.directory.models import CapacityQuestion, Offer
from network_registry.exchange.enums import Service as Need
from tenants.organisations.isolation import send_after_commit


def ask_capacity(*, offer: Offer, need: Need, urgency: Urgency, people: int, by: Seat) -> CapacityQuestion:
    """Asks whoever offers it. Raises NotOffered, AskedAlready."""
    from network_registry.directory.tasks import tell_question

    here = required_organisation().id
    if offer.organisation_id == here:
        raise NotOffered(_("This is your own organisation's."))
    if not offer.is_offered or not offer.service.is_published or offer.organisation.state not in SHOWN:
        raise NotOffered(_("This is not offered any more."))
    with transaction.atomic():
        try:
            with transaction.atomic():
                question = CapacityQuestion.objects.create(
                    offer=offer,
                    asker_id=here,
                    target_id=offer.organisation_id,
                    need=need,
                    urgency=urgency,
                    people=people,
                    asked_on=timezone.localdate(),
                )
        except IntegrityError as error:
            raise AskedAlready(_("Your organisation has asked for this today already.")) from error
        record(action="capacity.asked", on=question, detail={"service": need}, by=by)
        send_after_commit(tell_question, offer.organisation.schema_name, str(question.pk))
    return question


def answer_question(
    *, question: CapacityQuestion, answer: Answer, waiting_weeks: int | None = None, by: Seat
) -> CapacityQuestion:
    """Answers, and writes what was said down as the offer's free places. Raises AnsweredAlready."""
    from network_registry.directory.tasks import tell_answer

    weeks = waiting_weeks if answer == Answer.WAIT else None
    own = CapacityQuestion.objects.filter(pk=question.pk, target_id=required_organisation().id, answer="")
    with transaction.atomic():
        offer = Offer.objects.select_for_update(of=("self",)).get(pk=question.offer_id)
        if not own.update(answer=answer, waiting_weeks=weeks, answered_at=timezone.now()):
            raise AnsweredAlready(_("A colleague has answered this already."))
        if answer == Answer.YES:
            write_capacity(offer, max(offer.free_places or 0, question.people), 0)
        else:
            write_capacity(offer, 0, weeks)
        record(action="capacity.answered", on=question, detail={"answer": answer}, by=by)
        send_after_commit(tell_answer, question.asker.schema_name, str(question.pk))
    question.refresh_from_db()
    return question
