"""People who learn together, and who of them has a place."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.caseloads.models import Client
from tenants.caseloads.models.references import to_colleague
from tenants.learning.enums import Place
from tenants.learning.models.curricula import AdoptedCurriculum


class GroupQuerySet(PrivateQuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def with_people(self) -> Self:
        return self.select_related("curriculum", "facilitator", "second_facilitator")


class Group(PrivateModel):
    """A cohort of a curriculum. Its name is read by every colleague, so it names nobody."""

    curriculum = models.ForeignKey(
        AdoptedCurriculum,
        verbose_name=_("curriculum"),
        related_name="groups",
        on_delete=models.PROTECT,  # a curriculum is ended, not removed
    )
    base = models.UUIDField(editable=False)  # the version of the standard that the curriculum followed then
    name = models.CharField(_("name"), max_length=100)
    facilitator = to_colleague(_("facilitator"))
    second_facilitator = to_colleague(_("second facilitator"), blank=True)
    room = models.CharField(_("room"), max_length=100, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    share = models.PositiveSmallIntegerField(
        _("percent of the sessions to be there for"),
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = to_colleague(_("made by"), editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GroupQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        staff: ClassVar = {"facilitator", "second_facilitator", "made_by", "changed_by"}
        plain: ClassVar = {
            "id", "curriculum", "base", "name", "room", "starts_on", "ends_on", "places", "share", "ended_at",
            "made_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        base_manager_name = "objects"
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="learning_group_ends_later",
                violation_error_message=_("The group cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1) & Q(share__lte=100),
                name="learning_group_share",
                violation_error_message=_("Give a number between 1 and 100."),
            ),
        ]
        indexes: ClassVar = [
            # the list of groups, page by page
            models.Index(fields=["-starts_on", "-id"], name="learning_group_list"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def facilitators(self) -> list[object]:
        return [who for who in (self.facilitator, self.second_facilitator) if who]


class ParticipantQuerySet(PrivateQuerySet):
    def present(self) -> Self:
        """Without records that are restricted or were merged away."""
        return self.filter(client__restricted_at=None, client__merged_into=None)

    def enrolled(self) -> Self:
        return self.filter(state=Place.ENROLLED)

    def waiting(self) -> Self:
        """The longest first."""
        return self.filter(state=Place.WAITING).order_by("since", "id")


class Participant(PrivateModel):
    """A person in a group, or on its waiting list. `since` is when they asked for a place."""

    group = models.ForeignKey(Group, verbose_name=_("group"), related_name="participants", on_delete=models.CASCADE)
    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="learning_groups", on_delete=models.CASCADE
    )
    state = models.CharField(_("state"), max_length=8, choices=Place.choices, default=Place.ENROLLED)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    enrolled_on = models.DateField(_("in the group since"), null=True, editable=False)
    left_on = models.DateField(_("left on"), null=True, editable=False)
    added_by = to_colleague(_("added by"), editable=False)

    objects = ParticipantQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client"}
        staff: ClassVar = {"added_by"}
        plain: ClassVar = {"id", "group", "state", "since", "enrolled_on", "left_on"}

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")
        base_manager_name = "objects"
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            # also finds the people of a group
            models.UniqueConstraint(
                fields=["group", "client"],
                name="learning_place_once",
                violation_error_message=_(
                    "Both records are in the same group. Remove one of them from the group first, then merge."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="left", left_on__isnull=False) | (~Q(state="left") & Q(left_on=None)),
                name="learning_left_on_a_day",
                violation_error_message=_("Who left has a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.state
