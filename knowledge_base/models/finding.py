"""The rows that the search looks at: one for each published page, and one for each unit of a newest version."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from halka.common.addresses import NETWORK_URLS
from halka.common.choices import Dimension
from knowledge_base.access import Reader, readable_by
from knowledge_base.enums import KIND_ICONS, OUTCOME_ICONS, OUTCOME_TONES, Audience, Kind, Level, Outcome, TargetGroup
from knowledge_base.fields import LinesField
from knowledge_base.models.curricula import Unit
from tenants.organisations.models import WorkingGroup


class GroupsText(models.Model):
    """What is published for a working group alone, for organisations that are in it: a view of entries."""

    page_id = models.PositiveIntegerField(_("page"))
    group_id = models.UUIDField(_("which working group"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=5)
    path = models.CharField(_("address"), max_length=400)
    title = models.CharField(_("title"), max_length=255)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        managed = False
        db_table = "knowledge_base_groupstext"
        verbose_name = _("text of a working group")
        verbose_name_plural = _("texts of working groups")

    def __str__(self) -> str:
        return self.title


class EntryQuerySet(models.QuerySet["Entry"]):
    def readable(self, *, by: Reader) -> EntryQuerySet:
        """For this reader; only what is published has a row."""
        return self.filter(readable_by(by))


class Entry(models.Model):
    """What a list shows of a page or a unit, and the words by which it is found."""

    page = models.ForeignKey(Page, verbose_name=_("page"), related_name="+", on_delete=models.CASCADE)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, blank=True, related_name="+", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=5)
    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience.choices)
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("which working group"),
        null=True,
        related_name="+",
        on_delete=models.PROTECT,  # as its page's
    )
    path = models.CharField(_("address"), max_length=400)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"))
    part_of = models.CharField(_("part of"), max_length=255, blank=True)
    text = models.TextField(_("text"))
    outcome = models.CharField(_("how it ended"), max_length=8, choices=Outcome.choices, blank=True)
    dimensions = ArrayField(models.CharField(max_length=16, choices=Dimension.choices), default=list)
    levels = ArrayField(models.CharField(max_length=12, choices=Level.choices), default=list)
    target_group = models.CharField(_("with whom"), max_length=24, choices=TargetGroup.choices, blank=True)
    keys = LinesField(
        verbose_name=_("keys"), help_text=_("Of a curriculum or unit, and those that a lesson belongs to.")
    )
    published_at = models.DateTimeField(_("published"))
    title_words = SearchVectorField()
    words = SearchVectorField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints: ClassVar = [
            # also finds the rows of a page that is published anew
            models.UniqueConstraint(fields=["page", "unit"], name="knowledge_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(group=None) | Q(audience=Audience.GROUP), name="knowledge_group_of_audience"
            ),
        ]
        indexes: ClassVar = [
            # words in titles, words anywhere
            GinIndex(fields=["title_words"], name="knowledge_title_words"),
            GinIndex(fields=["words"], name="knowledge_words"),
            # what belongs to a curriculum or unit, and the other way round
            GinIndex(fields=["keys"], name="knowledge_keys"),
            # the list without words, newest first: one kind, all kinds, and the same for the public
            models.Index(fields=["kind", "-published_at", "-id"], name="knowledge_newest_of_kind"),
            models.Index(fields=["-published_at", "-id"], name="knowledge_newest"),
            models.Index(
                fields=["kind", "-published_at", "-id"],
                condition=Q(audience=Audience.PUBLIC),
                name="knowledge_newest_public",
            ),
            # newest in a language, for the front page and the choice of languages
            models.Index(fields=["language", "-published_at", "-id"], name="knowledge_newest_in_language"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        where = {"language": self.language, "path": self.path}
        return reverse("knowledge-page", urlconf=NETWORK_URLS, kwargs=where)

    @property
    def unit_key(self) -> str:
        """Which unit of its page it is; empty for the page itself."""
        return str(self.keys[0]) if self.kind == Kind.UNIT else ""

    @property
    def handle(self) -> str:
        """What a form sends for it: it stays when the page is published anew, as the row's own key does not."""
        return f"{self.page_id}:{self.unit_key}"

    @property
    def is_rtl(self) -> bool:
        return bool(get_language_info(self.language)["bidi"])

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_local"])

    @property
    def labels(self) -> list[str]:
        """Dimension and level, where it is about one of them."""
        named = [Dimension(code).label for code in self.dimensions], [Level(code).label for code in self.levels]
        return [str(labels[0]) for labels in named if len(labels) == 1]

    @property
    def icon(self) -> str:
        return KIND_ICONS[Kind(self.kind)]

    @property
    def outcome_icon(self) -> str:
        return OUTCOME_ICONS[Outcome(self.outcome)]

    @property
    def outcome_tone(self) -> str:
        return OUTCOME_TONES[Outcome(self.outcome)]


class Word(models.Model):
    """A word that some entry holds: what mistyped ones are held against. Public if a public entry holds it."""

    word = models.CharField(_("word"), max_length=40, primary_key=True)
    is_public = models.BooleanField(_("in what everybody may read"), default=False)

    class Meta:
        verbose_name = _("word of the knowledge base")
        verbose_name_plural = _("words of the knowledge base")
        indexes: ClassVar = [
            # words that look like a mistyped one
            GinIndex(fields=["word"], opclasses=["public.gin_trgm_ops"], name="knowledge_word_alike"),
        ]

    def __str__(self) -> str:
        return self.word
