"""“Useful”, said by a person, and “we used it”, said once for an organisation; and how a page stands with a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from wagtail.models import Page

from knowledge_base.access import Reader
from knowledge_base.domain.lists import MOST_LISTS, own_lists
from knowledge_base.enums import TopicKind
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Follow, Used, Useful


@dataclass(frozen=True)
class Standing:
    """What members say of a page, and what of it is the reader's own."""

    useful: int
    used: int
    is_useful: bool
    used_by: frozenset[UUID]
    is_followed: bool
    lists: tuple[dict[str, str], ...]  # id and name of the reader's own, the one changed last first


def standing_of(page_id: int, *, by: Reader) -> Standing:
    """One query."""
    here = {"page": OuterRef("pk")}
    own_use = Used.objects.filter(**here, organisation__in=by.organisation_ids)
    own = own_lists(by).order_by("-changed_at", "-id")[:MOST_LISTS]
    found = (
        Page.objects.filter(pk=page_id)
        .annotate(
            useful=_count(Useful),
            used=_count(Used),
            is_useful=Exists(Useful.objects.filter(**here, user=by.user_id)),
            used_by=ArraySubquery(own_use.values("organisation")),
            lists=ArraySubquery(own.values(json=JSONObject(id="id", name="name"))),
            is_followed=Exists(Follow.objects.filter(**here, user=by.user_id, kind=TopicKind.PAGE)),
        )
        .values_list("useful", "used", "is_useful", "used_by", "is_followed", "lists")
        .get()
    )
    useful, used, is_useful, used_by, is_followed, lists = found
    return Standing(useful, used, is_useful, frozenset(used_by or ()), is_followed, tuple(lists or ()))


def _count(model: type[Useful] | type[Used]) -> Any:
    rows = model.objects.filter(page=OuterRef("pk")).order_by().values("page").annotate(count=Count("pk"))
    return Coalesce(Subquery(rows.values("count")), 0)


def say_useful(*, page_id: int, on: bool, by: Reader) -> None:
    """Says so, or takes it back; saying it again changes nothing."""
    if on:
        Useful.objects.get_or_create(page_id=page_id, user_id=by.user_id)
    else:
        Useful.objects.filter(page=page_id, user=by.user_id).delete()


def say_used(*, page_id: int, organisation_id: UUID, on: bool, by: Reader) -> None:
    """For an organisation of the reader's. Raises NotYourOrganisation."""
    if not by.acts_for(organisation_id):
        raise NotYourOrganisation
    if on:
        Used.objects.get_or_create(page_id=page_id, organisation_id=organisation_id)
    else:
        Used.objects.filter(page=page_id, organisation=organisation_id).delete()
