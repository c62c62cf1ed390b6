"""What somebody takes home: that they took part, in which curriculum, and how much of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.calendars import format_day, localise_digits
from halka.common.current import required_organisation
from halka.common.pdf import Paper
from tenants.learning.domain.standing import Standing, standing_of
from tenants.learning.enums import THERE
from tenants.learning.errors import NotComplete
from tenants.learning.models import Attendance, Participant


@transaction.atomic
def make_certificate(*, participant: Participant, by: Seat) -> bytes:
    """The PDF, in the active language. Raises NotComplete."""
    standing = standing_of(participant)
    if not standing.is_complete:
        raise NotComplete
    record(action="certificate.made", on=participant, by=by)
    return as_pdf(participant, standing)


def as_pdf(participant: Participant, standing: Standing) -> bytes:
    organisation = required_organisation().name(get_language() or "en")
    group, client = participant.group, participant.client
    rows = Attendance.objects.filter(session__group=group, client=client, came__in=THERE)
    attended = list(rows.select_related("session").prefetch_related("session__units").order_by("session__starts_at"))
    days = [timezone.localdate(row.session.starts_at) for row in attended]
    paper = Paper(_("Certificate of participation"), organisation)
    paper.ln(10)
    paper.paragraph(_("This is to certify that"), soft=True)
    paper.ln(2)
    paper.write_block(f"{client.given_name} {client.family_name}".strip(), size=22, bold=True)
    paper.ln(4)
    paper.paragraph(_("has taken part in"), soft=True)
    paper.ln(2)
    paper.write_block(group.curriculum.title, size=16, bold=True)
    paper.ln(8)
    facts = [
        (_("Organisation"), organisation),
        (_("Days"), _days(days)),
        (_("Sessions"), _sessions(standing)),
        (_("Hours"), hours(standing.taught)),
    ]
    leaders = [who.name for who in group.facilitators if who]  # type: ignore[attr-defined]
    paper.facts([*facts, *([(_("Facilitators"), ", ".join(leaders))] if leaders else [])])
    if titles := list(dict.fromkeys(unit.title for row in attended for unit in row.session.units.all())):
        paper.heading(_("What was learned"))
        paper.paragraph(" · ".join(titles))
    paper.ln(20)
    paper.facts([(_("Place and day"), "\n"), (_("Signature"), "\n")])
    return paper.bytes()


def _days(days: list[date]) -> str:
    if days[0] == days[-1]:
        return format_day(days[0])
    return _("%(first)s to %(last)s") % {"first": format_day(days[0]), "last": format_day(days[-1])}


def _sessions(standing: Standing) -> str:
    return _("%(there)s of %(all)s") % {
        "there": localise_digits(standing.there),
        "all": localise_digits(standing.held),
    }


def hours(taught: timedelta) -> str:
    """In quarters of an hour."""
    quarters = Decimal(round(taught / timedelta(minutes=15))) / 4
    return localise_digits(f"{quarters.normalize():f}")
