"""`manage.py demo`: the demo network of invented people."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenants.referrals.demo import big, loading, signins


class Command(BaseCommand):
    help = "Loads the demo network if it is not there, and prints who can sign in."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="remove the demo network and load it again")
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")
        parser.add_argument("--organisations", type=int, default=0, metavar="N", help="add so many organisations more")
        parser.add_argument("--clients", type=int, default=100, metavar="M", help="clients in each of these")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo network is only for demonstrations: set DEMO=1, never in production.")
        if not options["sign_ins"]:
            if options["reset"] or not loading.is_loaded():
                loading.load()
            big.load(options["organisations"], options["clients"], say=self.stdout.write)
        for line in signins.lines():
            self.stdout.write(line)
