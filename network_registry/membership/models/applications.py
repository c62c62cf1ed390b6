"""An organisation that asks to join, and what was said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Language
from halka.common.identifiers import uuid7
from network_registry.exchange.enums import Service as Need
from network_registry.membership.enums import HAPPENED, OPEN, Actor, ApplicationState, DeclineReason, Paper, Source
from tenants.organisations.enums import Kind, TimeZone
from tenants.organisations.models import Organisation

if TYPE_CHECKING:
    from network_registry.membership.models.licensing import FrameworkVersion


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Application(models.Model):
    """What an organisation says of itself, as it goes along. `names` maps a language to the name in it.

    People in it: the founding board, the first manager, who signed. Nobody reads a draft but whoever writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.FORM)
    contact_email = models.EmailField(_("e-mail for the link"))
    language = models.CharField(_("language of the e-mails"), max_length=5, choices=settings.LANGUAGES, default="en")

    names = models.JSONField(_("names"), default=dict, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NGO)
    province = models.CharField(_("province"), max_length=80, blank=True)
    time_zone = models.CharField(_("time of"), max_length=40, choices=TimeZone.choices, default=TimeZone.UTC)
    workspace_language = models.CharField(
        _("language of the workspace"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    short_name = models.CharField(_("short name"), max_length=31, blank=True)
    registration_number = models.CharField(_("registration or licence number"), max_length=60, blank=True)
    registered_with = models.CharField(_("registered with"), max_length=150, blank=True)

    board = models.TextField(_("founding board"), max_length=2000, blank=True)
    manager_name = models.CharField(_("first manager"), max_length=150, blank=True)
    manager_email = models.EmailField(_("e-mail of the first manager"), blank=True)

    about = models.TextField(_("what it does"), max_length=2000, blank=True)
    services = ArrayField(
        models.CharField(max_length=20, choices=Need.choices), verbose_name=_("services"), default=list, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices), verbose_name=_("languages"), default=list, blank=True
    )

    framework: models.ForeignKey[FrameworkVersion | None] = models.ForeignKey(
        "membership.FrameworkVersion",
        verbose_name=_("framework"),
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,  # what was signed stays readable
    )
    signed_language = models.CharField(max_length=5, choices=settings.LANGUAGES, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=150, blank=True)
    signed_as = models.CharField(_("office of whoever signed"), max_length=100, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="applications",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    batch = models.ForeignKey(
        "membership.Batch",
        null=True,
        blank=True,
        related_name="applications",
        on_delete=models.SET_NULL,  # the sheet goes, what came of it stays
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values),
                name="application_state_known",
                violation_error_message=_("There is no such state."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, framework=None, signed_by="")
                | (Q(signed_at__isnull=False, framework__isnull=False) & ~Q(signed_by="")),
                name="application_signed_whole",
                violation_error_message=_("Who signed, what and when belong together."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(sent_at__isnull=False),
                name="application_sent_at_a_time",
                violation_error_message=_("What was sent was sent at a time."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.OPENED) | Q(organisation__isnull=False),
                name="application_opened_is_a_member",
                violation_error_message=_("A member has a workspace."),
            ),
        ]
        indexes: ClassVar = [
            # the reviewers' list, by state and the oldest first
            models.Index(fields=["state", "sent_at", "id"], name="application_waiting"),
            # whether a short name is spoken for
            models.Index(fields=["short_name"], name="application_short_name"),
            # the link once more, by address
            models.Index(fields=["contact_email"], name="application_contact"),
            # how far a sheet is
            models.Index(fields=["batch"], name="application_of_batch", condition=~Q(batch=None)),
        ]

    def __str__(self) -> str:
        return self.name(get_language() or self.workspace_language)

    def name(self, language: str) -> str:
        """In this language, else in its own, else in any, else the reference."""
        return (
            self.names.get(language)
            or self.names.get(self.workspace_language)
            or next(iter(self.names.values()), "")
            or self.reference
        )

    @property
    def state_now(self) -> ApplicationState:
        return ApplicationState(self.state)


class Link(models.Model):
    """A way back to an application, sent by e-mail. Kept as the token's SHA-256 alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, related_name="links", on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link to an application")
        verbose_name_plural = _("links to applications")

    def __str__(self) -> str:
        return f"{self.application_id} {self.expires_at:%Y-%m-%d}"


class PaperManager(models.Manager["PaperFile"]):
    """Leaves the bytes in the database until somebody asks for them."""

    def get_queryset(self) -> models.QuerySet[PaperFile]:
        return super().get_queryset().defer("content")


class PaperFile(models.Model):
    """A document that goes with an application: in the database, since the network and reviewers share no folder."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, related_name="papers", on_delete=models.CASCADE)
    kind = models.CharField(_("what it is"), max_length=12, choices=Paper.choices)
    name = models.CharField(_("file name"), max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size"))
    content = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now)

    objects = PaperManager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One move of an application, or one thing said about it. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, related_name="events", on_delete=models.CASCADE)
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState.choices)
    actor = models.CharField(_("by"), max_length=12, choices=Actor.choices)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    by_name = models.CharField(_("who"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=16, choices=DeclineReason.choices, blank=True)
    text = models.TextField(_("what was said"), max_length=2000, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("event of an application")
        verbose_name_plural = _("events of applications")
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["application", "at"], name="application_event_of")]  # its history

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"

    @property
    def happened(self) -> str:
        return str(HAPPENED[self.state])

    @property
    def tone(self) -> str:
        return ApplicationState(self.state).tone
