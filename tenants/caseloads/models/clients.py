"""The people an organisation works with."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Abs, Coalesce, ExtractYear, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Seat
from halka.common.models import PrivateModel, PrivateQuerySet
from halka.common.sealing.fields import BlindIndexField, SealedJSONField, SealedTextField, blind_indexes
from tenants.caseloads import keys
from tenants.caseloads.enums.clients import Education, ExperienceKind, Language, Sex
from tenants.caseloads.models.reach import Reachable
from tenants.caseloads.models.references import to_colleague

# Those who were never met stand before all days.
LAST_CONTACT = Coalesce("last_contact_on", Value(date.min), output_field=models.DateField())
ENOUGH_DIGITS, ALL_DIGITS = 6, 8  # of a phone number: before them stands what may be left out
MOST_ALIKE = 300  # of a name that thousands have, so many are compared
MOST_YEARS, UNKNOWN_YEARS = 20.0, 5.0  # apart: where years tell nothing more, and what an unknown one counts as


class ClientQuerySet(Reachable, PrivateQuerySet):
    def present(self) -> Self:
        """Without those that were merged into another record, and those that are restricted."""
        return self.filter(merged_into=None, restricted_at=None)

    def whole(self) -> Self:
        """Those that stand for themselves, restricted ones too."""
        return self.filter(merged_into=None)

    def search(self, text: str) -> Self:
        """Those whose names hold every word of the text, or whose phone number holds its digits; all for no text."""
        if not text.strip():
            return self
        fragments = keys.fragments(text)
        if not fragments:
            return self.none()
        return self.filter(*(Q(search_key__contains=fragment) for fragment in fragments))

    def similar_to(
        self, *names: str, number: str = "", phone: str = "", born_on: date | None = None, birth_year: int | None = None
    ) -> Self:
        """Those who may be the same person, the likeliest first: `same_number`, `same_phone`, or a name that looks
        or sounds nearly the same, the nearer in age the better. None when there is nothing to go by.
        """
        name, digits = keys.words(*names), keys.phone_digits(phone)
        indexes = blind_indexes(self.model, "national_number_index", number) if number else []
        same_number = Q(national_number_index__in=indexes)
        same_phone = Q(search_key__endswith=digits[-ALL_DIGITS:]) if len(digits) >= ENOUGH_DIGITS else Q(pk__in=[])
        everybody = self.model.objects.present().order_by()
        candidates = everybody.filter(same_number | same_phone).values("pk")
        if name:
            alike = everybody.filter(TrigramWordSimilar(models.F("search_key"), name)).values("pk")
            candidates = candidates.union(alike[:MOST_ALIKE], all=True)
        year = born_on.year if born_on else birth_year
        their_year = Coalesce(ExtractYear("born_on"), "birth_year", output_field=models.FloatField())
        years = Coalesce(Abs(their_year - Value(float(year or 0))), Value(UNKNOWN_YEARS))
        apart = Least(years, Value(MOST_YEARS)) / MOST_YEARS if year else Value(0.0)
        likeness = TrigramWordSimilarity(name, "search_key") if name else Value(0.0)
        return (
            self.present()
            .filter(pk__in=candidates)
            .annotate(
                same_number=_flag(same_number),
                same_phone=_flag(same_phone),
                likeness=likeness - apart,
            )
            .order_by("-same_number", "-same_phone", "-likeness", "sort_key", "id")
        )

    def assigned_to(self, seat: Seat) -> Self:
        """Those that the person is responsible for."""
        return self.filter(assigned_to=seat.membership_id) if seat.membership_id else self.none()

    def with_people(self) -> Self:
        return self.select_related("assigned_to", "created_by", "changed_by")


class LivingClients(models.Manager.from_queryset(ClientQuerySet)):  # type: ignore[misc]  # made by Django
    """Without those that are held: another organisation has the record now, and ours waits to be erased."""

    def get_queryset(self) -> ClientQuerySet:
        found: ClientQuerySet = super().get_queryset().filter(held_at=None)
        return found


def _flag(condition: Q) -> models.Case:
    return models.Case(
        models.When(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField()
    )


class Client(PrivateModel):
    """A person the organisation works with. Made and changed by `domain.clients` alone.

    Of `born_on` and `birth_year` (Gregorian) at most one is known. `restricted_at`: what it rested on was taken back,
    so that nobody reads or uses it but those who run people's rights (`domain.restriction`). `held_at`: the record has
    moved to another organisation, and only what `Client.every` is asked for finds this copy of it; it is restricted
    too, so that what joins its rows without asking for clients passes over them. `search_key` and `sort_key` come from
    the names, `version` counts changes.
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
    reference = models.CharField(
        _("file number"),
        max_length=40,
        blank=True,
        help_text=_("Your organisation's own number of this person, if you use one."),
    )
    national_number = SealedTextField(_("national number"), max_length=40, blank=True)
    national_number_index = BlindIndexField(source="national_number", db_index=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Village, town or part of town."))
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices),
        verbose_name=_("also speaks"),
        default=list,
        blank=True,
    )
    education = models.CharField(_("education"), max_length=10, choices=Education.choices, blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    interests = models.TextField(_("interests and wishes"), blank=True)
    vulnerabilities = ArrayField(
        models.CharField(max_length=40), verbose_name=_("what makes it hard"), default=list, blank=True
    )  # keys of VulnerabilityChoice
    health = SealedTextField(_("health"), blank=True)
    note = SealedTextField(_("note"), blank=True)
    assigned_to = to_colleague(_("responsible"), blank=True)
    last_contact_on = models.DateField(_("last contact"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        related_name="merged",
        on_delete=models.PROTECT,  # erasure removes merged records first
    )
    restricted_at = models.DateTimeField(_("restricted"), null=True, editable=False)
    held_at = models.DateTimeField(_("held"), null=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    created_by = to_colleague(_("added by"), editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = to_colleague(_("changed by"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False)
    sort_key = models.CharField(max_length=450, editable=False, db_collation="C")  # its order is that of its bytes

    objects = LivingClients()
    every = ClientQuerySet.as_manager()

    class Privacy:
        identity: ClassVar = {
            "given_name", "family_name", "other_names", "born_on", "birth_year", "sex", "reference", "search_key",
            "sort_key",
        }  # fmt: skip
        contact: ClassVar = {"phone", "email", "place", "language"}
        background: ClassVar = {"languages", "education", "strengths", "interests"}
        sensitive: ClassVar = {"vulnerabilities", "note"}
        health: ClassVar = {"health"}
        official: ClassVar = {"national_number", "national_number_index"}
        staff: ClassVar = {"assigned_to", "created_by", "changed_by"}
        plain: ClassVar = {
            "id", "last_contact_on", "merged_into", "restricted_at", "held_at", "created_at", "changed_at", "version",
        }  # fmt: skip

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        base_manager_name = "every"  # rows that hang on a held record still know whose they are
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
            models.UniqueConstraint(
                fields=["reference"],
                name="client_reference_once",
                condition=~Q(reference="") & Q(merged_into=None, restricted_at=None),
                violation_error_message=_("Another client has this file number."),
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(restricted_at__isnull=False), name="client_held_is_restricted"
            ),
        ]
        indexes: ClassVar = [
            # the list of all clients, page by page
            models.Index(fields=["sort_key", "id"], name="client_list", condition=Q(merged_into=None)),
            # the list of the clients of one person and of nobody, page by page
            models.Index(
                fields=["assigned_to", "sort_key", "id"], name="client_list_of_colleague", condition=Q(merged_into=None)
            ),
            # Today: what was changed last
            models.Index(fields=["-changed_at"], name="client_changed_last"),
            # the list by last contact, those never met first, and by when they were added
            models.Index(LAST_CONTACT, "id", name="client_list_by_contact", condition=Q(merged_into=None)),
            models.Index(fields=["created_at", "id"], name="client_list_by_age", condition=Q(merged_into=None)),
            # Today and the list: who has not been seen
            models.Index(
                fields=["assigned_to", "last_contact_on"], name="client_not_seen", condition=Q(merged_into=None)
            ),
            # a fragment of a name in the search box, and "is this person already here?"
            GinIndex(fields=["search_key"], opclasses=["public.gin_trgm_ops"], name="client_name_fragment"),
            # the exact national number in the search box and in imports
            models.Index(fields=["national_number_index"], name="client_national_number"),
            # the list's filter
            GinIndex(fields=["vulnerabilities"], name="client_vulnerabilities"),
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


class VulnerabilityChoice(PrivateModel):
    """A line of the organisation's own list: one of its own, or a usual one that it hides or names differently.

    `key` is a value of enums.Vulnerability, or for one of its own the text of its id.
    """

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=1000)
    is_active = models.BooleanField(_("in use"), default=True)

    class Privacy:
        plain: ClassVar = {"id", "key", "name", "position", "is_active"}

    class Meta:
        verbose_name = _("line of the list of what makes it hard")
        verbose_name_plural = _("list of what makes it hard")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name or self.key


class Experience(PrivateModel):
    """One line of a person's work and learning."""

    client = models.ForeignKey(Client, related_name="experiences", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=14, choices=ExperienceKind.choices)
    title = models.CharField(_("what"), max_length=150)
    at = models.CharField(_("where"), max_length=150, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    is_current = models.BooleanField(_("goes on"), default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = to_colleague(_("added by"), editable=False)

    class Privacy:
        identity: ClassVar = {"client"}
        background: ClassVar = {"kind", "title", "at", "from_year", "to_year", "is_current"}
        staff: ClassVar = {"added_by"}
        plain: ClassVar = {"id", "added_at"}

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("work and learning")
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_year=None) | Q(from_year=None) | Q(to_year__gte=models.F("from_year")),
                name="experience_ends_after_start",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(to_year=None),
                name="experience_ended_or_current",
                violation_error_message=_("Either it goes on or it has ended."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Merge(PrivateModel):
    """Two records of one person were made one; holds what undoing needs.

    `before` is the kept record's own values, `moved` maps a model's label to the ids of rows that changed hands.
    """

    kept = models.ForeignKey(Client, related_name="merges", on_delete=models.CASCADE)
    absorbed = models.ForeignKey(Client, related_name="+", on_delete=models.CASCADE)
    before = SealedJSONField(default=dict)
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    by = to_colleague(_("merged by"))
    undone_at = models.DateTimeField(null=True)
    undone_by = to_colleague(_("undone by"))

    class Privacy:
        identity: ClassVar = {"kept", "absorbed", "before"}
        staff: ClassVar = {"by", "undone_by"}
        plain: ClassVar = {"id", "moved", "at", "undone_at"}

    class Meta:
        verbose_name = _("merge of records")
        verbose_name_plural = _("merges of records")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
