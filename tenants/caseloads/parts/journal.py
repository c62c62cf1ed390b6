"""What the journal, tasks and documents add to other pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import sections
from tenants.caseloads import tabs
from tenants.caseloads.domain.queries.journal import (
    NEWEST_FIRST,
    entries_of,
    entries_to_read,
    not_seen,
    overview,
    small_wins,
    tasks_due,
)
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.forms.journal import QuickForm
from tenants.caseloads.models import Client, JournalEntry
from tenants.caseloads.views.journal import BUTTONS, lines_of
from tenants.caseloads.views.tasks import task_list

SHOWN = 6
MOST = 100
LATEST = 3
SOON = timedelta(days=3)


def register() -> None:
    """Called once, when the app is ready."""
    tabs.register(_("Journal"), "journal", Permission.CLIENT_VIEW, 12)
    tabs.register(_("Documents"), "documents", Permission.CLIENT_VIEW, 70)
    sections.register("today", "caseloads/_today_write.html", write, Permission.JOURNAL_WRITE, 5)
    sections.register("today", "caseloads/_today_to_read.html", to_read, Permission.CLIENT_VIEW, 12)
    sections.register("today", "caseloads/_today_tasks.html", due, Permission.JOURNAL_WRITE, 15)
    sections.register("today", "caseloads/_today_unseen.html", unseen, Permission.JOURNAL_WRITE, 40)
    sections.register("today", "caseloads/_today_overview.html", whole, Permission.CASE_SUPERVISE, 45)
    sections.register("today", "caseloads/_today_wins.html", latest_wins, Permission.JOURNAL_WRITE, 55, aside=True)
    sections.register("client", "caseloads/_latest_entries.html", latest, Permission.CLIENT_VIEW, 5)
    sections.register("client", "caseloads/_tasks_card.html", tasks_of, Permission.CLIENT_VIEW, 8)
    actions.register_detail("kind", _("Kind"), dict(EntryKind.choices))
    actions.register_detail("content_type", _("Kind of file"))
    actions.register_fields(JournalEntry)


def write(request: Any) -> dict[str, Any] | None:
    """The box: gone where nobody is one's own."""
    form = QuickForm(seat=request.seat)
    return {"quick_form": form, **BUTTONS} if form.people else None


def to_read(request: Any) -> dict[str, Any] | None:
    """Entries that colleagues ask to read."""
    entries = list(entries_to_read(request.seat)[:MOST])
    return {"lines": lines_of(entries[:SHOWN], request.seat), "count": len(entries)} if entries else None


def due(request: Any) -> dict[str, Any] | None:
    """One's own tasks up to today, and those of the next days behind a tap."""
    today = timezone.localdate()
    tasks = list(tasks_due(request.seat, until=today + SOON)[:MOST])
    if not tasks:
        return None
    now = [task for task in tasks if task.due_on <= today]
    return {"tasks": now, "soon": [task for task in tasks if task.due_on > today], "today": today}


def unseen(request: Any) -> dict[str, Any] | None:
    """One's own people who were not in touch for too long."""
    found = not_seen(request.seat, timezone.localdate())
    return {"unseen": found[:SHOWN], "rest": found[SHOWN:], "count": len(found)} if found else None


def whole(request: Any) -> dict[str, Any] | None:
    figures = overview(timezone.localdate())
    return {"figures": figures} if figures else None


def latest_wins(request: Any) -> dict[str, Any] | None:
    """The newest small wins of one's own people."""
    wins = list(small_wins(request.seat, everybody=False).order_by(*NEWEST_FIRST)[:LATEST])
    return {"wins": wins} if wins else None


def latest(request: Any, client: Client) -> dict[str, Any] | None:
    """The newest entries; nothing for network support."""
    if request.seat.is_support:
        return None
    entries = entries_of(client, request.seat).order_by(*NEWEST_FIRST)[:LATEST]
    return {"lines": lines_of(entries, request.seat), "may_write": request.seat.can(Permission.JOURNAL_WRITE)}


def tasks_of(request: Any, client: Client) -> dict[str, Any] | None:
    return None if request.seat.is_support else task_list(request, client)
