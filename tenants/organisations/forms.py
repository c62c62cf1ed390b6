"""Forms about an organisation's people and settings."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from halka.accounts.forms import NEW_PASSWORD
from halka.accounts.models import User
from halka.authorization.roles import ROLES, Role
from halka.common.conflicts import SeenForm
from halka.common.forms import DayField
from halka.common.looks import Accent
from tenants.organisations import logos
from tenants.organisations.domain.invitations import NewInvitation
from tenants.organisations.domain.settings_page import Logo, OrganisationSettings
from tenants.organisations.domain.support import MOST_HOURS
from tenants.organisations.enums import Kind, State
from tenants.organisations.models import Invitation, Organisation, Supporter


def role_choices(roles: list[Role]) -> list[tuple[str, str]]:
    """Each role with what it is for, for radio buttons."""
    return [(role.value, format_html("<strong>{}</strong> {}", role.label, ROLES[role].description)) for role in roles]


def one_line(text: str) -> str:
    """A name stands in subjects of e-mails, where a line break would start a header."""
    return " ".join(text.split())


class InviteForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields: ClassVar = ["name", "email", "role", "language"]
        widgets: ClassVar = {"role": forms.RadioSelect}
        help_texts: ClassVar = {
            "email": gettext_lazy("The link goes there, and they sign in with it."),
        }

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)

    def _post_clean(self) -> None:
        """Nothing of the model's own checks: the verb makes the row and answers for it."""

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def invitation(self) -> NewInvitation:
        return NewInvitation(**self.cleaned_data | {"role": Role(self.cleaned_data["role"])})


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class NewAccountForm(forms.Form):
    """What an invited person without an account gives."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=NEW_PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned:
            try:
                validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class SettingsForm(SeenForm, forms.ModelForm):
    """Names have a field for each language; the one of the organisation's own language must be filled."""

    logo_file = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG or WebP, up to 100 kB."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
    )
    no_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)

    class Meta:
        model = Organisation
        fields: ClassVar = ["language", "calendar", "time_zone", "colour", "contact_email", "demands_mfa"]
        labels: ClassVar = {"demands_mfa": gettext_lazy("Everybody here signs in with a second factor")}
        help_texts: ClassVar = {
            "language": gettext_lazy("Documents and e-mails are in it, unless a person chose another."),
            "demands_mfa": gettext_lazy("Whoever has none is asked to set one up at the next page they open."),
        }
        widgets: ClassVar = {"colour": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = Accent.choices
        for code, _own_name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": get_language_info(code)["name_translated"]},
                max_length=150,
                required=False,
                initial=self.instance.names.get(code, ""),
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
            self.fields[f"name_{code}"].show_hidden_initial = True
        self.fields["seen_version"].initial = self.instance.version
        if not self.instance.logo_type:
            del self.fields["no_logo"]

    def _post_clean(self) -> None:
        """The row is written by the verb, not by the form."""

    def clean_logo_file(self) -> Logo | None:
        upload = self.cleaned_data["logo_file"]
        return logos.cleaned(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = cleaned.get("language")
        if own and not cleaned.get(f"name_{own}"):
            self.add_error(f"name_{own}", _("Give the name in the organisation's own language."))
        return cleaned

    @property
    def seen_choices(self) -> list[str]:
        """The value that radio buttons had when the page was opened; other fields carry theirs themselves."""
        return [self["colour"].as_hidden(only_initial=True)]

    def compared(self) -> list[str]:
        return [name for name in super().compared() if name != "no_logo"]

    def saved_value(self, saved: Model, name: str) -> Any:
        if name.startswith("name_"):
            return saved.names.get(name.removeprefix("name_"), "")
        return super().saved_value(saved, name)

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"name_{code}"] for code, _language in settings.LANGUAGES]

    def settings(self) -> OrganisationSettings:
        cleaned = self.cleaned_data
        return OrganisationSettings(
            names={code: name for code, _l in settings.LANGUAGES if (name := one_line(cleaned[f"name_{code}"]))},
            **{name: cleaned[name] for name in self.Meta.fields},
        )

    def logo(self) -> Logo | None:
        if self.cleaned_data.get("no_logo"):
            return Logo(b"", "")
        return self.cleaned_data["logo_file"]


class SupportForm(forms.Form):
    user_id = forms.TypedChoiceField(label=gettext_lazy("Whom do you let in?"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Everybody who reads the audit sees it. Name no client."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    hours = forms.IntegerField(
        label=gettext_lazy("For how many hours?"),
        help_text=gettext_lazy("Between 1 and 72. You can end it earlier."),
        min_value=1,
        max_value=MOST_HOURS,
        initial=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(person.pk, person.name) for person in Supporter.objects.all()]


class ReasonForm(forms.Form):
    """Why an organisation is suspended or resumed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The managers of the organisation and its branch read it. Name no client."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class ContactForm(forms.Form):
    """Where an organisation without accounts is reached."""

    address = forms.EmailField(
        label=gettext_lazy("Contact address"),
        help_text=gettext_lazy("Of an office, not of a person. Links to answer referrals are sent there."),
        max_length=254,  # as the column
        required=False,
    )
    send_again = forms.BooleanField(label=gettext_lazy("Send the links of waiting referrals again"), required=False)


class OrganisationFilter(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("All kinds")), *Kind.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All states")), *State.choices]
    )


class AuditFilter(forms.Form):
    """`people` and `actions` are the choices that the organisation has.

    A client is chosen by a typed `name`; `client` is who was found by it, and stands alone in links.
    """

    who = forms.TypedChoiceField(label=gettext_lazy("Who"), required=False, coerce=int, empty_value=None)
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    name = forms.CharField(label=gettext_lazy("About which client"), required=False, max_length=200)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = DayField(label=gettext_lazy("From"), required=False)
    until = DayField(label=gettext_lazy("Up to and including"), required=False)

    def __init__(
        self,
        *args: Any,
        people: list[tuple[int, str]],
        actions: list[tuple[str, str]],
        by_client: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Everybody")), *people]
        self.fields["what"].choices = [("", _("Everything")), *actions]
        if not by_client:
            del self.fields["name"], self.fields["client"]

    def clean_until(self) -> date | None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise ValidationError(_("The last day is before the first."))
        return until  # type: ignore[no-any-return]
