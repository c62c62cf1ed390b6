"""Meetings of a working group: the agenda, who comes, and the minutes until they are frozen."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from halka.common.identifiers import uuid7
from network_registry.working_groups.enums import PointState, Presence, Reply
from network_registry.working_groups.models.rooms import Charter, GroupSeat
from tenants.organisations.enums import TimeZone
from tenants.organisations.models import Organisation


def _by(label: object) -> models.ForeignKey[GroupSeat, GroupSeat]:
    return models.ForeignKey(
        GroupSeat,
        verbose_name=label,  # type: ignore[arg-type]  # lazy
        related_name="+",
        on_delete=models.PROTECT,  # seats end, and stay
    )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def ahead(self, *, now: datetime | None = None) -> Self:
        return self.standing().filter(ends_at__gt=now or timezone.now())


class Meeting(models.Model):
    """`time_zone` is where it takes place. `sequence` counts what invited people were told anew (RFC 5545).

    `approved_at`: the minutes are frozen, and the meeting with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(
        Charter, verbose_name=_("working group"), related_name="meetings", on_delete=models.CASCADE
    )
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time of"), max_length=40, choices=TimeZone.choices)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    called_by = _by(_("called by"))
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    approved_at = models.DateTimeField(_("minutes approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        GroupSeat,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,  # seats end, and stay
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="group_meeting_ends_after_start",
                violation_error_message=_("A meeting ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, cancelled_at=None),
                name="group_meeting_approved_by",
                violation_error_message=_("Minutes are approved by somebody, and never of a cancelled meeting."),
            ),
        ]
        indexes: ClassVar = [
            # the list of a group's meetings, the last first; also the next ones
            models.Index(fields=["group", "-starts_at", "-id"], name="group_meeting_list"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_frozen(self) -> bool:
        return self.approved_at is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def day(self) -> date:
        """Of its beginning, where it takes place."""
        return self.starts_at.astimezone(self.zone).date()


class AgendaPoint(models.Model):
    """`organisation` is that of whoever proposes it; `minutes_planned` how long it may take."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), related_name="points", on_delete=models.CASCADE)
    state = models.CharField(_("state"), max_length=8, choices=PointState.choices, default=PointState.ON)
    order = models.PositiveSmallIntegerField(_("place on the agenda"), default=0)
    title = models.CharField(_("title"), max_length=200)
    details = models.TextField(_("details"), max_length=2000, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    by = _by(_("proposed by"))
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of an agenda")
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Minutes(models.Model):
    """What was said to one point of the agenda."""

    point = models.OneToOneField(
        AgendaPoint,
        verbose_name=_("point of an agenda"),
        primary_key=True,
        related_name="minutes",
        on_delete=models.CASCADE,
    )
    text = models.TextField(pgettext_lazy("of a meeting", "minutes"), max_length=20_000, blank=True)
    by = _by(_("written by"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("minutes of a point")
        verbose_name_plural = _("minutes of points")

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """Whether somebody comes: their own word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), related_name="answers", on_delete=models.CASCADE)
    seat = _by(_("who"))
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    reply = models.CharField(_("answer"), max_length=5, choices=Reply.choices)
    at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "seat"], name="group_answer_once")]

    def __str__(self) -> str:
        return self.reply


class Attendance(models.Model):
    """Who came: part of the minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), related_name="attendance", on_delete=models.CASCADE)
    seat = _by(_("who"))
    presence = models.CharField(_("attendance"), max_length=8, choices=Presence.choices)

    class Meta:
        verbose_name = _("attendance of a meeting")
        verbose_name_plural = _("attendances of meetings")
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "seat"], name="group_attendance_once")]

    def __str__(self) -> str:
        return self.presence


class MinutesNote(models.Model):
    """What puts approved minutes right: added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), related_name="notes", on_delete=models.CASCADE)
    text = models.TextField(_("correction"), max_length=5000)
    by = _by(_("written by"))
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)
