"""Does an organisation answer where it says, and are domains of its own still its own?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from django.utils import timezone

from halka.common.addresses import workspace_host
from tenants.organisations.doctor.findings import Finding, error, warning
from tenants.organisations.domain.own_domains import asked_now
from tenants.organisations.enums_addresses import OwnDomainState
from tenants.organisations.models import Domain, Organisation, OwnDomain

UNSEEN: Final = timedelta(days=2)


def subdomains(organisation: Organisation) -> Iterator[Finding]:
    """Its primary host is that of its subdomain; those it had lead to it."""
    from tenants.organisations.doctor.belongings import mend_host

    hosts = dict(Domain.objects.filter(tenant_id=organisation.pk).values_list("domain", "is_primary"))
    if hosts and not hosts.get(organisation.host):
        yield error(
            f"It says that it answers at {organisation.host}, and another host is its primary one.",
            "Run `manage.py doctor --mend`.",
            repair=partial(mend_host, organisation, organisation.host),
        )
    lost = [name for name in organisation.earlier_subdomains if workspace_host(name) not in hosts]
    if lost:
        yield error(
            f"Addresses that it had lead nowhere any more: {', '.join(lost)}.",
            "Run `manage.py doctor --mend`.",
            repair=partial(_lead_again, organisation, lost),
        )


def _lead_again(organisation: Organisation, names: list[str]) -> None:
    hosts = [Domain(domain=workspace_host(name), tenant=organisation, is_primary=False) for name in names]
    Domain.objects.bulk_create(hosts)


def domains(organisation: Organisation) -> Iterator[Finding]:
    """Of its own: DNS is asked about each that is live."""
    for domain in OwnDomain.objects.standing().filter(organisation=organisation):
        if domain.state == OwnDomainState.FAILING:
            yield warning(
                f"{domain} fails since {domain.failing_since:%Y-%m-%d}: {domain.get_lack_display()}",
                "Its managers were told. It is taken out by itself after a week.",
            )
        elif domain.state == OwnDomainState.LIVE:
            yield from _live(domain)


def _live(domain: OwnDomain) -> Iterator[Finding]:
    seen = asked_now(domain)
    if seen is None:
        yield warning(f"DNS could not be asked about {domain}.", "See that DNS_SERVERS answer from here.")
    elif not seen.is_proven:
        yield error(
            f"{domain} is live, and its proof is gone from DNS.",
            "It is taken out by itself after a week. If it is somebody else's now, have its managers take it out.",
        )
    elif not seen.points_here:
        yield error(
            f"{domain} is live, and does not point here any more.", "Have its managers mend its CNAME or A record."
        )
    if domain.checked_at is None or domain.checked_at < timezone.now() - UNSEEN:
        yield error(f"{domain} was not looked at for two days.", "See why the task addresses.look_at_due does not run.")
