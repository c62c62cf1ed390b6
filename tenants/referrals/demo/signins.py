"""Who can sign in, as text."""

from __future__ import annotations

from collections.abc import Iterator

from halka.common.addresses import network_url, origin
from tenants.referrals.demo import rights, software
from tenants.referrals.demo.loading import ORGANISATIONS, PASSWORD, email_of
from tenants.referrals.demo.operating import Place


def lines() -> Iterator[str]:
    """The address and the password, then an account for each role, and those who work in two organisations."""
    yield f"Sign in at {network_url('account_login')} with the password {PASSWORD} as:"
    rows = list(_rows())
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for role, email, address in rows:
        yield f"  {role:<{widths[0]}}  {email:<{widths[1]}}  {address}"
    yield from rights.lines()
    yield from software.lines()


def _rows() -> Iterator[tuple[str, str, str]]:
    roles = set()
    for organisation in ORGANISATIONS:
        address = origin(Place(organisation.short_name).host)
        for person in organisation.people:
            if person.role in roles and not person.elsewhere and person is not organisation.people[0]:
                continue
            roles.add(person.role)
            role = str(person.role.label)
            yield f"{role} (in two workspaces)" if person.elsewhere else role, email_of(person, organisation), address
