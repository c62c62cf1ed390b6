"""What a manager of one of both says: to a proposal, and to the work that is lost when a merger is undone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.enums import MergerMatter, MergerState
from network_registry.membership.errors import CannotMerge
from network_registry.membership.models import Merger, MergerAnswer
from tenants.mergers.domain.counting import own_numbers, own_obstacles
from tenants.mergers.domain.proposing import advance_soon, sides_of


def answer(*, merger: Merger, agrees: bool, reason: str = "", by: Seat) -> MergerAnswer:
    """With the numbers as they are now. Raises PermissionDenied, CannotMerge."""
    _require_manager(by)
    if not agrees and not reason:
        raise CannotMerge(_("Say why."))
    counts = {**own_numbers(), **({"obstacles": own_obstacles()} if _is_absorbed(merger) else {})}
    with transaction.atomic():
        if Merger.objects.get(pk=merger.pk).state != MergerState.PROPOSED:
            raise CannotMerge(_("Somebody was faster: this cannot be done any more."))
        try:
            with transaction.atomic():
                said = MergerAnswer.objects.create(
                    merger=merger,
                    organisation_id=required_organisation().id,
                    agrees=agrees,
                    reason=reason,
                    counts=counts,
                    by_name=by.name,
                )
        except IntegrityError as error:
            raise CannotMerge(_("Your organisation has answered already.")) from error
        record(action="merger.agreed" if agrees else "merger.declined", on=merger, detail=sides_of(merger), by=by)
        advance_soon(merger)
    return said


def confirm_undo(*, merger: Merger, changed: int, by: Seat) -> MergerAnswer:
    """That the work on so many records, as counted last, goes when the merger is undone. Good for a day.

    Raises PermissionDenied, CannotMerge where it was counted anew since the number was read.
    """
    _require_manager(by)
    with transaction.atomic():
        found = Merger.objects.get(pk=merger.pk)
        if not found.may_be_undone or found.remaining_id != required_organisation().id or "changed" not in found.seen:
            raise CannotMerge(_("There is nothing to confirm now."))
        if found.seen["changed"] != changed:
            raise CannotMerge(_("It was counted anew since you opened the page. Look, and confirm again."))
        said = MergerAnswer.objects.create(
            merger=found,
            organisation_id=required_organisation().id,
            about=MergerMatter.UNDO,
            agrees=True,
            counts={"changed": found.seen["changed"], "new": found.seen["new"]},
            by_name=by.name,
        )
        record(action="merger.confirmed", on=merger, detail={"records": found.seen["changed"]}, by=by)
    return said


def _is_absorbed(merger: Merger) -> bool:
    return merger.absorbed_id == required_organisation().id


def _require_manager(by: Seat) -> None:
    if not by.can(Permission.ORGANISATION_MANAGE):
        raise PermissionDenied(_("A manager of your organisation does this."))
