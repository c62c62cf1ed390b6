"""Who sits in a group: named, and taken out again, by a manager of the person's own organisation."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from network_registry.working_groups.errors import CannotName, GroupClosed, NotConvener, NotNow
from network_registry.working_groups.models import Charter, GroupSeat, MeetingFeed
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague


def name_person(*, group: UUID, colleague: UUID, is_convener: bool = False, by: Seat) -> GroupSeat:
    """`colleague` is the key of their membership. Raises CannotName, GroupClosed, NotConvener."""
    from network_registry.working_groups.tasks import invite_late, tell

    here = required_organisation().id
    charter = Charter.objects.get(pk=group)
    if charter.is_closed:
        raise GroupClosed
    if is_convener and charter.convener_id != here:
        raise NotConvener
    if not Colleague.objects.filter(pk=colleague, ended_at=None).exists():
        raise CannotName(_("This person does not belong to your organisation any more."))
    seat = GroupSeat(group=charter, organisation_id=here, membership_id=colleague, is_convener=is_convener)
    with transaction.atomic():
        try:
            with transaction.atomic():
                seat.save(force_insert=True)
        except IntegrityError as error:
            raise CannotName(_("This person is in the group already.")) from error
        record(action="group_seat.given", on=seat, detail={"group": str(charter)}, by=by)
        send_after_commit(tell, "named", str(seat.pk))
        send_after_commit(invite_late, str(seat.pk))
    return seat


def end_seat(*, seat: UUID, by: Seat) -> None:
    """Also in a closed group. Raises NotNow."""
    with transaction.atomic():
        found = _own_seat(seat)
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
        record(action="group_seat.ended", on=found, detail={"group": str(found.group)}, by=by)


def end_left_behind(membership: UUID) -> None:
    """Who comes back to the organisation is named anew, and makes a new calendar address."""
    now = timezone.now()
    GroupSeat.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    MeetingFeed.objects.filter(membership=membership, revoked_at=None).update(revoked_at=now)


def let_convene(*, seat: UUID, is_convener: bool, by: Seat) -> None:
    """Raises NotNow, NotConvener."""
    with transaction.atomic():
        found = _own_seat(seat)
        if is_convener and found.group.convener_id != found.organisation_id:
            raise NotConvener
        found.is_convener = is_convener
        found.save(update_fields=["is_convener"])
        action = "group_seat.convenes" if is_convener else "group_seat.convenes_no_more"
        record(action=action, on=found, detail={"group": str(found.group)}, by=by)


def _own_seat(seat: UUID) -> GroupSeat:
    own = GroupSeat.objects.select_for_update(of=("self",)).select_related("group__group")
    found = own.filter(pk=seat, organisation_id=required_organisation().id, ended_at=None).first()
    if found is None:
        raise NotNow(_("This person is not in the group any more."))
    return found
