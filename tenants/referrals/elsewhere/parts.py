"""What matches, transfers and access add to other pages and to the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from halka.audit import actions
from halka.authorization.roles import Permission
from halka.common import navigation, sections
from network_registry.exchange.dealing_enums import ACCESS_REASONS, TRANSFER_REASONS
from network_registry.exchange.match_enums import Likeness
from tenants.caseloads import tabs
from tenants.caseloads.domain import reactions
from tenants.caseloads.domain.consents import register_withdrawal
from tenants.caseloads.domain.erasure import register_obstacle
from tenants.referrals.domain.elsewhere import access, presence, transfers
from tenants.referrals.elsewhere import sections as parts
from tenants.referrals.elsewhere import tasks as tasks  # Celery finds them by being imported

AUDITED = {
    "elsewhere.joined": _("Began to ask the network about people who agreed to it"),
    "elsewhere.left": _("Stopped asking the network about people"),
    "elsewhere.asked": _("Asked the network whether somebody else helps too, without the name"),
    "elsewhere.stopped": _("Took back what was asked of the network"),
    "elsewhere.found": _("Learned that somebody else may help too"),
    "elsewhere.agreed": _("Agreed to know of the other organisation"),
    "elsewhere.refused": _("Did not agree to know of the other organisation"),
    "elsewhere.revealed": _("Learned which organisation helps too, and told ours"),
    "transfer.offered": _("Offered to hand a case over"),
    "transfer.received": _("Was offered a case"),
    "transfer.viewed": _("Read a transfer that names a person"),
    "transfer.opened": _("Opened the offer of a case"),
    "transfer.accepted": _("Took a case over"),
    "transfer.declined": _("Declined a case that was offered"),
    "transfer.withdrawn": _("Withdrew the offer of a case"),
    "transfer.handed": _("Handed a case over: told the other organisation what the consent covers"),
    "transfer.came": _("A case came over: was told what the consent covers"),
    "transfer.arrived": _("All of a case that was handed over is there"),
    "access.asked": _("Asked another organisation for what it knows"),
    "access.requested": _("Another organisation asked to read"),
    "access.viewed": _("Read what another organisation tells or asks"),
    "access.named": _("Said which client a request for access is about"),
    "access.granted": _("Let another organisation read what the person agreed to"),
    "access.refused": _("Did not let another organisation read"),
    "access.cancelled": _("Took a request for access back"),
    "access.ended": _("Ended another organisation's access, or one's own"),
    "access.read": _("Told another organisation what the person agreed to"),
    "access.read_again": _("Asked for the newest of what may be read"),
    "access.came": _("Was told by another organisation what the person agreed to"),
    "access.erased": _("Erased what another organisation had told"),
    "access.settled": _("The other organisation confirmed that its copy is erased"),
    "elsewhere.forgotten": _("Forgot that somebody else may help too"),
}


def register() -> None:
    """Called once, when the app is ready."""
    navigation.register(_("Other organisations"), "elsewhere", "people", Permission.CLIENT_VIEW, order=32)
    tabs.register(_("Elsewhere"), "client-elsewhere", Permission.CLIENT_VIEW, 85)
    sections.register("today", "referrals/elsewhere/_today_found.html", parts.found, Permission.CLIENT_EDIT, 28)
    sections.register(
        "client", "referrals/elsewhere/_of_client.html", parts.of_client, Permission.CLIENT_VIEW, 25, aside=True
    )
    sections.register("today", "referrals/elsewhere/_today_offered.html", parts.offered, Permission.REFERRAL_ANSWER, 22)
    sections.register("today", "referrals/elsewhere/_today_asked.html", parts.asked, Permission.REFERRAL_ANSWER, 24)
    sections.register("case", "referrals/elsewhere/_of_case.html", parts.of_case, Permission.REFERRAL_VIEW, 40)
    register_obstacle(transfers.under_way)
    register_withdrawal(transfers.consent_withdrawn)
    for choices in (*TRANSFER_REASONS.values(), *ACCESS_REASONS.values()):
        actions.register_detail("reason", _("Reason"), dict(choices.choices))
    reactions.register(presence.client_changed)
    reactions.register(access.client_changed)
    register_withdrawal(access.consent_withdrawn)
    actions.register(AUDITED)
    actions.register_detail("likeness", _("How likely"), dict(Likeness.choices))
