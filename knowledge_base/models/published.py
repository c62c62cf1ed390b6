"""Curricula as organisations see them: views of what is published, in every version. Drafts are not in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from halka.common.addresses import network_url
from knowledge_base.models.taught import ModuleText, UnitText


class PublishedCurriculum(models.Model):
    """Of each curriculum with a published version; `is_live` while readers find its page."""

    id = models.IntegerField(primary_key=True)
    key = models.CharField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"))
    who_for = models.TextField(_("who it is for"))
    language = models.CharField(_("language"), max_length=5)
    slug = models.CharField(max_length=255)
    is_live = models.BooleanField()

    class Meta:
        managed = False
        db_table = "knowledge_base_publishedcurriculum"
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Of its page on the network site."""
        return network_url("knowledge-page", self.language, f"{self.slug}/")


class PublishedVersionQuerySet(models.QuerySet["PublishedVersion"]):
    def newest(self) -> PublishedVersionQuerySet:
        """One of each curriculum."""
        return self.order_by("curriculum_id", "-number").distinct("curriculum_id")


class PublishedVersion(models.Model):
    id = models.UUIDField(primary_key=True)
    curriculum = models.ForeignKey(PublishedCurriculum, related_name="versions", on_delete=models.DO_NOTHING)
    number = models.PositiveSmallIntegerField(_("number"))
    changes = models.TextField(_("what changed"))
    published_at = models.DateTimeField(_("published"))

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "knowledge_base_publishedversion"
        verbose_name = _("version of a curriculum")
        verbose_name_plural = _("versions of curricula")
        ordering: ClassVar = ["curriculum", "-number"]

    def __str__(self) -> str:
        return _("%(curriculum)s, version %(number)s") % {"curriculum": self.curriculum.title, "number": self.number}


class PublishedModule(ModuleText):
    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PublishedVersion, related_name="modules", on_delete=models.DO_NOTHING)
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.CharField(_("key"), max_length=60)

    class Meta:
        managed = False
        db_table = "knowledge_base_publishedmodule"
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering: ClassVar = ["version", "position", "id"]


class PublishedUnitQuerySet(models.QuerySet["PublishedUnit"]):
    def in_order(self) -> PublishedUnitQuerySet:
        return self.order_by(F("module__position").asc(), "position", "id")


class PublishedUnit(UnitText):
    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PublishedVersion, related_name="units", on_delete=models.DO_NOTHING)
    module = models.ForeignKey(PublishedModule, related_name="units", on_delete=models.DO_NOTHING)
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.CharField(_("key"), max_length=60)
    blocks: Any = models.JSONField()  # the exercises as the CMS keeps them

    objects = PublishedUnitQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "knowledge_base_publishedunit"
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar = ["version", "position", "id"]

    @property
    def exercises(self) -> list[dict[str, Any]]:
        """Title, minutes, steps, debrief (a list of questions) of each."""
        return [exercise_of(block["value"]) for block in self.blocks if block["type"] == "exercise"]


def exercise_of(value: dict[str, Any]) -> dict[str, Any]:
    """What an exercise says, without the marks that the CMS puts on each question."""
    debrief = [part["value"] if isinstance(part, dict) else part for part in value.get("debrief") or []]
    return {
        "title": value["title"],
        "minutes": int(value["minutes"]),
        "steps": value["steps"].strip(),
        "debrief": [question.strip() for question in debrief if question.strip()],
    }
