"""Organisations for the guards that load them from many threads: made for the test, removed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bench import load
from halka.accounts.models import User
from halka.common.current import OrganisationRef
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Membership, Organisation, SpareSchema
from tenants.organisations.walls import connections as walls
from tenants.organisations.walls import ddl


def drop_spares() -> None:
    """Schemas that were prepared and not used."""
    with as_owner():
        for spare in SpareSchema.objects.all():
            ddl.drop_organisation(spare.db_role, spare.schema_name)
            spare.delete()


def remove(organisation: OrganisationRef) -> None:
    walls.forget(organisation.db_role)
    Organisation.objects.filter(pk=organisation.id).delete()
    with as_owner():
        ddl.drop_organisation(organisation.db_role, organisation.short_name)


@contextmanager
def crowd(*names: str) -> Iterator[list[OrganisationRef]]:
    """Organisations with one member and some entries each, all carrying the short name."""
    made = []
    for left in Organisation.objects.filter(schema_name__in=names):  # by a run that was killed
        Membership.objects.filter(organisation=left).delete()
        remove(left.ref())
    User.objects.filter(email__in=[f"{name}@example.org" for name in names]).delete()
    try:
        for name in names:
            made.append(provision(new=NewOrganisation(name, {"en": name})).ref())
        load.furnish(made)
        yield made
    finally:
        load.unfurnish()
        for organisation in made:
            remove(organisation)
