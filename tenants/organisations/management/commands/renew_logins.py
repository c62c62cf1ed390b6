from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tenants.organisations.isolation import as_owner
from tenants.organisations.models import Organisation, SpareSchema
from tenants.organisations.walls import ddl


class Command(BaseCommand):
    help = "After a new master key was put first: give every organisation's login the password derived from it."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            roles = [
                *Organisation.objects.values_list("db_role", flat=True),
                *SpareSchema.objects.values_list("db_role", flat=True),
            ]
            for role in roles:
                ddl.renew_password(role)
        self.stdout.write(f"{len(roles)} logins have the current key's password. The old key may go.")
