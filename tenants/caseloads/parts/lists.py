"""What lists add to other pages."""

from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from network_registry.membership import guide
from tenants.caseloads.models import Client


def register() -> None:
    """Called once, when the app is ready."""
    guide.register(
        "clients",
        _("Bring in your clients"),
        _("From the sheet you have; or add the first one by hand."),
        "client-import",
        Permission.DATA_IMPORT,
        Client.objects.exists,
        30,
    )
