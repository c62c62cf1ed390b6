from django.core.management.commands import makemigrations

from tenants.organisations.management.commands.prepare_database import Command as PrepareDatabase


class Command(PrepareDatabase):
    """Django's word for the same thing: nobody migrates one schema and forgets the others."""

    autodetector = makemigrations.Command.autodetector  # Django checks that both commands see the same
