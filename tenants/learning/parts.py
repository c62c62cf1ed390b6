"""What learning adds to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation
from tenants.learning.enums import AUDITED, Settled
from tenants.learning.models import AdoptedModule, AdoptedUnit


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Learning"), "learning", "mortarboard", Permission.LEARNING_VIEW, order=28)
    actions.register(AUDITED)
    actions.register_detail("settled", _("What was decided"), dict(Settled.choices))
    actions.register_detail("number", _("Version"))
    actions.register_fields(AdoptedModule)
    actions.register_fields(AdoptedUnit)
