"""What the history of records adds to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions, subjects
from halka.authorization.roles import Permission
from tenants.caseloads import policies, tabs
from tenants.caseloads.subjects import Clients


def register() -> None:
    """Called once, when the app is ready."""
    tabs.register(_("History"), "client-history", Permission.CLIENT_VIEW, 90, shown=policies.reads_history)
    subjects.register(Clients())
    actions.register_detail("page", _("Page"), {"client-edit": _("Change the record")})
    actions.register_detail("colleague", _("Colleague"))
