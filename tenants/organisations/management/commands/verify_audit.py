from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.organisations.domain.auditing import anchor_audit, check_audit
from tenants.organisations.isolation import OrganisationUnavailable
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Compute every organisation's chain of audit entries anew, and name the first entry that is not right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="SHORT_NAME", help="of this organisation alone")
        parser.add_argument("--anchor", action="store_true", help="note where each chain that holds stands now")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = Organisation.objects.order_by("schema_name")
        if options["organisation"]:
            organisations = organisations.filter(schema_name=options["organisation"])
            if not organisations:
                raise CommandError(f"There is no organisation {options['organisation']}.")
        broken = [
            name for name in map(self._holds_not, organisations, [options["anchor"]] * len(organisations)) if name
        ]
        if broken:
            raise CommandError(f"The audit does not hold: {', '.join(broken)}.")

    def _holds_not(self, row: Organisation, anchor: bool) -> str:
        """The short name of an organisation whose chain is broken; empty for the others."""
        try:
            verdict = check_audit(row.ref())
        except OrganisationUnavailable as error:
            self.stdout.write(f"{row.short_name}: not looked at. {error}")
            return ""
        if verdict.fault:
            self.stdout.write(f"{row.short_name}: {verdict.fault}")
            return row.short_name
        if anchor:
            anchor_audit(row.ref())
        end = f", the last is {verdict.last.hash.hex()}" if verdict.last else ""
        self.stdout.write(f"{row.short_name}: {verdict.count} entries hold{end}.")
        return ""
