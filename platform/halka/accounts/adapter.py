"""How allauth behaves here. `tenants.organisations.signing_in` adds what needs to know organisations."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from halka.accounts.tasks import send_mail
from halka.common.addresses import network_url


class BaseAccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_password_mismatch": _("The e-mail or the password is not right. Check both and try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or it has expired. Try the newest one."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts that failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts in a short time. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account begins with an invitation."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("security")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """By our own address; a request tells what host it likes."""
        account, _dash, secret = key.partition("-")
        return network_url("account_reset_password_from_key", account, secret)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return network_url("account_confirm_email", emailconfirmation.key)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """In the language of the person who gets it."""
        user = context.get("user") or getattr(self.request, "user", None)
        with override(getattr(user, "language", None) or get_language()):
            return super().render_mail(template_prefix, email, context, headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Rendered now, sent by the worker: how long it takes does not tell whether there is such an account."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        send_mail.delay(subject=message.subject, body=str(message.body), to=email)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it has expired. Try the newest one."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.BASE_DOMAIN, "name": "Halka"}


def _box() -> MultiFernet:
    """Seals the secrets of second factors; the first master key writes, all of them read."""
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"halka.second-factor").derive(
                        key.encode()
                    )
                )
            )
            for key in settings.MASTER_KEYS
        ]
    )
