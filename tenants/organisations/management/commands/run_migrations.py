"""Django's own `migrate`, in the schema that the current connection stands in. Called by walls.scripts."""

from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    help = "Apply migrations to the schema at hand; use `migrate` for all of them."
    autodetector = Migrate.autodetector
