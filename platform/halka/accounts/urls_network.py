"""Signing in and the person's own account. Of allauth's pages only these exist; creating an account is not one."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path

from halka.accounts import views
from halka.accounts.admin_site import site
from halka.accounts.urls_workspace import urlpatterns as on_every_host
from halka.authorization.public import public_view

SIGNING_IN = "part of signing in"
FORGOTTEN = "somebody who forgot the password cannot sign in"
BY_LINK = "opened from an e-mail, guarded by the link's own key"

urlpatterns = [
    *[entry for entry in on_every_host if getattr(entry, "name", "") != "account_logout"],
    path("accounts/login/", public_view(SIGNING_IN)(account.login), name="account_login"),
    path("accounts/logout/", views.sign_out, name="account_logout"),
    path("accounts/closed/", public_view(SIGNING_IN)(account.account_inactive), name="account_inactive"),
    path("accounts/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/e-mail/", reauthentication_required(account.email), name="account_email"),
    path(
        "accounts/e-mail/sent/",
        public_view(SIGNING_IN)(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^accounts/e-mail/confirm/(?P<key>[-:\w]+)/$",
        public_view(BY_LINK)(account.confirm_email),
        name="account_confirm_email",
    ),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/password/first/", account.password_set, name="account_set_password"),
    path("accounts/password/forgotten/", public_view(FORGOTTEN)(account.password_reset), name="account_reset_password"),
    path(
        "accounts/password/forgotten/sent/",
        public_view(FORGOTTEN)(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public_view(BY_LINK)(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/changed/",
        public_view(FORGOTTEN)(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("admin/", site.urls),
    path("accounts/sessions/", views.sessions, name="usersessions_list"),
    path("accounts/security/", views.security, name="security"),
    path(
        "accounts/security/",
        include(
            [
                path("", views.security, name="mfa_index"),
                path("code/", public_view(SIGNING_IN)(second_factor.authenticate), name="mfa_authenticate"),
                path("confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
                path("app/", totp.activate_totp, name="mfa_activate_totp"),
                path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
                path("recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
                path("recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
                path("recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
                path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
                path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
                path("passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
                path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
                path("passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
                path("passkeys/sign-in/", public_view(SIGNING_IN)(webauthn.login_webauthn), name="mfa_login_webauthn"),
            ]
        ),
    ),
]
