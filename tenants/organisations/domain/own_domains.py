"""Domains of organisations' own: asked for by their managers, proven by DNS, looked at again every day.

What DNS says is noted with the network's rights, outside of the organisation: its own role asks and takes out.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import idna
from django.conf import settings
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import SYSTEM, record
from halka.authorization.roles import Seat
from halka.common import dns
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.organisations.directory import forget_hosts, is_ours
from tenants.organisations.enums import State
from tenants.organisations.enums_addresses import LEADING, PENDING, Lack, OwnDomainState
from tenants.organisations.isolation import after_commit, inside, send_after_commit
from tenants.organisations.models import OwnDomain

MOST: Final = 3  # of one organisation
PATIENCE: Final = timedelta(days=7)  # with one that fails
WAITING: Final = timedelta(days=30)  # for a proof
SOON, HOURLY, DAILY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
PAUSE: Final = 15  # seconds between two looks that somebody asks for
AT_ONCE: Final = 200
# Ends that are nobody's: RFC 2606, 6761, 6762, 7686, 8375, 9476.
NOBODYS: Final = frozenset(
    {"alt", "arpa", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"}
)
# Under a country's end these are registries' own, as in co.uk: nobody owns them, many are below them.
SHARED: Final = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "gouv", "id", "in", "mil", "net", "ngo", "org", "sch"}
)
TOLD: Final = frozenset({OwnDomainState.LIVE, OwnDomainState.FAILING, OwnDomainState.TAKEN_OUT})
ACTIONS: Final = {
    OwnDomainState.ASKED: "domain.asked_again",
    OwnDomainState.PROVEN: "domain.proven",
    OwnDomainState.LIVE: "domain.live",
    OwnDomainState.FAILING: "domain.failing",
    OwnDomainState.TAKEN_OUT: "domain.taken_out",
}


class NotADomain(Refused):
    """Nothing that an organisation could own, in words."""


class CannotAsk(Refused):
    """Asked already, too many, gone, or looked at a moment ago."""


@dataclass(frozen=True)
class Seen:
    """What DNS says of a domain."""

    is_proven: bool
    points_here: bool


def normalised(text: str) -> str:
    """The domain in the form that DNS knows it by: small letters, `xn--` where it is not English. Raises NotADomain."""
    typed = text.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/.")
    if _is_number(typed):
        raise NotADomain(_("This is a number of a machine. Give the name of a domain."))
    try:
        domain = idna.encode(typed, uts46=True).decode()
    except idna.IDNAError as error:
        raise NotADomain(_("This is not the name of a domain. It looks like work.organisation.org.")) from error
    labels = domain.split(".")
    if len(labels) < 2 or not labels[-1].strip("0123456789"):
        raise NotADomain(_("This is not the name of a domain. It looks like work.organisation.org."))
    if is_ours(domain) or settings.BASE_DOMAIN.endswith(f".{domain}"):
        raise NotADomain(_("This is the network's own. Ask for another name in the address instead."))
    if labels[-1] in NOBODYS:
        raise NotADomain(_("Nobody can own a domain that ends in .%(end)s.") % {"end": labels[-1]})
    if len(labels) == 2 and labels[0] in SHARED and len(labels[1]) == 2:
        raise NotADomain(_("Others have their domains below this one: it is nobody's own."))
    return domain


def _is_number(typed: str) -> bool:
    try:
        ipaddress.ip_address(typed.strip("[]"))
    except ValueError:
        return False
    return True


def ask_for(*, domain: str, by: Seat) -> OwnDomain:
    """Raises NotADomain, CannotAsk. Nothing leads anywhere before DNS says whose it is."""
    from tenants.organisations.tasks_addresses import look_at_domain

    own = OwnDomain.objects.standing().filter(organisation_id=required_organisation().id)
    found = OwnDomain(
        organisation_id=required_organisation().id,
        domain=normalised(domain),
        token=secrets.token_hex(16),
        asked_by_name=by.name,
    )
    if own.count() >= MOST:
        raise CannotAsk(_("You have as many domains as you can have. Take one out first."))
    with transaction.atomic():
        try:
            with transaction.atomic():
                found.save(force_insert=True)
        except IntegrityError as error:
            raise CannotAsk(_("You asked for this domain already.")) from error
        record(action="domain.asked", on=found, detail={"domain": found.domain}, by=by)
        send_after_commit(look_at_domain, str(found.pk))
    return found


def ask_to_look(*, domain: UUID) -> None:
    """Has DNS asked at once. Raises CannotAsk."""
    from tenants.organisations.tasks_addresses import look_at_domain

    found = _own(domain)
    if not caches["default"].add(f"domain-looked-at-{found.pk}", True, PAUSE):
        raise CannotAsk(_("DNS was asked a moment ago. Please wait a little."))
    send_after_commit(look_at_domain, str(found.pk))


def take_out(*, domain: UUID, by: Seat) -> OwnDomain:
    """It leads nowhere from the next request on. Raises CannotAsk."""
    with transaction.atomic():
        found = _own(domain)
        found.taken_out_at, found.taken_out_by_name = timezone.now(), by.name
        found.save(update_fields=["taken_out_at", "taken_out_by_name"])
        record(action="domain.taken_out", on=found, detail={"domain": found.domain}, by=by)
        after_commit(lambda: forget_hosts(found.organisation_id))
    return found


def _own(key: UUID) -> OwnDomain:
    own = OwnDomain.objects.standing().filter(organisation_id=required_organisation().id)
    found = own.filter(pk=key).first()
    if found is None:
        raise CannotAsk(_("This domain was taken out already."))
    return found


# --- what DNS says --------------------------------------------------------------------------------
def due(now: datetime) -> list[UUID]:
    """Those whose turn it is to be looked at, the longest waiting first."""
    new = Q(state__in=PENDING, asked_at__gt=now - DAILY, checked_at__lte=now - SOON)
    open_ = Q(state__in=(*PENDING, OwnDomainState.FAILING), checked_at__lte=now - HOURLY)
    live = Q(state=OwnDomainState.LIVE, checked_at__lte=now - DAILY)
    standing = OwnDomain.objects.standing().exclude(organisation__state=State.CLOSED)
    turn = standing.filter(Q(checked_at=None) | new | open_ | live).order_by("checked_at", "id")
    return list(turn.values_list("pk", flat=True)[:AT_ONCE])


def settle() -> int:
    """Those that managers took out come to that state for good: their own role could write the day, and no state."""
    taken_out = OwnDomain.objects.exclude(taken_out_at=None).exclude(state=OwnDomainState.TAKEN_OUT)
    return taken_out.update(state=OwnDomainState.TAKEN_OUT, failing_since=None)


def look_at(key: UUID) -> OwnDomain | None:
    """Asks DNS, and moves the domain to the state that fits what it says; managers are told. None where it was taken
    out, or where DNS says nothing at all. Raises OrganisationUnavailable.
    """
    found = OwnDomain.objects.standing().select_related("organisation").filter(pk=key).first()
    if found is None:
        return None
    organisation = found.organisation.ref()
    with inside(organisation):  # what happens is noted there: not now, where that cannot be
        pass
    seen = asked_now(found)
    if seen is None:
        return None
    if _is_copied(found):
        seen = replace(seen, is_proven=False)
    with transaction.atomic():
        same = OwnDomain.objects.standing().filter(domain=found.domain).order_by("pk").select_for_update(of=("self",))
        rows = {row.pk: row for row in same}
        if key not in rows:
            return None
        found = rows.pop(key)
        before = found.state_now
        _move(found, seen, others=rows.values(), now=timezone.now())
        found.save(update_fields=["state", "lack", "checked_at", "live_at", "failing_since", "taken_out_at"])
    if found.state_now != before:
        forget_hosts(found.organisation_id)
        with inside(organisation):
            _note(found)
    return found


def _is_copied(domain: OwnDomain) -> bool:
    """DNS says a token to everybody, and an organisation's own role may ask with any. Who was live has proven it."""
    return domain.live_at is None and OwnDomain.objects.filter(token=domain.token).exclude(pk=domain.pk).exists()


def asked_now(domain: OwnDomain) -> Seen | None:
    """What DNS says of it. None where our own name server says nothing: that is no fault of the domain's."""
    try:
        ours = dns.addresses(settings.BASE_DOMAIN)
    except dns.NoAnswer:
        return None
    if not ours:
        return None
    try:
        is_proven = domain.value in dns.ask(domain.record, "TXT")
        is_alias = any(is_ours(name) for name in dns.ask(domain.domain, "CNAME"))
        theirs = dns.addresses(domain.domain)
    except dns.NoAnswer:
        return Seen(is_proven=False, points_here=False)
    return Seen(is_proven=is_proven, points_here=is_alias or (bool(theirs) and theirs <= ours))


def _move(domain: OwnDomain, seen: Seen, *, others: Iterable[OwnDomain], now: datetime) -> None:
    lack: Lack | None = None
    if not seen.is_proven:
        lack = Lack.PROOF
    elif not seen.points_here:
        lack = Lack.POINTING
    elif any(other.state in LEADING for other in others):
        lack = Lack.TAKEN
    domain.checked_at, domain.lack = now, lack or ""
    if lack is None:
        if domain.state != OwnDomainState.LIVE:
            domain.state, domain.live_at, domain.failing_since = OwnDomainState.LIVE, now, None
    elif domain.state in LEADING:
        domain.state, domain.failing_since = OwnDomainState.FAILING, domain.failing_since or now
        if now - domain.failing_since >= PATIENCE:
            _end(domain, now)
    else:
        domain.state = OwnDomainState.ASKED if lack == Lack.PROOF else OwnDomainState.PROVEN
        if now - domain.asked_at >= WAITING:
            _end(domain, now)


def _end(domain: OwnDomain, now: datetime) -> None:
    domain.state, domain.failing_since, domain.taken_out_at = OwnDomainState.TAKEN_OUT, None, now


def _note(domain: OwnDomain) -> None:
    from tenants.organisations.tasks_addresses import tell_domain

    detail = {"domain": domain.domain, **({"lack": domain.lack} if domain.lack else {})}
    with transaction.atomic():
        record(action=ACTIONS[domain.state_now], on=domain, detail=detail, by=SYSTEM)
        if domain.state_now in TOLD:
            send_after_commit(tell_domain, required_organisation().short_name, str(domain.pk), domain.state_now.value)
