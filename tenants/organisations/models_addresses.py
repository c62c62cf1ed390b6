"""Domains of organisations' own, which lead to their workspaces once it is proven whose they are."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from tenants.organisations.enums_addresses import LEADING, Lack, OwnDomainState
from tenants.organisations.models import Organisation


class OwnDomainQuerySet(models.QuerySet["OwnDomain"]):
    def standing(self) -> Self:
        """Those that were not taken out."""
        return self.filter(taken_out_at=None)

    def leading(self) -> Self:
        """Those that lead to a workspace now."""
        return self.filter(state__in=LEADING, taken_out_at=None)


class OwnDomain(models.Model):
    """A domain that an organisation says is its own. `token` is what DNS must say of it; `lack` is what the last look
    missed. Whoever proves it has it: until then several may ask for the same one.

    An organisation itself writes no state: `taken_out_at` takes the domain out at once, whatever the state says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="own_domains", on_delete=models.CASCADE)
    domain = models.CharField(_("domain"), max_length=253)
    token = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=OwnDomainState.choices, default=OwnDomainState.ASKED, editable=False
    )
    lack = models.CharField(_("what is missing"), max_length=10, choices=Lack.choices, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by_name = models.CharField(_("asked by"), max_length=150)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    live_at = models.DateTimeField(_("live since"), null=True, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    taken_out_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    taken_out_by_name = models.CharField(_("taken out by"), max_length=150, blank=True)

    objects = OwnDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("domain of an organisation's own")
        verbose_name_plural = _("domains of organisations' own")
        ordering: ClassVar = ["domain"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "domain"],
                name="own_domain_once",
                condition=Q(taken_out_at=None),
                violation_error_message=_("You asked for this domain already."),
            ),
            models.UniqueConstraint(
                fields=["domain"],
                name="own_domain_of_one",
                condition=Q(state__in=LEADING, taken_out_at=None),
                violation_error_message=_("This domain leads to another workspace."),
            ),
            models.CheckConstraint(
                condition=Q(state=OwnDomainState.FAILING, failing_since__isnull=False)
                | (~Q(state=OwnDomainState.FAILING) & Q(failing_since=None)),
                name="own_domain_failing_since",
                violation_error_message=_("A domain that fails says since when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OwnDomainState.TAKEN_OUT) | Q(taken_out_at__isnull=False),
                name="own_domain_taken_out_at",
                violation_error_message=_("A domain that was taken out says when."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "checked_at"], name="own_domain_next"),  # whose turn it is to be looked at
        ]

    def __str__(self) -> str:
        return self.domain

    @property
    def state_now(self) -> OwnDomainState:
        return OwnDomainState.TAKEN_OUT if self.taken_out_at else OwnDomainState(self.state)

    @property
    def record(self) -> str:
        """The name under which DNS must say the token."""
        return f"_halka.{self.domain}"

    @property
    def value(self) -> str:
        return f"halka={self.token}"
