"""The people an organisation works with."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.caseloads import keys
from tenants.caseloads.enums import ConsentGiven, ConsentPurpose, Language, Sex
from tenants.organisations.models import Colleague, Organisation


class ClientQuerySet(PrivateQuerySet):
    def search(self, text: str) -> Self:
        """Those whose names hold every word of the text, or whose phone number holds its digits; all for no text."""
        if not text.strip():
            return self
        fragments = keys.fragments(text)
        if not fragments:
            return self.none()
        return self.filter(*(Q(search_key__contains=fragment) for fragment in fragments))

    def similar_to(self, *names: str) -> Self:
        """Those whose names look or sound nearly the same, the nearest first."""
        name = keys.words(*names)
        return self.filter(TrigramWordSimilar(models.F("search_key"), name)).order_by(
            TrigramWordSimilarity(name, "search_key").desc(), "sort_key", "id"
        )

    def assigned_to(self, seat: Seat) -> Self:
        """Those that the person is responsible for."""
        return self.filter(assigned_to=seat.membership_id) if seat.membership_id else self.none()

    def with_people(self) -> Self:
        return self.select_related("assigned_to", "created_by", "changed_by")


class Client(PrivateModel):
    """A person the organisation works with. Made and changed by `domain.clients` alone.

    Of `born_on` and `birth_year` (Gregorian) at most one is known. `search_key` and `sort_key` come from the names,
    `version` counts changes.
    """

    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    other_names = models.CharField(
        _("other names"),
        max_length=200,
        blank=True,
        help_text=_("A nickname, an earlier name or another spelling. Searching finds these too."),
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Village, town or part of town."))
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    assigned_to = models.ForeignKey(
        Colleague,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # a view of shared tables, which nothing private is tied to
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        Colleague,
        verbose_name=_("added by"),
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # as above
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        Colleague,
        verbose_name=_("changed by"),
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # as above
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False)
    sort_key = models.CharField(max_length=450, editable=False, db_collation="C")  # its order is that of its bytes

    objects = ClientQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base class's

    class Privacy:
        identity: ClassVar = {
            "given_name", "family_name", "other_names", "born_on", "birth_year", "sex", "search_key", "sort_key",
        }  # fmt: skip
        contact: ClassVar = {"phone", "email", "place", "language"}
        sensitive: ClassVar = {"note"}
        staff: ClassVar = {"assigned_to", "created_by", "changed_by"}
        plain: ClassVar = {"id", "created_at", "changed_at", "version"}

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""),
                name="client_has_name",
                violation_error_message=_("Give at least one name."),
            ),
            models.CheckConstraint(
                condition=Q(born_on=None) | Q(birth_year=None),
                name="client_born_once",
                violation_error_message=_("Give the date of birth or only the year, not both."),
            ),
        ]
        indexes: ClassVar = [
            # the list of all clients, page by page
            models.Index(fields=["sort_key", "id"], name="client_list"),
            # the list of the clients of one person, page by page
            models.Index(fields=["assigned_to", "sort_key", "id"], name="client_list_of_colleague"),
            # Today: what was changed last
            models.Index(fields=["-changed_at"], name="client_changed_last"),
            # a fragment of a name in the search box, and "is this person already here?"
            GinIndex(fields=["search_key"], opclasses=["public.gin_trgm_ops"], name="client_name_fragment"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def age(self) -> int | None:
        """In whole years; where only the year is known it may be one too high."""
        today = timezone.localdate()
        if self.born_on is not None:
            return age_on(today, self.born_on)
        return today.year - self.birth_year if self.birth_year else None


def age_on(day: date, born_on: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class Consent(PrivateModel):
    """A receipt: this person agreed that these scopes of their record be told to this organisation until then."""

    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        related_name="consents",
        on_delete=models.PROTECT,  # erasure removes receipts by their own rule
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=ConsentPurpose.choices)
    recipient = models.ForeignKey(
        Organisation,
        verbose_name=_("recipient"),
        db_constraint=False,
        related_name="+",
        on_delete=models.DO_NOTHING,  # shared: nothing private is tied to it
    )
    scopes = models.JSONField(_("what may be told"))  # values of ConsentScope
    how_given = models.CharField(_("how it was given"), max_length=8, choices=ConsentGiven.choices)
    witness = models.CharField(_("witness"), max_length=150, blank=True)
    language = models.CharField(_("language it was explained in"), max_length=5)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    expires_on = models.DateField(_("ends on"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        Colleague,
        verbose_name=_("recorded by"),
        null=True,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # as above
    )

    class Privacy:
        identity: ClassVar = {"client"}
        sensitive: ClassVar = {"witness"}
        staff: ClassVar = {"recorded_by"}
        plain: ClassVar = {
            "id", "purpose", "recipient", "scopes", "how_given", "language", "given_at", "expires_on", "withdrawn_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(how_given=ConsentGiven.SPOKEN) | ~Q(witness=""),
                name="consent_spoken_with_witness",
                violation_error_message=_("A spoken consent needs a witness."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.expires_on:%Y-%m-%d}"

    @property
    def is_valid(self) -> bool:
        """Neither withdrawn nor past its last day."""
        return self.withdrawn_at is None and timezone.localdate() <= self.expires_on
