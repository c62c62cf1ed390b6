"""What a person agreed to, their own page, and how long things are kept."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.cases import TargetMeasure
from tenants.caseloads.enums.consents import (
    NAMING,
    ConsentGiven,
    ConsentPurpose,
    CorrectionState,
    ErasureReason,
    RetentionScope,
    WithdrawnBy,
)
from tenants.caseloads.models.clients import Client
from tenants.caseloads.models.programmes import Programme
from tenants.caseloads.models.references import to_colleague, to_organisation


class ConsentQuerySet(PrivateQuerySet):
    def valid(self) -> Self:
        """Neither withdrawn nor past their last day."""
        return self.filter(withdrawn_at=None, expires_on__gte=timezone.localdate())


class Consent(PrivateModel):
    """A receipt: this person agreed, for this purpose, to these scopes of their record, until then.

    `recipient` is another organisation, or nobody else than our own. `wording` is the text that was shown or read
    out, in `language`. A programme's consent names the programme on the case that rests on it.
    """

    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        related_name="consents",
        on_delete=models.PROTECT,  # erasure removes receipts by their own rule
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=ConsentPurpose.choices)
    recipient = to_organisation(_("recipient"), null=True, blank=True)
    scopes = models.JSONField(_("what it covers"))  # values of ConsentScope
    how_given = models.CharField(_("how it was given"), max_length=8, choices=ConsentGiven.choices)
    witness = models.CharField(_("witness"), max_length=150, blank=True)
    language = models.CharField(_("language it was explained in"), max_length=5)
    wording = models.TextField(_("wording"), blank=True)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    expires_on = models.DateField(_("ends on"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_how = models.CharField(_("how it was withdrawn"), max_length=8, choices=WithdrawnBy.choices, blank=True)
    withdrawal_recorded_by = to_colleague(_("withdrawal recorded by"))
    recorded_by = to_colleague(_("recorded by"))

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"witness"}
        staff: ClassVar = {"recorded_by", "withdrawal_recorded_by"}
        plain: ClassVar = {
            "id", "purpose", "recipient", "scopes", "how_given", "language", "wording", "given_at", "expires_on",
            "withdrawn_at", "withdrawn_how",
        }  # fmt: skip

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(how_given=ConsentGiven.SPOKEN) | ~Q(witness=""),
                name="consent_spoken_with_witness",
                violation_error_message=_("A spoken consent needs a witness."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_how="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_how="")),
                name="consent_withdrawn_somehow",
                violation_error_message=_("Say how the consent was taken back."),
            ),
            models.CheckConstraint(
                condition=~Q(purpose__in=sorted(NAMING)) | Q(recipient__isnull=False),
                name="consent_names_recipient",
                violation_error_message=_("A consent to tell another organisation names it."),
            ),
        ]
        indexes: ClassVar = [
            # Today: consents about to lapse
            models.Index(fields=["expires_on"], name="consent_lapsing", condition=Q(withdrawn_at=None)),
            # Today: consents to a programme that were taken back
            models.Index(fields=["withdrawn_at"], name="consent_withdrawn", condition=Q(withdrawn_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.expires_on:%Y-%m-%d}"

    @property
    def is_valid(self) -> bool:
        """Neither withdrawn nor past its last day."""
        return self.withdrawn_at is None and timezone.localdate() <= self.expires_on


class ConsentOffer(PrivateModel):
    """A consent that was prepared and waits on the person's own page; agreeing makes the receipt."""

    client = models.ForeignKey(Client, related_name="consent_offers", on_delete=models.CASCADE)
    purpose = models.CharField(_("purpose"), max_length=12, choices=ConsentPurpose.choices)
    recipient = to_organisation(_("recipient"), null=True, blank=True)
    scopes = models.JSONField(_("what it covers"))  # values of ConsentScope
    language = models.CharField(_("language"), max_length=5)
    wording = models.TextField(_("wording"))
    expires_on = models.DateField(_("ends on"))
    replaces = models.ForeignKey(
        Consent,
        verbose_name=_("renews"),
        null=True,
        related_name="renewals",
        on_delete=models.SET_NULL,  # the offer stands without it
    )
    offered_at = models.DateTimeField(_("prepared"), default=timezone.now)
    offered_by = to_colleague(_("prepared by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    agreed = models.BooleanField(_("agreed"), null=True)

    class Privacy:
        identity: ClassVar = {"client"}
        staff: ClassVar = {"offered_by"}
        plain: ClassVar = {
            "id", "purpose", "recipient", "scopes", "language", "wording", "expires_on", "replaces", "offered_at",
            "answered_at", "agreed",
        }  # fmt: skip

    class Meta:
        verbose_name = _("prepared consent")
        verbose_name_plural = _("prepared consents")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at=None, agreed=None) | Q(answered_at__isnull=False, agreed__isnull=False),
                name="consent_offer_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.expires_on:%Y-%m-%d}"


class PersonalLink(PrivateModel):
    """Lets a person open their own page: the link's token and the code, each kept as a hash alone."""

    client = models.ForeignKey(Client, related_name="personal_links", on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=5)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = to_colleague(_("made by"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("stopped"), null=True)

    class Privacy:
        identity: ClassVar = {"client"}
        staff: ClassVar = {"created_by"}
        plain: ClassVar = {
            "id", "token_hash", "code_hash", "tries", "language", "created_at", "expires_at", "last_used_at",
            "revoked_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="personal_link_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.expires_at:%Y-%m-%d}"


class Correction(PrivateModel):
    """A person asks, on their own page, for something to be put right."""

    client = models.ForeignKey(Client, related_name="corrections", on_delete=models.CASCADE)
    text = SealedTextField(_("what should be put right"))
    state = models.CharField(_("state"), max_length=8, choices=CorrectionState.choices, default=CorrectionState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = SealedTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = to_colleague(_("answered by"))

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"text", "answer"}
        staff: ClassVar = {"answered_by"}
        plain: ClassVar = {"id", "state", "asked_at", "answered_at"}

    class Meta:
        verbose_name = _("correction asked for")
        verbose_name_plural = _("corrections asked for")
        base_manager_name = "objects"
        indexes: ClassVar = [
            # Today: what people ask to be put right
            models.Index(fields=["asked_at"], name="correction_open", condition=Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"


class RetentionRule(PrivateModel):
    """How long something is kept after it has ended; without a rule it is kept."""

    scope = models.CharField(_("what"), max_length=16, choices=RetentionScope.choices, unique=True)
    months = models.PositiveSmallIntegerField(_("months"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = to_colleague(_("changed by"))
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {"id", "scope", "months", "changed_at", "version"}

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=600),
                name="retention_months",
                violation_error_message=_("Give a number of months between 1 and 600."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.months}"


class Erasure(PrivateModel):
    """That a person's record was removed, and what the law let stay; names nobody.

    `reference` is a keyed hash, so that the same person asking again can be told when it was done.
    """

    at = models.DateTimeField(_("when"), default=timezone.now)
    by = to_colleague(_("by"))
    reason = models.CharField(_("reason"), max_length=40, choices=ErasureReason.choices)
    reference = models.CharField(max_length=64)
    removed = models.JSONField(_("removed"), default=dict)  # label of a model -> number of rows
    kept = models.JSONField(_("kept"), default=dict)  # likewise

    RIGHTS: ClassVar = ("INSERT",)  # a proof that nobody can change

    class Privacy:
        staff: ClassVar = {"by"}
        plain: ClassVar = {"id", "at", "reason", "reference", "removed", "kept"}

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        base_manager_name = "objects"

        indexes: ClassVar = [
            # the same person asks again
            models.Index(fields=["reference"], name="erasure_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"


class KeptFigure(PrivateModel):
    """How many erased people counted towards a programme's measure, so that its figures stay true; about nobody."""

    programme = models.ForeignKey(Programme, related_name="kept_figures", on_delete=models.CASCADE)
    measure = models.CharField(_("what is counted"), max_length=14, choices=TargetMeasure.choices)
    number = models.PositiveIntegerField(_("how many"), default=0)

    class Privacy:
        plain: ClassVar = {"id", "programme", "measure", "number"}

    class Meta:
        verbose_name = _("kept figure")
        verbose_name_plural = _("kept figures")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "measure"], name="kept_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.number}"
