from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who may read a page of the knowledge base."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("People of member organisations")
