"""Fetching what is taught and checking access in one line."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halka.authorization.roles import Permission
from tenants.learning.models import AdoptedCurriculum, AdoptedModule, AdoptedUnit
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
