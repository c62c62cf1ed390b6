"""What is asked when somebody moves a referral on. Ids carry the act's name, so that many forms stand on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common.forms import LongSelect
from network_registry.exchange.enums import (
    DeclineReason,
    DisengageReason,
    NotStartedReason,
    Outcome,
    RecallReason,
    ReopenReason,
)
from tenants.caseloads.forms.consents import TAKEN_BACK
from tenants.organisations.models import Colleague
from tenants.referrals.models import Referral

LONGEST = 2000
BY_CLIENT = (DeclineReason.CLIENT_DECLINED, DeclineReason.CLIENT_UNREACHABLE)
WORKING = ("manager", "supervisor", "caseworker", "mentor")  # roles of those who can take a person on


def _text(label: str | Promise, help_text: str | Promise = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=LONGEST,
        required=required,
    )


def _reason(label: str | Promise, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class ActForm(forms.Form):
    """Nothing is asked."""

    template: ClassVar = "referrals/_act_fields.html"

    def __init__(self, *args: Any, act: str = "act", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{act}-%s", **kwargs)

    def suit(self, referral: Referral, seat: Seat) -> None:
        """What depends on the referral and on who acts."""


class AskForm(ActForm):
    question = _text(
        _("What do you need to know?"), _("They answer before you decide. The clock stands meanwhile."), required=True
    )


class AnswerForm(ActForm):
    answer = _text(
        _("Your answer"),
        _("They read this before they accept. Write nothing that says who the person is."),
        required=True,
    )


class WaitlistForm(ActForm):
    note = _text(_("Note to the sender"), _("For example when there may be a place."))


class ColleagueChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_role_display()}"


class AcceptForm(ActForm):
    assignee = ColleagueChoice(
        queryset=Colleague.objects.none(),
        label=_("Who takes the person on"),
        widget=LongSelect,
        empty_label=_("Choose…"),
    )
    note = _text(_("Note to the sender"), _("For example when and where to come."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = Colleague.objects.filter(ended_at=None, role__in=WORKING).order_by("name")
        self.fields["assignee"].queryset = working  # type: ignore[attr-defined]

    def suit(self, referral: Referral, seat: Seat) -> None:
        self.fields["assignee"].initial = seat.membership_id


class DeclineForm(ActForm):
    """The reasons stand in two groups: what the provider cannot, and what the person does not want."""

    template: ClassVar = "referrals/_decline_fields.html"

    reason = _reason(
        _("Why"),
        [
            *(choice for choice in DeclineReason.choices if choice[0] not in BY_CLIENT),
            *(choice for choice in DeclineReason.choices if choice[0] in BY_CLIENT),
        ],
    )
    note = _text(_("Note to the sender"), _("What could help the person instead."))

    @property
    def provider_reasons(self) -> list[Any]:
        return list(self["reason"])[: -len(BY_CLIENT)]

    @property
    def client_reasons(self) -> list[Any]:
        return list(self["reason"])[-len(BY_CLIENT) :]


class NoteForm(ActForm):
    note = _text(_("Note to the other organisation"))


class NotStartForm(ActForm):
    reason = _reason(_("Why"), NotStartedReason.choices)
    note = _text(_("Note to the sender"))


class CompleteForm(ActForm):
    template: ClassVar = "referrals/_end_fields.html"

    outcome = _reason(_("What came of it"), Outcome.choices)
    note = _text(_("In your own words"), _("What went well, and what the person could use next."))


class BreakOffForm(ActForm):
    template: ClassVar = "referrals/_end_fields.html"

    reason = _reason(_("Why"), DisengageReason.choices)
    note = _text(_("Note to the sender"), _("What could help the person now."))


class RecallForm(ActForm):
    reason = _reason(_("Why"), RecallReason.choices)
    note = _text(_("Note to the recipient"))


class CloseForm(ActForm):
    note = _text(_("A word to them"), _("They read it with the result."))


class ReopenForm(ActForm):
    reason = _reason(_("Why"), ReopenReason.choices)
    note = _text(_("Note to the other organisation"))


class WithdrawForm(ActForm):
    how = forms.ChoiceField(
        label=_("How the person took it back"), choices=TAKEN_BACK, initial=TAKEN_BACK[0][0], widget=forms.RadioSelect
    )
