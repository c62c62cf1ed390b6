"""What a module and a unit say, wherever they stand: in a standard curriculum or in an organisation's copy of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension
from knowledge_base.enums import Focus, Scale, SkillKind, UnitLevel
from knowledge_base.fields import LinesField


class ModuleText(models.Model):
    """Of some units that belong together."""

    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("summary"), blank=True)
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension.choices)
    outcomes = LinesField(verbose_name=_("what people can do afterwards"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class UnitText(models.Model):
    """Of one meeting or two. Exercises are kept apart: editors of the standard write them as blocks."""

    title = models.CharField(_("title"), max_length=150)
    skill_kind = models.CharField(_("soft or hard skill"), max_length=4, choices=SkillKind.choices)
    skill = models.CharField(_("skill"), max_length=80)
    level = models.CharField(_("level"), max_length=9, choices=UnitLevel.choices)
    focus = models.CharField(_("works on"), max_length=10, choices=Focus.choices)
    theory_hours = models.DecimalField(_("hours of theory"), max_digits=5, decimal_places=2, default=Decimal)
    practice_hours = models.DecimalField(_("hours of practice"), max_digits=5, decimal_places=2, default=Decimal)
    outcomes = LinesField(verbose_name=_("what people can do afterwards"))
    materials = LinesField(verbose_name=_("what you need"))
    prerequisites = LinesField(verbose_name=_("units that come before"), help_text=_("Their keys, one a line."))
    scale = models.CharField(_("shown by"), max_length=8, choices=Scale.choices, blank=True)
    scale_item = models.CharField(
        _("question of the scale"), max_length=40, blank=True, help_text=_("The one where a change is expected first.")
    )
    introduction = models.TextField(_("introduction"))
    guide = models.TextField(_("for the facilitator"))
    sheet_title = models.CharField(_("title of the participant’s sheet"), max_length=150, blank=True)
    sheet_instructions = models.TextField(_("what to do with the sheet"), blank=True)
    sheet_lines = LinesField(verbose_name=_("lines of the sheet"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> Decimal:
        return self.theory_hours + self.practice_hours


# What is compared when a text is changed or taken over; a unit's exercises stand beside its columns.
MODULE_FIELDS: Final = tuple(field.name for field in ModuleText._meta.local_fields)
UNIT_FIELDS: Final = tuple(
    name
    for field in UnitText._meta.local_fields
    for name in ((field.name, "exercises") if field.name == "guide" else (field.name,))
)
