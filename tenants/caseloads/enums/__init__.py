"""Choices of the caseload, by the noun they belong to."""

from tenants.caseloads.enums import assessments, cases, clients, consents, journal, work
from tenants.caseloads.enums.clients import Language, Sex
from tenants.caseloads.enums.consents import ConsentGiven, ConsentPurpose, ConsentScope

AUDITED = {
    **clients.AUDITED,
    **consents.AUDITED,
    **cases.AUDITED,
    **journal.AUDITED,
    **assessments.AUDITED,
    **work.AUDITED,
}

__all__ = ["AUDITED", "ConsentGiven", "ConsentPurpose", "ConsentScope", "Language", "Sex"]
