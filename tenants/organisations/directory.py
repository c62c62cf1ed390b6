"""Which organisation answers on a host. Asked on every request, so the answer is cached and dropped on change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.cache import caches

from halka.common.current import OrganisationRef
from tenants.organisations.models import Domain, Organisation

SECONDS = 300
NOBODY = "nobody"


def _key(host: str) -> str:
    return f"host-{host}"


def organisation_at(host: str) -> OrganisationRef | None:
    """The organisation on this host (without port), or None. One cache look-up; one query where that fails."""
    cache = caches["network"]
    known: Any = cache.get(_key(host))
    if known is None:
        domain = Domain.objects.select_related("tenant").defer("tenant__logo").filter(domain=host).first()
        known = domain.tenant.ref() if domain else NOBODY
        cache.set(_key(host), known, SECONDS if domain else 10)
    return None if known == NOBODY else known


def organisation_named(short_name: str) -> OrganisationRef:
    """Straight from the database; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(schema_name=short_name).ref()


def organisation_with(organisation_id: UUID) -> OrganisationRef:
    """Straight from the database; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(pk=organisation_id).ref()


def forget_hosts(*organisations: UUID) -> None:
    """To be called once a change to these organisations or their domains is committed."""
    hosts = Domain.objects.filter(tenant_id__in=organisations).values_list("domain", flat=True)
    caches["network"].delete_many([_key(host) for host in hosts])


def forget_host(host: str) -> None:
    """As forget_hosts, for one that is known."""
    caches["network"].delete(_key(host))
