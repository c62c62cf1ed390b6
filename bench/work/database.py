"""Brings the bench's database to the code's version."""

from tenants.organisations.domain.preparation import prepare_database


def prepare() -> None:
    prepare_database()
