"""Licences run out: their holders are reminded, work no longer when the day has passed, and again after a renewal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM
from halka.common.calendars import format_day
from halka.common.errors import Refused
from network_registry.membership.models import Licence
from tenants.organisations.domain import lifecycle
from tenants.organisations.enums import Kind, State, Why
from tenants.organisations.isolation import inside, send_after_commit
from tenants.organisations.models import Organisation, StateChange

REMINDED: Final = (90, 30, 7)  # days before its last one
REVIEWERS_REMINDED: Final = 30  # from here on, those who decide about it too
WORKING: Final = (State.PROVISIONAL, State.ACTIVE)

logger = logging.getLogger("halka.membership")


def look_after(*, today: date | None = None) -> dict[str, int]:
    """Reminds, suspends and resumes, in the secretariat's name; how many of each. What was missed is made up for."""
    day = today or timezone.localdate()
    secretariat = Organisation.objects.filter(kind=Kind.SECRETARIAT).exclude(state=State.CLOSED).first()
    if secretariat is None:
        return {"reminded": 0, "suspended": 0, "resumed": 0}
    with inside(secretariat.ref()):
        return {
            "reminded": sum(_remind(licence, day) for licence in list(_ending(day))),
            "suspended": sum(_suspend(organisation) for organisation in list(run_out(day))),
            "resumed": sum(_resume(pk) for pk in list(_renewed(day))),
        }


def _latest() -> QuerySet[Licence]:
    """Of each member the licence that ends last."""
    last = Licence.objects.filter(organisation=OuterRef("organisation")).order_by("-valid_until", "-id").values("pk")
    return Licence.objects.filter(pk=Subquery(last[:1]))


def _ending(day: date) -> QuerySet[Licence]:
    soon = _latest().filter(valid_until__range=(day, day + timedelta(days=max(REMINDED))))
    return soon.filter(organisation__state__in=WORKING).select_related("organisation").defer("organisation__logo")


def run_out(day: date) -> QuerySet[Organisation]:
    """Those that work although their last licence ended before this day."""
    ended = Organisation.objects.filter(state__in=WORKING).annotate(last=Max("licences__valid_until"))
    return ended.filter(last__lt=day)


def _renewed(day: date) -> Iterator[UUID]:
    """Those that were suspended by this rule, and have a licence again."""
    why = StateChange.objects.filter(organisation=OuterRef("pk")).order_by("-at", "-id").values("why")
    again = Organisation.objects.filter(state=State.SUSPENDED).annotate(why=Subquery(why[:1]))
    valid = again.filter(why=Why.RUN_OUT).annotate(last=Max("licences__valid_until")).filter(last__gte=day)
    yield from valid.values_list("pk", flat=True)


def _remind(licence: Licence, day: date) -> bool:
    """Once for each number of days; where several have passed meanwhile, for the nearest alone."""
    from network_registry.membership.tasks import tell_licence_ends, tell_reviewers_licence_ends

    due = min(days for days in REMINDED if (licence.valid_until - day).days <= days)
    with transaction.atomic():
        untold = Licence.objects.filter(Q(reminded=None) | Q(reminded__gt=due), pk=licence.pk)
        if licence.organisation is None or not untold.update(reminded=due):
            return False
        send_after_commit(tell_licence_ends, licence.organisation.schema_name, str(licence.pk))
        if due <= REVIEWERS_REMINDED:
            send_after_commit(tell_reviewers_licence_ends, str(licence.pk))
    return True


def _suspend(organisation: Organisation) -> bool:
    return _moved(lifecycle.suspend, organisation.pk, Why.RUN_OUT)


def _resume(organisation: UUID) -> bool:
    return _moved(lifecycle.resume, organisation, Why.RENEWED)


def _moved(verb: Callable[..., Organisation], organisation: UUID, why: Why) -> bool:
    """What somebody has moved otherwise meanwhile holds up none of the others."""
    number = Licence.objects.filter(organisation=organisation).latest("valid_until").number
    try:
        verb(organisation=organisation, reason=number, by=SYSTEM, why=why)
    except Refused as refusal:
        logger.warning("An organisation's licence could not take effect: %s", refusal)
        return False
    return True


def obstacle(organisation: Organisation) -> str:
    """Why a suspended member cannot come back yet: its licence has run out. Empty where it has not."""
    last = Licence.objects.filter(organisation=organisation).aggregate(last=Max("valid_until"))["last"]
    if last is None or last >= timezone.localdate():
        return ""
    return _("Its licence ran out on %(day)s. Renew it first.") % {"day": format_day(last)}
