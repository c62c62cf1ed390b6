"""Whether our clients are known elsewhere, as our own organisation knows it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from halka.common.models import PrivateModel, PrivateQuerySet
from network_registry.exchange.match_enums import Likeness, MatchState
from tenants.caseloads.models import Client
from tenants.caseloads.models.references import to_colleague, to_organisation


class Participation(PrivateModel):
    """Whether our organisation asks the network about its people. One row; without it, it does not."""

    ONLY = 1

    number = models.PositiveSmallIntegerField(default=ONLY, unique=True, editable=False)
    takes_part = models.BooleanField(_("takes part"), default=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = to_colleague(_("changed by"))

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {"id", "number", "takes_part", "changed_at"}

    class Meta:
        verbose_name = _("taking part in the comparison")
        verbose_name_plural = _("taking part in the comparison")
        base_manager_name = "objects"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(number=1), name="participation_one_row")]

    def __str__(self) -> str:
        return str(self.takes_part)


class Presence(PrivateModel):
    """A client by the key that stands for them in the network. `signs` tells which signs lie there now, if any.

    Never changed, only replaced under the same key: it stays with its record when that is merged into another one, and
    whoever was asked about this person is not asked about them again.
    """

    RIGHTS = ("INSERT", "DELETE")

    client = models.OneToOneField(Client, related_name="presence", on_delete=models.CASCADE)
    person = models.UUIDField(default=uuid7, unique=True)
    signs = models.CharField(max_length=32, blank=True)
    placed_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Privacy:
        identity: ClassVar = {"client"}
        plain: ClassVar = {"id", "person", "signs", "placed_at"}

    class Meta:
        verbose_name = _("asking whether somebody is known elsewhere")
        verbose_name_plural = _("asking whether somebody is known elsewhere")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.client_id)


class MatchQuerySet(PrivateQuerySet):
    def open(self) -> Self:
        return self.filter(state=MatchState.OPEN)

    def unanswered(self) -> Self:
        return self.open().filter(agreed=None, expires_at__gt=timezone.now())


class Match(PrivateModel):
    """Another organisation may work with the client too. Which one, and whom to ask there, is known once both agree.

    `side` is the key of our side of it in the network. Removed when somebody does not agree, or nobody answers in time.
    """

    side = models.UUIDField(unique=True)
    client = models.ForeignKey(Client, related_name="matches", on_delete=models.CASCADE)
    likeness = models.CharField(_("how likely"), max_length=8, choices=Likeness.choices)
    state = models.CharField(_("state"), max_length=8, choices=MatchState.choices, default=MatchState.OPEN)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    expires_at = models.DateTimeField(_("forgotten on"))
    agreed = models.BooleanField(_("we agree"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = to_colleague(_("answered by"))
    other = to_organisation(_("the other organisation"), null=True)
    other_name = models.CharField(_("responsible there"), max_length=150, blank=True)
    other_email = models.EmailField(_("e-mail"), blank=True)
    revealed_at = models.DateTimeField(_("both agreed"), null=True)

    objects = MatchQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {"client"}
        staff: ClassVar = {"answered_by", "other_name", "other_email"}
        plain: ClassVar = {
            "id", "side", "likeness", "state", "found_at", "expires_at", "agreed", "answered_at", "other",
            "revealed_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("match in the network")
        verbose_name_plural = _("matches in the network")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=MatchState.REVEALED, other__isnull=False, revealed_at__isnull=False)
                | (~Q(state=MatchState.REVEALED) & Q(other=None, revealed_at=None, other_name="", other_email="")),
                name="match_revealed_to_both",
            ),
        ]
        indexes: ClassVar = [
            # Today: what waits for an answer, the newest first
            models.Index(fields=["-found_at"], name="match_unanswered", condition=Q(state="open", agreed=None)),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"
