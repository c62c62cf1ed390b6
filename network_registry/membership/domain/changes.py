"""What members ask of the network, and the secretariat's answer."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Permission, Seat
from halka.common.current import required_organisation
from network_registry.membership.enums import TAKEN, ChangeKind, ChangeState
from network_registry.membership.errors import CannotChange
from network_registry.membership.models import Application, ChangeRequest
from tenants.organisations.domain.addresses import SubdomainNotFree, check_subdomain, move_to
from tenants.organisations.domain.lifecycle import CannotMove
from tenants.organisations.enums import Kind, State
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Organisation


def branches() -> list[Organisation]:
    """Those that an organisation can belong to, by name."""
    here = required_organisation().id
    found = Organisation.objects.filter(kind=Kind.BRANCH).exclude(state=State.CLOSED).exclude(pk=here)
    return sorted(found, key=str)


def ask_province(*, province: str, reason: str, by: Seat) -> ChangeRequest:
    """Raises CannotChange where it is so already, or was asked."""
    if Organisation.objects.get(pk=required_organisation().id).province == province:
        raise CannotChange(_("This is your province already."))
    return _ask(ChangeRequest(kind=ChangeKind.PROVINCE, province=province, reason=reason), by)


def ask_branch(*, branch: Organisation, reason: str, by: Seat) -> ChangeRequest:
    """Raises CannotChange where it is so already, or was asked."""
    if Organisation.objects.get(pk=required_organisation().id).parent_id == branch.pk:
        raise CannotChange(_("You belong to this branch already."))
    return _ask(ChangeRequest(kind=ChangeKind.BRANCH, branch=branch, reason=reason), by)


def ask_address(*, subdomain: str, reason: str, by: Seat) -> ChangeRequest:
    """Raises CannotChange where the name is not fit or not free, is its own already, or was asked."""
    try:
        check_subdomain(subdomain, of=required_organisation().id)
    except SubdomainNotFree as refusal:
        raise CannotChange(str(refusal), field="subdomain") from refusal
    return _ask(ChangeRequest(kind=ChangeKind.ADDRESS, subdomain=subdomain, reason=reason), by)


def _ask(request: ChangeRequest, by: Seat) -> ChangeRequest:
    from network_registry.membership.tasks import tell_change_asked

    request.organisation_id, request.asked_by_name = required_organisation().id, by.name
    with transaction.atomic():
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError as error:
            raise CannotChange(_("This was asked already, and waits for the secretariat.")) from error
        record(action="change.asked", on=request, detail={"change": request.kind}, by=by)
        send_after_commit(tell_change_asked, str(request.pk))
    return request


def take_back(*, request: UUID, by: Seat) -> ChangeRequest:
    """Raises CannotChange for one that is decided."""
    with transaction.atomic():
        own = ChangeRequest.objects.filter(organisation_id=required_organisation().id)
        found = _waiting(own, request)
        found.state, found.decided_at = ChangeState.TAKEN_BACK, timezone.now()
        found.save(update_fields=["state", "decided_at"])
        record(action="change.taken_back", on=found, detail={"change": found.kind}, by=by)
    return found


def _waiting(requests: QuerySet[ChangeRequest], pk: UUID) -> ChangeRequest:
    found = requests.select_for_update(of=("self",)).filter(pk=pk, state=ChangeState.WAITING).first()
    if found is None:
        raise CannotChange(_("This was decided already, or taken back."))
    return found


def decide(*, request: UUID, is_granted: bool, answer: str, by: Seat) -> ChangeRequest:
    """Says yes, which changes the organisation at once, or no. Raises CannotChange."""
    from network_registry.membership.tasks import tell_change_decided

    if required_organisation().kind != Kind.SECRETARIAT or not by.can(Permission.NETWORK_MANAGE):
        raise CannotChange(_("Only the network's secretariat does this."))
    with transaction.atomic():
        found = _waiting(ChangeRequest.objects.all(), request)
        found.state = ChangeState.GRANTED if is_granted else ChangeState.DECLINED
        found.answer, found.decided_at, found.decided_by_name = answer, timezone.now(), by.name
        found.save(update_fields=["state", "answer", "decided_at", "decided_by_name"])
        if is_granted:
            _carry_out(found, by)
        record(action=f"change.{found.state}", on=found, detail={"change": found.kind}, by=by)
        short_name = Organisation.objects.values_list("schema_name", flat=True).get(pk=found.organisation_id)
        send_after_commit(tell_change_decided, short_name, str(found.pk))
    return found


def _carry_out(request: ChangeRequest, by: Seat) -> None:
    organisation = Organisation.objects.filter(pk=request.organisation_id)
    if request.kind == ChangeKind.PROVINCE:
        organisation.update(province=request.province)
    elif request.kind == ChangeKind.BRANCH:
        organisation.update(parent=request.branch_id)
    else:
        _move(request, by)


def _move(request: ChangeRequest, by: Seat) -> None:
    """Also not to a name that an applicant was promised."""
    promised = Application.objects.filter(short_name=request.subdomain, state__in=TAKEN)
    if promised.exists():
        raise CannotChange(_("An applicant is to have this name. Decline, and say so."))
    try:
        move_to(organisation=request.organisation_id, subdomain=request.subdomain, by=by)
    except (SubdomainNotFree, CannotMove) as refusal:
        raise CannotChange(str(refusal)) from refusal
