"""E-mails about referrals. They say that something waits, never about whom."""

from __future__ import annotations

from halka.authorization.roles import ROLES, Permission, Role
from halka.common.current import required_organisation
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague
from tenants.referrals.models import Referral


def tell_those_who_answer(referral: Referral) -> None:
    """To everybody here who may answer referrals."""
    roles = [role for role in Role if Permission.REFERRAL_ANSWER in ROLES[role].permissions]
    people = Colleague.objects.filter(ended_at=None, role__in=roles)
    _send("arrived", [str(pk) for pk in people.values_list("pk", flat=True)], referral)


def tell_owner(referral: Referral) -> None:
    """To whoever sent it."""
    if referral.owner_id:
        _send("answered", [str(referral.owner_id)], referral)


def _send(kind: str, colleague_ids: list[str], referral: Referral) -> None:
    from tenants.referrals.tasks import send_notices

    if colleague_ids:
        send_after_commit(send_notices, required_organisation().short_name, kind, str(referral.pk), colleague_ids)
