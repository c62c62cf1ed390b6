"""Opening a record that is in somebody else's care: for a reason, for hours, told to supervisors."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat, roles_with
from halka.common.current import required_organisation
from tenants.caseloads.enums.cases import EMERGENCY_HOURS, REASON_LETTERS
from tenants.caseloads.errors import NoEmergency
from tenants.caseloads.models import Client, EmergencyAccess
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague


def break_glass(*, client: Client, reason: str, by: Seat) -> EmergencyAccess:
    """Opens the record to `by` for EMERGENCY_HOURS; supervisors and whoever is responsible are told.

    Raises NoEmergency without a reason in words, without a place here that could answer for it, or where the record is
    open to `by` anyway.
    """
    if sum(letter.isalpha() for letter in reason) < REASON_LETTERS:
        raise NoEmergency(
            ngettext(
                "Say why in a few words: at least %(number)s letter.",
                "Say why in a few words: at least %(number)s letters.",
                REASON_LETTERS,
            )
            % {"number": REASON_LETTERS}
        )
    if by.membership_id is None or not by.can(Permission.CLIENT_EDIT):
        raise NoEmergency(_("Emergency access is for those who work with clients here."))
    with transaction.atomic():
        locked = Client.objects.select_for_update().get(pk=client.pk)  # a second click waits, and finds the first
        if Client.objects.reachable_by(by).filter(pk=client.pk).exists():
            raise NoEmergency(_("This record is open to you already."))
        now = timezone.now()
        access = EmergencyAccess.objects.create(
            client=locked,
            colleague_id=by.membership_id,
            reason=reason.strip(),
            at=now,
            until=now + timedelta(hours=EMERGENCY_HOURS),
        )
        record(action="emergency.begun", on=access, by=by)
        _tell(locked, by)
    return access


def review_emergency(*, access: EmergencyAccess, by: Seat) -> EmergencyAccess:
    """A supervisor has looked at it. Raises NoEmergency for one's own, or when somebody else was faster."""
    with transaction.atomic():
        saved = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
        if saved.reviewed_at is not None:
            raise NoEmergency(_("Somebody has looked at this already."))
        if saved.colleague_id == by.membership_id:
            raise NoEmergency(_("Somebody else has to look at what you did yourself."))
        saved.reviewed_at = timezone.now()
        saved.reviewed_by_id = by.membership_id
        saved.save(update_fields=["reviewed_at", "reviewed_by"])
        record(action="emergency.reviewed", on=saved, by=by)
    return saved


def _tell(client: Client, by: Seat) -> None:
    from tenants.caseloads.tasks.cases import send_notices

    roles = roles_with(Permission.CASE_SUPERVISE)
    told = Q(role__in=roles) | Q(pk__in=[client.assigned_to_id])
    people = Colleague.objects.filter(told, ended_at=None)
    keys = [str(key) for key in people.exclude(pk__in=[by.membership_id]).values_list("pk", flat=True)]
    send_after_commit(send_notices, required_organisation().short_name, "emergency", str(client.pk), keys)
