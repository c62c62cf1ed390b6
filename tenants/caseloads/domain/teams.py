"""Who works on a case, and who is responsible for a person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.audit.domain import record
from halka.authorization.roles import ROLES, Permission, Role, Seat, roles_with
from halka.common.current import required_organisation
from tenants.caseloads.domain.clients import assign_client
from tenants.caseloads.domain.sharing import may_assign
from tenants.caseloads.domain.tasks import hand_open_tasks
from tenants.caseloads.enums.cases import Profession
from tenants.caseloads.enums.journal import EntryKind
from tenants.caseloads.errors import CaseClosed, NotOnTheTeam, NotYoursToGive
from tenants.caseloads.models import Case, Client, JournalEntry, TeamMember
from tenants.organisations.isolation import send_after_commit
from tenants.organisations.models import Colleague


def add_colleague(*, case: Case, colleague: Colleague, profession: str, by: Seat) -> TeamMember:
    """A colleague joins the team and may open the record. Raises CaseClosed, NotOnTheTeam."""
    if not _may_read(colleague):
        raise NotOnTheTeam(_("%(name)s does not work with clients here.") % {"name": colleague.name})
    with transaction.atomic():
        _lock_open(case)
        if case.team.filter(colleague=colleague.pk, ended_at=None).exists():
            raise NotOnTheTeam(_("%(name)s is on the team already.") % {"name": colleague.name})
        member = TeamMember.objects.create(case=case, colleague_id=colleague.pk, profession=profession)
        _note("team.joined", member, case, by)
    return member


def add_outsider(
    *, case: Case, name: str, institution: str = "", contact: str = "", profession: str = Profession.PARTNER, by: Seat
) -> TeamMember:
    """A person of an institution is named as part of the team; they open nothing. Raises CaseClosed."""
    with transaction.atomic():
        _lock_open(case)
        member = TeamMember.objects.create(
            case=case, name=name, institution=institution, contact=contact, profession=profession
        )
        _note("team.joined", member, case, by)
    return member


def end_member(*, member: TeamMember, by: Seat) -> TeamMember:
    """They are off the team. Raises NotOnTheTeam when they are already."""
    with transaction.atomic():
        saved = TeamMember.objects.select_for_update().select_related("case").get(pk=member.pk)
        if saved.ended_at is not None:
            raise NotOnTheTeam(_("This person is off the team already."))
        saved.ended_at = timezone.now()
        saved.save(update_fields=["ended_at"])
        _note("team.left", saved, saved.case, by)
    return saved


def responsible_roles() -> list[Role]:
    """Roles that let somebody be responsible for people."""
    return roles_with(Permission.CLIENT_EDIT)


def give(*, client: Client, to: Colleague | None, by: Seat) -> Client:
    """Makes `to` responsible, as a hand-over unless they take it themselves; or nobody. Raises as `hand_over` does."""
    if to is None or to.pk == by.membership_id:
        return assign_client(client=client, to=to.pk if to else None, by=by)
    return hand_over(client=client, to=to, by=by)


def hand_over(*, client: Client, to: Colleague, note: str = "", stay: bool = False, by: Seat) -> Client:
    """`to` becomes responsible and joins the teams; who was it leaves them, unless they `stay`. The receiver is told.

    Raises NotYoursToGive, NotOnTheTeam when `to` cannot be responsible for anybody.
    """
    return hand_over_many(clients=[client], to=to, note=note, stay=stay, by=by)[0]


def hand_over_many(
    *, clients: Sequence[Client], to: Colleague, note: str = "", stay: bool = False, by: Seat
) -> list[Client]:
    """All of them or none. Raises as `hand_over` does."""
    if to.ended_at is not None or to.role not in responsible_roles():
        raise NotOnTheTeam(_("%(name)s cannot be responsible for clients.") % {"name": to.name})
    with transaction.atomic():
        locked = Client.objects.select_for_update().filter(pk__in=[client.pk for client in clients]).order_by("id")
        moved = [_move(client, to, note, stay, by) for client in locked]
        if to.pk != by.membership_id and any(moved):
            _tell(to, locked[0] if len(clients) == 1 else None)
    return list(locked)


def _move(client: Client, to: Colleague, note: str, stay: bool, by: Seat) -> bool:
    before = client.assigned_to_id
    if not may_assign(client, to.pk, by):
        raise NotYoursToGive(_("Only the person responsible, or a supervisor, can hand this record over."))
    if before == to.pk:
        return False
    client.assigned_to_id = to.pk
    client.changed_at = timezone.now()
    client.changed_by_id = by.membership_id
    client.version += 1
    client.save(update_fields=["assigned_to", "changed_at", "changed_by", "version"])
    _move_teams(client, before, to.pk, stay)
    if before is not None:
        hand_open_tasks(client=client, of=before, to=to.pk, by=by)
    names = dict(Colleague.objects.filter(pk__in=[before, to.pk]).values_list("pk", "name"))
    way = " → ".join(names[key] for key in (before, to.pk) if key in names)
    JournalEntry.objects.create(
        client=client,
        kind=EntryKind.HAND_OVER,
        text=f"{way}\n\n{note}".strip(),
        author_id=by.membership_id,
        author_name=by.name,
    )
    detail = {"from": str(before) if before else None, "to": str(to.pk)}
    record(action="client.handed_over", on=client, detail=detail, by=by)
    return True


def _move_teams(client: Client, before: UUID | None, to: UUID, stay: bool) -> None:
    running = TeamMember.objects.filter(case__client=client, case__closed_on=None, ended_at=None)
    were = {member.case_id: member for member in running.filter(colleague=before)} if before else {}
    there = set(running.filter(colleague=to).values_list("case", flat=True))
    if not stay:
        TeamMember.objects.filter(pk__in=[member.pk for member in were.values()]).update(ended_at=timezone.now())
    TeamMember.objects.bulk_create(
        TeamMember(
            case=case,
            colleague_id=to,
            profession=were[case.pk].profession if case.pk in were else Profession.MENTOR,
        )
        for case in Case.objects.open().filter(client=client)
        if case.pk not in there
    )


def _tell(to: Colleague, client: Client | None) -> None:
    from tenants.caseloads.tasks.cases import send_notices

    key = str(client.pk) if client else ""
    send_after_commit(send_notices, required_organisation().short_name, "handed_over", key, [str(to.pk)])


def _may_read(colleague: Colleague) -> bool:
    return colleague.ended_at is None and Permission.CLIENT_VIEW in ROLES[Role(colleague.role)].permissions


def _lock_open(case: Case) -> None:
    if not Case.objects.select_for_update().get(pk=case.pk).is_open:
        raise CaseClosed(_("This case has ended: nobody joins its team."))


def _note(action: str, member: TeamMember, case: Case, by: Seat) -> None:
    detail = {"profession": member.profession, "colleague": str(member.colleague_id) if member.colleague_id else None}
    record(action=action, on=case, detail=detail, by=by)
