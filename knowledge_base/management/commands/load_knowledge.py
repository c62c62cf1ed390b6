"""`manage.py load_knowledge`: the texts that come with the software; what editors changed is left alone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge_base.content_files import NotReadable
from knowledge_base.domain.loading import load_knowledge


class Command(BaseCommand):
    help = "Loads the curricula that come with Halka; again, only what changed in them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default="", help="one language alone, such as en")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_knowledge(language=options["language"], by=None)
        except NotReadable as error:
            raise CommandError(str(error)) from error
        counts = report.counts
        self.stdout.write(
            f"{counts['made']} made, {counts['changed']} changed, {counts['same']} as they were, "
            f"{counts['versions']} new versions of curricula."
        )
        for name in report.kept:
            self.stdout.write(f"left alone, since an editor has changed it: {name}")
