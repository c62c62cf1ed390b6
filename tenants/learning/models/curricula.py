"""An organisation's own copy of a standard curriculum. Each part remembers the one of the standard that it comes from.

The standard is in shared tables, to which nothing private is tied: `standard` and `base` hold keys of theirs.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from knowledge_base.models import ModuleText, UnitText
from tenants.caseloads.models.references import to_colleague
from tenants.learning.enums import Settled


class AdoptedCurriculumQuerySet(PrivateQuerySet):
    def taught(self) -> Self:
        return self.filter(ended_at=None)


class AdoptedCurriculum(PrivateModel):
    """`standard` is the curriculum, `base` the version that it follows: all that changed up to there is decided."""

    standard = models.PositiveIntegerField(editable=False)
    base = models.UUIDField(editable=False)
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=5, editable=False)
    adopted_at = models.DateTimeField(_("adopted"), default=timezone.now, editable=False)
    adopted_by = to_colleague(_("adopted by"), editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = AdoptedCurriculumQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"adopted_by"}
        plain: ClassVar = {"id", "standard", "base", "number", "title", "language", "adopted_at", "ended_at"}

    class Meta:
        verbose_name = _("adopted curriculum")
        verbose_name_plural = _("adopted curricula")
        base_manager_name = "objects"
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["standard"],
                condition=Q(ended_at=None),
                name="learning_adopted_once",
                violation_error_message=_("Your organisation teaches from this curriculum already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def direction(self) -> str:
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"


class AdoptedModule(ModuleText, PrivateModel):
    """`base` is the module of the standard that it comes from; one of our own has none."""

    curriculum = models.ForeignKey(
        AdoptedCurriculum, verbose_name=_("curriculum"), related_name="modules", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(_("position"), editable=False)
    key = models.SlugField(_("key"), max_length=60, editable=False, db_index=False)
    base = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Privacy:
        plain: ClassVar = {
            "id", "curriculum", "position", "key", "base", "title", "summary", "dimension", "outcomes", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            # also finds the modules of a curriculum
            models.UniqueConstraint(fields=["curriculum", "key"], name="learning_module_key_once"),
        ]


class AdoptedUnitQuerySet(PrivateQuerySet):
    def taught(self) -> Self:
        return self.filter(is_left_out=False)

    def in_order(self) -> Self:
        return self.order_by("module__position", "position", "id")

    def short(self) -> Self:
        """Without the texts that lists do not show."""
        return self.defer(
            "introduction", "guide", "exercises", "materials", "outcomes", "sheet_instructions", "sheet_lines"
        )


class AdoptedUnit(UnitText, PrivateModel):
    """`base` is the unit of the standard that its text was last compared with; `is_rewritten` while it differs.

    `exercises` is a list of {"title", "minutes", "steps", "debrief"}; `debrief` is a list of questions.
    """

    curriculum = models.ForeignKey(
        AdoptedCurriculum, verbose_name=_("curriculum"), related_name="units", on_delete=models.CASCADE
    )
    module = models.ForeignKey(
        AdoptedModule,
        verbose_name=_("module"),
        related_name="units",
        on_delete=models.PROTECT,  # a module is removed once nothing is in it
    )
    position = models.PositiveSmallIntegerField(_("position"), editable=False)
    key = models.SlugField(_("key"), max_length=60, editable=False, db_index=False)
    base = models.UUIDField(null=True, editable=False)
    is_left_out = models.BooleanField(_("left out"), default=False, editable=False)
    is_rewritten = models.BooleanField(_("differs from the standard"), default=False, editable=False)
    exercises = models.JSONField(_("exercises"), default=list, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AdoptedUnitQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "curriculum", "module", "position", "key", "base", "is_left_out", "is_rewritten", "title",
            "skill_kind", "skill", "level", "focus", "theory_hours", "practice_hours", "outcomes", "materials",
            "prerequisites", "scale", "scale_item", "introduction", "guide", "exercises", "sheet_title",
            "sheet_instructions", "sheet_lines", "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            # also finds the units of a curriculum
            models.UniqueConstraint(fields=["curriculum", "key"], name="learning_unit_key_once"),
            models.CheckConstraint(
                condition=Q(theory_hours__gte=0) & Q(practice_hours__gte=0),
                name="learning_unit_hours",
                violation_error_message=_("Hours are not below nothing."),
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=False) | Q(is_left_out=False),
                name="learning_own_unit_taught",
                violation_error_message=_("A unit of one's own is removed, not left out."),
            ),
        ]

    @property
    def is_own(self) -> bool:
        return self.base is None


class Settlement(PrivateModel):
    """What was decided about one change in the standard, and by whom."""

    curriculum = models.ForeignKey(
        AdoptedCurriculum, verbose_name=_("curriculum"), related_name="settlements", on_delete=models.CASCADE
    )
    key = models.SlugField(_("key"), max_length=60, db_index=False)
    title = models.CharField(_("title"), max_length=150)
    is_module = models.BooleanField(_("module"), default=False)
    how = models.CharField(_("what was decided"), max_length=8, choices=Settled.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = to_colleague(_("who"))

    class Privacy:
        staff: ClassVar = {"by"}
        plain: ClassVar = {"id", "curriculum", "key", "title", "is_module", "how", "number", "at"}

    class Meta:
        verbose_name = _("decision on a change")
        verbose_name_plural = _("decisions on changes")
        base_manager_name = "objects"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            # the list of a curriculum, the newest first
            models.Index(fields=["curriculum", "-id"], name="learning_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.key}"
