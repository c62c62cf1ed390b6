"""What members learned, by success and by failure; ways of working; and what the network speaks up for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from halka.common.choices import Dimension, Service
from knowledge_base.enums import OUTCOME_ICONS, OUTCOME_TONES, Level, Outcome, PracticeKind, TargetGroup
from knowledge_base.fields import LinesField, TicksField
from knowledge_base.models.base import KnowledgePage
from tenants.organisations.models import Organisation

NOTATION = _(
    "Paragraphs are parted by an empty line. A line that begins with “- ” is a point of a list, one that begins with "
    "“1. ” a step; two stars on either side make words **bold**."
)
NOBODY = _("Nothing that tells who somebody is: no names, no dates, no numbers of people’s papers.")


class Summarised(KnowledgePage):
    """A page with a summary, about a dimension and a level."""

    summary = models.TextField(_("in two sentences"), max_length=600, help_text=_("What lists and the search show."))
    search_fields: ClassVar = [*KnowledgePage.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True


class Told(Summarised):
    """What a member may have written, named or not."""

    is_from_member = models.BooleanField(_("a member wrote it"), default=False, editable=False)
    told_by = models.ForeignKey(
        Organisation,
        verbose_name=_("who tells it"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("Empty where a member does not want to be named."),
        on_delete=models.SET_NULL,  # the text stays
    )

    class Meta:
        abstract = True


class Lesson(Told):
    """A story with an end: what was tried, how it went, and what to do differently."""

    outcome = models.CharField(_("how it ended"), max_length=8, choices=Outcome.choices)
    context = models.TextField(_("how it was"), help_text=NOBODY)
    tried = models.TextField(_("what we tried"))
    happened = models.TextField(_("what happened"))
    why = models.TextField(_("why, as we see it"), blank=True)
    next_time = models.TextField(_("what to do next time"))
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    target_group = models.CharField(
        _("with whom"), max_length=24, choices=TargetGroup.choices, default=TargetGroup.ANYBODY
    )
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension.choices)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    place = models.CharField(
        _("place"), max_length=150, blank=True, help_text=_("Only as exact as nobody can be told by it.")
    )
    cost = models.CharField(_("what it cost"), max_length=300, blank=True)
    evidence = models.CharField(
        _("how we know"), max_length=60, blank=True, help_text=_("For example: we counted; we asked; our impression.")
    )
    evidence_detail = models.TextField(_("more about how we know"), blank=True)
    curricula = LinesField(
        verbose_name=_("curricula and units that it belongs to"), help_text=_("Their keys, one a line.")
    )
    services = TicksField(
        models.CharField(max_length=24, choices=Service.choices),
        verbose_name=_("services that it is about"),
        default=list,
        blank=True,
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("outcome"),
        MultiFieldPanel(
            [
                HelpPanel(content=NOTATION),
                *map(FieldPanel, ("context", "tried", "happened", "why", "next_time")),
            ],
            heading=_("The story"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("dimension"), FieldPanel("level")]),
                FieldRowPanel([FieldPanel("target_group"), FieldPanel("programme")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("cost")]),
                FieldPanel("evidence"),
                FieldPanel("evidence_detail"),
                FieldPanel("curricula"),
                FieldPanel("services"),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("audience"),
        FieldPanel("group"),
    ]
    template = "knowledge_base/lesson.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values),
                name="lesson_has_an_outcome",
                violation_error_message=_("Say how it ended."),
            ),
        ]

    @property
    def service_labels(self) -> list[str]:
        return [str(Service(code).label) for code in self.services]

    @property
    def outcome_icon(self) -> str:
        return OUTCOME_ICONS[Outcome(self.outcome)]

    @property
    def outcome_tone(self) -> str:
        return OUTCOME_TONES[Outcome(self.outcome)]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge_base.reading import related_to

        related = related_to(self.curricula, language=self.locale.language_code, request=request)
        return super().get_context(request, *args, **kwargs) | {"related": related}


class Practice(Told):
    """A way of working that others can take over, with the conditions it needs."""

    kind = models.CharField(_("kind"), max_length=8, choices=PracticeKind.choices)
    when_to_use = models.TextField(_("when to use it"))
    steps = models.TextField(_("how it is done"))
    needs = models.TextField(_("what it needs"), blank=True)
    pitfalls = models.TextField(_("what to look out for"), blank=True)
    evidence = models.TextField(_("how we know that it works"), blank=True)
    dimension = models.CharField(
        _("dimension"), max_length=16, choices=Dimension.choices, blank=True, help_text=_("Empty: all three.")
    )
    level = models.CharField(
        _("level"), max_length=12, choices=Level.choices, blank=True, help_text=_("Empty: all three.")
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("dimension"), FieldPanel("level")]),
        MultiFieldPanel(
            [
                HelpPanel(content=NOTATION),
                *map(FieldPanel, ("when_to_use", "steps", "needs", "pitfalls", "evidence")),
            ],
            heading=_("The practice"),
        ),
        FieldPanel("audience"),
        FieldPanel("group"),
    ]
    template = "knowledge_base/practice.html"

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")


class Advocacy(Summarised):
    """What the network asks of others, and why."""

    issue = models.TextField(_("the issue"))
    position = models.TextField(_("what we hold"))
    asks = LinesField(verbose_name=_("what we ask for"))
    addressed_to = models.TextField(_("addressed to"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [HelpPanel(content=NOTATION), *map(FieldPanel, ("issue", "position", "asks", "addressed_to"))],
            heading=_("The text"),
        ),
        FieldPanel("audience"),
        FieldPanel("group"),
    ]
    template = "knowledge_base/advocacy.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge_base.signatures import signatures

        return super().get_context(request, *args, **kwargs) | {"signatures": signatures(self, request)}

    class Meta:
        verbose_name = _("advocacy text")
        verbose_name_plural = _("advocacy texts")
