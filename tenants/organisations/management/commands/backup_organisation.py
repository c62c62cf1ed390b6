from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halka.common.sealing.errors import KeyMissing
from tenants.organisations.enums import State
from tenants.organisations.leaving.backups import CannotBackUp, back_up, backups_of
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Back up single organisations, each into a file of its own below BACKUP_ROOT, while people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("short_names", nargs="*", metavar="SHORT_NAME")
        parser.add_argument("--all", action="store_true", help="every organisation that is not closed")
        parser.add_argument("--keep", type=int, metavar="N", help="then remove all but the newest N of each")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.order_by("schema_name")
        if options["all"]:
            organisations = organisations.exclude(state=State.CLOSED)
        else:
            organisations = organisations.filter(schema_name__in=options["short_names"])
            missing = set(options["short_names"]) - set(organisations.values_list("schema_name", flat=True))
            if missing or not options["short_names"]:
                raise CommandError(f"There is no organisation {', '.join(sorted(missing))}." if missing else "Whose?")
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("At least one is kept.")
        faults = []
        for organisation in organisations:
            try:
                path = back_up(organisation)
            except (CannotBackUp, KeyMissing, OSError) as fault:
                faults.append(f"{organisation.schema_name}: {fault}")
                continue
            self.stdout.write(f"{organisation.schema_name}: {path} ({path.stat().st_size:,} bytes)")
            for old in backups_of(organisation)[options["keep"] :] if options["keep"] else ():
                old.unlink()
        if faults:
            raise CommandError("Not backed up: " + "; ".join(faults))
