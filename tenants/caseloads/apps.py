from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseloadsConfig(AppConfig):
    name = "tenants.caseloads"
    label = "caseloads"
    verbose_name = _("caseloads")

    def ready(self) -> None:
        from tenants.caseloads import parts

        parts.register()
