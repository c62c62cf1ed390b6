"""Distance travelled: scales, what was answered on them, what a person needs and can do."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.assessments import FindingKind, Rater, ScaleState
from tenants.caseloads.enums.journal import Dimension
from tenants.caseloads.models.cases import Case
from tenants.caseloads.models.clients import Client
from tenants.caseloads.models.references import to_colleague


class ScaleQuerySet(PrivateQuerySet):
    def in_use(self) -> Self:
        return self.filter(state=ScaleState.PUBLISHED)


class Scale(PrivateModel):
    """One version of a scale. Once published its items never change: changing them makes the next version.

    `family` is what the versions of one scale share. `items` is a list of
    {"key", "text", "dimension", "low", "high", "steps", "rising", "network"}: `low` and `high` are the anchors'
    words, `steps` how many answers there are (0 … steps - 1), `rising` whether more is better, `network` the key of
    the network's item that it stands for ("" for none).
    """

    family = models.UUIDField(editable=False)
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is for"), blank=True)
    items = models.JSONField(_("items"), default=list)
    standard = models.CharField(max_length=40, blank=True, editable=False)  # key of the network scale it is taken from
    state = models.CharField(_("state"), max_length=9, choices=ScaleState.choices, default=ScaleState.DRAFT)
    published_at = models.DateTimeField(_("in use since"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScaleQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "family", "number", "name", "description", "items", "standard", "state", "published_at",
            "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "number"], name="scale_version_once"),
            models.UniqueConstraint(
                fields=["family"],
                name="scale_published_once",
                condition=Q(state="published"),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="scale_published_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Assessment(PrivateModel):
    """What one rater answered on one version of a scale. Never changed: a mistake is answered anew."""

    client = models.ForeignKey(Client, related_name="assessments", on_delete=models.CASCADE)
    case = models.ForeignKey(
        Case,
        null=True,
        related_name="assessments",
        on_delete=models.SET_NULL,  # the answers are the person's
    )
    scale = models.ForeignKey(
        Scale,
        verbose_name=_("scale"),
        related_name="assessments",
        on_delete=models.PROTECT,  # a scale that was answered stays
    )
    rater = models.CharField(_("who rated"), max_length=6, choices=Rater.choices)
    answers = models.JSONField(_("answers"))  # key of an item -> number of the answer
    note = SealedTextField(_("note"), blank=True)
    on = models.DateField(_("on"))
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = to_colleague(_("recorded by"))

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"answers", "note"}
        staff: ClassVar = {"recorded_by"}
        plain: ClassVar = {"id", "case", "scale", "rater", "on", "recorded_at"}

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        base_manager_name = "objects"
        indexes: ClassVar = [
            # distance travelled: a person's ratings in the order of days
            models.Index(fields=["client", "on"], name="assessment_of_client"),
        ]

    def __str__(self) -> str:
        return f"{self.rater} {self.on:%Y-%m-%d}"


class Finding(PrivateModel):
    """A need, capability, strength or interest that was recognised, until it no longer holds."""

    client = models.ForeignKey(Client, related_name="findings", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=10, choices=FindingKind.choices)
    text = SealedTextField(_("in a few words"), max_length=200)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices, blank=True)
    noted_on = models.DateField(_("noted"))
    noted_by = to_colleague(_("noted by"))
    ended_on = models.DateField(_("no longer since"), null=True)

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"text"}
        staff: ClassVar = {"noted_by"}
        plain: ClassVar = {"id", "kind", "dimension", "noted_on", "ended_on"}

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.kind} {self.noted_on:%Y-%m-%d}"
