"""Tags and filters of our pages: {% load halka %}."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from unicodedata import bidirectional

from django import forms, template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from halka.common import addresses, calendars
from halka.common.forms import summary_of

register = template.Library()

# Tones of states that several apps share. A state of another name may carry `tone` itself.
TONES: Final = {
    "draft": "quiet",
    "closed": "quiet",
    "archived": "quiet",
    "recalled": "quiet",
    "inactive": "quiet",
    "provisional": "wait",
    "held": "wait",
    "sent": "wait",
    "invited": "wait",
    "pending": "wait",
    "waitlisted": "wait",
    "info_requested": "wait",
    "opened": "go",
    "open": "go",
    "started": "go",
    "in_progress": "go",
    "redirected": "go",
    "reopened": "go",
    "carrying": "go",
    "undoing": "go",
    "returning": "go",
    "active": "good",
    "accepted": "good",
    "completed": "good",
    "published": "good",
    "given": "good",
    "carried": "good",
    "settled": "good",
    "suspended": "stop",
    "declined": "stop",
    "rejected": "stop",
    "expired": "stop",
    "disengaged": "stop",
    "not_started": "stop",
    "withdrawn": "stop",
    "consent_withdrawn": "stop",
}

# Pictures that point along the line are mirrored where lines run from right to left.
TURNING: Final = {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "box-arrow-right", "send"}


@register.filter
def day(value: date | datetime | None, style: str = "long") -> str:
    """A day in the reader's calendar; styles: short, medium, long, full, month. Nothing for None."""
    return calendars.format_day(value, style) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return calendars.format_moment(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return calendars.format_time(value) if value else ""


@register.filter
def digits(value: object) -> str:
    return calendars.localise_digits(value)


@register.filter
def ago(value: date | datetime | None) -> SafeString | str:
    """How long ago, with the exact moment as a title and for machines."""
    if not value:
        return ""
    exact = calendars.format_moment(value) if isinstance(value, datetime) else calendars.format_day(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, calendars.format_ago(value)
    )


@register.filter
def initials(name: object) -> str:
    """First letters of the first and the last word of a name; they stay apart where a script would join them."""
    words = str(name).split()
    letters = [word[0].upper() for word in {0: words[:1], 1: words[:1] + words[-1:]}[len(words) > 1]]
    return ("\u200c" if any(bidirectional(letter) == "AL" for letter in letters) else "").join(letters)


@register.filter
def tint(name: object) -> int:
    """A number from 1 to 6 that stays the same for a name: picks the colour of an avatar."""
    return sum(map(ord, str(name))) % 6 + 1


@register.filter
def form_problems(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    return summary_of(form) if form.is_bound else []


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A picture out of the sprite; decoration unless it has a label."""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    extra = f"{extra} icon-turns".strip() if name in TURNING else extra
    return format_html(
        '<svg class="icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        role,
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def status_badge(state: Any, label: str = "", tone: str = "") -> SafeString:
    """A state as a badge: told by its words and its shape, not by colour alone."""
    value = str(getattr(state, "value", state) or "")
    tone = tone or getattr(state, "tone", "") or TONES.get(value.lower(), "quiet")
    words = label or getattr(state, "label", "") or value.replace("_", " ").capitalize()
    return format_html('<span class="status status-{}">{}</span>', tone, words)


@register.simple_tag
def network_url(name: str) -> str:
    """Address of a page of the network site, from any host; empty when there is no such page."""
    try:
        return addresses.network_url(name)
    except NoReverseMatch:
        return ""


@register.simple_tag
def percent(value: float, maximum: float) -> int:
    """Whole per cent, between 0 and 100."""
    return max(0, min(100, round(100 * value / maximum))) if maximum else 0


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The page's own query string with some parameters changed; None removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


class ComponentNode(template.Node):
    def __init__(self, name: str, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = {key: value.resolve(context) for key, value in self.values.items()}
        body = mark_safe(self.nodelist.render(context).strip())  # noqa: S308
        assert context.template is not None
        component = context.template.engine.get_template(f"components/{self.name}.html")
        return component.render(context.new({**values, "body": body}))


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """A component that wraps markup: {% component "dialog" id="x" title=_("…") %}…{% endcomponent %}.

    The markup arrives in the component's template as `body`.
    """
    _tag, name, *arguments = token.split_contents()
    values = {}
    for argument in arguments:
        key, _equals, value = argument.partition("=")
        if not _equals:
            raise template.TemplateSyntaxError("component takes its values by name")
        values[key] = parser.compile_filter(value)
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name.strip("\"'"), values, nodelist)
