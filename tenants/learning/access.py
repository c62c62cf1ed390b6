"""Fetching what is taught and checking access in one line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halka.authorization.roles import Permission
from tenants.caseloads.access import client_for
from tenants.learning.domain.calendar import with_names
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit, Group, Participant, Session
from tenants.organisations.access import require


def curriculum_for(request: HttpRequest, pk: UUID, permission: Permission) -> AdoptedCurriculum:
    """Raises Http404, PermissionDenied."""
    require(request, permission)
    found = get_object_or_404(AdoptedCurriculum.objects.select_related("adopted_by"), pk=pk)
    return _open_for(found, permission)


def module_for(request: HttpRequest, pk: UUID, permission: Permission) -> AdoptedModule:
    require(request, permission)
    found = get_object_or_404(AdoptedModule.objects.select_related("curriculum"), pk=pk)
    _open_for(found.curriculum, permission)
    return found


def unit_for(request: HttpRequest, pk: UUID, permission: Permission) -> AdoptedUnit:
    require(request, permission)
    found = get_object_or_404(AdoptedUnit.objects.select_related("curriculum", "module", "changed_by"), pk=pk)
    _open_for(found.curriculum, permission)
    return found


def _open_for(curriculum: AdoptedCurriculum, permission: Permission) -> AdoptedCurriculum:
    """What is no longer taught is read and not changed."""
    if permission == Permission.LEARNING_ADAPT and curriculum.ended_at is not None:
        raise PermissionDenied(_("Your organisation no longer teaches from this curriculum."))
    return curriculum


def group_for(request: HttpRequest, pk: UUID, permission: Permission) -> Group:
    require(request, permission)
    found: Group = get_object_or_404(Group.objects.with_people(), pk=pk)
    return found


def session_for(request: Any, pk: UUID, permission: Permission) -> Session:
    """A person's own session is closed like their record. Raises Http404, PermissionDenied, NotYours, Restricted."""
    require(request, permission)
    found: Session = get_object_or_404(with_names(Session.objects.select_related("group__curriculum")), pk=pk)
    if found.client_id:
        client_for(request, found.client_id, Permission.CLIENT_VIEW)
    return found


def participant_for(request: Any, group: UUID, pk: UUID, permission: Permission) -> Participant:
    """Somebody of a group, whose record the person may open. Raises as `client_for` does."""
    require(request, permission)
    people = Participant.objects.select_related(
        "client", "group__curriculum", "group__facilitator", "group__second_facilitator"
    )
    found: Participant = get_object_or_404(people, pk=pk, group=group)
    client_for(request, found.client_id, Permission.CLIENT_VIEW)
    return found
