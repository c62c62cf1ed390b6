"""The parts of the public form. What is typed is kept whether or not it is complete."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from halka.common.choices import Language
from halka.common.folding import folded
from network_registry.exchange.enums import Service as Need
from network_registry.membership.domain.applying import check_short_name
from network_registry.membership.enums import APPLYING, Paper
from network_registry.membership.errors import NameTaken, PaperRefused
from network_registry.membership.models import Application, FrameworkVersion
from network_registry.membership.papers import ACCEPT, CheckedFile, checked
from tenants.organisations.enums import Kind, TimeZone
from tenants.organisations.models import Organisation

NEEDS = [(need.value, need.label) for need in Need]
LANGUAGES = [(code, label) for code, label in Language.choices if code != Language.OTHER]
MOST_TEXT = 2000
MOST_ADDRESS = 254  # Django's field takes longer ones than its column


class BeginForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of your organisation"), max_length=150, widget=forms.TextInput({"dir": "auto"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        help_text=gettext_lazy("The link to your application goes there, and our answers."),
        max_length=MOST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class AgainForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=MOST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class PartForm(forms.Form):
    """One part. `values` are the columns that are fit to be kept: also those of a form that has mistakes elsewhere."""

    needed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)
        self.initial = {**self.saved(), **self.initial}

    def saved(self) -> dict[str, Any]:
        return {name: getattr(self.application, name) for name in self.fields if hasattr(self.application, name)}

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def fit(self) -> dict[str, Any]:
        """Of what was typed, all that has no mistake: kept while the rest is mended."""
        return self.values() if hasattr(self, "cleaned_data") else {}


def province_as_known(typed: str) -> str:
    """In the spelling that a member has, where it is the same province."""
    known = Organisation.objects.exclude(province="").values_list("province", flat=True).distinct()
    wanted = folded(typed)
    return next((province for province in sorted(known) if folded(province) == wanted), typed)


def known_provinces() -> list[str]:
    branches = Organisation.objects.filter(kind=Kind.BRANCH).exclude(province="")
    return sorted(set(branches.values_list("province", flat=True)))


class OrganisationForm(PartForm):
    """The name has a field for each language; the one that the form was begun in comes first."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=[(kind.value, kind.label) for kind in APPLYING])
    province = forms.CharField(
        label=gettext_lazy("Province or region"),
        max_length=80,
        widget=forms.TextInput({"dir": "auto", "list": "provinces"}),
    )
    registration_number = forms.CharField(
        label=gettext_lazy("Registration or licence number"), max_length=60, widget=forms.TextInput({"dir": "auto"})
    )
    registered_with = forms.CharField(
        label=gettext_lazy("Which authority gave it"), max_length=150, widget=forms.TextInput({"dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.own
        names = {}
        for code in [own, *(code for code, _name in settings.LANGUAGES if code != own)]:
            told = {"language": get_language_info(code)["name_translated"]}
            names[f"name_{code}"] = forms.CharField(
                label=_("Name of your organisation") if code == own else _("Name in %(language)s") % told,
                max_length=150,
                required=code == own,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
            self.initial.setdefault(f"name_{code}", self.application.names.get(code, ""))
        self.fields = {**names, **self.fields}

    @property
    def own(self) -> str:
        """The language of the name that is there, else of the e-mails."""
        names = self.application.names
        return self.application.language if self.application.language in names or not names else next(iter(names))

    @property
    def own_name(self) -> Any:
        return self[f"name_{self.own}"]

    @property
    def other_names(self) -> list[Any]:
        return [self[f"name_{code}"] for code, _name in settings.LANGUAGES if code != self.own]

    @property
    def rest(self) -> list[Any]:
        return [self[name] for name in ("kind", "province", "registration_number", "registered_with")]

    def clean_province(self) -> str:
        return province_as_known(" ".join(self.cleaned_data["province"].split()))

    def values(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith("name_")}
        typed = {code: self.cleaned_data.get(f"name_{code}", "") for code, _name in settings.LANGUAGES}
        if typed[self.own]:
            values["names"] = {code: name for code, name in typed.items() if name}
        return values


class PeopleForm(PartForm):
    board = forms.CharField(
        label=gettext_lazy("Founding board"),
        help_text=gettext_lazy("One person on a line: name and office. Nobody but those who decide reads it."),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )
    manager_name = forms.CharField(
        label=gettext_lazy("Who manages the workspace first"),
        help_text=gettext_lazy("This person is invited when the workspace is ready, and invites the others."),
        max_length=150,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "name"}),
    )
    manager_email = forms.EmailField(
        label=gettext_lazy("Their e-mail"),
        help_text=gettext_lazy("Their own, not one that several people read: it is what they sign in with."),
        max_length=MOST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean_manager_email(self) -> str:
        return str(self.cleaned_data["manager_email"]).lower()


class WorkForm(PartForm):
    about = forms.CharField(
        label=gettext_lazy("Whom you help, and how"),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Services you offer"), choices=NEEDS, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you offer them in"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class WorkspaceForm(PartForm):
    short_name = forms.CharField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Small letters a–z and digits. It becomes the address of your workspace."),
        max_length=31,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )
    workspace_language = forms.ChoiceField(
        label=gettext_lazy("Language of the workspace"),
        help_text=gettext_lazy("Everybody chooses their own as well."),
        choices=settings.LANGUAGES,
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time of"), choices=TimeZone.choices)

    def clean_short_name(self) -> str:
        short_name = str(self.cleaned_data["short_name"]).strip().lower()
        try:
            check_short_name(short_name, but=self.application)
        except NameTaken as refusal:
            raise ValidationError(str(refusal), code="short_name") from refusal
        return short_name


class PaperForm(PartForm):
    """Brings one paper; a part without any is complete too."""

    paper_kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Paper.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PDF, or a picture as JPEG or PNG, up to 5 MB."),
        widget=forms.FileInput({"accept": ACCEPT}),
    )

    def clean_file(self) -> CheckedFile:
        try:
            return checked(self.cleaned_data["file"])
        except PaperRefused as refusal:
            raise ValidationError(str(refusal), code="paper") from refusal

    def values(self) -> dict[str, Any]:
        return {}


class SigningForm(forms.Form):
    """Agrees to one version of the framework: the one that the page showed."""

    signed_by = forms.CharField(
        label=gettext_lazy("Your full name"),
        max_length=150,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "name"}),
    )
    signed_as = forms.CharField(
        label=gettext_lazy("Your office in the organisation"),
        help_text=gettext_lazy("For example: chair of the board."),
        max_length=100,
        widget=forms.TextInput({"dir": "auto"}),
    )
    agrees = forms.BooleanField(label=gettext_lazy("We agree to this framework, in the name of our organisation."))
    framework = forms.ModelChoiceField(queryset=FrameworkVersion.objects.all(), widget=forms.HiddenInput)


class AgreementForm(SigningForm, PartForm):
    """The last part of an application."""

    def values(self) -> dict[str, Any]:
        return {}


class WordsForm(forms.Form):
    """An answer, or an appeal."""

    text = forms.CharField(max_length=MOST_TEXT, widget=forms.Textarea({"rows": 5, "dir": "auto"}))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


FORMS: dict[str, type[PartForm]] = {
    "organisation": OrganisationForm,
    "people": PeopleForm,
    "work": WorkForm,
    "workspace": WorkspaceForm,
    "papers": PaperForm,
    "agreement": AgreementForm,
}
