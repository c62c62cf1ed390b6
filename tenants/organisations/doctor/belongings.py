"""Are an organisation's keys, hosts and audit in order?"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from halka.common.addresses import origin
from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyDestroyed, KeyMissing
from tenants.organisations.directory import forget_hosts, organisation_at
from tenants.organisations.doctor.findings import Finding, error, warning
from tenants.organisations.domain.auditing import check_audit
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Domain, Organisation, OwnDomain

SECONDS: Final = 10


def keys(organisation: Organisation) -> Iterator[Finding]:
    """A key that opens. A destroyed one is final."""
    try:
        keyring.keys_of(organisation.pk)
    except KeyDestroyed:
        yield error(
            "Its keys were destroyed, and it is not closed: nothing that was sealed can be read.",
            "Nothing brings them back. Close the organisation.",
        )
    except (KeyMissing, OSError, ValueError) as fault:
        yield error(
            f"Its keys do not open: {fault}",
            "Bring its file back from the backup of the keyring, with the MASTER_KEYS of that time.",
        )


def hosts(organisation: Organisation) -> Iterator[Finding]:
    """One primary host; every host leads here."""
    domains = list(Domain.objects.filter(tenant_id=organisation.pk).order_by("-is_primary", "domain"))
    primary = [domain for domain in domains if domain.is_primary]
    if len(primary) != 1:
        own = organisation.host
        yield error(
            "It has no primary host: nobody reaches it." if not primary else "It has several primary hosts.",
            f"Run `manage.py doctor --mend`: {own} becomes its primary host.",
            repair=partial(mend_host, organisation, own),
        )
    for domain in domains:
        known = organisation_at(domain.domain)
        if known is None or known.id != organisation.pk or known.state != organisation.state:
            yield warning(
                f"{domain.domain} is remembered as it was before a change.",
                "It ends by itself within five minutes; `manage.py doctor --mend` ends it now.",
                repair=partial(forget_hosts, organisation.pk),
            )


def mend_host(organisation: Organisation, host: str) -> None:
    taken = Domain.objects.filter(domain=host).exclude(tenant_id=organisation.pk).first()
    if taken is not None:
        raise OSError(f"{host} belongs to another organisation.")
    Domain.objects.filter(tenant_id=organisation.pk).exclude(domain=host).update(is_primary=False)
    Domain.objects.update_or_create(domain=host, defaults={"tenant_id": organisation.pk, "is_primary": True})
    forget_hosts(organisation.pk)


def answers(organisation: Organisation) -> Iterator[Finding]:
    """Asks each host over the network, as a browser would."""
    own = OwnDomain.objects.leading().filter(organisation=organisation).values_list("domain", flat=True)
    for host in [*Domain.objects.filter(tenant_id=organisation.pk).values_list("domain", flat=True), *own]:
        fault = _asked(host)
        if fault:
            yield error(
                f"{host} does not answer: {fault}",
                "See that its DNS entry leads here, that the proxy has a certificate for it, and that web runs.",
            )


def _asked(host: str) -> str:
    """What is wrong with the answer; empty for a page or a redirect."""
    address = urlsplit(origin(host))
    kind = http.client.HTTPSConnection if settings.HTTPS else http.client.HTTPConnection
    connection = kind(address.hostname or host, address.port, timeout=SECONDS)
    try:
        connection.request("GET", "/", headers={"Host": address.netloc})
        status = connection.getresponse().status
    except OSError as fault:
        return str(fault)
    finally:
        connection.close()
    return "" if status < 400 else f"status {status}"


def audit(organisation: Organisation) -> Iterator[Finding]:
    """The whole chain, computed anew and compared with all that was noted of it."""
    try:
        verdict = check_audit(organisation.ref())
    except (OrganisationUnavailable, DatabaseError) as fault:
        yield error(
            f"Its audit cannot be read: {str(fault).strip().splitlines()[0]}", "Mend what else is wrong with it first."
        )
        return
    if verdict.fault:
        yield error(
            f"Its audit is not whole. {verdict.fault} The first {verdict.count} entries hold.",
            "This cannot be mended. Find out who could write to the database then; keep a copy of it as it is.",
        )
