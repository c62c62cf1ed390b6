"""A person's own page: the link and the code that open it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from halka.audit.domain import THEMSELVES, record
from halka.authorization.roles import Seat
from halka.common.calendars import latin_digits
from halka.common.current import salt
from tenants.caseloads.enums.consents import LinkHours
from tenants.caseloads.models import Client, PersonalLink

TRIES: Final = 5
SESSION_SECONDS: Final = 30 * 60
CODE_DIGITS: Final = 6


@dataclass(frozen=True)
class MadeLink:
    """Token and code are known now and never again: only hashes of them are kept."""

    link: PersonalLink
    token: str
    code: str


def make_link(*, client: Client, language: str, hours: int = LinkHours.THREE_DAYS, by: Seat) -> MadeLink:
    """A link that lives for so many hours, and the code that goes to the person another way."""
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    now = timezone.now()
    with transaction.atomic():
        link = PersonalLink.objects.create(
            client=client,
            token_hash=hash_of(token),
            code_hash=make_password(_bound(token, code)),
            language=language,
            created_at=now,
            created_by_id=by.membership_id,
            expires_at=now + timedelta(hours=hours),
        )
        record(action="own_page.link_made", on=link, detail={"hours": int(hours)}, by=by)
    return MadeLink(link, token, code)


def refit(link: PersonalLink, *, token: str, code: str, expires_at: datetime) -> None:
    """Another token, code and end for a link: for the demo, where all can read them."""
    link.token_hash, link.code_hash, link.expires_at = hash_of(token), make_password(_bound(token, code)), expires_at
    link.save(update_fields=["token_hash", "code_hash", "expires_at"])


def stop_link(*, link: PersonalLink, by: Seat) -> None:
    """It opens nothing from now on, and who is inside is outside."""
    with transaction.atomic():
        if PersonalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
            record(action="own_page.link_stopped", on=link, by=by)


def open_with_code(*, token: str, code: str, by: Seat = THEMSELVES) -> PersonalLink | None:
    """The link behind the token when the code is right; None for anything else, and after as much work.

    A try is counted before it is looked at, so that many at once are not more than one after the other.
    """
    link = PersonalLink.objects.filter(token_hash=hash_of(token)).first()
    counted = link is not None and _count_try(link)
    fits = check_password(_bound(token, code), link.code_hash if link and counted else _nothing())
    if link is None or not counted:
        return None
    if not fits:
        if not live_links().filter(pk=link.pk).exists():
            record(action="own_page.locked", on=link, by=by)
        return None
    with transaction.atomic():
        PersonalLink.objects.filter(pk=link.pk).update(tries=F("tries") - 1, last_used_at=timezone.now())
        record(action="own_page.opened", on=link, by=by)
    return link


def live_links() -> models.QuerySet[PersonalLink]:
    """Those that still open something."""
    return PersonalLink.objects.filter(
        revoked_at=None, expires_at__gt=timezone.now(), tries__lt=TRIES, client__merged_into=None
    )


def _count_try(link: PersonalLink) -> bool:
    return bool(live_links().filter(pk=link.pk).update(tries=F("tries") + 1))


def session_of(link: PersonalLink) -> str:
    """What the person's browser keeps for half an hour: another organisation refuses it."""
    return signing.dumps(str(link.pk), salt=salt("own-page"))


def link_of_session(text: str) -> PersonalLink | None:
    """The live link that the session was opened with; None when either is over."""
    try:
        key = UUID(signing.loads(text, salt=salt("own-page"), max_age=SESSION_SECONDS))
    except (signing.BadSignature, ValueError):
        return None
    now = timezone.now()
    links = PersonalLink.objects.filter(pk=key, revoked_at=None, expires_at__gt=now, client__merged_into=None)
    return links.select_related("client__assigned_to").first()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _bound(token: str, code: str) -> str:
    """The code together with the token: whoever has read the database cannot try all codes."""
    digits = "".join(character for character in latin_digits(code) if character.isdigit())
    return f"{token}\0{digits[: CODE_DIGITS + 1]}"


_nothing_hash: list[str] = []


def _nothing() -> str:
    """A hash that nothing fits, made as those of codes are."""
    if not _nothing_hash:
        _nothing_hash.append(make_password(secrets.token_urlsafe(32)))
    return _nothing_hash[0]
