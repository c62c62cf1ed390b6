from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "tenants.referrals"
    label = "referrals"
    verbose_name = _("referrals")

    def ready(self) -> None:
        from halka.authorization.roles import Permission
        from halka.common import navigation

        navigation.register(_("Referrals"), "referrals", "send", Permission.REFERRAL_VIEW, order=30)
