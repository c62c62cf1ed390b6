"""Between which organisations more than a referral may begin."""

from __future__ import annotations

from halka.common.current import required_organisation
from tenants.organisations.models import Organisation
from tenants.referrals.domain.sending import TAKING
from tenants.referrals.errors import RecipientUnavailable


def is_new() -> bool:
    """A provisional member asks nobody: the secretariat does not know it well enough yet."""
    return required_organisation().is_moderated


def require_target(target: Organisation, *, refusal: str, newcomer: str) -> None:
    """Raises RecipientUnavailable: `refusal` where the other one cannot be asked, `newcomer` where we may not ask."""
    if target.pk == required_organisation().id or target.state not in TAKING:
        raise RecipientUnavailable(refusal)
    if is_new():
        raise RecipientUnavailable(newcomer)
