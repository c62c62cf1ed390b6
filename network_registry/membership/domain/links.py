"""Links back to an application: signed, kept as a hash, good for some weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing
from django.utils import timezone

from halka.common.keys import hash_of, new_secret
from network_registry.membership.models import Application, Link

VALID_FOR: Final = timedelta(days=30)
SALT: Final = "halka.application"


def make_link(application: Application) -> str:
    """A further way back; those sent before go on working. Returns the token."""
    token = signing.Signer(salt=SALT, sep=".").sign(new_secret())
    Link.objects.create(application=application, token_hash=hash_of(token), expires_at=timezone.now() + VALID_FOR)
    return token


def link_behind(token: str) -> Link | None:
    """The link, with its application; it may be over. What we did not sign is not looked for."""
    try:
        signing.Signer(salt=SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None
    return (
        Link.objects.select_related("application", "application__framework").filter(token_hash=hash_of(token)).first()
    )


def is_over(link: Link) -> bool:
    return link.expires_at <= timezone.now()


def applications_of(address: str) -> list[Application]:
    """Those that can still be gone on with, or followed, by whoever reads this address."""
    found = Application.objects.filter(contact_email=address.lower()).exclude(state="withdrawn")
    return list(found.order_by("-created_at")[:5])
