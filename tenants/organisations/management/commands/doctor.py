from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from tenants.organisations.doctor.examination import Report, check_names, examine
from tenants.organisations.doctor.findings import Level
from tenants.organisations.models import Organisation


class Command(BaseCommand):
    help = "Examine every organisation, and say in words what is wrong and how to mend it. Exit code 1: something is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", metavar="SHORT_NAME", help="this one alone")
        parser.add_argument("--check", action="append", choices=check_names(), help="this alone; may be repeated")
        parser.add_argument("--mend", action="store_true", help="repair what can be repaired without asking")
        parser.add_argument("--json", action="store_true", help="for software: one object")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["organisation"] or ""
        if only and not Organisation.objects.filter(schema_name=only).exists():
            raise CommandError(f"There is no organisation {only}.", returncode=2)
        reports = []
        with translation.override("en"):
            for report in examine(only=only, checks=options["check"] or (), mend=options["mend"]):
                reports.append(report)
                if not options["json"]:
                    self._tell(report, options["verbosity"])
        wrong = sum(not report.is_good for report in reports)
        examined = sum(bool(report.short_name) for report in reports)
        if options["json"]:
            self.stdout.write(json.dumps(_object(reports), indent=1))
        else:
            self.stdout.write(f"{examined} organisations were examined.")
        if wrong:
            raise CommandError(f"Something is wrong in {wrong} places." if wrong > 1 else "Something is wrong.")

    def _tell(self, report: Report, verbosity: int) -> None:
        name = report.short_name or "The network"
        if not report.findings:
            if verbosity > 1:
                self.stdout.write(f"{name}: all is well.")
            return
        self.stdout.write(f"{name}:")
        for finding in report.findings:
            mark = {Level.ERROR: "  ✗", Level.WARNING: "  !"}[finding.level]
            self.stdout.write(f"{mark} {finding.what}")
            self.stdout.write("    Mended." if finding in report.mended else f"    {finding.mend}")


def _object(reports: list[Report]) -> dict[str, Any]:
    return {
        "good": all(report.is_good for report in reports),
        "reports": [
            {
                "organisation": report.short_name or None,
                "good": report.is_good,
                "findings": [
                    {
                        "check": finding.check,
                        "level": finding.level,
                        "what": finding.what,
                        "mend": finding.mend,
                        "mended": finding in report.mended,
                    }
                    for finding in report.findings
                ],
            }
            for report in reports
        ],
    }
