"""Standard curricula. The texts are a page; what is taught are versions of modules and units, frozen when published."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from halka.common.identifiers import uuid7
from knowledge_base.blocks import Exercises
from knowledge_base.enums import Audience, Level
from knowledge_base.fields import LinesField, TicksField
from knowledge_base.models.lessons import NOTATION, Summarised
from knowledge_base.models.taught import ModuleText, UnitText


class Curriculum(Summarised):
    """What is taught, to whom and how. Modules and units are in its versions."""

    key = models.SlugField(
        _("key"), max_length=60, help_text=_("Never changes: organisations that teach from it hold on to it.")
    )
    who_for = models.TextField(_("who it is for"))
    how_to_use = models.TextField(_("how to use it"), blank=True)
    level = models.CharField(_("level, in words"), max_length=150, blank=True)
    levels = TicksField(
        models.CharField(max_length=12, choices=Level.choices), verbose_name=_("levels"), default=list, blank=True
    )
    outcomes = LinesField(verbose_name=_("what people can do afterwards"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("key"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [HelpPanel(content=NOTATION), *map(FieldPanel, ("who_for", "how_to_use", "outcomes", "level", "levels"))],
            heading=_("The curriculum"),
        ),
        FieldPanel("audience"),
    ]
    template = "knowledge_base/curriculum.html"

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.GROUP:
            told = _(
                "Organisations teach from a curriculum: it is for everybody, or for people of member organisations."
            )
            raise ValidationError({"audience": told})

    def route(self, request: Any, path_components: list[str]) -> RouteResult:
        """Below its address: units/…, units/…/sheet, cartridge, versions/2, versions/2/units/…."""
        if not path_components:
            return super().route(request, path_components)
        if not self.live:
            raise Http404
        return RouteResult(self, kwargs={"below": tuple(path_components)})

    def serve(self, request: Any, *args: Any, below: tuple[str, ...] = (), **kwargs: Any) -> HttpResponseBase:
        from knowledge_base.curricula_reading import answer_below

        if not below:
            return super().serve(request, *args, **kwargs)
        if not self.may_read(request):
            raise Http404
        return answer_below(self, request, below)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge_base.curricula_reading import outline

        return super().get_context(request, *args, **kwargs) | outline(self, request)


def _refuse_published(version: UUID | None) -> None:
    """What is published is asked of the database, not of the copy that a form holds."""
    if version and CurriculumVersion.objects.published().filter(pk=version).exists():
        raise ValidationError(_("A published version is not changed. Begin a new one."), code="published")


class VersionQuerySet(models.QuerySet["CurriculumVersion"]):
    def published(self) -> VersionQuerySet:
        return self.exclude(published_at=None)


class CurriculumVersion(models.Model):
    """What a curriculum consisted of on a day. Once published neither it nor its modules and units ever change:
    domain/versions.py says no, and so does a trigger in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    curriculum = models.ForeignKey(
        Curriculum,
        verbose_name=_("curriculum"),
        related_name="versions",
        on_delete=models.PROTECT,  # what organisations teach from stays
    )
    number = models.PositiveSmallIntegerField(_("number"))
    changes = models.TextField(
        _("what changed"), blank=True, help_text=_("For those who teach from the version before.")
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a curriculum")
        verbose_name_plural = _("versions of curricula")
        ordering: ClassVar = ["curriculum", "-number"]
        constraints: ClassVar = [
            # also finds the newest of a curriculum
            models.UniqueConstraint(fields=["curriculum", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["curriculum"],
                condition=Q(published_at=None),
                name="version_one_draft",
                violation_error_message=_("There is a draft of this curriculum already."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(changes=""),
                name="version_says_what_changed",
                violation_error_message=_("Say what changed."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(curriculum)s, version %(number)s") % {"curriculum": self.curriculum.title, "number": self.number}

    def clean(self) -> None:
        _refuse_published(self.pk)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Module(ModuleText):
    """Some units that belong together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        CurriculumVersion, verbose_name=_("version"), related_name="modules", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=60)

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering: ClassVar = ["version", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="module_key_once",
                violation_error_message=_("Another module of this version has this key."),
            ),
        ]
        indexes: ClassVar = [
            # the outline of a version
            models.Index(fields=["version", "position"], name="module_of_version"),
        ]

    def clean(self) -> None:
        _refuse_published(self.version_id)


class Unit(UnitText):
    """One meeting or two: what the facilitator does, the exercises, and a sheet for those who take part."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        CurriculumVersion, verbose_name=_("version"), related_name="units", on_delete=models.CASCADE
    )
    module = models.ForeignKey(Module, verbose_name=_("module"), related_name="units", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=60)
    exercises = StreamField(Exercises(), verbose_name=_("exercises"), blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar = ["version", "module__position", "position", "id"]
        constraints: ClassVar = [
            # also finds a unit by its address
            models.UniqueConstraint(
                fields=["version", "key"],
                name="unit_key_once",
                violation_error_message=_("Another unit of this version has this key."),
            ),
            models.CheckConstraint(
                condition=Q(theory_hours__gte=0) & Q(practice_hours__gte=0),
                name="unit_hours_not_below_nothing",
                violation_error_message=_("Hours are not below nothing."),
            ),
        ]
        indexes: ClassVar = [
            # the units of a module in their order
            models.Index(fields=["module", "position"], name="unit_of_module"),
        ]

    @property
    def exercise_values(self) -> list[Any]:
        """Title, minutes, steps and debrief of each."""
        return [block.value for block in self.exercises]

    def clean(self) -> None:
        _refuse_published(self.version_id)
