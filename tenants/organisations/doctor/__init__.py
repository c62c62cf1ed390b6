"""The examination of every organisation: what is wrong, and how to mend it (`manage.py doctor`)."""

from tenants.organisations.doctor.findings import Finding, Level, error, register, warning

__all__ = ["Finding", "Level", "error", "register", "warning"]
