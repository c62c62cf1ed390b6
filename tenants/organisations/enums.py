"""Kinds and states of organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from halka.authorization.roles import Role, Scope


class Kind(TextChoices):
    NGO = "ngo", _("Non-governmental organisation")
    AGENCY = "agency", _("Public agency")
    BRANCH = "branch", _("Provincial branch")
    SECRETARIAT = "secretariat", _("Network secretariat")
    PARTNER = "partner", _("Partner")


class TimeZone(TextChoices):
    """Where the network's organisations are; IANA names."""

    SARAJEVO = "Europe/Sarajevo", _("Sarajevo")
    SKOPJE = "Europe/Skopje", _("Skopje")
    BELGRADE = "Europe/Belgrade", _("Belgrade")
    LJUBLJANA = "Europe/Ljubljana", _("Ljubljana")
    PODGORICA = "Europe/Podgorica", _("Podgorica")
    TEHRAN = "Asia/Tehran", _("Tehran")
    TIRANA = "Europe/Tirane", _("Tirana")
    VILNIUS = "Europe/Vilnius", _("Vilnius")
    ZAGREB = "Europe/Zagreb", _("Zagreb")
    UTC = "UTC", _("Universal time")


class WorkKind(TextChoices):
    """Background work that organisations are found by when it is due."""

    WEBHOOKS = "webhooks", _("Webhooks")


class State(TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEAVING = "leaving", _("Leaving")
    CLOSED = "closed", _("Closed")


class Why(TextChoices):
    """What moved an organisation from state to state."""

    OPENED = "opened", _("Its workspace was opened")
    CONFIRMED = "confirmed", _("Its licence became a full one")
    DECIDED = "decided", _("Decided by the secretariat")
    RUN_OUT = "run_out", _("Its licence has run out")
    RENEWED = "renewed", _("Its licence was renewed")
    ANNOUNCED = "announced", _("Its end was announced")
    CALLED_OFF = "called_off", _("Its end was called off")
    ERASED = "erased", _("Its time to object has passed")
    MERGED = "merged", _("It is merged with another organisation")
    PARTED = "parted", _("The merger with another organisation was undone")


# What managers are told of by an e-mail that says more.
TOLD_OTHERWISE = frozenset({Why.ANNOUNCED, Why.CALLED_OFF, Why.MERGED, Why.PARTED})

# From → to → why. Before it is an organisation at all, the application has a table of its own: membership.enums.
TRANSITIONS: dict[State, dict[State, frozenset[Why]]] = {
    State.PROVISIONAL: {
        State.ACTIVE: frozenset({Why.CONFIRMED}),
        State.SUSPENDED: frozenset({Why.DECIDED, Why.RUN_OUT, Why.MERGED}),
        State.LEAVING: frozenset({Why.ANNOUNCED}),
    },
    State.ACTIVE: {
        State.SUSPENDED: frozenset({Why.DECIDED, Why.RUN_OUT, Why.MERGED}),
        State.LEAVING: frozenset({Why.ANNOUNCED}),
    },
    # back to what it was before
    State.SUSPENDED: {
        State.PROVISIONAL: frozenset({Why.DECIDED, Why.RENEWED, Why.PARTED}),
        State.ACTIVE: frozenset({Why.DECIDED, Why.RENEWED, Why.PARTED}),
        State.LEAVING: frozenset({Why.ANNOUNCED}),
    },
    State.LEAVING: {
        State.PROVISIONAL: frozenset({Why.CALLED_OFF}),
        State.ACTIVE: frozenset({Why.CALLED_OFF}),
        State.SUSPENDED: frozenset({Why.CALLED_OFF}),
        State.CLOSED: frozenset({Why.ERASED}),
    },
    State.CLOSED: {},
}
# What an organisation comes back from.
ASIDE = frozenset({State.SUSPENDED, State.LEAVING})

# What this app writes into the audit, in words.
AUDITED = {
    "invitation.sent": _("Invited somebody"),
    "invitation.sent_again": _("Sent an invitation again"),
    "invitation.withdrawn": _("Withdrew an invitation"),
    "member.joined": _("Joined"),
    "member.role_changed": _("Changed a role"),
    "member.ended": _("Ended a membership"),
    "settings.changed": _("Changed the settings"),
    "software.added": _("Added software that may call the API"),
    "software.changed": _("Changed what software may do"),
    "software.rotated": _("Gave software a new secret"),
    "software.revoked": _("Took access away from software"),
    "support.let_in": _("Let network support in"),
    "support.ended": _("Ended support access"),
    "support.opened": _("Opened a page as network support"),
    "organisation.suspended": _("Suspended an organisation"),
    "organisation.resumed": _("Resumed an organisation"),
    "organisation.contact_changed": _("Changed the contact address of an organisation"),
    "organisation.links_sent_again": _("Had the links of waiting referrals sent again"),
    "keys.rotated": _("Sealed everything under a new key"),
    "keys.destroyed": _("Destroyed an organisation's keys"),
}

# Keys of its details: what each is called, and what its codes mean.
DETAILS = (
    ("role", _("Role"), dict(Role.choices)),
    ("from", _("From"), dict(Role.choices + State.choices)),
    ("to", _("To"), dict(Role.choices + State.choices)),
    ("reason", _("Reason"), {}),
    ("hours", _("Hours"), {}),
    ("days", _("Days"), {}),
    ("rows", _("Rows"), {}),
    ("sha256", _("Checksum"), {}),
    ("name", _("Name"), {}),
    ("scopes", _("May"), dict(Scope.choices)),
    ("software", _("Software"), {}),
    ("values", _("Values"), {}),
    ("files", _("Files"), {}),
    ("method", _("Method"), {}),
    ("path", _("Page"), {}),
)
