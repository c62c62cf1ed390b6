from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    name = "tenants.integrations"
    label = "integrations"
    verbose_name = _("integrations")

    def ready(self) -> None:
        from halka.audit import actions
        from tenants.integrations.enums import AUDITED
        from tenants.integrations.models import Endpoint

        actions.register(AUDITED)
        actions.register_fields(Endpoint)
