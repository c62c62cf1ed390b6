from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError

from halka.common.sealing.errors import KeyMissing
from tenants.organisations.leaving.backups import CannotBackUp, CannotRestore, back_up, backups_of, is_there, restore
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Bring one organisation back from a backup of its own; nothing of any other is touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("short_name")
        parser.add_argument("--backup", metavar="NAME", help="a file, or the beginning of a name; else the newest")
        parser.add_argument("--list", action="store_true", help="show the backups, and do nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--as-it-is", action="store_true", help="make no backup of the present state first")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(schema_name=options["short_name"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['short_name']}.")
        known = backups_of(organisation)
        if options["list"]:
            for path in known:
                self.stdout.write(f"{path.name} ({path.stat().st_size:,} bytes)")
            return
        path = self._chosen(known, options["backup"])
        self._confirm(organisation, path, options["yes"])
        try:
            if not options["as_it_is"] and is_there(organisation):
                self.stdout.write(f"The present state is kept in {back_up(organisation)}.")
            restore(organisation, path, say=lambda line: self.stdout.write(f"  {line}"))
        except (CannotBackUp, CannotRestore, KeyMissing, BadZipFile) as refusal:
            raise CommandError(f"{refusal} Nothing has changed.") from None
        self.stdout.write(f"{organisation.schema_name} is as it was in {path.name}.")

    def _chosen(self, known: list[Path], wanted: str | None) -> Path:
        if wanted and Path(wanted).is_file():
            return Path(wanted)
        found = [path for path in known if path.name.startswith(wanted or "")]
        if not found:
            raise CommandError("There is no such backup.")
        return found[0]

    def _confirm(self, organisation: Organisation, path: Path, yes: bool) -> None:
        self.stdout.write(
            f"What people of {organisation.schema_name} have written since {path.name} will not be there any more."
        )
        if not yes and input("Type the short name to go on: ").strip() != organisation.schema_name:
            raise CommandError("That is not its short name. Nothing has changed.")
