from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Permission
from halka.common import navigation


class StatusConfig(AppConfig):
    name = "network_registry.status"
    label = "status"
    verbose_name = _("status of the network")

    def ready(self) -> None:
        from halka.audit import actions
        from network_registry.status.enums import AUDITED, DETAILS
        from tenants.organisations.enums import Kind

        navigation.register(
            _("Incidents"), "incidents", "bell", Permission.NETWORK_MANAGE, 86, kinds={Kind.SECRETARIAT}
        )
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
        actions.register_fields(self.get_model("Incident"))
