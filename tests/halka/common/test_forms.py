import re
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils import translation

from halka.common.calendars import calendar_in_use
from halka.common.forms import DayField, summary_of


class Visit(forms.Form):
    name = forms.CharField(label="Name", help_text="As the person says it")
    day = DayField(label="Day")
    place = forms.ChoiceField(label="Place", choices=[("a", "Here"), ("b", "There")])
    way = forms.ChoiceField(label="Way", choices=[("a", "Foot"), ("b", "Bus")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Agreed", required=False, help_text="May be taken back")
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.data.get("code") == "bad":
            raise forms.ValidationError("Not today")


def drawn(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_every_control_has_a_label_and_says_whether_it_may_stay_empty() -> None:
    page = drawn(Visit())
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select_one(f'label[for="{control["id"]}"]'), control
    assert "(optional)" in page.select_one('label[for="id_note"]').text
    assert "(optional)" not in page.select_one('label[for="id_name"]').text


def test_controls_wear_bootstrap_classes() -> None:
    page = drawn(Visit())
    assert page.select_one("#id_name")["class"] == ["form-control"]
    assert page.select_one("#id_place")["class"] == ["form-select"]
    assert page.select_one("#id_way_0")["class"] == ["form-check-input"]
    assert page.select_one("#id_agreed")["class"] == ["form-check-input"]
    assert not page.select_one("#id_code").get("class")


def test_own_classes_are_kept() -> None:
    class Wide(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    assert drawn(Wide()).select_one("#id_name")["class"] == ["form-control", "wide"]


def test_error_and_help_are_tied_to_the_control() -> None:
    page = drawn(Visit({"name": "", "place": "a", "way": "a", "day": "1/1/2025"}))
    control = page.select_one("#id_name")
    assert control["aria-invalid"] == "true"
    for described_by in control["aria-describedby"].split():
        assert page.select_one(f"#{described_by}"), described_by
    assert "required" in page.select_one("#id_name_error").text


def test_ids_are_unique() -> None:
    ids = re.findall(r' id="([^"]+)"', str(Visit({"code": "bad"})))
    assert len(ids) == len(set(ids))


def test_a_group_of_choices_is_a_fieldset_with_its_error() -> None:
    page = drawn(Visit({"name": "Ada"}))
    group = page.select_one("#id_way_0").find_parent("fieldset")
    assert group.legend.text.strip() == "Way"
    assert page.select_one(f"#{group['aria-describedby']}").text.strip()


def test_summary_leads_to_each_field() -> None:
    with translation.override("en"):
        form = Visit({"code": "bad"})
        page = drawn(form)
    summary = page.select_one(".error-summary")
    assert "Not today" in summary.text
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["id_name", "id_day", "id_place", "id_way_0"]
    assert all(page.find(id=target) for target in targets)


@pytest.mark.parametrize("label", ["We agree", "We agree.", "Do we agree?", "موافقیم؟"])
def test_a_colon_follows_no_other_mark(label: str) -> None:
    form = Visit({})
    form.fields["name"].label = label
    assert label.rstrip(".?؟") in [shown for _anchor, shown, _message in summary_of(form)]


def test_the_summary_follows_the_fields_whatever_was_found_first() -> None:
    form = Visit({"code": "bad", "name": "Ada"})
    form.add_error("name", "Too short")
    assert next(anchor for anchor, _label, _message in summary_of(form) if anchor) == "id_name"


def test_a_fresh_form_has_no_summary() -> None:
    assert not drawn(Visit()).select(".error-summary")
    assert Template("{% load halka %}{{ form|form_problems|length }}").render(Context({"form": Visit()})) == "0"


def test_an_error_of_a_hidden_field_leads_nowhere() -> None:
    form = Visit({"name": "Ada"})
    form.add_error("code", "Gone")
    assert ("", "None", "Gone") not in summary_of(form)
    assert any(anchor == "" and message == "Gone" for anchor, _label, message in summary_of(form))


@pytest.mark.parametrize(
    ("calendar", "typed"), [("gregorian", "25/9/2025"), ("jalali", "1404/7/3"), ("jalali", "۱۴۰۴/۷/۳")]
)
def test_day_field_reads_the_calendar_in_use(calendar: str, typed: str) -> None:
    with calendar_in_use(calendar):
        assert DayField().clean(typed) == date(2025, 9, 25)


def test_day_field_shows_the_calendar_in_use() -> None:
    form = Visit(initial={"day": datetime(2025, 9, 25, 9, 0)})
    with calendar_in_use("jalali"), translation.override("fa"):
        control = drawn(form).select_one("#id_day")
        assert control["value"] == "۱۴۰۴/۰۷/۰۳"
        assert control["data-day"] == "jalali"
    with translation.override("en"):
        assert drawn(form).select_one("#id_day")["value"] == "25/09/2025"


def test_day_field_gives_back_what_was_typed_wrongly() -> None:
    with translation.override("en"):
        page = drawn(Visit({"day": "31/2/2025"}))
    assert page.select_one("#id_day")["value"] == "31/2/2025"
    assert "no such day" in page.select_one("#id_day_error").text


def test_day_field_may_be_empty() -> None:
    assert DayField(required=False).clean("  ") is None
    with pytest.raises(forms.ValidationError):
        DayField().clean("")


def test_day_field_that_was_not_touched_has_not_changed() -> None:
    form = Visit({"day": "25/09/2025"}, initial={"day": date(2025, 9, 25)})
    assert "day" not in form.changed_data


def test_messages_have_the_digits_of_the_language_and_questions_no_mark() -> None:
    class Grant(forms.Form):
        hours = forms.IntegerField(label="برای چند ساعت؟", max_value=72)

    with translation.override("fa"):
        form = Grant({"hours": "100"})
        [(_anchor, label, message)] = summary_of(form)
        shown = drawn(form)
    assert label == "برای چند ساعت"
    assert "۷۲" in message
    assert "۷۲" in shown.select_one(".field-error").text
