"""Who reads what is for members, and who edits. Asked on the network's host, with the network's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from halka.authorization.roles import ROLES, Permission
from halka.common.current import OrganisationRef
from knowledge_base.enums import Audience
from tenants.organisations.access import Belonging, memberships_of
from tenants.organisations.enums import Kind
from tenants.organisations.models import WorkingGroup

SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Reader:
    """Who reads: the account (0: none), and the organisations that it belongs to now. Without these, the public."""

    user_id: int = 0
    organisations: tuple[OrganisationRef, ...] = ()
    is_editor: bool = False
    speaks_for: frozenset[UUID] = frozenset()  # organisations whose texts the account may let out

    @property
    def is_member(self) -> bool:
        return bool(self.organisations)

    @property
    def organisation_ids(self) -> list[UUID]:
        return [organisation.id for organisation in self.organisations]

    @property
    def acting(self) -> list[OrganisationRef]:
        """Those in whose name something can be said: a suspended one only reads."""
        return [organisation for organisation in self.organisations if not organisation.reads_only]

    def acts_for(self, organisation_id: UUID | None) -> bool:
        return any(organisation.id == organisation_id for organisation in self.acting)


PUBLIC = Reader()


def readable_by(reader: Reader) -> Q:
    """Condition on rows with an audience and a group. An editor, who writes for every group, reads all."""
    if reader.is_editor:
        return Q()
    if not reader.is_member:
        return Q(audience=Audience.PUBLIC)
    return ~Q(audience=Audience.GROUP) | Q(group__in=groups_of(reader).values("pk"))


def groups_of(reader: Reader) -> Any:
    """The working groups that an organisation of the reader's belongs to."""
    return WorkingGroup.objects.filter(organisations__in=reader.organisation_ids).order_by()


def may_read(reader: Reader, *, audience: str, group_id: UUID | None) -> bool:
    """As `readable_by` says it of rows. One query, for a working group's pages alone."""
    if audience == Audience.PUBLIC or reader.is_editor:
        return True
    if audience == Audience.MEMBERS or not reader.is_member:
        return reader.is_member
    return bool(groups_of(reader).filter(pk=group_id).exists())


def memberships(request: Any) -> list[Belonging]:
    """The account's memberships, asked once a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_of(request.user) if request.user.is_authenticated else []
    found: list[Belonging] = request.memberships
    return found


def reader_of(request: Any) -> Reader:
    return _reader(request.user.pk or 0, memberships(request))


def reader_for(user: Any) -> Reader:
    """Away from any page, as the account's memberships are now. One query."""
    return _reader(user.pk, memberships_of(user))


def member(request: Any) -> Reader:
    """Whoever belongs to an organisation. Raises Http404 for everybody else, PermissionDenied where all that would be
    changed is a suspended organisation's.
    """
    reader = reader_of(request)
    if not reader.is_member:
        raise Http404
    if request.method not in SAFE and not reader.acting:
        raise PermissionDenied(_("This organisation is suspended: everything can be read, nothing changed."))
    return reader


def editor(request: Any) -> Reader:
    """Raises Http404 for whoever does not edit the knowledge base; the middleware asks for the second factor."""
    reader = reader_of(request)
    if not reader.is_editor:
        raise Http404
    return reader


def editing_membership(request: Any) -> Belonging | None:
    """The membership of the secretariat that lets the account edit the knowledge base."""
    return _editing(memberships(request))


def _reader(user_id: int, belongings: list[Belonging]) -> Reader:
    organisations = tuple(belonging.organisation for belonging in belongings)
    speaks_for = frozenset(
        belonging.organisation.id
        for belonging in belongings
        if Permission.KNOWLEDGE_RELEASE in ROLES[belonging.role].permissions and not belonging.organisation.reads_only
    )
    return Reader(user_id, organisations, is_editor=_editing(belongings) is not None, speaks_for=speaks_for)


def _editing(belongings: Iterable[Belonging]) -> Belonging | None:
    for belonging in belongings:
        may_edit = Permission.KNOWLEDGE_EDIT in ROLES[belonging.role].permissions
        if may_edit and belonging.organisation.kind == Kind.SECRETARIAT:
            return belonging
    return None
