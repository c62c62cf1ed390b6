from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelocationsConfig(AppConfig):
    name = "tenants.relocations"
    label = "relocations"
    verbose_name = _("moves of records")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from network_registry.exchange.relocation_enums import RELOCATION_REASONS
        from tenants.caseloads.domain import reactions
        from tenants.caseloads.domain.consents import register_renewal, register_withdrawal
        from tenants.caseloads.domain.erasure import register_obstacle
        from tenants.referrals.demo import later
        from tenants.relocations import demo
        from tenants.relocations.domain import asking
        from tenants.relocations.enums import AUDITED
        from tenants.relocations.sections import of_client, waiting

        navigation.register(
            _("Records on the move"), "relocations", "box-arrow-right", Permission.RECORD_MOVE, order=33
        )
        sections.register("today", "relocations/_today_waiting.html", waiting, Permission.RECORD_RECEIVE, 23)
        sections.register("client", "relocations/_of_client.html", of_client, Permission.CLIENT_VIEW, 27, aside=True)
        register_withdrawal(asking.consent_withdrawn)
        register_renewal(asking.consent_renewed)
        register_obstacle(asking.under_way)
        reactions.register(asking.person_goes)
        later.register(demo.load)
        actions.register(AUDITED)
        actions.register_detail("rows", _("Parts of the record"))
        for choices in RELOCATION_REASONS.values():
            actions.register_detail("reason", _("Reason"), dict(choices.choices))
