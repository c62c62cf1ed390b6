"""Which organisation answers on a host. Asked on every request, so the answer is cached and dropped on change."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches

from halka.common.current import OrganisationRef
from tenants.organisations.enums_addresses import OwnDomainState
from tenants.organisations.models import Domain, Organisation, OwnDomain

SECONDS = 300
NOBODY = "nobody"


A_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def _key(host: str) -> str:
    return f"host-{host}"


def _domain_key(domain: str) -> str:
    return f"domain-{domain}"


def organisation_at(host: str) -> OrganisationRef | None:
    """The organisation on this host (without port), or None. One cache look-up; one query where that fails."""
    cache = caches["network"]
    known: Any = cache.get(_key(host))
    if known is None:
        domain = Domain.objects.select_related("tenant").defer("tenant__logo").filter(domain=host).first()
        known = domain.tenant.ref() if domain else NOBODY
        cache.set(_key(host), known, SECONDS if domain else 10)
    return None if known == NOBODY else known


def is_ours(host: str) -> bool:
    """The network's host, or below it."""
    return host == settings.BASE_DOMAIN or host.endswith(f".{settings.BASE_DOMAIN}")


def organisation_behind(domain: str) -> OrganisationRef | None:
    """The organisation that a domain of its own leads to, or None; asked likewise, of hosts that are not ours."""
    if is_ours(domain) or not A_HOST.fullmatch(domain):
        return None
    cache = caches["network"]
    known: Any = cache.get(_domain_key(domain))
    if known is None:
        leading = OwnDomain.objects.leading().select_related("organisation").defer("organisation__logo")
        found = leading.filter(domain=domain).first()
        known = found.organisation.ref() if found else NOBODY
        cache.set(_domain_key(domain), known, SECONDS if found else 10)
    return None if known == NOBODY else known


def live_behind(domain: str) -> OrganisationRef | None:
    """As organisation_behind, straight from the database, of a domain that is live and does not fail."""
    live = OwnDomain.objects.leading().filter(state=OwnDomainState.LIVE, domain=domain)
    found = live.select_related("organisation").defer("organisation__logo").first()
    return found.organisation.ref() if found else None


def organisation_named(short_name: str) -> OrganisationRef:
    """Straight from the database; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(schema_name=short_name).ref()


def organisation_with(organisation_id: UUID) -> OrganisationRef:
    """Straight from the database; raises Organisation.DoesNotExist."""
    return Organisation.objects.get(pk=organisation_id).ref()


def forget_hosts(*organisations: UUID) -> None:
    """To be called once a change to these organisations or their domains is committed."""
    hosts = Domain.objects.filter(tenant_id__in=organisations).values_list("domain", flat=True)
    own = OwnDomain.objects.filter(organisation_id__in=organisations).values_list("domain", flat=True)
    keys = [_key(host) for host in hosts] + [_domain_key(domain) for domain in own]
    caches["network"].delete_many(keys)


def forget_host(host: str) -> None:
    """As forget_hosts, for one that is known."""
    caches["network"].delete(_key(host))
