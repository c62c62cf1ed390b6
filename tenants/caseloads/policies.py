"""Who of those that may open a client's record reads which entry, document and task.

| audience      | read by, beside the author                                                              |
|---------------|-----------------------------------------------------------------------------------------|
| TEAM          | everybody who may open the record                                                       |
| PROFESSIONALS | professions of the team but volunteers and partners; supervisors                        |
| PROFESSION    | those on the team with the author's profession                                          |
| AUTHOR        | nobody                                                                                  |

Whoever has no place on a team counts as a professional if their role works with clients. The role of a volunteer
counts as a volunteer whatever the team says. Network support reads nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from halka.authorization.roles import Permission, Role, Seat, roles_with
from tenants.caseloads.enums.cases import PROFESSIONALS, Profession
from tenants.caseloads.enums.journal import Audience
from tenants.caseloads.models import Client, Document, JournalEntry, Task, TeamMember
from tenants.caseloads.models.reach import is_pool
from tenants.organisations.models import Colleague

AUTHORS = {JournalEntry: "author", Document: "added_by"}
Rows = TypeVar("Rows", bound=QuerySet[Any])


def professions_of(seat: Seat, client: Client) -> frozenset[str]:
    """What somebody is on the teams of the client's cases; nothing for those without a place."""
    if seat.role == Role.VOLUNTEER:
        return frozenset({Profession.VOLUNTEER})
    if seat.membership_id is None:
        return frozenset()
    places = TeamMember.objects.filter(case__client=client, colleague=seat.membership_id, ended_at=None)
    return frozenset(places.values_list("profession", flat=True))


def counts_as_professional(seat: Seat, professions: Collection[str]) -> bool:
    """Whether the person reads what is meant for professionals."""
    if seat.can(Permission.CASE_SUPERVISE):
        return True
    if professions:
        return not PROFESSIONALS.isdisjoint(professions)
    return seat.can(Permission.CLIENT_EDIT)


def may_read(item: JournalEntry | Document, seat: Seat, professions: Collection[str]) -> bool:
    """Whether somebody with these professions on the client's teams reads the entry or document."""
    if seat.membership_id is None:
        return False
    if item.audience == Audience.TEAM or getattr(item, f"{AUTHORS[type(item)]}_id") == seat.membership_id:
        return True
    if item.audience == Audience.PROFESSIONALS:
        return counts_as_professional(seat, professions)
    return item.audience == Audience.PROFESSION and item.profession in professions


def readable(queryset: Rows, seat: Seat, client: Client) -> Rows:
    """Of the client's entries or documents those that the person reads; the condition is plain columns."""
    if seat.membership_id is None:
        return queryset.none()
    return queryset.filter(client=client).filter(
        _condition(seat, professions_of(seat, client), AUTHORS[queryset.model])
    )


def _condition(seat: Seat, professions: Collection[str], author: str) -> Q:
    audiences = [Audience.TEAM]
    if counts_as_professional(seat, professions):
        audiences.append(Audience.PROFESSIONALS)
    condition = Q(audience__in=audiences) | Q(**{author: seat.membership_id})
    if professions:
        condition |= Q(audience=Audience.PROFESSION, profession__in=sorted(professions))
    return condition


def readable_anywhere(queryset: Rows, seat: Seat) -> Rows:
    """As `readable`, of all clients whose records the person may open."""
    if seat.membership_id is None:
        return queryset.none()
    author = Q(**{AUTHORS[queryset.model]: seat.membership_id})
    if seat.role == Role.VOLUNTEER:
        condition = author | _condition(seat, {Profession.VOLUNTEER}, AUTHORS[queryset.model])
    else:
        condition = author | Q(audience=Audience.TEAM) | _by_place(seat)
    return queryset.filter(condition, client__in=Client.objects.reachable_by(seat))


def _by_place(seat: Seat) -> Q:
    places = TeamMember.objects.filter(case__client=OuterRef("client"), colleague=seat.membership_id, ended_at=None)
    for_professionals = Q(Exists(places.filter(profession__in=sorted(PROFESSIONALS))))
    if seat.can(Permission.CASE_SUPERVISE):
        for_professionals = Q()
    elif seat.can(Permission.CLIENT_EDIT):
        for_professionals |= Q(~Exists(places))
    return Q(Q(audience=Audience.PROFESSIONALS) & for_professionals) | (
        Q(audience=Audience.PROFESSION) & Q(Exists(places.filter(profession=OuterRef("profession"))))
    )


def readable_tasks(queryset: QuerySet[Task], seat: Seat, client: Client) -> QuerySet[Task]:
    """Of the client's tasks those that were given to the person or by them, and those of entries that they read."""
    if seat.membership_id is None:
        return queryset.none()
    condition = _condition(seat, professions_of(seat, client), "author")
    entries = JournalEntry.objects.filter(condition, pk=OuterRef("entry"))
    own = Q(assignee=seat.membership_id) | Q(created_by=seat.membership_id)
    return queryset.filter(own | Q(entry=None) | Exists(entries), client=client)


# --- people who may open a record --------------------------------------------------------------------------
def seat_of(colleague: Colleague) -> Seat:
    """The seat that a colleague would have at a page."""
    return Seat(colleague.user_id, colleague.pk, Role(colleague.role), colleague.name)


def who_may_open(client: Client) -> QuerySet[Colleague]:
    """Colleagues who reach the record in their daily work: emergency access is left out."""
    may_view = roles_with(Permission.CLIENT_VIEW)
    team = TeamMember.objects.filter(case__client=client, ended_at=None, colleague__isnull=False)
    reach = Q(role__in=roles_with(Permission.CASE_SUPERVISE)) | Q(pk__in=team.values("colleague"))
    if client.assigned_to_id:
        reach |= Q(pk=client.assigned_to_id)
    elif Client.objects.filter(is_pool(), pk=client.pk).exists():
        reach |= Q(role__in=roles_with(Permission.CLIENT_LOOKUP))
    return Colleague.objects.filter(reach, ended_at=None, role__in=may_view)


def readers_among(
    colleagues: Iterable[Colleague], client: Client, *, audience: str, profession: str, author: UUID | None
) -> list[Colleague]:
    """Those of the colleagues who would read an entry like this; the author is not among them."""
    entry = JournalEntry(audience=audience, profession=profession, author_id=author)
    professions = professions_by_colleague(client)
    return [
        colleague
        for colleague in colleagues
        if colleague.pk != author
        and may_read(entry, seat_of(colleague), _as_role(colleague, professions.get(colleague.pk, frozenset())))
    ]


def professions_by_colleague(client: Client) -> Mapping[UUID, frozenset[str]]:
    """The places of the teams of the client's cases, by the key of the colleague."""
    places: dict[UUID, frozenset[str]] = {}
    team = TeamMember.objects.filter(case__client=client, ended_at=None, colleague__isnull=False)
    for colleague, profession in team.values_list("colleague", "profession"):
        places[colleague] = places.get(colleague, frozenset()) | {profession}
    return places


def _as_role(colleague: Colleague, professions: frozenset[str]) -> frozenset[str]:
    return frozenset({Profession.VOLUNTEER}) if colleague.role == Role.VOLUNTEER else professions


def reads_history(seat: Seat, client: Client) -> bool:
    """Of those who may open a record: whoever is responsible for it, supervises, or checks how records are used."""
    if seat.can(Permission.CASE_SUPERVISE) or seat.can(Permission.AUDIT_VIEW):
        return True
    return seat.membership_id is not None and client.assigned_to_id == seat.membership_id
