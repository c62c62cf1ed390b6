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
        from network_registry.exchange.enums import MAY_SAY, REASONS, Remains, Service
        from tenants.caseloads.domain.consents import register_withdrawal
        from tenants.caseloads.domain.documents import register_files
        from tenants.caseloads.domain.erasure import register_obstacle
        from tenants.organisations.domain.contact import register_new_address
        from tenants.referrals import ending
        from tenants.referrals.domain import enclosing
        from tenants.referrals.domain.closing import consent_withdrawn
        from tenants.referrals.domain.erasing import under_way
        from tenants.referrals.domain.links import send_links_again_soon
        from tenants.referrals.elsewhere import parts
        from tenants.referrals.enums import AUDITED, LinkPurpose
        from tenants.referrals.models import Enclosure
        from tenants.referrals.sections import incoming, of_case, of_client, yours
        from tenants.referrals.talking import showing

        parts.register()
        navigation.register(_("Today"), "today", "house", Permission.TODAY_VIEW, order=10)
        navigation.register(_("Services"), "services", "geo-alt", Permission.REFERRAL_VIEW, order=35)
        navigation.register(_("Referrals"), "referrals", "send", Permission.REFERRAL_VIEW, order=30)
        sections.register("today", "referrals/_today_incoming.html", incoming, Permission.REFERRAL_ANSWER, order=20)
        sections.register("today", "referrals/_today_yours.html", yours, Permission.REFERRAL_VIEW, order=30)
        sections.register("client", "referrals/_card_of_client.html", of_client, Permission.REFERRAL_VIEW, order=20)
        sections.register("case", "referrals/_card_of_client.html", of_case, Permission.REFERRAL_VIEW, order=20)
        sections.register("today", "referrals/_today_messages.html", showing.unread, Permission.REFERRAL_VIEW, order=25)
        sections.register("referral-now", "referrals/_link_sent.html", showing.link_sent, Permission.REFERRAL_SEND)
        sections.register("referral", "referrals/_thread.html", showing.thread, Permission.REFERRAL_VIEW, order=50)
        sections.register(
            "referral", "referrals/_documents.html", showing.documents, Permission.REFERRAL_VIEW, order=60
        )
        register_obstacle(under_way)
        register_withdrawal(consent_withdrawn)
        register_withdrawal(enclosing.consent_withdrawn)
        register_files(Enclosure)
        register_new_address(send_links_again_soon)
        ending.register()
        actions.register(AUDITED)
        actions.register_detail("service", _("Service"), dict(Service.choices))
        actions.register_detail(
            "reason",
            _("Reason"),
            {code: label for words in (*REASONS.values(), *MAY_SAY.values()) for code, label in words.choices},
        )
        actions.register_detail("remains", _("Recipient's copy"), dict(Remains.choices))
        actions.register_detail("client", _("Record"))
        actions.register_detail("purpose", _("Purpose"), dict(LinkPurpose.choices))
        actions.register_detail("link", _("Link"))
