"""Background work inside of an organisation, and the upkeep of spare schemas."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task

from tenants.organisations.directory import organisation_named
from tenants.organisations.domain import provisioning
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation


class NoOrganisation(RuntimeError):
    """A task was called without an organisation, or for one that does not exist."""


class OrganisationTask(Task):
    """`task.delay(short_name, …)`: runs inside of that organisation, or not at all.

    The function gets the arguments after the short name.
    """

    abstract = True
    typing = False  # the short name comes before the arguments that the function declares

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        short_name = args[0] if args else None
        if not isinstance(short_name, str) or not short_name:
            raise NoOrganisation(f"{self.name} needs an organisation's short name as its first argument.")
        try:
            organisation = organisation_named(short_name)
        except Organisation.DoesNotExist as error:
            raise NoOrganisation(f"{self.name}: there is no organisation {short_name}.") from error
        with inside(organisation):
            return super().__call__(*args[1:], **kwargs)


@shared_task(name="organisations.refill_spares")
def refill_spares() -> int:
    return provisioning.refill_spares()
