"""How webhooks read: {% load integrations %}."""

from __future__ import annotations

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halka.common.calendars import localise_digits
from halka.common.templatetags.halka import status_badge
from tenants.integrations.enums import TEST, TYPES, EndpointState
from tenants.integrations.models import Attempt, Endpoint

register = template.Library()


@register.filter
def event_words(type_: str) -> str:
    """What a type of events is called; the type itself where it has no words yet."""
    if type_ == TEST:
        return _("Test")
    return str(TYPES.get(type_) or TYPES.get(f"{type_.partition('.')[0]}.*") or type_)


@register.simple_tag
def webhook_state(endpoint: Endpoint) -> SafeString:
    state = EndpointState(endpoint.state)
    if state == EndpointState.ACTIVE and endpoint.failing_since:
        return status_badge(state, _("Failing, being tried again"), "wait")
    return status_badge(state, str(state.label), {"active": "good", "paused": "quiet", "off": "stop"}[state.value])


@register.simple_tag
def attempt_result(attempt: Attempt) -> SafeString:
    """Arrived, or why not; with the number that the receiver answered."""
    tone, words = ("stop", attempt.get_failure_display()) if attempt.failure else ("good", _("Arrived"))
    badge = status_badge(attempt.failure or "delivered", str(words), tone)
    return format_html('{} <span class="quiet" dir="ltr">{}</span>', badge, attempt.status) if attempt.status else badge


@register.filter
def duration(attempt: Attempt) -> str:
    if attempt.milliseconds is None:
        return ""
    return _("%(number)s ms") % {"number": localise_digits(attempt.milliseconds)}


@register.simple_tag
def verification() -> str:
    """The example that shows how a receiver checks a signature, as it stands in docs/webhooks.md."""
    source: str = get_template("integrations/_verify.txt").template.source  # type: ignore[attr-defined]
    return source.strip()
