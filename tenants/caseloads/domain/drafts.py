"""What people have typed into forms and not yet sent. Nothing here is audited: nobody else ever sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.cache import caches
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.current import required_organisation
from halka.common.sealing.keyring import keys_of
from tenants.caseloads.models import Draft

KEPT: Final = timedelta(days=14)
MOST: Final = 100  # of one colleague; the oldest go first


@dataclass(frozen=True)
class NewDraft:
    """`values` maps the name of each control that was changed to its values; `form` is the address of the form.

    `page` names the page that was open: what it still sends after its form was sent is not kept.
    """

    form: str
    values: Mapping[str, list[str]] = field(default_factory=dict)
    seen_version: int | None = None
    page: str = ""


def find_draft(*, form: str, by: Seat) -> Draft | None:
    """What the colleague has begun in this form, on whatever device."""
    return Draft.objects.filter(colleague=by.membership_id, form=form).first()


def save_draft(*, new: NewDraft, by: Seat) -> Draft | None:
    """Keeps what is typed in place of what was kept before; nothing typed keeps nothing."""
    if not new.values:
        discard_draft(form=new.form, by=by)
        return None
    if new.page and was_sent(page=new.page, by=by):
        return None
    draft, is_new = Draft.objects.update_or_create(
        colleague_id=by.membership_id,  # type: ignore[misc]  # whoever types has a place here
        form=new.form,
        defaults={"values": dict(new.values), "seen_version": new.seen_version, "saved_at": timezone.now()},
    )
    if is_new:
        _keep_the_newest(by)
    return draft


def discard_draft(*, form: str, page: str = "", by: Seat) -> None:
    """The form was sent, or what was typed is thrown away."""
    Draft.objects.filter(colleague=by.membership_id, form=form).delete()
    if page:
        caches["default"].set(_sent_key(page, by), True, KEPT.total_seconds())


def was_sent(*, page: str, by: Seat) -> bool:
    """Whether the form of this page has arrived."""
    return bool(page) and caches["default"].get(_sent_key(page, by)) is not None


def remove_old_drafts() -> int:
    """Those that nobody took up in time; how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()[0]


def discard_drafts_about(*, client_id: UUID) -> int:
    """Everybody's drafts in forms of this client's pages; how many."""
    return Draft.objects.filter(form__contains=str(client_id)).delete()[0]


def device_key(by: Seat) -> bytes:
    """What the colleague's devices seal under while the line is lost. Gone with the organisation's keys."""
    assert by.membership_id is not None
    return keys_of(required_organisation().id).newest.derived(b"halka drafts on devices", by.membership_id.bytes)


def _sent_key(page: str, by: Seat) -> str:
    return f"draft-sent-{by.membership_id}-{page}"


def _keep_the_newest(by: Seat) -> None:
    mine = Draft.objects.filter(colleague=by.membership_id)
    surplus = list(mine.order_by("-saved_at").values_list("pk", flat=True)[MOST:])
    if surplus:
        mine.filter(pk__in=surplus).delete()
