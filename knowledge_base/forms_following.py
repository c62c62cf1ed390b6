"""What one follows, as boxes to tick."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension
from knowledge_base.access import Reader
from knowledge_base.domain.following import follows_of, programmes_for, wants_digest
from knowledge_base.enums import TargetGroup, TopicKind

GROUPS: Final = [choice for choice in TargetGroup.choices if choice[0] != TargetGroup.ANYBODY]


def _ticks(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class FollowingForm(forms.Form):
    weekly = forms.BooleanField(
        label=_("Once a week, an e-mail with what is new"),
        help_text=_("Only when there is something new. You can end it by a link in every e-mail."),
        required=False,
    )
    dimension = _ticks(_("Dimension"), list(Dimension.choices))
    group = _ticks(_("With whom"), GROUPS)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        followed: dict[str, list[str]] = {}
        for kind, value in follows_of(reader.user_id).exclude(kind=TopicKind.PAGE).values_list("kind", "value"):
            followed.setdefault(kind, []).append(value)
        super().__init__(*args, initial={"weekly": wants_digest(reader.user_id), **followed}, **kwargs)
        programmes = sorted({*programmes_for(reader), *followed.get(TopicKind.PROGRAMME, [])})
        if programmes:
            self.fields["programme"] = _ticks(_("Programme"), [(name, name) for name in programmes])

    @property
    def topics(self) -> dict[str, list[str]]:
        kinds = (TopicKind.DIMENSION, TopicKind.GROUP, TopicKind.PROGRAMME)
        return {kind.value: self.cleaned_data.get(kind.value, []) for kind in kinds}
