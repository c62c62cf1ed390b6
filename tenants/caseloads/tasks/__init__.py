"""Background work of the caseload, by noun: each module is imported here, where Celery looks."""

from tenants.caseloads.tasks import cases, drafts, jobs, journal

__all__ = ["cases", "drafts", "jobs", "journal"]
