from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.organisations.domain.preparation import prepare_database


class Command(BaseCommand):
    help = "Create or migrate the shared tables and every organisation's schema, and set all rights."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepared = prepare_database(say=lambda line: self.stdout.write(f"  {line}"))
        if prepared.failed:
            lines = "; ".join(f"{name}: {fault}" for name, fault in prepared.failed.items())
            raise CommandError(f"{len(prepared.failed)} organisations stay on their old version. {lines}")
        self.stdout.write("The database is on the code's version.")
