"""Forms of the exchange: deadlines, and what narrows the fairness board down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halka.common.calendars import localise_digits
from halka.common.conflicts import SeenForm
from network_registry.exchange.enums import ANSWER_DEADLINES, DAYS, Deadline, FairnessKind, Period, Service
from network_registry.exchange.models import Deadlines

LABELS = {
    Deadline.FIRST_REMINDER: gettext_lazy("First reminder, after days"),
    Deadline.SECOND_REMINDER: gettext_lazy("Second reminder, after days"),
    Deadline.ESCALATION: gettext_lazy("Managers of both sides are told, after days"),
    Deadline.EXPIRY: gettext_lazy("It expires, after days"),
    Deadline.CLOSING: gettext_lazy("Closed by itself, days after the end"),
}


class DeadlinesForm(SeenForm):
    """A number of days for each, never longer than the network's own."""

    def __init__(self, *args: Any, saved: Deadlines, **kwargs: Any) -> None:
        self.saved = saved
        super().__init__(*args, **kwargs)

    def compared(self) -> list[str]:
        if not self.fields.keys() - {"seen_version"}:
            self._add_fields()
        return super().compared()

    def _add_fields(self) -> None:
        self.fields["seen_version"].initial = self.saved.version
        for deadline, longest in DAYS.items():
            self.fields[deadline.value] = forms.IntegerField(
                label=LABELS[deadline],
                help_text=_("%(days)s at the most") % {"days": localise_digits(longest)},
                min_value=1,
                max_value=longest,
                initial=getattr(self.saved, deadline),
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        before = None
        for deadline in ANSWER_DEADLINES:
            days = cleaned.get(deadline)
            if days is not None and before is not None and days <= before:
                self.add_error(deadline, _("This comes later than what stands above it."))
            before = days if days is not None else before
        return cleaned

    def days(self) -> dict[Deadline, int]:
        return {deadline: self.cleaned_data[deadline] for deadline in DAYS}


BY = (FairnessKind.ORGANISATION, FairnessKind.PROVINCE, FairnessKind.SERVICE)
ORDERS = (
    ("answer", gettext_lazy("Who lets people wait longest")),
    ("expired", gettext_lazy("Who lets most expire")),
    ("accepted", gettext_lazy("Who accepts fewest")),
    ("ended", gettext_lazy("Who tells fewest results")),
    ("received", gettext_lazy("Who receives most")),
)


class BoardForm(forms.Form):
    """What the board shows; each has a usual value, so that nothing has to be chosen."""

    by = forms.ChoiceField(label=gettext_lazy("Rows"), choices=[(kind.value, kind.label) for kind in BY])
    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=Period.choices)
    service = forms.ChoiceField(
        label=gettext_lazy("Service"), choices=[("", gettext_lazy("All services")), *Service.choices], required=False
    )
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), choices=ORDERS)

    def __init__(self, data: Any, *, provinces: list[str]) -> None:
        usual = {"by": FairnessKind.ORGANISATION, "period": Period.QUARTER, "order": "answer"}
        known = {name: data[name] for name in self.base_fields if data.get(name)}
        super().__init__({**usual, **known})
        self.fields["province"].choices = [("", _("All provinces")), *((name, name) for name in provinces)]  # type: ignore[attr-defined]
        if not self.is_valid():
            self.data = {**self.data, **{name: usual.get(name, "") for name in self.errors}}
            self.full_clean()
