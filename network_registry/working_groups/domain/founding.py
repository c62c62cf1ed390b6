"""Founding, changing and closing working groups: the secretariat's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile
from network_registry.working_groups.errors import CannotFound, NotNow
from network_registry.working_groups.models import Charter
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation, WorkingGroup


def save_group(
    *,
    group: UUID | None = None,
    names: Mapping[str, str],
    purpose: str,
    organisations: Collection[UUID],
    convener: UUID,
    seen_version: int = 0,
    by: Seat,
) -> Charter:
    """Founds a group, or changes one; one that was an audience alone gets its charter. `names` by language, the first
    of them its plain name. Raises CannotFound, EditedMeanwhile.
    """
    from network_registry.working_groups.tasks import tell

    if convener not in organisations:
        raise CannotFound(_("Whoever convenes the group belongs to it."), "convener")
    with transaction.atomic():
        found = WorkingGroup() if group is None else WorkingGroup.objects.select_for_update().get(pk=group)
        if group is not None and found.version != seen_version:
            raise EditedMeanwhile
        found.name = next(iter(names.values()))
        found.version += group is not None
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError as error:
            raise CannotFound(_("There is a working group of this name already.")) from error
        found.organisations.set(Organisation.objects.filter(pk__in=organisations))
        charter = Charter.objects.filter(pk=found.pk).first()
        is_new = charter is None
        charter = charter or Charter(group=found)
        charter.names, charter.purpose, charter.convener_id = dict(names), purpose, convener
        charter.save(force_insert=is_new, update_fields=None if is_new else ["names", "purpose", "convener"])
        record(action=f"working_group.{'founded' if is_new else 'changed'}", on=charter, by=by)
        if is_new:
            send_after_commit(tell, "founded", str(found.pk))
    return charter


def close_group(*, group: UUID, by: Seat) -> None:
    """From now on its people only read. Raises NotNow."""
    _close(group, closing=True, by=by)


def reopen_group(*, group: UUID, by: Seat) -> None:
    """Raises NotNow."""
    _close(group, closing=False, by=by)


def _close(group: UUID, *, closing: bool, by: Seat) -> None:
    with transaction.atomic():
        charter = Charter.objects.select_for_update().get(pk=group)
        if charter.is_closed == closing:
            raise NotNow(_("This was done already."))
        charter.closed_at = timezone.now() if closing else None
        charter.save(update_fields=["closed_at"])
        record(action=f"working_group.{'closed' if closing else 'reopened'}", on=charter, by=by)
