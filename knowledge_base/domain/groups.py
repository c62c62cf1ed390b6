"""Working groups: kept by editors, asked about wherever a page for one of them could show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from halka.common.errors import EditedMeanwhile
from knowledge_base.access import Reader
from knowledge_base.errors import GroupHasLife, GroupHasPages, GroupNameTaken, NotYourOrganisation
from tenants.organisations.models import WorkingGroup


def save_group(
    *,
    group: WorkingGroup | None = None,
    name: str,
    about: str,
    organisations: Iterable[Any],
    seen_version: int = 0,
    by: Reader,
) -> WorkingGroup:
    """Makes one, or changes it; `organisations` are keys. Its pages are read by who is in it now.

    Raises NotYourOrganisation, GroupNameTaken, EditedMeanwhile.
    """
    if not by.is_editor:
        raise NotYourOrganisation
    try:
        with transaction.atomic():
            found = WorkingGroup() if group is None else WorkingGroup.objects.select_for_update().get(pk=group.pk)
            if group is not None and found.version != seen_version:
                raise EditedMeanwhile
            found.name, found.about = name, about
            found.version += group is not None
            found.save()
            found.organisations.set(organisations)
    except IntegrityError as error:
        raise GroupNameTaken from error
    return found


def remove_group(*, group: WorkingGroup, by: Reader) -> None:
    """Raises NotYourOrganisation, GroupHasLife, GroupHasPages."""
    if not by.is_editor:
        raise NotYourOrganisation
    try:
        group.delete()
    except ProtectedError as error:
        if any(found._meta.app_label == "working_groups" for found in error.protected_objects):
            raise GroupHasLife from error
        raise GroupHasPages from error
