"""Signing what the network asks of others, in an organisation's name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from halka.common.current import OrganisationRef
from knowledge_base.access import Reader
from knowledge_base.errors import NotYourOrganisation
from knowledge_base.models import Advocacy, Signature


@dataclass(frozen=True)
class Signed:
    """`is_earlier` where the text was changed after the organisation had signed it."""

    organisation: OrganisationRef
    is_earlier: bool


def signatures_of(page: Advocacy) -> list[Signed]:
    """In the order in which they signed. One query."""
    rows = Signature.objects.filter(page=page).select_related("organisation").order_by("signed_at", "id")
    changed = page.last_published_at
    return [Signed(row.organisation.ref(), changed is not None and row.signed_at < changed) for row in rows]


def sign(*, page_id: int, organisation_id: UUID, by: Reader) -> None:
    """For an organisation that the reader speaks for; again, where the text was changed since. Raises
    NotYourOrganisation.
    """
    _require(organisation_id, by)
    Signature.objects.update_or_create(
        page_id=page_id,
        organisation_id=organisation_id,
        defaults={"signed_at": timezone.now(), "signed_by_id": by.user_id},
    )


def take_back(*, page_id: int, organisation_id: UUID, by: Reader) -> None:
    """Raises NotYourOrganisation."""
    _require(organisation_id, by)
    Signature.objects.filter(page=page_id, organisation=organisation_id).delete()


def _require(organisation_id: UUID, by: Reader) -> None:
    if organisation_id not in by.speaks_for:
        raise NotYourOrganisation
