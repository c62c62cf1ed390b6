"""The feed of events. The database numbers an event when its transaction is committed."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Final, Self

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet

_INSERTION: Final = """
INSERT INTO integrations_event (id, type, referral_id, envelope_id, source_id, data, at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (source_id, type) DO NOTHING
RETURNING EXISTS (SELECT FROM integrations_endpoint WHERE removed_at IS NULL)
"""


class EventQuerySet(PrivateQuerySet):
    def after(self, number: int) -> Self:
        """What came later, in order. Nothing smaller than what is seen can still appear."""
        return self.filter(number__gt=number).order_by("number")


class Event(PrivateModel):
    """Something happened. `data` holds codes and keys, nothing about a person.

    `number` counts the organisation's events without a gap in the order of their commits: the trigger `number_event`
    writes it, under a lock that is held until the commit is done. `source_id` is the record that told it.
    """

    RIGHTS = ("INSERT", "DELETE")
    has_listeners = False  # as it was noted, there were endpoints

    number = models.BigIntegerField(_("number"), null=True, unique=True, editable=False)
    type = models.CharField(_("kind of event"), max_length=40)
    referral_id = models.UUIDField(_("referral"), null=True)  # of an app above: no constraint reaches it
    envelope_id = models.UUIDField(_("envelope"), null=True)
    source_id = models.UUIDField(_("source"))
    data = models.JSONField(_("data"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Privacy:
        plain: ClassVar = {"id", "number", "type", "referral_id", "envelope_id", "source_id", "data", "at"}

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id", "type"], name="event_noted_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["type", "number"], name="event_of_type"),  # the feed of a rare type
            models.Index(fields=["at"], name="event_oldest"),  # the sweep
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.type}"

    def insert_once(self) -> bool:
        """Saves the new event; False where its source has told of it before. Waits for who is just doing so. Learns
        whether there are endpoints: most organisations have none."""
        self._belong()
        values: list[Any] = [
            self.pk,
            self.type,
            self.referral_id,
            self.envelope_id,
            self.source_id,
            json.dumps(self.data),
            self.at,
        ]
        with connection.cursor() as cursor:
            cursor.execute(_INSERTION, values)
            row = cursor.fetchone()
        self._state.adding = row is None
        self.has_listeners = row is not None and row[0]
        return row is not None


class EventCounter(PrivateModel):
    """The number of the newest event, also after old ones were swept. One row, written by the trigger alone."""

    RIGHTS = ()

    id = models.SmallIntegerField(primary_key=True, default=1)  # type: ignore[assignment]  # there is one
    last = models.BigIntegerField()

    class Privacy:
        plain: ClassVar = {"id", "last"}

    class Meta:
        verbose_name = _("counter of events")
        verbose_name_plural = _("counters of events")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.last)
