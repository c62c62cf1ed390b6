"""What a manager sets for the whole organisation."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.errors import EditedMeanwhile
from tenants.organisations.directory import forget_hosts
from tenants.organisations.domain import contact
from tenants.organisations.isolation import after_commit
from tenants.organisations.models import Organisation


@dataclass(frozen=True)
class OrganisationSettings:
    """`names` maps language codes to names; a language without one is left out."""

    names: dict[str, str]
    language: str
    calendar: str
    time_zone: str
    colour: str
    demands_mfa: bool
    contact_email: str = ""


@dataclass(frozen=True)
class Logo:
    """A picture as `logos.cleaned` made it; empty bytes for none."""

    content: bytes
    content_type: str


SETTINGS = tuple(field.name for field in fields(OrganisationSettings))


def change_settings(
    *, settings: OrganisationSettings, logo: Logo | None = None, seen_version: int, by: Seat
) -> Organisation:
    """Writes what differs; the next request sees it. `logo` None leaves the logo as it is.

    Raises EditedMeanwhile when the settings are no longer the version that `by` has seen.
    """
    here = required_organisation()
    with transaction.atomic():
        saved = Organisation.objects.select_for_update().get(pk=here.id)
        if saved.version != seen_version:
            raise EditedMeanwhile(_("Somebody else has changed the settings since you opened the page."))
        changed = [name for name in SETTINGS if getattr(saved, name) != getattr(settings, name)]
        values = {name: value for name, value in asdict(settings).items() if name in changed}
        if logo is not None:
            values |= {"logo": logo.content or None, "logo_type": logo.content_type}
            changed.append("logo")
        if changed:
            Organisation.objects.filter(pk=here.id).update(**values, version=F("version") + 1)
            record(action="settings.changed", on=saved, detail={"fields": changed}, by=by)
            after_commit(lambda: forget_hosts(here.id))
            if values.get("contact_email"):
                contact.announce_at_new_address(here.short_name)
        saved.refresh_from_db(fields=[*SETTINGS, "version", "logo_type"])
    return saved
