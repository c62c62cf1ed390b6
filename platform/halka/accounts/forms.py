"""Allauth's forms in our own words, and the person's own preferences."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.accounts.models import User
from halka.common.looks import Theme

NEW_PASSWORD = _("At least 10 characters. Three or four words that do not belong together are easy to remember.")


class OwnWords:
    """Mixin: labels and help of `words` in place of the library's, where they are given, and no placeholders."""

    words: ClassVar[dict[str, tuple[str | Promise, str | Promise]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = help_text or self.fields[name].help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OwnWords, account.LoginForm):
    words: ClassVar = {"login": (_("E-mail"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autocomplete": "username webauthn", "autofocus": True})


class AskForPasswordForm(OwnWords, account.ResetPasswordForm):
    words: ClassVar = {"email": (_("E-mail"), _("The address that you sign in with."))}


class NewPasswordByLinkForm(OwnWords, account.ResetPasswordKeyForm):
    words: ClassVar = {"password1": (_("New password"), NEW_PASSWORD), "password2": (_("The same once more"), "")}


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), NEW_PASSWORD),
        "password2": (_("The same once more"), ""),
    }


class FirstPasswordForm(OwnWords, account.SetPasswordForm):
    words: ClassVar = {"password1": (_("New password"), NEW_PASSWORD), "password2": (_("The same once more"), "")}


class ChangeEmailForm(OwnWords, account.AddEmailForm):
    words: ClassVar = {"email": (_("New e-mail"), _("We send a link there. The change counts once you open it."))}

    def save(self, request: Any) -> Any:
        """The present address first: allauth drops it otherwise, where nobody has told it that it is proven."""
        self.user.prove_address()
        return super().save(request)


class ConfirmWithPasswordForm(OwnWords, account.ReauthenticateForm):
    words: ClassVar = {"password": (_("Password"), "")}


def _type_digits(field: forms.Field) -> None:
    field.widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True})


class CodeForm(OwnWords, second_factor.AuthenticateForm):
    words: ClassVar = {
        "code": (_("Code"), _("Six digits from the app, or one of the recovery codes that you have saved."))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _type_digits(self.fields["code"])


class ConfirmWithCodeForm(OwnWords, second_factor.ReauthenticateForm):
    words: ClassVar = {
        "code": (_("Code"), _("Six digits from the app, or one of the recovery codes that you have saved."))
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _type_digits(self.fields["code"])


class TurnOnAppForm(OwnWords, ActivateTOTPForm):
    words: ClassVar = {"code": (_("Code"), _("The six digits that the app shows now."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _type_digits(self.fields["code"])


class AddPasskeyForm(OwnWords, webauthn.AddWebAuthnForm):
    words: ClassVar = {
        "name": (_("Name"), _("So that you tell it from others: “my phone”, “blue key”.")),
        "passwordless": (
            _("Sign in with it alone, without the password"),
            _("The device then asks for your fingerprint, your face or its PIN."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(OwnWords, webauthn.EditWebAuthnForm):
    words: ClassVar = {"name": (_("Name"), "")}


class NameForm(forms.ModelForm):
    """The name that colleagues see."""

    class Meta:
        model = User
        fields: ClassVar = ["name"]
        labels: ClassVar = {"name": _("Your name")}
        help_texts: ClassVar = {"name": _("Colleagues in all your organisations see it.")}


class LookForm(forms.Form):
    """One of the three is sent at a time, by the button that was pressed."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    calendar = forms.ChoiceField(choices=settings.CALENDARS, required=False)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)
