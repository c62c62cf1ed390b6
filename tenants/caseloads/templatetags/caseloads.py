"""How a client's record reads: {% load caseloads %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halka.common.calendars import format_day, localise_digits
from halka.common.years import typed_year
from tenants.caseloads import tabs
from tenants.caseloads.enums.clients import Language
from tenants.caseloads.forms.clients import masked
from tenants.caseloads.models import Client, Experience

register = template.Library()
FACTS = ("other_names", "born_on", "birth_year", "sex", "place", "education", "reference")


@register.filter
def age(client: Client) -> str:
    """The age in words; "about" where only the year of birth is known."""
    years = client.age
    if years is None:
        return ""
    words = ngettext("%(years)s year", "%(years)s years", years) % {"years": localise_digits(years)}
    return words if client.born_on else _("about %(age)s") % {"age": words}


@register.filter
def born(client: Client) -> str:
    """The day or the year of birth, in the reader's calendar."""
    if client.born_on:
        return format_day(client.born_on)
    return typed_year(client.birth_year) if client.birth_year else ""


@register.filter
def spoken(client: Client) -> str:
    """The language that suits best, and what else the person speaks."""
    others = [Language(code).label for code in client.languages if code != client.language]
    first = [client.get_language_display()] if client.language else []
    return ", ".join(map(str, first + others))


@register.filter
def years(line: Experience) -> str:
    """From when to when, in the reader's calendar."""
    start = typed_year(line.from_year) if line.from_year else ""
    if line.is_current:
        return _("since %(year)s") % {"year": start} if start else _("now")
    end = typed_year(line.to_year) if line.to_year else ""
    return f"{start}–{end}" if start and end and start != end else start or end


@register.filter(name="masked")
def masked_number(number: str) -> str:
    return masked(number)


@register.filter
def has_details(client: Client) -> bool:
    """Whether there is more to tell than the name and how to reach the person. What is sealed is not looked at."""
    return any(getattr(client, name) for name in FACTS)


@register.inclusion_tag("caseloads/_tabs.html", takes_context=True)
def client_tabs(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The pages of the client's record that the reader may open, with the open one marked."""
    request = context["request"]
    return {"links": tabs.links_for(request.seat, client, request.resolver_match.url_name)}
