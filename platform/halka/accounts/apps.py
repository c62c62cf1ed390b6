from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "halka.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from halka.accounts import idleness, second_factor

        user_logged_in.connect(idleness.on_signed_in, dispatch_uid="begin idleness")
        authenticator_added.connect(second_factor.forget, dispatch_uid="forget second factor")
        authenticator_removed.connect(second_factor.forget, dispatch_uid="forget second factor")
