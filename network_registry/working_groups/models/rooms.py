"""What a working group is, and who sits in it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from halka.common.identifiers import uuid7
from tenants.organisations.enums import State
from tenants.organisations.models import Membership, Organisation, WorkingGroup


class CharterQuerySet(models.QuerySet["Charter"]):
    def with_group(self) -> Self:
        return self.select_related("group", "convener").defer("convener__logo")


class Charter(models.Model):
    """What makes a working group more than an audience: `names` by language, what it is for, who convenes it.

    Its member organisations and its plain name are the group's own, and so is `version` of its page.
    """

    group = models.OneToOneField(
        WorkingGroup,
        verbose_name=_("working group"),
        primary_key=True,
        related_name="charter",
        on_delete=models.PROTECT,  # a group with a life is closed, never removed
    )
    names = models.JSONField(_("names"), default=dict)
    purpose = models.TextField(_("what it is for"), max_length=2000)
    convener = models.ForeignKey(
        Organisation,
        verbose_name=_("who convenes it"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    founded_at = models.DateTimeField(_("founded"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = _("charter of a working group")
        verbose_name_plural = _("charters of working groups")

    def __str__(self) -> str:
        return self.name_in(get_language() or "")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.group.name

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class GroupSeatQuerySet(models.QuerySet["GroupSeat"]):
    def here(self) -> Self:
        """Those that count now. Asked with the network's rights; inside of an organisation `Person` tells."""
        running = Q(ended_at=None, membership__ended_at=None, membership__user__is_active=True)
        return self.filter(running, group__group__organisations=F("organisation")).exclude(
            organisation__state=State.CLOSED
        )

    def convening(self) -> Self:
        return self.filter(is_convener=True, group__convener=F("organisation"))


class GroupSeat(models.Model):
    """That an organisation named one of its people to a group. Ended ones stay: minutes name them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(Charter, verbose_name=_("working group"), related_name="seats", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,  # organisations are closed, never removed
    )
    membership = models.ForeignKey(Membership, verbose_name=_("person"), related_name="+", on_delete=models.CASCADE)
    is_convener = models.BooleanField(_("convenes the group"), default=False)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = GroupSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a working group")
        verbose_name_plural = _("seats in working groups")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "membership"],
                name="group_seat_once",
                condition=Q(ended_at=None),
                violation_error_message=_("This person is in the group already."),
            )
        ]
        indexes: ClassVar = [
            # whose groups these are, on Today and in the list
            models.Index(fields=["membership"], name="group_seat_of_member", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PersonQuerySet(models.QuerySet["Person"]):
    def of(self, group_id: object) -> Self:
        """Of one group, the organisations' names with them."""
        return self.filter(group=group_id).select_related("organisation").defer("organisation__logo")

    def here(self) -> Self:
        return self.filter(is_here=True)


class Person(models.Model):
    """A seat with the name of whoever has it, for the group's own organisations: a view.

    `is_here` is asked fresh: an ended membership or an organisation that left the group end the seat at once.
    The name goes when the organisation is closed.
    """

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(
        Charter,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # a view has no rows of its own
    )
    organisation = models.ForeignKey(
        Organisation,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # likewise
    )
    membership_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=150)
    is_convener = models.BooleanField(_("convenes the group"))
    started_at = models.DateTimeField(_("since"))
    is_here = models.BooleanField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "working_groups_person"
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")

    def __str__(self) -> str:
        return self.name


class MemberOrganisation(models.Model):
    """Which organisations a group has, for those of them that ask, and for the secretariat: a view."""

    id = models.BigIntegerField(primary_key=True)
    group = models.ForeignKey(
        WorkingGroup,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # a view has no rows of its own
    )
    organisation = models.ForeignKey(
        Organisation,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # likewise
    )

    class Meta:
        managed = False
        db_table = "working_groups_memberorganisation"
        verbose_name = _("member organisation")
        verbose_name_plural = _("member organisations")

    def __str__(self) -> str:
        return str(self.pk)
