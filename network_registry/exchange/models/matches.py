"""Whether a person is known elsewhere: signs that nobody can read back, and what came of comparing them.

`person` stands for a client of the organisation, which alone knows for whom.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.exchange.match_enums import Likeness, MatchState, TokenKind
from tenants.organisations.models import Organisation


class Token(models.Model):
    """One sign of one person: a digest under the network's pepper, which is not in the database.

    An organisation adds and removes its own and reads no digest, not even its own. `expires_on` is the consent's last
    day; `compared_at` is None until the network has compared it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    person = models.UUIDField()
    kind = models.CharField(max_length=13, choices=TokenKind.choices)
    digest = models.BinaryField(max_length=32)
    expires_on = models.DateField()
    added_at = models.DateTimeField(default=timezone.now)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sign of a person")
        verbose_name_plural = _("signs of people")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "digest"], name="token_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["digest"], name="token_digest"),  # who else has the sign
            models.Index(fields=["added_at"], name="token_waiting", condition=Q(compared_at=None)),  # to be compared
            models.Index(fields=["expires_on"], name="token_expiry"),  # the sweep
            models.Index(fields=["organisation"], name="token_of_organisation"),  # leaving
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"


class TokenCount(models.Model):
    """For how many people an organisation added signs on a day. Written by a trigger alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    day = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("count of signs")
        verbose_name_plural = _("counts of signs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "day"], name="token_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day}"


class Match(models.Model):
    """Two people of two organisations who may be one. The network's alone: it says who the two organisations are.

    Stays when it is over, so that nobody is asked about the same two again. `pair` holds both persons, the smaller
    first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pair = models.CharField(max_length=73, unique=True)
    likeness = models.CharField(max_length=8, choices=Likeness.choices)
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], name="match_expiring", condition=Q(state="open")),  # the sweep
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class MatchSide(models.Model):
    """What one organisation may know of a match: that there is one, and what it answered itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    match = models.ForeignKey(Match, related_name="sides", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    person = models.UUIDField()
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.OPEN)
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("side of a match")
        verbose_name_plural = _("sides of a match")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["match", "organisation"], name="match_side_once"),
            models.CheckConstraint(
                condition=Q(agreed=None, answered_at=None) | Q(agreed__isnull=False, answered_at__isnull=False),
                name="match_side_answered",
            ),
        ]
        indexes: ClassVar = [
            # answers that the network has not looked at
            models.Index(
                fields=["answered_at"],
                name="match_side_answers",
                condition=Q(answered_at__isnull=False) & ~Q(state=MatchState.ENDED),
            ),
            models.Index(fields=["organisation", "person"], name="match_side_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} {self.organisation_id}"
