"""One's groups, and the room of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from halka.authorization.roles import Permission
from halka.common import sections
from halka.common.paging import page_of
from network_registry.working_groups.access import people_of, place_for
from network_registry.working_groups.domain.standing import own_groups
from network_registry.working_groups.enums import DecisionState
from network_registry.working_groups.models import Charter, Decision, Document, Meeting, MemberOrganisation
from tenants.organisations.access import require

SHOWN = 5


@require_safe
def groups(request: Any) -> HttpResponse:
    """Those in which the person has a seat; managers find those that their organisation is in as well."""
    seat = require(request, Permission.TODAY_VIEW)
    context: dict[str, Any] = {"page": page_of(request, own_groups(seat), keys=("-founded_at", "-group_id"))}
    if seat.can(Permission.MEMBER_MANAGE):
        here = Charter.objects.with_group().filter(group__organisations=request.organisation.id)
        context["managed"] = list(here.order_by("closed_at", "-founded_at")[:50])
    return render(request, "working_groups/groups.html", context)


@require_safe
def room(request: Any, pk: UUID) -> HttpResponse:
    """What comes next, what was decided, what lies there, and who is in it."""
    place = place_for(request, pk)
    group = place.group
    organisations = MemberOrganisation.objects.filter(group=group.pk).select_related("organisation")
    people = people_of(group)
    context = {
        "place": place,
        "group": group,
        "ahead": list(Meeting.objects.ahead().filter(group=group).order_by("starts_at", "id")[:SHOWN]),
        "decisions": list(
            Decision.objects.filter(group=group, state=DecisionState.OPEN).order_by("-year", "-number")[:SHOWN]
        ),
        "documents": list(Document.objects.filter(group=group).order_by("-added_at", "-id")[:SHOWN]),
        "organisations": sorted(
            (row.organisation for row in organisations.defer("organisation__logo")), key=lambda one: str(one).casefold()
        ),
        "here": sorted((one for one in people.values() if one.is_here), key=lambda one: one.name.casefold()),
        "people": people,
        "sections": sections.rendered("working-group", request, group_id=group.pk, may_write=place.may_write),
    }
    return render(request, "working_groups/room.html", context)
