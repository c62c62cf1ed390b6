"""What member organisations offer, and where. Public facts: nothing here is about a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.choices import Dimension, Language
from halka.common.identifiers import uuid7
from network_registry.directory.enums import Accessibility, Answer, Country, TargetGroup, Urgency
from network_registry.exchange.enums import Service as Need
from tenants.organisations.models import Organisation

MOST_PLACES = 500
MOST_WEEKS = 104
MOST_PEOPLE = 50


def in_words(texts: Mapping[str, str], own: str) -> str:
    """The text in the reader's language, else in `own`, else in any."""
    return texts.get(get_language() or own) or texts.get(own) or next(iter(texts.values()), "")


class Service(models.Model):
    """What an organisation does for people. `names` and `descriptions` map a language to a text in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="services",
        on_delete=models.PROTECT,  # a closed organisation keeps its row, and its services are shown no more
    )
    names = models.JSONField(_("name"), default=dict)
    descriptions = models.JSONField(_("description"), default=dict, blank=True)
    need = models.CharField(_("what it is for"), max_length=20, choices=Need.choices)
    dimension = models.CharField(_("dimension"), max_length=16, choices=Dimension.choices, blank=True)
    eligibility = models.TextField(_("who can come"), max_length=1000, blank=True)
    fees = models.CharField(_("what it costs"), max_length=300, blank=True)
    application = models.TextField(_("how to begin"), max_length=1000, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language.choices), verbose_name=_("languages"), default=list, blank=True
    )
    target_groups = ArrayField(
        models.CharField(max_length=12, choices=TargetGroup.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("up to age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    is_published = models.BooleanField(_("shown in the directory"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(minimum_age__lte=F("maximum_age")),
                name="service_ages_in_order",
                violation_error_message=_("The lower age comes first."),
            ),
            models.CheckConstraint(condition=~Q(names={}), name="service_has_a_name"),
        ]
        indexes: ClassVar = [
            # an organisation's own page, and the public list by organisation
            models.Index(fields=["organisation", "id"], name="service_of_organisation"),
            # the public list of what has changed since
            models.Index(fields=["changed_at"], name="service_changed"),
        ]

    def __str__(self) -> str:
        return in_words(self.names, self.organisation.language)

    @property
    def description(self) -> str:
        return in_words(self.descriptions, self.organisation.language)

    @property
    def language_labels(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]

    @property
    def group_labels(self) -> list[str]:
        return [str(TargetGroup(code).label) for code in self.target_groups]


class Location(models.Model):
    """A place where services are given. Its coordinates may be those of the town."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="locations",
        on_delete=models.PROTECT,  # as of a service
    )
    name = models.CharField(_("name of the place"), max_length=150)
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    place = models.CharField(_("town or village"), max_length=100)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    province = models.CharField(_("province"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accessibility = ArrayField(
        models.CharField(max_length=12, choices=Accessibility.choices),
        verbose_name=_("accessibility"),
        default=list,
        blank=True,
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="location_on_earth",
                violation_error_message=_("Give both latitude and longitude, in degrees."),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "id"], name="location_of_organisation")  # an organisation's own page
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place not in self.name else self.name

    @property
    def accessibility_labels(self) -> list[str]:
        return [str(Accessibility(code).label) for code in self.accessibility]


class Closure(models.Model):
    """Days on which a place is closed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    location = models.ForeignKey(Location, related_name="closures", on_delete=models.CASCADE)
    first_on = models.DateField(_("closed from"))
    last_on = models.DateField(_("until"))
    note = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        ordering: ClassVar = ["first_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")),
                name="closure_in_order",
                violation_error_message=_("The last day comes after the first."),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["location", "first_on"], name="closure_of_location")]  # open now?

    def __str__(self) -> str:
        return f"{self.first_on} {self.last_on}"


class Offer(models.Model):
    """A service at a place: what a person is sent to. `free_places` and `waiting_weeks` are None while nobody knows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        related_name="offers",
        on_delete=models.PROTECT,  # as of a service; the service's organisation, for the wall between them
    )
    service = models.ForeignKey(Service, verbose_name=_("service"), related_name="offers", on_delete=models.CASCADE)
    location = models.ForeignKey(Location, verbose_name=_("place"), related_name="offers", on_delete=models.CASCADE)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_offered = models.BooleanField(_("offered here now"), default=True)
    free_places = models.PositiveSmallIntegerField(_("free places"), null=True, blank=True)
    waiting_weeks = models.PositiveSmallIntegerField(_("weeks of waiting"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "location"],
                name="offer_once",
                violation_error_message=_("This service is offered at this place already."),
            ),
            models.CheckConstraint(
                condition=Q(free_places=None) | Q(free_places__lte=MOST_PLACES), name="offer_places_believable"
            ),
            models.CheckConstraint(
                condition=Q(waiting_weeks=None) | Q(waiting_weeks__lte=MOST_WEEKS), name="offer_weeks_believable"
            ),
        ]
        indexes: ClassVar = [
            # an organisation's own page, and which free places were not confirmed for long
            models.Index(fields=["organisation", "confirmed_at"], name="offer_of_organisation"),
            # the public list of what has changed since
            models.Index(fields=["changed_at"], name="offer_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.location}"

    @property
    def any_phone(self) -> str:
        return self.phone or self.location.phone


class Hours(models.Model):
    """Once a week from `opens_at` to `closes_at`, in the organisation's time. Monday is 0."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, related_name="hours", on_delete=models.CASCADE)
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering: ClassVar = ["weekday", "opens_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="hours_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["offer", "weekday"], name="hours_of_offer")]  # open now?

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at}–{self.closes_at}"


class Entry(models.Model):
    """What the search looks at: one row for each offer that is shown, flat, so that one index answers.

    Written by `domain.entries` in the transaction of every change, and by itself each night.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.OneToOneField(Offer, related_name="entry", on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, related_name="+", on_delete=models.CASCADE)
    location = models.ForeignKey(Location, related_name="+", on_delete=models.CASCADE)
    need = models.CharField(max_length=20, choices=Need.choices)
    languages = ArrayField(models.CharField(max_length=5), default=list)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    free_places = models.PositiveSmallIntegerField(null=True)
    search_key = models.TextField()
    sort_key = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("entry of the directory")
        verbose_name_plural = _("entries of the directory")
        indexes: ClassVar = [
            # the list by name, page by page, for all needs and for one
            models.Index(fields=["sort_key", "id"], name="entry_list"),
            models.Index(fields=["need", "sort_key", "id"], name="entry_list_of_need"),
            # the nearest: entries within a belt of latitude
            models.Index(fields=["latitude", "longitude"], name="entry_near"),
            # a word in the search box, typed with or without mistakes
            GinIndex(fields=["search_key"], opclasses=["public.gin_trgm_ops"], name="entry_words"),
        ]

    def __str__(self) -> str:
        return str(self.offer_id)


class Word(models.Model):
    """A word of some entry: what was typed with a mistake is held against these, not against whole descriptions."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = _("word of the directory")
        verbose_name_plural = _("words of the directory")
        indexes: ClassVar = [
            GinIndex(fields=["word"], opclasses=["public.gin_trgm_ops"], name="word_alike")  # typed with a mistake
        ]

    def __str__(self) -> str:
        return self.word


class CapacityQuestion(models.Model):
    """ "Have you got a place, and when?", asked before anybody is named: what for, how soon and for how many."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, related_name="questions", on_delete=models.CASCADE)
    asker = models.ForeignKey(
        Organisation,
        verbose_name=_("asked by"),
        related_name="+",
        on_delete=models.PROTECT,  # a closed organisation keeps its row
    )
    target = models.ForeignKey(
        Organisation,
        verbose_name=_("asked of"),
        related_name="+",
        on_delete=models.PROTECT,  # as above
    )
    need = models.CharField(_("what for"), max_length=20, choices=Need.choices)
    urgency = models.CharField(_("how soon"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    people = models.PositiveSmallIntegerField(_("for how many people"), default=1)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_on = models.DateField(editable=False)
    answer = models.CharField(_("answer"), max_length=4, choices=Answer.choices, blank=True)
    waiting_weeks = models.PositiveSmallIntegerField(_("weeks of waiting"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question for a place")
        verbose_name_plural = _("questions for a place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "asker", "asked_on"], name="capacity_asked_once_a_day"),
            models.CheckConstraint(condition=~Q(asker=F("target")), name="capacity_asked_of_another"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, waiting_weeks=None)
                | Q(answer=Answer.WAIT, answered_at__isnull=False, waiting_weeks__isnull=False)
                | Q(answer__in=[Answer.YES, Answer.NO], answered_at__isnull=False, waiting_weeks=None),
                name="capacity_answer_complete",
            ),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="capacity_people"),
        ]
        indexes: ClassVar = [
            # Today of those who are asked, and of those who asked
            models.Index(fields=["target", "-asked_at"], name="capacity_asked_of"),
            models.Index(fields=["asker", "-asked_at"], name="capacity_asked_by"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.asked_on}"
