"""One person's way through one programme: enrolment, team, exit, and what held afterwards."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import SealedTextField
from tenants.caseloads.enums.cases import FOLLOW_UP_MONTHS, POSITIVE_EXITS, ExitKind, Held, Profession
from tenants.caseloads.models.clients import Client
from tenants.caseloads.models.consents import Consent
from tenants.caseloads.models.programmes import Programme
from tenants.caseloads.models.references import to_colleague


class CaseQuerySet(PrivateQuerySet):
    def open(self) -> Self:
        return self.filter(closed_on=None)


class Case(PrivateModel):
    """An enrolment. Coming back is a new case; the earlier ones stay as they were. `number` counts them."""

    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        related_name="cases",
        on_delete=models.PROTECT,  # erasure removes cases by their own rule
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        related_name="cases",
        on_delete=models.PROTECT,  # a programme with cases is ended, not removed
    )
    consent = models.ForeignKey(
        Consent,
        verbose_name=_("consent"),
        related_name="cases",
        on_delete=models.PROTECT,  # joining rests on it
    )
    number = models.PositiveSmallIntegerField(_("time"), default=1)
    expectations = SealedTextField(_("what the person hopes for"), blank=True)
    opened_on = models.DateField(_("joined"))
    closed_on = models.DateField(_("left"), null=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"expectations"}
        staff: ClassVar = {"changed_by"}
        plain: ClassVar = {
            "id", "programme", "consent", "number", "opened_on", "closed_on", "created_at", "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "programme"],
                name="case_open_once",
                condition=Q(closed_on=None),
                violation_error_message=_("This person takes part in the programme already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_start",
                violation_error_message=_("The person cannot leave before they joined."),
            ),
        ]
        indexes: ClassVar = [
            # the cases of a programme, and the list's filter
            models.Index(fields=["programme", "closed_on", "client"], name="case_of_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.opened_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class TeamMember(PrivateModel):
    """Somebody's place on the team of a case: a colleague, or a person of an institution by name."""

    case = models.ForeignKey(Case, related_name="team", on_delete=models.CASCADE)
    colleague = to_colleague(_("colleague"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    institution = models.CharField(_("institution"), max_length=150, blank=True)
    contact = models.CharField(_("phone or e-mail"), max_length=150, blank=True)
    profession = models.CharField(_("as"), max_length=13, choices=Profession.choices)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True)

    class Privacy:
        staff: ClassVar = {"colleague", "name", "institution", "contact"}
        plain: ClassVar = {"id", "case", "profession", "started_at", "ended_at"}

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(colleague__isnull=False, name="") | (Q(colleague=None) & ~Q(name="")),
                name="team_member_is_somebody",
                violation_error_message=_("Choose a colleague, or write the name of somebody from elsewhere."),
            ),
            models.UniqueConstraint(
                fields=["case", "colleague"],
                name="team_member_once",
                condition=Q(ended_at=None, colleague__isnull=False),
                violation_error_message=_("This colleague is on the team already."),
            ),
        ]
        indexes: ClassVar = [
            # who may open a record, and the list of one's own
            models.Index(fields=["colleague", "case"], name="team_of_colleague", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.name or str(self.colleague_id)


class Exit(PrivateModel):
    """How a case ended. Leaving is never held against anybody: there is no field for blame."""

    case = models.OneToOneField(Case, related_name="exit", on_delete=models.CASCADE)
    kind = models.CharField(_("how it ended"), max_length=15, choices=ExitKind.choices)
    note = SealedTextField(_("note"), blank=True)
    on = models.DateField(_("on"))
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = to_colleague(_("recorded by"))

    class Privacy:
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"recorded_by"}
        plain: ClassVar = {"id", "case", "kind", "on", "recorded_at"}

    class Meta:
        verbose_name = _("exit")
        verbose_name_plural = _("exits")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"

    @property
    def is_positive(self) -> bool:
        return self.kind in POSITIVE_EXITS


class FollowUp(PrivateModel):
    """What is asked 1, 3, 6 and 12 months after a positive exit, and what was found."""

    exit = models.ForeignKey(Exit, related_name="follow_ups", on_delete=models.CASCADE)
    months = models.PositiveSmallIntegerField(_("months after"))
    due_on = models.DateField(_("due"))
    held = models.CharField(_("what held"), max_length=9, choices=Held.choices, blank=True)
    note = SealedTextField(_("note"), blank=True)
    done_on = models.DateField(_("asked on"), null=True)
    done_by = to_colleague(_("asked by"))

    class Privacy:
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"done_by"}
        plain: ClassVar = {"id", "exit", "months", "due_on", "held", "done_on"}

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        base_manager_name = "objects"
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exit", "months"], name="follow_up_once"),
            models.CheckConstraint(condition=Q(months__in=FOLLOW_UP_MONTHS), name="follow_up_months"),
            models.CheckConstraint(
                condition=Q(done_on=None, held="") | (Q(done_on__isnull=False) & ~Q(held="")),
                name="follow_up_done_with_result",
                violation_error_message=_("Say what was found."),
            ),
        ]
        indexes: ClassVar = [
            # Today: follow-ups that are due
            models.Index(fields=["due_on"], name="follow_up_due", condition=Q(done_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.months} {self.due_on:%Y-%m-%d}"


class EmergencyAccess(PrivateModel):
    """Somebody opened a record that is not theirs: for a reason, for hours, seen by supervisors."""

    client = models.ForeignKey(Client, related_name="emergency_accesses", on_delete=models.CASCADE)
    colleague = to_colleague(_("who"), null=False)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"))
    reviewed_at = models.DateTimeField(_("looked at"), null=True)
    reviewed_by = to_colleague(_("looked at by"))

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"reason"}
        staff: ClassVar = {"colleague", "reviewed_by"}
        plain: ClassVar = {"id", "at", "until", "reviewed_at"}

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="emergency_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="emergency_has_reason",
                violation_error_message=_("Say why you need to open this record."),
            ),
        ]
        indexes: ClassVar = [
            # who may open a record
            models.Index(fields=["colleague", "client", "until"], name="emergency_of_colleague"),
            # Today, for supervisors
            models.Index(fields=["at"], name="emergency_unreviewed", condition=Q(reviewed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} {self.at:%Y-%m-%d}"
