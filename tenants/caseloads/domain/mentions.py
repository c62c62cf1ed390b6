"""Asking a colleague to read an entry."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import Refused
from tenants.caseloads.models import Client, JournalEntry, Mention
from tenants.caseloads.policies import readers_among, who_may_open
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague


class CannotRead(Refused):
    """Somebody who was asked to read an entry is not among its readers."""


def who_may_be_asked(client: Client, *, audience: str, profession: str, by: Seat) -> list[Colleague]:
    """Colleagues who would read an entry like this."""
    people = who_may_open(client)
    return readers_among(people, client, audience=audience, profession=profession, author=by.membership_id)


def ask_to_read(*, entry: JournalEntry, colleagues: Sequence[Colleague], by: Seat) -> None:
    """Within the transaction that writes the entry. Raises CannotRead."""
    allowed = who_may_be_asked(entry.client, audience=entry.audience, profession=entry.profession, by=by)
    keys = {colleague.pk for colleague in allowed}
    for colleague in colleagues:
        if colleague.pk not in keys:
            raise CannotRead(_("%(name)s may not read this entry.") % {"name": colleague.name})
    Mention.objects.bulk_create(Mention(entry=entry, colleague_id=colleague.pk) for colleague in colleagues)
    record(action="entry.asked", on=entry, detail={"colleagues": [str(person.pk) for person in colleagues]}, by=by)
    _send_notices(entry, [str(colleague.pk) for colleague in colleagues])


def mark_seen(*, entry: JournalEntry, by: Seat) -> None:
    """The entry was read; it leaves Today."""
    Mention.objects.filter(entry=entry, colleague=by.membership_id, seen_at=None).update(seen_at=timezone.now())


def _send_notices(entry: JournalEntry, colleague_ids: list[str]) -> None:
    from tenants.caseloads.tasks.journal import send_mentions

    send_after_commit(send_mentions, required_organisation().short_name, str(entry.pk), colleague_ids)
