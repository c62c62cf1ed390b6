from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelocationsConfig(AppConfig):
    name = "tenants.relocations"
    label = "relocations"
    verbose_name = _("moves of records")
