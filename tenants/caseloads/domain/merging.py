"""Two records of one person become one, and if that was a mistake, two again.

What refers to the absorbed record goes over to the kept one, whichever app it belongs to; the absorbed record stays as
it was, marked, and out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import Seat
from halka.common.errors import EditedMeanwhile, Refused
from tenants.caseloads.domain.clients import DETAILS, ClientDetails, details_of, save_changed, write_details
from tenants.caseloads.domain.reactions import client_changed
from tenants.caseloads.models import Case, Client, Consent, Merge

UNDO_WITHIN: Final = timedelta(days=30)
# What stays with the record it was made for: merges themselves, and the person's way to their own page, so that nobody
# with a link sees more than before.
STAYS: Final = frozenset({"merged", "merges", "personal_links"})
BORN: Final = ("born_on", "birth_year")  # one of both, so they are given back together


class MergeImpossible(Refused):
    """The two records cannot become one as they are."""


class UnmergeImpossible(Refused):
    """What came later stands in the way of taking the records apart."""


@dataclass(frozen=True)
class Kept:
    """What the kept record is to hold, and whose it is."""

    details: ClientDetails
    assigned_to: UUID | None


@dataclass(frozen=True)
class Moving:
    """So many rows of this kind go over."""

    label: str | Promise
    number: int


def merge_clients(*, keep: Client, absorb: Client, result: Kept, seen_versions: tuple[int, int], by: Seat) -> Merge:
    """Makes `keep` stand for both. Raises MergeImpossible, EditedMeanwhile where a record is not as it was seen."""
    with _refusing(MergeImpossible), transaction.atomic():
        kept, absorbed = _both(keep.pk, absorb.pk)
        if (kept.version, absorbed.version) != seen_versions:
            raise EditedMeanwhile(_("Somebody else has changed one of the records since you opened the page."))
        if problem := obstacle(kept, absorbed):
            raise MergeImpossible(problem)
        moved = {_name(relation): _hand_over(relation, absorbed, kept) for relation in _relations()}
        absorbed.merged_into = kept
        absorbed.save(update_fields=["merged_into"])
        before = _state(kept)
        write_details(kept, result.details)
        kept.assigned_to_id = result.assigned_to
        days = [day for day in (kept.last_contact_on, absorbed.last_contact_on) if day]
        kept.last_contact_on = max(days, default=None)
        save_changed(kept, by=by)
        merge = Merge.objects.create(
            kept=kept,
            absorbed=absorbed,
            before={"before": before, "after": _state(kept)},
            moved={name: keys for name, keys in moved.items() if keys},
            by_id=by.membership_id,
        )
        record(action="client.merged", on=kept, detail={"absorbed": str(absorbed.pk)}, by=by)
        record(action="client.absorbed", on=absorbed, detail={"kept": str(kept.pk)}, by=by)
        for client in (absorbed, kept):
            client_changed(client.pk, by=by)
    return merge


def unmerge(*, merge: Merge, by: Seat) -> Client:
    """Gives everything back to the absorbed record; what was changed later stays with the kept one.

    Returns the record that was absorbed. Raises UnmergeImpossible.
    """
    with _refusing(UnmergeImpossible), transaction.atomic():
        kept, absorbed = _both(merge.kept_id, merge.absorbed_id)
        saved = Merge.objects.select_for_update().get(pk=merge.pk)
        if problem := _later_obstacle(saved, kept):
            raise UnmergeImpossible(problem)
        _give_back(saved, kept, absorbed)
        _restore(kept, saved.before["before"], saved.before["after"])
        save_changed(kept, by=by)
        absorbed.merged_into = None
        absorbed.save(update_fields=["merged_into"])
        saved.undone_at, saved.undone_by_id = timezone.now(), by.membership_id
        saved.save(update_fields=["undone_at", "undone_by"])
        record(action="client.unmerged", on=kept, detail={"absorbed": str(absorbed.pk)}, by=by)
        record(action="client.restored", on=absorbed, detail={"kept": str(kept.pk)}, by=by)
        for client in (kept, absorbed):
            client_changed(client.pk, by=by)
    return absorbed


def obstacle(kept: Client, absorbed: Client) -> str:
    """Why the two cannot become one as they are; empty where they can."""
    if kept.pk == absorbed.pk:
        return _("Choose two different records.")
    if kept.merged_into_id or absorbed.merged_into_id:
        return _("One of the records was merged meanwhile.")
    if kept.restricted_at or absorbed.restricted_at:
        return _("One of the records is restricted: a consent has ended.")
    open_cases = Case.objects.open().filter(client__in=[kept, absorbed]).select_related("programme")
    names = [case.programme.name for case in open_cases]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        return _("Both records take part in “%(programme)s” now. End one of the two cases first, then merge.") % {
            "programme": ", ".join(twice)
        }
    return ""


def what_moves(absorbed: Client) -> list[Moving]:
    """For the page: kinds of rows and how many of each would go over."""
    counted = [
        Moving(relation.related_model._meta.verbose_name_plural or "", _rows(relation, absorbed).count())
        for relation in _relations()
    ]
    return [moving for moving in counted if moving.number]


def merges_of(client: Client) -> list[Merge]:
    """Those that can still be undone, the last first."""
    since = timezone.now() - UNDO_WITHIN
    return list(
        client.merges.filter(undone_at=None, at__gte=since).select_related("absorbed", "by").order_by("-at", "-id")
    )


def undo_until(merge: Merge) -> date:
    return timezone.localdate(merge.at + UNDO_WITHIN)


def ids_of(client: Client) -> list[UUID]:
    """The record and all that were merged into it: the audit knows each under its own id."""
    found, new = [client.pk], [client.pk]
    while new:
        new = list(Client.objects.filter(merged_into__in=new).values_list("pk", flat=True))
        found += new
    return found


# --- rows that change hands -----------------------------------------------------------------------------
def _relations() -> list[Any]:
    """Every column of any app that names a client, in a fixed order."""
    relations = [cast(Any, relation) for relation in Client._meta.related_objects]
    moving = (relation for relation in relations if relation.get_accessor_name() not in STAYS)
    return sorted((relation for relation in moving if "UPDATE" in relation.related_model.RIGHTS), key=_name)


def _name(relation: Any) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _rows(relation: models.ManyToOneRel, client: Client) -> models.QuerySet[Any]:
    return relation.related_model._base_manager.filter(**{relation.field.name: client})


def _hand_over(relation: models.ManyToOneRel, giver: Client, taker: Client) -> list[str]:
    """Returns the keys of the rows."""
    keys = list(_rows(relation, giver).values_list("pk", flat=True))
    if keys:
        _rows(relation, giver).filter(pk__in=keys).update(**{relation.field.name: taker})
    return [str(key) for key in keys]


def _give_back(merge: Merge, kept: Client, absorbed: Client) -> None:
    """The rows that went over and are still there, and what was hung on them later."""
    relations = _relations()
    gone = {_name(relation): set(map(UUID, merge.moved.get(_name(relation), []))) for relation in relations}
    while _hung_on(relations, gone, kept):
        pass
    for relation in relations:
        _rows(relation, kept).filter(pk__in=gone[_name(relation)]).update(**{relation.field.name: absorbed})


def _hung_on(relations: list[models.ManyToOneRel], gone: dict[str, set[UUID]], kept: Client) -> bool:
    """Adds the rows of the kept record that refer to rows which go; whether there were any.

    What rests on a consent does not follow it: a case or a referral that began later belongs to the kept record.
    """
    keys_by_model: dict[type[models.Model], set[UUID]] = {}
    for relation in relations:
        keys_by_model.setdefault(relation.related_model, set()).update(gone[_name(relation)])
    found = False
    for relation in relations:
        for field in relation.related_model._meta.concrete_fields:
            keys = keys_by_model.get(field.related_model) if field.related_model else None
            if not keys:
                continue
            mine = gone[_name(relation)]
            rows = _rows(relation, kept).filter(**{f"{field.name}__in": keys}).exclude(pk__in=mine)
            later = set(rows.values_list("pk", flat=True))
            if later and field.related_model is Consent:
                raise UnmergeImpossible(
                    _("Something was begun since that rests on a consent of the other record. Renew it first.")
                )
            mine |= later
            found = found or bool(later)
    return found


# --- the kept record's own values -------------------------------------------------------------------------
def _state(client: Client) -> dict[str, Any]:
    state: dict[str, Any] = asdict(details_of(client))
    state["assigned_to"] = str(client.assigned_to_id) if client.assigned_to_id else None
    state["last_contact_on"] = client.last_contact_on
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in state.items()}


def _restore(client: Client, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Each value as it was before the merge, unless somebody has changed it since."""
    now = _state(client)
    born_changed = any(now[name] != after[name] for name in BORN)
    kept = {name for name in now if (born_changed if name in BORN else now[name] != after[name])}
    wanted = {name: now[name] if name in kept else before[name] for name in now}
    details = ClientDetails(**{name: wanted[name] for name in DETAILS})
    write_details(client, replace(details, born_on=_day(wanted["born_on"])))
    client.assigned_to_id = UUID(wanted["assigned_to"]) if wanted["assigned_to"] else None
    client.last_contact_on = _day(wanted["last_contact_on"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _later_obstacle(merge: Merge, kept: Client) -> str:
    if merge.undone_at is not None:
        return _("This was undone already.")
    if merge.at < timezone.now() - UNDO_WITHIN:
        return _("Records can be taken apart for 30 days after they were merged.")
    if kept.merged_into_id:
        return _("The record was itself merged into another one since. Undo that first.")
    if Merge.objects.filter(kept=kept, undone_at=None, at__gt=merge.at).exists():
        return _("Another record was merged into this one since. Undo that first.")
    return ""


def _both(kept_id: UUID, absorbed_id: UUID) -> tuple[Client, Client]:
    """Locked in one order, so that two who merge the same records crosswise do not wait for each other."""
    locked = Client.objects.select_for_update().filter(pk__in=[kept_id, absorbed_id]).order_by("pk")
    found = {client.pk: client for client in locked}
    return found[kept_id], found[absorbed_id]


class _refusing:  # noqa: N801  # reads as a phrase
    """What the database does not let happen is told in words."""

    def __init__(self, refusal: type[Refused]) -> None:
        self.refusal = refusal

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, IntegrityError):
            raise self.refusal(_reason(error)) from error


def _reason(error: IntegrityError) -> str:
    """The words of the constraint that was broken."""
    for constraint in _constraints():
        if constraint.name in str(error) and constraint.violation_error_message:
            return str(constraint.violation_error_message)
    return _("The two records hold something that cannot be there twice.")


def _constraints() -> Iterator[models.BaseConstraint]:
    yield from Client._meta.constraints
    for relation in _relations():
        yield from relation.related_model._meta.constraints
