from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from halka.authorization.roles import Role, Seat
from tenants.organisations.domain.invitations import NewInvitation, invite
from tenants.organisations.domain.provisioning import NewOrganisation, provision
from tenants.organisations.enums import Kind, TimeZone
from tenants.organisations.isolation import inside

FIRST_ROLE = {Kind.SECRETARIAT: Role.SECRETARIAT, Kind.BRANCH: Role.PROVINCIAL}


class Command(BaseCommand):
    help = "Create an organisation and invite its first manager; a network begins with its secretariat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("short_name")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.NGO)
        parser.add_argument("--name", required=True, help="in the organisation's own language")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="en")
        parser.add_argument("--province", default="")
        parser.add_argument("--time-zone", choices=TimeZone.values, default=TimeZone.UTC)
        parser.add_argument("--manager-name", required=True)
        parser.add_argument("--manager-email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        names = {options["language"]: options["name"]}
        new = NewOrganisation(
            options["short_name"],
            names,
            options["kind"],
            options["language"],
            "jalali" if options["language"] == "fa" else "gregorian",
            values={"province": options["province"], "time_zone": options["time_zone"]},
        )
        try:
            organisation = provision(new=new)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        role = FIRST_ROLE.get(Kind(options["kind"]), Role.MANAGER)
        with inside(organisation.ref()):
            invitation = NewInvitation(options["manager_name"], options["manager_email"], role, options["language"])
            invite(invitation=invitation, by=Seat(user_id=0, membership_id=None, role=role, name="Halka"))
        self.stdout.write(f"{organisation.schema_name} is ready; {options['manager_email']} gets an invitation.")
