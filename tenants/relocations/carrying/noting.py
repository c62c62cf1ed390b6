"""The note that a record arrives with: where it comes from, who wrote in it, and what of it stayed there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from halka.common.calendars import format_day, localise_digits
from network_registry.exchange.enums import Service, State
from tenants.relocations.carrying.record import Landing, Learned, Record, Referred, Row


def text_of(record: Record, landing: Landing) -> str:
    """In the language in use."""
    return "\n\n".join(_paragraphs(record, landing))


def _paragraphs(record: Record, landing: Landing) -> Iterator[str]:
    yield _("This record came from %(organisation)s on %(day)s.") % {
        "organisation": landing.source,
        "day": format_day(landing.on),
    }
    reference = _value(record.rows[0], "reference")
    if reference and not landing.keeps_reference:
        yield _("File number there: %(number)s") % {"number": reference}
    if names := sorted(name for key, name in record.people.items() if key not in landing.colleagues):
        yield _("Who worked with it there: %(names)s") % {"names": ", ".join(names)}
    if record.learned:
        yield "\n".join([_("Groups that the person learnt in there:"), *map(_group, record.learned)])
    if record.referred:
        yield "\n".join([_("Referrals that are over:"), *map(_referral, record.referred)])


def _value(row: Row, name: str) -> str:
    return str(dict(row.values)[name])


def _group(told: Learned) -> str:
    line = _("– %(title)s: came %(came)s of %(held)s times") % {
        "title": told.title,
        "came": localise_digits(told.came),
        "held": localise_digits(told.held),
    }
    return str(line)


def _referral(told: Referred) -> str:
    values = {
        "day": format_day(told.on),
        "other": told.other,
        "service": Service(told.service).label,
        "state": State(told.state).label,
    }
    if told.is_incoming:
        return str(_("– %(day)s, from %(other)s: %(service)s, %(state)s") % values)
    return str(_("– %(day)s, to %(other)s: %(service)s, %(state)s") % values)
