"""What each noun of the caseload adds to pages of others: Today, a client's page, navigation, words of the audit."""

from tenants.caseloads.parts import assessments, cases, clients, consents, history, journal, lists, plans, work

PARTS = (clients, lists, consents, cases, journal, assessments, plans, work, history)


def register() -> None:
    for part in PARTS:
        part.register()
