"""Kinds and states of organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    NGO = "ngo", _("Non-governmental organisation")
    AGENCY = "agency", _("Public agency")
    BRANCH = "branch", _("Provincial branch")
    SECRETARIAT = "secretariat", _("Network secretariat")
    PARTNER = "partner", _("Partner")


class State(TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


# Who may become what; the secretariat alone moves an organisation.
TRANSITIONS: dict[State, set[State]] = {
    State.PROVISIONAL: {State.ACTIVE, State.SUSPENDED, State.CLOSED},
    State.ACTIVE: {State.SUSPENDED, State.CLOSED},
    State.SUSPENDED: {State.ACTIVE, State.CLOSED},
    State.CLOSED: set(),
}
