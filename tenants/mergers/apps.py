from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MergersConfig(AppConfig):
    name = "tenants.mergers"
    label = "mergers"
    verbose_name = _("mergers of organisations")

    def ready(self) -> None:
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from network_registry.membership.enums import JOINED
        from tenants.caseloads.domain import reactions
        from tenants.mergers import demo
        from tenants.mergers.domain import records
        from tenants.mergers.sections import became, waiting
        from tenants.organisations.enums import Kind
        from tenants.referrals.demo import later

        later.register(demo.load)
        reactions.register(records.person_goes)

        navigation.register(
            _("Mergers"), "mergers", "diagram-3", Permission.NETWORK_MANAGE, 18, kinds={Kind.SECRETARIAT}
        )
        sections.register("today", "mergers/_today_became.html", became, Permission.TODAY_VIEW, 1, kinds=JOINED)
        sections.register("today", "mergers/_today.html", waiting, Permission.ORGANISATION_MANAGE, 3, kinds=JOINED)
