"""Whether an organisation's audit is whole, and noting where it stands."""

from __future__ import annotations

import logging

from halka.audit import chain
from halka.audit.chain import Anchor, Verdict
from halka.common.current import OrganisationRef
from tenants.organisations.isolation import inside
from tenants.organisations.models import AuditAnchor

logger = logging.getLogger("halka.audit")


def check_audit(organisation: OrganisationRef) -> Verdict:
    """Computes the organisation's chain anew and compares it with all anchors. Raises OrganisationUnavailable."""
    noted = AuditAnchor.objects.filter(organisation=organisation.id).values_list("number", "hash")
    anchors = [Anchor(number, bytes(tied)) for number, tied in noted]
    with inside(organisation):
        return chain.verify(anchors)


def anchor_audit(organisation: OrganisationRef) -> Anchor | None:
    """Notes the chain's end among the shared tables and in the log; None where nothing is in the audit yet.

    Raises OrganisationUnavailable.
    """
    with inside(organisation):
        last = chain.last_link()
    if last is not None:
        row = AuditAnchor(organisation_id=organisation.id, number=last.number, hash=last.hash)
        AuditAnchor.objects.bulk_create([row], ignore_conflicts=True)  # nothing new since it was noted last
        logger.info("The audit of %s stands at %s: %s", organisation.short_name, last.number, last.hash.hex())
    return last
