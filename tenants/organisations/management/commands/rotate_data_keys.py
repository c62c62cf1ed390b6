from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halka.common.errors import Refused
from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyMissing
from tenants.organisations.domain.resealing import rotate_data_keys
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Seal everything of the organisations under new data keys, while people work. Goes on after a stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", metavar="SHORT_NAME", help="this one alone")
        parser.add_argument(
            "--keep-old", action="store_true", help="keep the old keys, so that older backups of the database open too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.order_by("schema_name")
        if options["organisation"]:
            organisations = organisations.filter(schema_name=options["organisation"])
            if not organisations.exists():
                raise CommandError(f"There is no organisation {options['organisation']}.")
        faults = []
        for organisation in organisations:
            if keyring.is_destroyed(organisation.pk):
                self.stdout.write(f"{organisation.schema_name}: its keys were destroyed.")
                continue
            try:
                done = rotate_data_keys(
                    organisation=organisation,
                    keep_old=options["keep_old"],
                    say=lambda line: self.stdout.write(f"  {line}") if options["verbosity"] > 1 else None,
                )
            except (Refused, KeyMissing) as error:
                faults.append(f"{organisation.schema_name}: {error}")
                continue
            self.stdout.write(f"{organisation.schema_name}: {done.values} values and {done.files} files sealed anew.")
            faults += [f"{organisation.schema_name}: {broken}" for broken in done.broken]
        if faults:
            raise CommandError("Not everything was sealed anew, and old keys were kept for it. " + "; ".join(faults))
