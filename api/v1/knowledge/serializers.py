"""What the network has learned and teaches, as other systems read it: the same for members and for everybody."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.paging import PageQuery
from halka.common.choices import Dimension
from knowledge_base.enums import (
    Change,
    Focus,
    Kind,
    Level,
    Outcome,
    PracticeKind,
    Scale,
    SkillKind,
    TargetGroup,
    UnitLevel,
)
from knowledge_base.models import PublishedModule, PublishedUnit, PublishedVersion
from knowledge_base.models.published_texts import TextFields

MOST_CHANGES: Final = 500
NOTATION: Final = "Paragraphs, `- ` for points, `1. ` for steps, two stars for bold."


def one_of(choices: Any, *, empty: str = "", source: str | None = None) -> serializers.CharField:
    """A code."""
    told = ", ".join(f"`{value}`" for value in choices.values)
    return serializers.CharField(source=source, help_text=f"{told}." + (f" Empty: {empty}." if empty else ""))


def within(name: str, **more: Any) -> Any:
    """A text of the document."""
    return serializers.CharField(source=f"document.{name}", **more)


def lines(name: str = "", **options: Any) -> serializers.ListField:
    source = {"source": f"document.{name}"} if name else {}
    return serializers.ListField(child=serializers.CharField(), **source, **options)


# --- what is asked -----------------------------------------------------------------------


class TextsQuery(PageQuery):
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES, required=False, allow_blank=True, help_text="Texts in this language alone."
    )


class ChangesQuery(serializers.Serializer[Any]):
    since = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=2**63 - 1, help_text="`next_since` of the last answer."
    )
    kinds = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=100,
        help_text="Only these, separated by commas: `lesson`, `practice`, `curriculum`.",
    )  # fmt: skip
    limit = serializers.IntegerField(required=False, default=MOST_CHANGES, min_value=1, max_value=MOST_CHANGES)

    def validate_kinds(self, text: str) -> list[str]:
        kinds = [part for part in text.split(",") if part]
        for kind in kinds:
            if kind not in (Kind.LESSON, Kind.PRACTICE, Kind.CURRICULUM):
                raise serializers.ValidationError(_("There is no kind “%(name)s”.") % {"name": kind[:40]})
        return kinds


# --- what is answered --------------------------------------------------------------------


class TextSerializer(serializers.Serializer[TextFields]):
    """What all kinds have. `url` is the page for people."""

    id = serializers.IntegerField(source="page_id")
    language = serializers.CharField()
    url = serializers.URLField()
    title = within("title")
    summary = within("summary")
    published_at = serializers.DateTimeField(source="document.published_at")
    changed_at = serializers.DateTimeField()


class LessonSerializer(TextSerializer):
    """A success, a failure, or both: how it was, what was tried, what happened, and what to do next time."""

    outcome = one_of(Outcome, source="document.outcome")
    context = within("context", help_text=NOTATION)
    tried = within("tried")
    happened = within("happened")
    why = within("why")
    next_time = within("next_time")
    programme = within("programme")
    target_group = one_of(TargetGroup, source="document.target_group")
    dimension = one_of(Dimension, source="document.dimension")
    level = one_of(Level, source="document.level")
    place = within("place")
    cost = within("cost")
    evidence = within("evidence")
    evidence_detail = within("evidence_detail")
    curricula = lines("curricula")
    services = lines("services", help_text="Kinds of services, by the codes that referrals name.")
    told_by = within("told_by", help_text="The organisation's short name; empty where it is not named.")


class PracticeSerializer(TextSerializer):
    """A way of working, with what it needs and where it goes wrong."""

    practice_kind = one_of(PracticeKind, source="document.practice_kind")
    when_to_use = within("when_to_use", help_text=NOTATION)
    steps = within("steps")
    needs = within("needs")
    pitfalls = within("pitfalls")
    evidence = within("evidence")
    dimension = one_of(Dimension, empty="all of them", source="document.dimension")
    level = one_of(Level, empty="all of them", source="document.level")
    told_by = within("told_by", help_text="The organisation's short name; empty where it is not named.")


class VersionInShortSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    changes = serializers.CharField(help_text="What changed, for those who teach from the version before.")
    published_at = serializers.DateTimeField()


class CurriculumSerializer(TextSerializer):
    """What is taught, to whom and how. Modules and units are in its versions, the newest first."""

    key = within("key", help_text="Never changes, and is the same in all languages.")
    who_for = within("who_for", help_text=NOTATION)
    how_to_use = within("how_to_use")
    outcomes = lines("outcomes")
    levels = lines("levels")
    level_in_words = within("level_in_words")
    versions = VersionInShortSerializer(many=True, source="document.versions")


class ExerciseSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    minutes = serializers.IntegerField()
    steps = serializers.CharField()
    debrief = lines()


class UnitSerializer(serializers.ModelSerializer[PublishedUnit]):
    """A meeting or two. `prerequisites` are keys of other units of the version."""

    key = serializers.CharField()
    skill_kind = one_of(SkillKind)
    level = one_of(UnitLevel)
    focus = one_of(Focus)
    scale = one_of(Scale, empty="none")
    outcomes = lines()
    materials = lines()
    prerequisites = lines()
    exercises = ExerciseSerializer(many=True)
    sheet_lines = lines()

    class Meta:
        model = PublishedUnit
        fields = ("id", "key", "title", "skill_kind", "skill", "level", "focus", "theory_hours", "practice_hours",
                  "outcomes", "materials", "prerequisites", "scale", "scale_item", "introduction", "guide",
                  "exercises", "sheet_title", "sheet_instructions", "sheet_lines")  # fmt: skip


class ModuleSerializer(serializers.ModelSerializer[PublishedModule]):
    """Some units that belong together, in their order."""

    key = serializers.CharField()
    dimension = one_of(Dimension)
    outcomes = lines()
    units = UnitSerializer(many=True)

    class Meta:
        model = PublishedModule
        fields = ("id", "key", "title", "summary", "dimension", "outcomes", "units")


class VersionSerializer(serializers.ModelSerializer[PublishedVersion]):
    """What a curriculum consisted of on a day. It never changes."""

    curriculum = serializers.IntegerField(source="curriculum_id")
    modules = ModuleSerializer(many=True)

    class Meta:
        model = PublishedVersion
        fields = ("id", "curriculum", "number", "changes", "published_at", "modules")


class ChangeSerializer(serializers.Serializer[TextFields]):
    """Of a text that you may read now, or might read once: then nothing but that it is gone."""

    identifier = serializers.IntegerField(source="page_id", help_text="Its `id` in the lists.")
    kind = one_of(Kind)
    status = serializers.SerializerMethodField(help_text=", ".join(f"`{value}`" for value in Change.values) + ".")
    datestamp = serializers.DateTimeField(source="changed_at")
    number = serializers.IntegerField()

    def get_status(self, row: TextFields) -> str:
        return str(row.change.value)


class LessonsSerializer(serializers.Serializer[Any]):
    results = LessonSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class PracticesSerializer(serializers.Serializer[Any]):
    results = PracticeSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class CurriculaSerializer(serializers.Serializer[Any]):
    results = CurriculumSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ChangesSerializer(serializers.Serializer[Any]):
    results = ChangeSerializer(many=True)
    next_since = serializers.IntegerField(help_text="What to ask for as `since` the next time.")
    has_more = serializers.BooleanField(help_text="Ask again at once.")
