"""Cells of lists of clients: {% load lists %}."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halka.common.calendars import format_ago, format_day, localise_digits
from tenants.caseloads.columns import Column
from tenants.caseloads.models import Client
from tenants.caseloads.templatetags.caseloads import age

register = template.Library()
LEFT_TO_RIGHT = ("phone", "reference")


@register.simple_tag
def list_cell(column: Column, client: Client) -> str | SafeString:
    """The column's value as its reader writes it."""
    if column.key == "age":
        return age(client)
    value = column.cell(client)
    if value in (None, ""):
        empty = {"responsible": _("Nobody yet"), "last_contact": _("Not yet")}.get(column.key, "")
        return format_html('<span class="quiet">{}</span>', empty) if empty else ""
    if isinstance(value, datetime):
        return format_ago(value)
    if isinstance(value, date):
        return format_ago(value) if column.key == "last_contact" else format_day(value, "medium")
    if column.key in LEFT_TO_RIGHT:
        return format_html('<bdi dir="ltr">{}</bdi>', value)
    return format_html("<bdi>{}</bdi>", value) if isinstance(value, str) else localise_digits(value)
