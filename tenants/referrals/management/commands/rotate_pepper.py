from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from halka.common.sealing import keyring
from network_registry.exchange.domain.matches import remove_all_tokens


class Command(BaseCommand):
    help = "A new pepper for finding out whether people are known elsewhere: all signs go, and are made anew at night."

    def handle(self, *args: Any, **options: Any) -> None:
        number = keyring.change_pepper()
        removed = remove_all_tokens()
        self.stdout.write(f"Pepper {number} is in use. {removed} signs were removed; organisations place new ones.")
