"""Published knowledge on pages, and the marks of its texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from halka.common.calendars import localise_digits
from halka.common.current import OrganisationRef
from knowledge_base import prose as notation
from knowledge_base.models import Entry
from knowledge_base.reading import newest_for_everybody

register = template.Library()


@register.simple_tag
def newest_articles(count: int) -> list[Entry]:
    """`{% newest_articles 3 as articles %}`: for everybody, those in the reader's language first."""
    return newest_for_everybody(count, language=get_language() or "en")


@register.simple_tag
def in_language_of(page: Any) -> SafeString:
    """The attributes that tell a page's language and direction."""
    return format_html('lang="{}" dir="{}"', page.language["code"], "rtl" if page.language["bidi"] else "ltr")


@register.filter
def own_name(organisation: OrganisationRef) -> str:
    """Of an organisation, in the reader's language."""
    return organisation.name(get_language() or organisation.language)


@register.filter
def prose(text: str) -> SafeString:
    return notation.rendered(text)


@register.filter
def prose_line(text: str) -> SafeString:
    return notation.line(text)


@register.filter
def plain_prose(text: str) -> str:
    return notation.plain(text)


@register.filter
def hours(value: Decimal) -> str:
    """2.50 as 2.5 and 40.00 as 40, in the reader's digits."""
    return localise_digits(number_format(format(Decimal(value).normalize(), "f")))
