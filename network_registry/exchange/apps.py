from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "network_registry.exchange"
    label = "exchange"
    verbose_name = _("referral exchange")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation
        from halka.operating import exposition
        from network_registry.exchange import figures
        from network_registry.exchange.enums import AUDITED
        from tenants.organisations.enums import Kind

        working = frozenset(Kind) - {Kind.SECRETARIAT, Kind.BRANCH}
        register = navigation.register
        register(_("Deadlines"), "deadlines", "calendar-event", Permission.ORGANISATION_MANAGE, 89, kinds=working)
        register(_("Fairness board"), "fairness", "graph-up", Permission.NETWORK_MANAGE, 63, kinds={Kind.SECRETARIAT})
        register(
            _("Figures of the province"), "fairness-province", "graph-up", Permission.NETWORK_VIEW, 63,
            kinds={Kind.BRANCH},
        )  # fmt: skip
        exposition.register(
            "halka_outbox_age_seconds", "Oldest part of a referral that was not delivered", "", figures.outbox_age
        )
        actions.register(AUDITED)
        actions.register_detail("reference", _("Reference"))
        actions.register_fields(self.get_model("Deadlines"))
