from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkingGroupsConfig(AppConfig):
    name = "network_registry.working_groups"
    label = "working_groups"
    verbose_name = _("working groups")

    def ready(self) -> None:
        from halka.audit import actions
        from network_registry.working_groups import parts
        from network_registry.working_groups.enums import AUDITED, DETAILS

        parts.register()
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
        actions.register_fields(self.get_model("Meeting"))
