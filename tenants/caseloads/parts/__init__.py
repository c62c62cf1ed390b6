"""What each noun of the caseload adds to pages of others: Today, a client's page, navigation, words of the audit."""

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from tenants.caseloads import tabs
from tenants.caseloads.parts import assessments, cases, clients, consents, history, journal, lists, plans, work

PARTS = (clients, lists, consents, cases, journal, assessments, plans, work, history)


def register() -> None:
    for part in PARTS:
        part.register()
    actions.register_detail("page", _("Page"), tabs.labels())
