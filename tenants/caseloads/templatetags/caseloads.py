"""How a client's record reads: {% load caseloads %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halka.common.calendars import format_day, localise_digits
from halka.common.years import typed_year
from tenants.caseloads import tabs
from tenants.caseloads.models import Client

register = template.Library()


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


@register.inclusion_tag("caseloads/_tabs.html", takes_context=True)
def client_tabs(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The pages of the client's record that the reader may open, with the open one marked."""
    request = context["request"]
    return {"links": tabs.links_for(request.seat, client, request.resolver_match.url_name)}
