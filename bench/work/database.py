"""Brings the bench's database to the code's version."""

from tenants.organisations.domain.preparation import prepare_database
from tenants.organisations.walls.versions import expected_shared_version, expected_version


def prepare() -> None:
    prepare_database()


def version() -> str:
    """Of shared and private tables."""
    return f"{expected_shared_version()} {expected_version()}"
