"""Forms of the caseload."""
