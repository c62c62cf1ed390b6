from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halka.common.sealing import keyring
from tenants.organisations.domain.keys import destroy_keys
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Destroy an organisation's keys: nobody reads again what it sealed, in any backup of the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("short_name")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(schema_name=options["short_name"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['short_name']}.")
        if keyring.is_destroyed(organisation.pk):
            raise CommandError("Its keys were destroyed already.")
        name = organisation.ref().name(organisation.language)
        self.stdout.write(
            f"Everything that {name} has sealed will be lost: what was written about its people, their documents, "
            "their numbers. There is no way back, and backups do not help."
        )
        if input("Type the organisation's name to go on: ").strip() != name:
            raise CommandError("That is not its name. Nothing was destroyed.")
        destroy_keys(organisation=organisation)
        self.stdout.write("The keys are destroyed. Remove the copies of the keyring that your backups hold.")
