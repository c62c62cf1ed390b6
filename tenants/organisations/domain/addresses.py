"""Under which name an organisation answers: its subdomain, which may change, and those it had, which stay its own."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from halka.authorization.roles import Seat
from halka.common.addresses import workspace_host
from halka.common.errors import Refused
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain.lifecycle import locked
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Domain, Organisation
from tenants.organisations.names import validate_short_name


class SubdomainNotFree(Refused):
    """Not fit for a host, reserved, or somebody else's: now or once."""


def is_taken(name: str, *, of: UUID | None = None) -> bool:
    """Whether the name is, or was, of an organisation other than `of`; also of one that is closed."""
    theirs = Q(schema_name=name) | Q(subdomain=name) | Q(earlier_subdomains__contains=[name])
    hosts = Domain.objects.filter(domain=workspace_host(name)).exclude(tenant_id=of)
    return Organisation.objects.filter(theirs).exclude(pk=of).exists() or hosts.exists()


def check_subdomain(name: str, *, of: UUID) -> None:
    """Raises SubdomainNotFree, with the reason in words. What an organisation had it may have again."""
    try:
        validate_short_name(name)
    except ValidationError as error:
        raise SubdomainNotFree(" ".join(error.messages)) from error
    if Organisation.objects.get(pk=of).ref().label == name:
        raise SubdomainNotFree(_("This is your address already."))
    if is_taken(name, of=of):
        raise _taken(name)


def _taken(name: str) -> SubdomainNotFree:
    return SubdomainNotFree(_("“%(name)s” is taken already. Please choose another name.") % {"name": name})


def move_to(*, organisation: UUID, subdomain: str, by: Seat) -> Organisation:
    """From the next request on it answers there, and its other hosts lead there. For the secretariat, in its workspace.

    Raises SubdomainNotFree, CannotMove.
    """
    with transaction.atomic():
        found = locked(organisation, by)
        check_subdomain(subdomain, of=organisation)
        before = found.ref().label
        had = [name for name in dict.fromkeys([*found.earlier_subdomains, before]) if name != subdomain]
        found.subdomain = "" if subdomain == found.schema_name else subdomain
        found.earlier_subdomains = [name for name in had if name != found.schema_name]
        try:
            with transaction.atomic():
                _lead(found)
                Organisation.objects.filter(pk=organisation).update(
                    subdomain=found.subdomain, earlier_subdomains=found.earlier_subdomains
                )
        except IntegrityError as error:  # somebody was quicker
            raise _taken(subdomain) from error
        after_commit(lambda: forget_hosts(organisation))
    return found


def _lead(organisation: Organisation) -> None:
    """Its host becomes the primary one; the others stay, and lead there."""
    own = Domain.objects.filter(tenant_id=organisation.pk)
    own.filter(is_primary=True).update(is_primary=False)
    if not own.filter(domain=organisation.host).update(is_primary=True):
        Domain.objects.bulk_create([Domain(domain=organisation.host, tenant=organisation, is_primary=True)])
