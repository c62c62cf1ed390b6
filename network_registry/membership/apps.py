from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "network_registry.membership"
    label = "membership"
    verbose_name = _("membership of the network")

    def ready(self) -> None:
        from halka.audit import actions
        from network_registry.membership import doctor, parts
        from network_registry.membership.domain import expiring, mergers
        from network_registry.membership.enums import AUDITED, DETAILS
        from tenants.organisations.doctor import findings
        from tenants.organisations.domain import closing, lifecycle

        parts.register()
        findings.register("licence", doctor.licence)
        lifecycle.register_obstacle(expiring.obstacle)
        lifecycle.register_obstacle(mergers.obstacle)
        closing.register_hold(mergers.hold)
        actions.register(AUDITED)
        for key, name, codes in DETAILS:
            actions.register_detail(key, name, codes)
        actions.register_fields(self.get_model("LicensingStep"))
