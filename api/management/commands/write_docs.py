from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from api.management.documents import DOCUMENTS, FOLDER, text_of


class Command(BaseCommand):
    help = "Write docs/generated: environment, roles, states, personal data. `make openapi` writes the API's part."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in DOCUMENTS:
            (FOLDER / name).write_text(text_of(name))
            self.stdout.write(f"docs/generated/{name}")
