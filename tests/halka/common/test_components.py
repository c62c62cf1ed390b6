"""Tags, filters and pictures that pages are made of."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

ROOT = Path(settings.ROOT)
STATIC = ROOT / "platform" / "halka" / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def render(text: str, **values: object) -> str:
    return Template("{% load halka %}" + text).render(Context(values))


def test_every_icon_in_use_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "sprite.svg").read_text()))
    used = {name for file in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', file.read_text())}
    assert used <= drawn


def test_css_uses_logical_properties() -> None:
    physical = re.compile(
        r"(?<![-\w])(margin|padding|border)-(left|right)\b|(?<![-\w])(left|right):|float: (left|right)"
    )
    for file in sorted((STATIC / "css").glob("*.css")):
        assert not physical.findall(file.read_text()), file.name


def test_light_and_dark_name_the_same_colours() -> None:
    def names(file: str) -> set[str]:
        rules = (STATIC / "css" / file).read_text().split("/* space")[0]
        return {name for name in re.findall(r"^\s+(--[\w-]+):", rules, re.MULTILINE) if not name.startswith("--bs-")}

    assert names("tokens.css") <= names("dark.css") | {"--on-accent"}


def test_state_is_told_by_words() -> None:
    assert render("{% status_badge state %}", state="info_requested") == (
        '<span class="status status-wait">Info requested</span>'
    )
    assert "status-good" in render("{% status_badge state tone='good' label='Fine' %}", state="anything")


def test_words_from_outside_are_escaped() -> None:
    assert "<b>" not in render("{% status_badge state %}{% icon 'x' label=state %}", state="<b>")
    assert "<b>" not in render('{% include "components/alert.html" with text=words only %}', words="<b>")


def test_icon_is_decoration_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in render('{% icon "sun" %}')
    assert 'role="img" aria-label="Sun"' in render('{% icon "sun" label="Sun" %}')
    assert "icon-turns" in render('{% icon "chevron-right" %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lind", "AL"), ("Ada", "A"), ("", ""), ("Ada van Lind", "AL"), ("نرگس رستگار", "ن\u200cر"), ("نرگس", "ن")],
)
def test_initials(name: str, letters: str) -> None:
    assert render("{{ name|initials }}", name=name) == letters


def test_missing_dates_leave_no_trace() -> None:
    assert render("{{ at|day }}{{ at|moment }}{{ at|ago }}{{ at|clock }}", at=None) == ""


def test_ago_carries_the_exact_moment() -> None:
    now = timezone.now()
    with translation.override("en"):
        html = render("{{ at|ago }}", at=now)
    assert f'datetime="{now.isoformat()}"' in html
    assert ">just now<" in html


def test_progress_stays_between_nothing_and_all() -> None:
    for value, share in ((0, 0), (1, 33), (5, 100)):
        assert f'value="{share}"' in render(
            '{% include "components/progress.html" with label="x" value=value maximum=3 only %}', value=value
        )


def test_component_wraps_markup_and_sees_nothing_else() -> None:
    html = render('{% component "alert" tone="warning" %} <p>{{ word }}</p> {% endcomponent %}', word="Tea", title="No")
    assert "alert-warning" in html
    assert "<p>Tea</p>" in html
    assert "No" not in html


def test_component_takes_values_by_name_only() -> None:
    with pytest.raises(TemplateSyntaxError):
        render('{% component "alert" "warning" %}{% endcomponent %}')
