"""The living style guide: every component in every state. Shown in demo and debug mode only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.public import public_view
from halka.common import looks, navigation
from halka.common.forms import DayField

STATES = ("draft", "sent", "opened", "accepted", "declined")
PEOPLE = ("Ada Lind", "Besa Hoxha", "Milica Jović", "Rūta Kazlauskienė", "شیرین کاظمی")


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), help_text=_("We write there only about this person."))
    born = DayField(label=_("Date of birth"), required=False)
    need = forms.ChoiceField(
        label=_("What is needed most"),
        choices=[("", "—"), ("work", _("Work")), ("training", _("Training")), ("advice", _("Advice"))],
    )
    way = forms.ChoiceField(
        label=_("How may we reach this person?"),
        choices=[("phone", _("By phone")), ("letter", _("By letter")), ("visit", _("By a visit"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("Days that suit"),
        choices=[("mon", _("Monday")), ("wed", _("Wednesday")), ("fri", _("Friday"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("This person agrees"), help_text=_("They may change their mind at any time."))
    reference = forms.CharField(label=_("Reference"), initial="H-2041", disabled=True, required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(_("This person is already on your list."))


@public_view("it holds no data, and exists in demo and debug mode only")
def styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    layout = "workspace" if request.GET.get("layout", "workspace") == "workspace" else "network"
    return render(request, "components/styleguide/page.html", _context(request) | {"layout": f"layout/{layout}.html"})


def _context(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {
        "accent": looks.accent_named(request.GET.get("accent")).value,
        "accents": looks.Accent.choices,
        "empty_form": SampleForm(prefix="empty", initial={"born": date(1990, 3, 21)}),
        "faulty_form": SampleForm({"faulty-born": "31 13 90", "faulty-name": ""}, prefix="faulty"),
        "people": [
            {
                "name": name,
                "state": state,
                "seen": now - timedelta(days=9 * number, minutes=5),
                "visits": 3 * number,
            }
            for number, (name, state) in enumerate(zip(PEOPLE, STATES, strict=True))
        ],
        "tones": [
            ("good", "active"),
            ("wait", "sent"),
            ("go", "opened"),
            ("stop", "declined"),
            ("quiet", "draft"),
        ],
        "alert_tones": list(constants.DEFAULT_TAGS.values())[1:],
        "now": now,
        "hour_ago": now - timedelta(hours=1),
        "notices": [{"tone": "go", "text": _("Planned break: tonight from 22:00 to 22:30.")}],
        "links": _links(),
        "organisations": [
            {"name": "Social Mentors", "url": "#mentors", "current": True},
            {"name": "Young Start Valjevo", "url": "#valjevo", "current": False},
        ],
        "organisation_name": "Social Mentors",
    }


def _links() -> list[navigation.Link]:
    icons = ("sun", "people", "arrow-left-right", "calendar-event", "mortarboard", "gear")
    words = (_("Today"), _("Clients"), _("Referrals"), _("Calendar"), _("Knowledge"), _("Settings"))
    return [
        navigation.Link(label, f"#place-{number}", icon, number == 1)
        for number, (label, icon) in enumerate(zip(words, icons, strict=True))
    ]
