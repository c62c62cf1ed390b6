"""Who somebody in a group is."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from network_registry.working_groups.models import Person

register = template.Library()


@register.simple_tag
def who(people: Mapping[UUID, Person], seat: UUID | None) -> SafeString | str:
    """The name and whose person it is; the organisation alone once it is closed."""
    if seat is None:
        return ""
    person = people.get(seat)
    if person is None or not person.name:
        said = str(person.organisation) if person else ""
        return format_html("{} <bdi>{}</bdi>", _("A former member"), said)
    comma = pgettext("between a name and an organisation", ",")
    return format_html("<bdi>{}</bdi>{} <bdi>{}</bdi>", person.name, comma, person.organisation)
