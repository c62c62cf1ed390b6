"""What an editor has to look after: texts that nobody has read for long, drafts, languages that are missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, DateField, DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from halka.accounts.models import User
from halka.authorization.roles import Permission, roles_with
from knowledge_base.domain.indexing import READERS
from knowledge_base.enums import Kind, SubmissionState
from knowledge_base.models import Curriculum, CurriculumVersion, Entry, Submission, Upkeep
from tenants.organisations.enums import Kind as OrganisationKind

LOOKED_AFTER: Final = "knowledge_base.looked_after"
STALE_AFTER: Final = timedelta(days=365)
SHOWN: Final = 25
EDITING_ROLES: Final = roles_with(Permission.KNOWLEDGE_EDIT)
WITH_OTHERS: Final = (SubmissionState.IN_REVIEW, SubmissionState.WITH_EDITOR, SubmissionState.RETURNED)


@dataclass(frozen=True)
class Part:
    """The first of some rows, and how many there are in all."""

    rows: list[Any]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Spoken:
    """A curriculum, with the languages that it is published in and those that are missing."""

    title: str
    there: list[str]
    missing: list[str]


def editors() -> Any:
    """Accounts that may edit the knowledge base now."""
    belonging = Q(
        memberships__ended_at=None,
        memberships__role__in=EDITING_ROLES,
        memberships__organisation__kind=OrganisationKind.SECRETARIAT,
    )
    return User.objects.filter(belonging, is_active=True).distinct().order_by("name", "pk")


def looked_after() -> Any:
    """Published texts with the day on which they are to be read again."""
    since = Coalesce("last_published_at", "latest_revision_created_at")
    year_later = ExpressionWrapper(since + Value(STALE_AFTER), output_field=DateTimeField())
    due_on = Coalesce("upkeep__review_on", Cast(year_later, DateField()))
    pages = Page.objects.live().type(tuple(READERS)).annotate(due_on=due_on)
    return pages.select_related("upkeep__keeper", "owner", "locale", "content_type")


def stale(today: date) -> Part:
    """The longest waiting first."""
    return _part(looked_after().filter(due_on__lte=today).order_by("due_on", "pk"))


def keeper_of(page: Page) -> User | None:
    """Of one that `looked_after` found: whoever took it on, else its author."""
    upkeep: Upkeep | None = getattr(page, "upkeep", None)
    found: User | None = (upkeep and upkeep.keeper) or page.owner
    return found


def look_after(*, page: Page, keeper: User | None, review_on: date, by: User) -> Upkeep:
    """Says that somebody has read it, who does so the next time, and when."""
    with transaction.atomic():
        values = {"keeper": keeper, "review_on": review_on, "looked_at": timezone.now()}
        upkeep, _is_new = Upkeep.objects.update_or_create(page=page, defaults=values)
        log(page, LOOKED_AFTER, user=by, data={"until": review_on.isoformat()})
    return upkeep


def drafts() -> Part:
    """What is written and not published, also of published texts, without what others are reading; newest first."""
    with_others = Submission.objects.filter(state__in=WITH_OTHERS).exclude(page=None).values("page")
    pages = Page.objects.type(tuple(READERS)).filter(Q(live=False) | Q(has_unpublished_changes=True))
    pages = pages.exclude(pk__in=with_others).select_related("owner", "locale", "content_type")
    return _part(pages.order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk"))


def draft_versions() -> list[CurriculumVersion]:
    found = CurriculumVersion.objects.filter(published_at=None)
    return list(found.select_related("curriculum__locale").order_by("created_at", "pk"))


def curricula_by_language() -> list[Spoken]:
    """Those that are not in all languages, by title."""
    codes = [code for code, _name in settings.LANGUAGES]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = Curriculum.objects.live().order_by("pk").values_list("key", "locale__language_code", "title")
    for key, code, title in rows:
        found[key][code] = title
    spoken = [
        Spoken(
            titles.get(settings.LANGUAGE_CODE) or next(iter(titles.values())),
            [code for code in codes if code in titles],
            [code for code in codes if code not in titles],
        )
        for titles in found.values()
    ]
    return sorted((one for one in spoken if one.missing), key=lambda one: one.title)


def texts_by_language() -> list[tuple[str, int]]:
    """(language, how many texts), all languages of the network in their order."""
    found = Entry.objects.exclude(kind=Kind.UNIT).values_list("language").annotate(count=Count("pk")).order_by()
    counts = dict(found)
    return [(code, counts.get(code, 0)) for code, _name in settings.LANGUAGES]


def _part(rows: Any) -> Part:
    return Part(list(rows[:SHOWN]), rows.count())
