from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "tenants.referrals"
    label = "referrals"
    verbose_name = _("referrals")

    def ready(self) -> None:
        from halka.audit import actions
        from halka.authorization.roles import Permission
        from halka.common import navigation, sections
        from network_registry.exchange.enums import REASONS, Remains, Service
        from tenants.caseloads.domain.consents import register_withdrawal
        from tenants.caseloads.domain.erasure import register_obstacle
        from tenants.referrals.domain.closing import consent_withdrawn
        from tenants.referrals.domain.erasing import under_way
        from tenants.referrals.enums import AUDITED
        from tenants.referrals.sections import answers, incoming, of_client

        navigation.register(_("Today"), "today", "house", Permission.TODAY_VIEW, order=10)
        navigation.register(_("Services"), "services", "geo-alt", Permission.REFERRAL_VIEW, order=35)
        navigation.register(_("Referrals"), "referrals", "send", Permission.REFERRAL_VIEW, order=30)
        sections.register("today", "referrals/_today_incoming.html", incoming, Permission.REFERRAL_ANSWER, order=20)
        sections.register("today", "referrals/_today_answers.html", answers, Permission.REFERRAL_VIEW, order=30)
        sections.register("client", "referrals/_card_of_client.html", of_client, Permission.REFERRAL_VIEW, order=20)
        register_obstacle(under_way)
        register_withdrawal(consent_withdrawn)
        actions.register(AUDITED)
        actions.register_detail("service", _("Service"), dict(Service.choices))
        actions.register_detail(
            "reason", _("Reason"), {code: label for choices in REASONS.values() for code, label in choices.choices}
        )
        actions.register_detail("remains", _("Recipient's copy"), dict(Remains.choices))
        actions.register_detail("client", _("Record"))
