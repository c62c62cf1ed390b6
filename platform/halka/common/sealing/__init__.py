"""Values that only their organisation's key opens; the keys lie in files outside of the database (ADR 7)."""
