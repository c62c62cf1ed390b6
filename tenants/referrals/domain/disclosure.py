"""What may be told to another organisation: what the consent names, read off the client's classification."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst

from halka.common.calendars import format_day
from tenants.caseloads.domain.clients import DETAILS, ClientDetails
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.enums.clients import Vulnerability
from tenants.caseloads.models import Client, Consent
from tenants.referrals.crossing import Disclosure
from tenants.referrals.models import Referral

OUR_OWN = {"reference"}  # the number of our file says nothing of the person, and is somebody else's in theirs


def fields_in(scope: ConsentScope) -> list[str]:
    """The client's details that a scope of consent covers, in their own order; documents are no details."""
    classified: set[str] = getattr(Client.Privacy, scope.value, set()) - OUR_OWN
    return [name for name in DETAILS if name in classified]


def values_of(client: Client, scopes: list[str], left_out: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """(field, value as text) of everything that the scopes cover, the client has and nobody keeps back."""
    names = [name for scope in ConsentScope if scope in scopes for name in fields_in(scope) if name not in left_out]
    values = ((name, _text(client, name)) for name in names)
    return tuple((name, value) for name, value in values if value)


def _text(client: Client, name: str) -> str:
    value = getattr(client, name)
    if isinstance(value, list):
        # Lines of our own list say nothing to another organisation.
        return ",".join(one for one in value if name != "vulnerabilities" or one in Vulnerability.values)
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def disclosure_of(referral: Referral) -> Disclosure:
    """What the sender tells a recipient that has accepted: nothing, when the consent has ended meanwhile.

    Told again after a carrier died half way, it is what was told the first time, as far as the consent still goes.
    """
    consent: Consent | None = referral.consent
    if consent is None or referral.client is None or not consent.is_valid:
        return Disclosure(referral.envelope_id, ())
    if referral.disclosed_at is not None:
        covered = {name for scope in consent.scopes for name in fields_in(ConsentScope(scope))}
        told = ((name, value) for name, value in referral.disclosed if name in covered)
        return Disclosure(referral.envelope_id, tuple(told))
    return Disclosure(referral.envelope_id, values_of(referral.client, consent.scopes, referral.left_out))


Values = list[list[str]] | tuple[tuple[str, str], ...]


def names_somebody(values: Values) -> bool:
    """Whether a name is among it."""
    return any(name in ("given_name", "family_name") for name, _value in values)


def _known(values: Values) -> list[tuple[str, str]]:
    """Without the fields that this organisation's version of the software does not know."""
    return [(name, value) for name, value in values if name in DETAILS]


def details_in(values: Values) -> ClientDetails:
    """The client's details out of what was told."""
    told: dict[str, Any] = {}
    for name, value in _known(values):
        field = Client._meta.get_field(name)
        told[name] = value.split(",") if isinstance(field, ArrayField) else field.to_python(value)  # type: ignore[union-attr]
    return ClientDetails(**told)


def labelled(values: Values) -> list[tuple[str, str]]:
    """(label in the reader's language, value as people read it) for pages."""
    rows = []
    for name, value in _known(values):
        field = Client._meta.get_field(name)
        choices = dict(getattr(field, "flatchoices", None) or ())
        if isinstance(field, models.DateField):
            value = format_day(date.fromisoformat(value))
        if isinstance(field, ArrayField):
            choices = dict(field.base_field.flatchoices or Vulnerability.choices)
            value = ", ".join(str(choices.get(one, one)) for one in value.split(","))
        rows.append((capfirst(str(field.verbose_name)), str(choices.get(value, value))))  # type: ignore[union-attr]
    return rows
