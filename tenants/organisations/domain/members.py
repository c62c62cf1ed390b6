"""Colleagues' roles, and the end of a membership."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import ROLES, Role, Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile, Refused
from tenants.organisations.enums import Kind
from tenants.organisations.models import Membership

_OF_ALL: Final = frozenset(role for role in Role if not ROLES[role].network)

# Which roles an organisation of a kind has. Network roles reach beyond it, so only these two kinds have them.
ROLES_OF_KIND: Final[dict[str, frozenset[Role]]] = {
    Kind.NGO: _OF_ALL,
    Kind.AGENCY: _OF_ALL,
    Kind.PARTNER: _OF_ALL,
    Kind.BRANCH: _OF_ALL | {Role.PROVINCIAL, Role.EDITOR},
    Kind.SECRETARIAT: frozenset({Role.SECRETARIAT, Role.EDITOR, Role.AUDITOR}),
}

# Of these roles one person must remain, or nobody could let anybody in again.
KEEPERS: Final[dict[str, frozenset[Role]]] = {
    Kind.BRANCH: frozenset({Role.MANAGER, Role.PROVINCIAL}),
    Kind.SECRETARIAT: frozenset({Role.SECRETARIAT}),
}
_MANAGER: Final = frozenset({Role.MANAGER})


class LastKeeper(Refused):
    """Nobody would be left to look after the organisation's people."""


class RoleNotGiven(Refused):
    """The organisation has no such role, or the person may not give it."""


class OwnRole(Refused):
    """Nobody changes their own role."""


def given_roles(kind: str, by: Seat) -> list[Role]:
    """Roles that `by` may give to others here. Network roles are given by people of the network alone."""
    here = ROLES_OF_KIND[kind]
    of_network = by.role is not None and ROLES[by.role].network
    return [role for role in Role if role in here and (of_network or not ROLES[role].network)]


def check_role(role: str, by: Seat) -> None:
    """Raises RoleNotGiven."""
    if role not in given_roles(required_organisation().kind, by):
        raise RoleNotGiven(_("This role cannot be given here."))


def change_role(*, membership: UUID, role: Role, seen_version: int, by: Seat) -> Membership:
    """Gives a colleague another role.

    Raises RoleNotGiven, OwnRole, LastKeeper; EditedMeanwhile when the membership is not the version that `by` has
    seen; Membership.DoesNotExist when it has ended.
    """
    check_role(role, by)
    if membership == by.membership_id:
        raise OwnRole(_("Your own role is changed by another manager."))
    with transaction.atomic():
        found = _locked(membership)
        _check_reach(found, by)
        if found.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed this person's role since you opened the page."))
        before = found.role
        if before == role:
            return found
        if role not in _keepers():
            _check_somebody_remains(found)
        found.role = role
        Membership.objects.filter(pk=found.pk).update(role=role, version=F("version") + 1)
        record(action="member.role_changed", on=found, detail={"from": before, "to": str(role)}, by=by)
    return found


def end_membership(*, membership: UUID, by: Seat) -> Membership:
    """Ends it at once: the person's next request finds no seat here. What they wrote keeps their name.

    Raises RoleNotGiven, LastKeeper; Membership.DoesNotExist when it has ended already.
    """
    with transaction.atomic():
        found = _locked(membership)
        _check_reach(found, by)
        _check_somebody_remains(found)
        found.ended_at = timezone.now()
        Membership.objects.filter(pk=found.pk).update(ended_at=found.ended_at, version=F("version") + 1)
        record(action="member.ended", on=found, detail={"role": found.role}, by=by)
    return found


def _check_reach(found: Membership, by: Seat) -> None:
    """Who may not give a network role does not take one away either."""
    role = Role(found.role)
    kind = required_organisation().kind
    if found.pk != by.membership_id and role in ROLES_OF_KIND[kind] and role not in given_roles(kind, by):
        raise RoleNotGiven(_("This person's role is changed by people of the network alone."))


def _keepers() -> frozenset[Role]:
    return KEEPERS.get(required_organisation().kind, _MANAGER)


def _locked(membership: UUID) -> Membership:
    """The running membership. Keepers are locked before it, in one order, so that two cannot leave at once."""
    here = Membership.objects.filter(organisation_id=required_organisation().id, ended_at=None)
    list(here.filter(role__in=_keepers()).select_for_update().order_by("pk").values_list("pk"))
    return here.select_for_update().get(pk=membership)


def _check_somebody_remains(leaving: Membership) -> None:
    if leaving.role not in _keepers():
        return
    others = Membership.objects.filter(
        organisation_id=leaving.organisation_id, role__in=_keepers(), ended_at=None
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastKeeper(
            _("This is the last person who looks after the people here. Give somebody else the role first.")
        )
