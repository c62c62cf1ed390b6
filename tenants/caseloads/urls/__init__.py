"""The caseload's pages in a workspace, by the noun they are about."""

from tenants.caseloads.urls import assessments, cases, clients, consents, drafts, history, journal, lists, plans, work

urlpatterns = [
    *lists.urlpatterns,
    *clients.urlpatterns,
    *consents.urlpatterns,
    *cases.urlpatterns,
    *journal.urlpatterns,
    *assessments.urlpatterns,
    *plans.urlpatterns,
    *work.urlpatterns,
    *drafts.urlpatterns,
    *history.urlpatterns,
]
