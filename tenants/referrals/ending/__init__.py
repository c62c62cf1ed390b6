"""What happens to data when a consent ends, and what waits for the secretariat: told to the pages that show it."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
    from django.utils.translation import gettext_lazy as _

    from halka.authorization.roles import Permission
    from halka.common import navigation, sections
    from tenants.caseloads import own_menu
    from tenants.caseloads.domain import reactions
    from tenants.caseloads.domain.consents import register_renewal
    from tenants.organisations.enums import Kind
    from tenants.referrals.domain import enclosing
    from tenants.referrals.domain.closing import consent_renewed
    from tenants.referrals.domain.erasing import person_goes
    from tenants.referrals.ending import own, parts

    secretariat = frozenset({Kind.SECRETARIAT})
    navigation.register(
        _("Held referrals"), "held", "hourglass-split", Permission.NETWORK_MANAGE, order=62, kinds=secretariat
    )
    show = sections.register
    show("today", "referrals/_today_to_settle.html", parts.to_settle, Permission.REFERRAL_ANSWER, order=5)
    show("today", "referrals/_today_lapsing.html", parts.lapsing, Permission.REFERRAL_SEND, order=15)
    show("today", "referrals/_today_held.html", parts.held, Permission.NETWORK_MANAGE, order=5, kinds=secretariat)
    show("referral-now", "referrals/_settle.html", parts.settling, Permission.REFERRAL_ANSWER)
    own_menu.register(_("Where I was referred"), "me-referrals", own.has_referrals)
    register_renewal(consent_renewed)
    register_renewal(enclosing.consent_renewed)
    reactions.register(person_goes)
