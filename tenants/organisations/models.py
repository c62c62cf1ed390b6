"""The tenant and who belongs to it. Shared tables: `walls.grants` says what of them an organisation's role reaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from halka.authorization.roles import ROLES, Role, Scope
from halka.common.current import OrganisationRef
from halka.common.identifiers import uuid7
from halka.common.looks import Accent
from tenants.organisations.enums import Kind, State, TimeZone, WorkKind
from tenants.organisations.names import validate_short_name


class OrganisationManager(models.Manager["Organisation"]):
    """Leaves the logo's bytes in the database until somebody asks for them."""

    def get_queryset(self) -> models.QuerySet[Organisation]:
        return super().get_queryset().defer("logo")


class Organisation(TenantMixin):
    """A tenant. `schema_name` is its short name: schema and file folder, and its subdomain for as long as it has not
    another one: `subdomain`. Those it had are `earlier_subdomains`, and are never anybody else's.

    `names` maps a language code to the name in it; `schema_version` is `walls.versions.fingerprint` of what its schema
    holds; `db_role` logs in for it and keeps its name for life.
    """

    auto_create_schema = False  # provisioning claims a prepared schema
    auto_drop_schema = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    schema_name = models.CharField(
        _("short name"), max_length=31, unique=True, validators=[validate_short_name], editable=False
    )
    subdomain = models.CharField(_("subdomain"), max_length=31, blank=True, default="", editable=False)
    earlier_subdomains = ArrayField(models.CharField(max_length=31), default=list, blank=True, editable=False)
    db_role = models.CharField(max_length=63, unique=True, editable=False)
    schema_version = models.CharField(max_length=16, editable=False)
    names = models.JSONField(_("names"), default=dict)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NGO)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ACTIVE)
    earlier_states = ArrayField(  # what it comes back to from `ASIDE`, the latest last
        models.CharField(max_length=12, choices=State.choices), default=list, blank=True, editable=False
    )
    province = models.CharField(_("province"), max_length=80, blank=True)
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Of an office, not of a person. Referrals are announced there while nobody here has an account."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("branch"),
        null=True,
        blank=True,
        related_name="children",
        on_delete=models.PROTECT,  # a branch is closed, never removed from above its organisations
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    calendar = models.CharField(_("calendar"), max_length=12, choices=settings.CALENDARS, default="gregorian")
    time_zone = models.CharField(_("time of"), max_length=40, choices=TimeZone.choices, default=TimeZone.UTC)
    colour = models.CharField(_("colour"), max_length=10, choices=Accent.choices, default=Accent.TEAL)
    logo = models.BinaryField(_("logo"), null=True, blank=True, max_length=100_000, editable=True)
    logo_type = models.CharField(max_length=20, blank=True)
    demands_mfa = models.BooleanField(_("everybody signs in with a second factor"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)  # of the settings page, against lost updates

    objects = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["schema_name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(schema_name__regex=r"^[a-z][a-z0-9]{2,30}$"), name="short_name_pattern"),
            models.CheckConstraint(condition=Q(subdomain__regex=r"^([a-z][a-z0-9]{2,30})?$"), name="subdomain_pattern"),
            models.UniqueConstraint(
                fields=["subdomain"],
                name="subdomain_once",
                condition=~Q(subdomain=""),
                violation_error_message=_("Another organisation has this subdomain."),
            ),
        ]

    def __str__(self) -> str:
        return self.ref().name(get_language() or self.language)

    @property
    def short_name(self) -> str:
        return self.schema_name

    @property
    def host(self) -> str:
        """Where it answers; other hosts of its lead there."""
        return self.ref().host

    def ref(self) -> OrganisationRef:
        return OrganisationRef(
            id=self.id,
            short_name=self.schema_name,
            db_role=self.db_role,
            schema_version=self.schema_version,
            kind=self.kind,
            state=self.state,
            earlier_states=tuple(self.earlier_states),
            language=self.language,
            calendar=self.calendar,
            time_zone=self.time_zone,
            colour=self.colour,
            demands_mfa=self.demands_mfa,
            has_logo=bool(self.logo_type),
            subdomain=self.subdomain,
            names=self.names,
        )

    def __enter__(self) -> NoReturn:
        raise RuntimeError("Use isolation.inside(organisation.ref()).")

    activate = __enter__


class Domain(DomainMixin):
    """A host that an organisation answers on. `tenant` is the organisation (django-tenants' name for it)."""

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True, user__is_active=True)


class Membership(models.Model):
    """One person's role in one organisation. Ended memberships stay, since private records name them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        related_name="memberships",
        on_delete=models.PROTECT,  # closing an organisation ends them first
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        related_name="memberships",
        on_delete=models.PROTECT,  # accounts are deactivated, never deleted while records name them
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once",
                violation_error_message=_("This person belongs to the organisation already."),
            )
        ]
        indexes: ClassVar = [
            # every request: is this account a member here
            models.Index(fields=["user", "organisation"], name="membership_of_user", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Colleague(models.Model):
    """The people of the organisation we are inside of: a view that holds nobody else's.

    `id` is the membership's. Private records name people by it, without a constraint, since nothing private
    reaches into shared tables.
    """

    id = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    organisation_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    started_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    has_second_factor = models.BooleanField(_("second factor"))
    last_login = models.DateTimeField(_("last sign-in"), null=True)
    language = models.CharField(_("language"), max_length=5)
    version = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = "organisations_colleague"
        ordering: ClassVar = ["name"]
        verbose_name = _("colleague")
        verbose_name_plural = _("colleagues")

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def role_description(self) -> Any:
        return ROLES[Role(self.role)].description


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, now: datetime | None = None) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """Asks a person to join an organisation. The link's token is kept as its SHA-256 alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="invitations", on_delete=models.CASCADE)
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    language = models.CharField(_("language of the e-mail"), max_length=5, choices=settings.LANGUAGES)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                name="invitation_once",
                condition=Q(accepted_at=None, withdrawn_at=None),
                violation_error_message=_("An invitation to this address is on its way already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class WorkingGroup(models.Model):
    """Organisations that work on something together. Editors of the network keep its members."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("There is a working group of this name already.")},
    )
    about = models.CharField(_("what it works on"), max_length=300, blank=True)
    organisations = models.ManyToManyField(
        Organisation, verbose_name=_("member organisations"), related_name="working_groups"
    )
    version = models.PositiveIntegerField(default=1, editable=False)  # of its page, against lost updates

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SupportGrantQuerySet(models.QuerySet["SupportGrant"]):
    def active(self, *, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(revoked_at=None, starts_at__lte=moment, ends_at__gt=moment)


class SupportGrant(models.Model):
    """An organisation's manager lets one person of the network's support in, to read, until `ends_at`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="support_grants", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="support_grants", on_delete=models.PROTECT)
    user_name = models.CharField(_("who"), max_length=150)
    reason = models.TextField(_("reason"))
    granted_by_name = models.CharField(_("let in by"), max_length=150)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("ended early"), null=True, blank=True)

    objects = SupportGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("support access")
        verbose_name_plural = _("support accesses")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="support_ends_after_start",
                violation_error_message=_("Support access must end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_name} {self.ends_at:%Y-%m-%d}"


class SoftwareQuerySet(models.QuerySet["Software"]):
    def active(self) -> Self:
        return self.filter(revoked_at=None)


class Software(models.Model):
    """A computer system of one organisation that may call the API: whose it is, and what became of it.

    `client` is its half at the OAuth provider: name, scopes and hashed secrets.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, related_name="software", on_delete=models.CASCADE)
    client = models.OneToOneField("allauth_idp_oidc.Client", related_name="software", on_delete=models.CASCADE)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    created_by_name = models.CharField(_("added by"), max_length=150)
    secret_since = models.DateTimeField(_("secret since"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by_name = models.CharField(_("revoked by"), max_length=150, blank=True)

    objects = SoftwareQuerySet.as_manager()

    class Meta:
        verbose_name = _("software")
        verbose_name_plural = _("software")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by_name="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by_name="")),
                name="software_revoked_by_somebody",
                violation_error_message=_("Whoever takes access away is named with it."),
            )
        ]

    def __str__(self) -> str:
        return self.client.name

    @property
    def scopes(self) -> list[Scope]:
        return [scope for scope in Scope if scope in self.client.get_scopes()]


class Supporter(models.Model):
    """Network staff that an organisation may let in: the secretariat's people, by name only. A view."""

    user_id = models.BigIntegerField(primary_key=True)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        managed = False
        db_table = "organisations_supporter"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class AuditAnchor(models.Model):
    """Where an organisation's chain of audit entries stood: kept where the organisation cannot write (ADR 8)."""

    organisation = models.ForeignKey(
        Organisation,
        related_name="+",
        db_constraint=False,
        on_delete=models.DO_NOTHING,  # what was noted stays, whatever becomes of the organisation
    )
    number = models.BigIntegerField(_("number"))
    hash = models.BinaryField(_("hash"), max_length=32)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("anchor of an audit")
        verbose_name_plural = _("anchors of audits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="audit_anchor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class DueWork(models.Model):
    """That an organisation has background work of a kind waiting from `due_at` on, so that nobody must look into every
    schema. Rows are added and removed, never changed: a verb that says so waits for no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        related_name="+",
        db_constraint=False,  # whoever adds a row does not wait for who has the organisation's row in hand
        on_delete=models.DO_NOTHING,  # organisations are closed, never removed
    )
    kind = models.CharField(max_length=12, choices=WorkKind.choices)
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("work that is due")
        verbose_name_plural = _("work that is due")
        indexes: ClassVar = [
            models.Index(fields=["kind", "due_at"], name="due_work_next"),  # whose turn it is
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class SpareSchema(models.Model):
    """A prepared schema and role, waiting for an organisation. Claimed by deleting its row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    schema_name = models.CharField(max_length=63, unique=True)
    db_role = models.CharField(max_length=63, unique=True)
    schema_version = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.schema_name


from tenants.organisations.models_addresses import OwnDomain  # noqa: E402  # they refer to the models above
from tenants.organisations.models_leaving import Closing, Takeout  # noqa: E402
from tenants.organisations.models_life import StateChange  # noqa: E402

__all__ = [
    "AuditAnchor",
    "Closing",
    "Colleague",
    "Domain",
    "DueWork",
    "Invitation",
    "Membership",
    "Organisation",
    "OwnDomain",
    "Software",
    "SpareSchema",
    "StateChange",
    "SupportGrant",
    "Supporter",
    "Takeout",
    "WorkingGroup",
]
