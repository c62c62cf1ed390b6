"""What a licence asks for, what is signed, and the licence."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from network_registry.membership.models.applications import Application
from tenants.organisations.enums import Kind
from tenants.organisations.models import Organisation


def _in_words(texts: dict[str, str], language: str | None = None) -> str:
    return texts.get(language or get_language() or "en") or texts.get("en") or next(iter(texts.values()), "")


class FrameworkVersion(models.Model):
    """The framework that members agree to, as it was published. A new text is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(_("version"), unique=True)
    texts = models.JSONField(_("text"), default=dict)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by_name = models.CharField(_("published by"), max_length=150)

    class Meta:
        verbose_name = _("version of the framework")
        verbose_name_plural = _("versions of the framework")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(texts={}), name="framework_has_a_text")]

    def __str__(self) -> str:
        return str(self.number)

    def text(self, language: str | None = None) -> str:
        return _in_words(self.texts, language)

    def language_of(self, language: str) -> str:
        """The language that the text is shown in to somebody who reads this one."""
        return language if language in self.texts else "en" if "en" in self.texts else next(iter(self.texts))


class LicensingStep(models.Model):
    """Something that is looked at before a licence. The secretariat writes the list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    names = models.JSONField(_("what is checked"), default=dict)
    hints = models.JSONField(_("how"), default=dict, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind.choices), verbose_name=_("for"), default=list, blank=True
    )
    is_required = models.BooleanField(_("no licence without it"), default=True)
    is_used = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("step of licensing")
        verbose_name_plural = _("steps of licensing")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(names={}), name="licensing_step_has_a_name")]

    def __str__(self) -> str:
        return _in_words(self.names)

    @property
    def hint(self) -> str:
        return _in_words(self.hints)


class StepCheck(models.Model):
    """That a step was done for an application, or taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, related_name="checks", on_delete=models.CASCADE)
    step = models.ForeignKey(LicensingStep, related_name="+", on_delete=models.PROTECT)
    is_done = models.BooleanField(_("done"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by_name = models.CharField(_("who"), max_length=150)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("ticked step")
        verbose_name_plural = _("ticked steps")
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "step"], name="step_check_once")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.is_done}"


class Licence(models.Model):
    """That an organisation may be a member, from when until when, and on what conditions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(
        Application,
        null=True,  # of a member from before there were licences
        blank=True,
        related_name="licence",
        on_delete=models.PROTECT,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="licences",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    number = models.CharField(
        _("number"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("Another licence has this number.")},
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    conditions = models.TextField(_("conditions"), max_length=2000, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=True)
    granted_by = models.ForeignKey(Organisation, related_name="+", on_delete=models.PROTECT)
    granted_by_name = models.CharField(_("granted by"), max_length=150)
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )  # at how many days before its end
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="licence_ends_after_start",
                violation_error_message=_("A licence ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(organisation__isnull=False),
                name="licence_is_somebodys",
                violation_error_message=_("A licence is somebody's."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["valid_until", "id"], name="licence_by_end")]  # what runs out next

    def __str__(self) -> str:
        return self.number

    @property
    def holder(self) -> str:
        """Whose it is, in the language in use."""
        return str(self.application or self.organisation)


class Agreement(models.Model):
    """That a member agreed to a version of the framework after it had joined: who, as what, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.PROTECT)
    framework = models.ForeignKey(FrameworkVersion, related_name="+", on_delete=models.PROTECT)
    language = models.CharField(max_length=5)
    signed_by = models.CharField(_("signed by"), max_length=150)
    signed_as = models.CharField(_("office of whoever signed"), max_length=100)
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement to the framework")
        verbose_name_plural = _("agreements to the framework")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "framework"],
                name="agreement_once",
                violation_error_message=_("This version is signed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.framework_id}"
