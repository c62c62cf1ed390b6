"""A choice among hundreds looks as any other."""

from __future__ import annotations

from django import forms

from halka.common.forms import LongSelect

CHOICES = [("", "Any"), ("a", "A & <b>"), (2, "Two")]


class Form(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, widget=LongSelect(attrs={"data-x": "y"}))


def test_it_is_drawn_as_djangos_own():
    for value in ("", "a", "2", None):
        ours = LongSelect(choices=CHOICES).render("one", value, {"id": "id_one"})
        theirs = forms.Select(choices=CHOICES).render("one", value, {"id": "id_one"})
        squeezed = "".join(theirs.split()).replace('value=""selected', 'value=""selected')
        assert "".join(ours.split()) == squeezed


def test_it_keeps_its_attributes_and_what_was_chosen():
    html = str(Form({"one": "2"})["one"])
    assert 'data-x="y"' in html
    assert 'class="form-select"' in html
    assert '<option value="2" selected>Two</option>' in html
