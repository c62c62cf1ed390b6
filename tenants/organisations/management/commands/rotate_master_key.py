from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from halka.common.sealing import keyring
from halka.common.sealing.errors import KeyMissing


class Command(BaseCommand):
    help = "After a new master key was put first: wrap all organisations' data keys under it. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        wrapped, faults = 0, []
        for organisation_id in keyring.organisations():
            try:
                wrapped += keyring.rewrap(organisation_id)
            except KeyMissing as error:
                faults.append(str(error))
        try:
            keyring.rewrap_pepper()
        except KeyMissing as error:
            faults.append(str(error))
        self.stdout.write(f"{wrapped} organisations' keys were wrapped under {keyring.current_master_key()}.")
        if faults:
            raise CommandError(f"{len(faults)} were not, keep the old master key: " + " ".join(faults))
        self.stdout.write("The keyring needs no other master key. After renew_logins the old one may go.")
