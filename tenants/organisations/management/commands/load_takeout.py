from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.organisations.leaving.loading import CannotLoad, load_takeout


class Command(BaseCommand):
    help = "Create an organisation out of its takeout, in an installation that does not know it yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        say = (lambda line: self.stdout.write(f"  {line}")) if options["verbosity"] > 1 else (lambda line: None)
        try:
            organisation = load_takeout(options["file"], say=say)
        except CannotLoad as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{organisation.schema_name} is here, with everything that was taken along.")
        self.stdout.write("Its people set new passwords by “Forgotten password”; software needs new secrets.")
