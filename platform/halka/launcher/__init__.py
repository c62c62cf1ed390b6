"""Starts what Halka needs on one machine. Importable before Django is configured."""
