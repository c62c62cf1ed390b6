"""Sessions in the calendar, what they teach, and who was there."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.caseloads.models import Client
from tenants.caseloads.models.references import to_colleague
from tenants.learning.enums import Came
from tenants.learning.models.curricula import AdoptedUnit
from tenants.learning.models.groups import Group


class SessionQuerySet(PrivateQuerySet):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def of_groups(self) -> Self:
        """For a whole group."""
        return self.filter(client=None)

    def led_by(self, colleague: UUID | None) -> Self:
        """Those that somebody leads: their own, and those of their groups that name nobody else."""
        if colleague is None:
            return self.none()
        groups = Group.objects.filter(Q(facilitator=colleague) | Q(second_facilitator=colleague)).values("pk")
        return self.filter(Q(facilitator=colleague) | Q(facilitator=None, group__in=groups))

    def on(self, first: date, last: date) -> Self:
        """Those that begin on one of these days, in local time."""
        return self.filter(starts_at__date__gte=first, starts_at__date__lte=last)


class Session(PrivateModel):
    """One meeting: of a group, or of one person alone (`client`), who may be in a group or not."""

    group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, related_name="sessions", on_delete=models.CASCADE
    )
    client = models.ForeignKey(
        Client, verbose_name=_("client"), null=True, related_name="learning_sessions", on_delete=models.CASCADE
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.CharField(_("room"), max_length=100, blank=True)
    facilitator = to_colleague(_("facilitator"), blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    cancelled_why = models.CharField(_("why it is cancelled"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("attendance written down"), null=True, editable=False)
    noted_by = to_colleague(_("attendance written down by"), editable=False)
    attendance_version = models.PositiveIntegerField(default=0, editable=False)
    made_by = to_colleague(_("made by"), editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"cancelled_why"}
        staff: ClassVar = {"facilitator", "noted_by", "made_by", "changed_by"}
        plain: ClassVar = {
            "id", "group", "starts_at", "ends_at", "room", "cancelled_at", "noted_at", "attendance_version", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        base_manager_name = "objects"
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(client__isnull=False),
                name="learning_session_of_somebody",
                violation_error_message=_("A session is for a group or for a person."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learning_session_ends_later",
                violation_error_message=_("The session cannot end before it begins."),
            ),
        ]
        indexes: ClassVar = [
            # the calendar, today, and the feed
            models.Index(fields=["starts_at", "id"], name="learning_calendar"),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def leader(self) -> object | None:
        """Who leads it: somebody of its own, or the group's facilitator."""
        return self.facilitator or (self.group.facilitator if self.group else None)

    @property
    def place(self) -> str:
        return self.room or (self.group.room if self.group else "")


class SessionUnit(PrivateModel):
    """A unit that a session teaches. Its title stays when it is no longer taught."""

    session = models.ForeignKey(Session, verbose_name=_("session"), related_name="units", on_delete=models.CASCADE)
    unit = models.ForeignKey(
        AdoptedUnit,
        verbose_name=_("unit"),
        null=True,
        related_name="+",
        on_delete=models.SET_NULL,  # what was taught was taught
    )
    title = models.CharField(_("title"), max_length=150)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Privacy:
        plain: ClassVar = {"id", "session", "unit", "title", "position"}

    class Meta:
        verbose_name = _("unit of a session")
        verbose_name_plural = _("units of sessions")
        base_manager_name = "objects"
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Attendance(PrivateModel):
    """Whether somebody was at a session. No row: nobody has said."""

    session = models.ForeignKey(Session, verbose_name=_("session"), related_name="attendance", on_delete=models.CASCADE)
    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="learning_attendance", on_delete=models.CASCADE
    )
    came = models.CharField(_("attendance"), max_length=7, choices=Came.choices)
    noted_at = models.DateTimeField(_("written down"), default=timezone.now, editable=False)
    noted_by = to_colleague(_("written down by"), editable=False)

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"came"}
        staff: ClassVar = {"noted_by"}
        plain: ClassVar = {"id", "session", "noted_at"}

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        base_manager_name = "objects"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            # also finds the attendance of a session
            models.UniqueConstraint(
                fields=["session", "client"],
                name="learning_came_once",
                violation_error_message=_(
                    "Both records have attendance at the same session. Clear it for one of them first, then merge."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.came


class CalendarFeed(PrivateModel):
    """A colleague's calendar for other programs: a secret address, of which only a hash is kept."""

    colleague = to_colleague(_("colleague"), null=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Privacy:
        staff: ClassVar = {"colleague"}
        plain: ClassVar = {"id", "token_hash", "made_at", "revoked_at"}

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        base_manager_name = "objects"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["colleague"], condition=Q(revoked_at=None), name="learning_one_calendar_address"
            ),
        ]

    def __str__(self) -> str:
        return str(self.made_at)
