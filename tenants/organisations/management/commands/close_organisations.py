from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.organisations.leaving.erasing import NotErased, erase_outstanding


class Command(BaseCommand):
    help = "Erase the organisations whose announced end has come, and those whose erasing was stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = erase_outstanding(say=lambda line: self.stdout.write(f"  {line}"))
        except NotErased as fault:
            raise CommandError(str(fault)) from None
        for closing in done:
            self.stdout.write(f"{closing.organisation.schema_name} is erased; proof {closing.proof_hash}")
        if done:
            self.stdout.write("Remove their files from the copies of the keyring that your backups hold.")
        else:
            self.stdout.write("There is nothing to do.")
