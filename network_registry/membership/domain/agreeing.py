"""Members agree to the network's framework: those who applied did so before, all others in their workspace."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.domain.applying import current_framework
from network_registry.membership.enums import JOINED
from network_registry.membership.errors import CannotChange
from network_registry.membership.models import Agreement, Application, FrameworkVersion
from tenants.organisations.models import Organisation


def keep_signature(application: Application, organisation: Organisation) -> None:
    """What was signed with the application is the member's agreement from now on."""
    if application.framework is None or application.signed_at is None:
        return
    Agreement.objects.get_or_create(
        organisation=organisation,
        framework=application.framework,
        defaults={
            "language": application.signed_language,
            "signed_by": application.signed_by,
            "signed_as": application.signed_as,
            "signed_at": application.signed_at,
        },
    )


def agreement_here() -> Agreement | None:
    """The latest one of the organisation that we are inside of."""
    own = Agreement.objects.filter(organisation=required_organisation().id).select_related("framework")
    return own.order_by("-framework__number").first()


def left_to_sign() -> FrameworkVersion | None:
    """The version that the organisation we are inside of has not agreed to yet; None where there is nothing to do."""
    version = current_framework()
    if version is None or required_organisation().kind not in JOINED:
        return None
    own = Agreement.objects.filter(organisation=required_organisation().id, framework=version)
    return None if own.exists() else version


def is_signed() -> bool:
    return left_to_sign() is None


def agree(*, framework: FrameworkVersion, name: str, office: str, language: str, by: Seat) -> Agreement:
    """In the organisation's name, to the version that was shown. Raises CannotChange."""
    if required_organisation().kind not in JOINED or not by.can(Permission.ORGANISATION_MANAGE):
        raise CannotChange(_("Only managers of a member do this."))
    if framework != current_framework():
        raise CannotChange(_("A new version of the framework was published. Please read it."))
    signed = Agreement(
        organisation_id=required_organisation().id,
        framework=framework,
        language=framework.language_of(language),
        signed_by=name,
        signed_as=office,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                signed.save(force_insert=True)
        except IntegrityError as error:
            raise CannotChange(_("This version is signed already.")) from error
        record(action="framework.agreed", on=signed, detail={"number": framework.number}, by=by)
    return signed
