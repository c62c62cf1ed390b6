"""Comparing signs, under the network's rights; adding, removing and answering, inside of an organisation.

The caller holds the transaction, where the organisation acts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from halka.common.current import required_organisation
from network_registry.exchange.errors import EnoughForToday, MatchOver
from network_registry.exchange.match_enums import (
    MOST_ALIKE,
    PEOPLE_A_DAY,
    WAIT_DAYS,
    Likeness,
    Load,
    MatchState,
    TokenKind,
)
from network_registry.exchange.models import Match, MatchSide, Parcel, Token, TokenCount

Kinds = set[tuple[str, str]]  # of our sign and of theirs
SOUNDS = frozenset({(TokenKind.SOUND_LATIN, TokenKind.SOUND_PERSIAN), (TokenKind.SOUND_PERSIAN, TokenKind.SOUND_LATIN)})


# --- inside of an organisation ------------------------------------------------------------------------------
def left_today() -> int:
    """How many more people our organisation may have looked for today."""
    here = required_organisation().id
    used = TokenCount.objects.filter(organisation=here, day=datetime.now(UTC).date()).values_list("people", flat=True)
    return max(PEOPLE_A_DAY - sum(used), 0)


def add_tokens(*, person: UUID, digests: Iterable[tuple[TokenKind, bytes]], expires_on: date) -> None:
    """Raises EnoughForToday."""
    here = required_organisation().id
    tokens = [
        Token(organisation_id=here, person=person, kind=kind, digest=digest, expires_on=expires_on)
        for kind, digest in digests
    ]
    try:
        with transaction.atomic():
            Token.objects.bulk_create(tokens)
    except DatabaseError as error:
        if "enough for today" not in str(error):
            raise
        raise EnoughForToday(_("As many people were looked for today as may be on one day.")) from error


def remove_tokens(person: UUID) -> int:
    return Token.objects.filter(person=person).only("id").delete()[0]  # more we may not read


def answer_match(*, side_id: UUID, agreed: bool) -> None:
    """Raises MatchOver where it is over already."""
    open_side = MatchSide.objects.filter(pk=side_id, organisation=required_organisation().id, state=MatchState.OPEN)
    if not open_side.update(agreed=agreed, answered_at=timezone.now()):
        raise MatchOver(_("This is over already: somebody did not agree, or too much time has passed."))


def leave_matches(person: UUID) -> list[UUID]:
    """Takes back all that was agreed for the person, also what was revealed. The keys of our sides."""
    sides = MatchSide.objects.filter(person=person, organisation=required_organisation().id)
    keys = list(sides.exclude(state=MatchState.ENDED).values_list("pk", flat=True))
    MatchSide.objects.filter(pk__in=keys).exclude(state=MatchState.ENDED).update(
        agreed=False, answered_at=timezone.now()
    )
    return keys


# --- under the network's rights -----------------------------------------------------------------------------
def waiting_people(limit: int) -> list[UUID]:
    """Whose signs were not compared yet, those that wait longest first."""
    waiting = Token.objects.filter(compared_at=None).order_by("added_at").values_list("person", flat=True)
    return list(dict.fromkeys(waiting[:limit]))


def compare(person: UUID) -> list[UUID]:
    """Looks for others with the person's signs; the keys of the sides of new matches."""
    with transaction.atomic():
        mine = list(Token.objects.select_for_update(no_key=True).filter(person=person, compared_at=None))
        made: list[UUID] = []
        for (organisation_id, other), kinds in _alike(mine).items():
            if likeness := likeness_of(kinds):
                sides = [(mine[0].organisation_id, person), (organisation_id, other)]
                made += _match(sides, likeness)
        Token.objects.filter(pk__in=[token.pk for token in mine]).update(compared_at=timezone.now())
    return made


def _alike(mine: list[Token]) -> dict[tuple[UUID, UUID], Kinds]:
    """(organisation, person) -> what their signs and ours have in common. What many have says nothing."""
    found: dict[tuple[UUID, UUID], Kinds] = defaultdict(set)
    for token in mine:
        same = Token.objects.filter(digest=token.digest, expires_on__gte=timezone.localdate())
        others = same.exclude(organisation=token.organisation_id).values_list("organisation", "person", "kind")
        rows = list(others[: MOST_ALIKE + 1])
        if len(rows) <= MOST_ALIKE:
            for organisation_id, person, kind in rows:
                found[organisation_id, person].add((token.kind, kind))
    return found


def likeness_of(kinds: Kinds) -> Likeness | None:
    """What the same signs mean. Sounds count between two scripts alone: within one, spelling is nearer."""
    same = {ours for ours, theirs in kinds if ours == theirs}
    by_name = TokenKind.NAME_YEAR in same or bool(kinds & SOUNDS)
    if same & {TokenKind.NUMBER, TokenKind.NAME_DAY} or (TokenKind.PHONE in same and by_name):
        return Likeness.STRONG
    return Likeness.POSSIBLE if TokenKind.PHONE in same or by_name else None


def _match(sides: list[tuple[UUID, UUID]], likeness: Likeness) -> list[UUID]:
    """Nothing, where these two were matched before."""
    now = timezone.now()
    pair = ":".join(sorted(str(person) for _organisation, person in sides))
    match, is_new = Match.objects.get_or_create(
        pair=pair, defaults={"likeness": likeness, "found_at": now, "expires_at": now + timedelta(days=WAIT_DAYS)}
    )
    if not is_new:
        return []
    made = MatchSide.objects.bulk_create(
        [MatchSide(match=match, organisation_id=organisation_id, person=person) for organisation_id, person in sides]
    )
    _tell(made, Load.MATCH_FOUND)
    return [side.pk for side in made]


def settle(side_id: UUID) -> list[UUID]:
    """Looks at the answers: reveals when both agree, ends when one does not. The keys of the sides to be told."""
    with transaction.atomic():
        match = Match.objects.select_for_update(no_key=True).filter(sides=side_id).first()
        if match is None or match.state == MatchState.ENDED:
            return []
        sides = list(match.sides.select_for_update(no_key=True).order_by("id"))
        answers = [side.agreed for side in sides]
        if False in answers or (match.state == MatchState.OPEN and match.expires_at <= timezone.now()):
            return _move(match, sides, MatchState.ENDED, Load.MATCH_ENDED)
        if match.state == MatchState.OPEN and None not in answers:
            return _move(match, sides, MatchState.REVEALED, Load.MATCH_REVEALED)
    return []


def _move(match: Match, sides: list[MatchSide], to: MatchState, load: Load) -> list[UUID]:
    Match.objects.filter(pk=match.pk).update(state=to)
    MatchSide.objects.filter(match=match).update(state=to)
    _tell(sides, load)
    return [side.pk for side in sides]


def _tell(sides: list[MatchSide], load: Load) -> None:
    Parcel.objects.bulk_create([Parcel(dealing=side.pk, to_id=side.organisation_id, load=load) for side in sides])


def unsettled(limit: int) -> list[UUID]:
    """Sides of matches that ask for a look: both agreed, one did not, or their time is over."""
    answered = MatchSide.objects.exclude(state=MatchState.ENDED).filter(answered_at__isnull=False)
    not_agreed = MatchSide.objects.filter(match=OuterRef("match")).exclude(agreed=True)
    expired = MatchSide.objects.filter(match__state=MatchState.OPEN, match__expires_at__lte=timezone.now())
    asking = (
        answered.filter(agreed=False),
        answered.filter(state=MatchState.OPEN).exclude(Exists(not_agreed)),
        expired,
    )
    found = [key for sides in asking for key in sides.values_list("pk", flat=True)[:limit]]
    return list(dict.fromkeys(found))


def sweep_expired() -> int:
    """Signs whose consent has ended by itself."""
    return Token.objects.filter(expires_on__lt=timezone.localdate()).delete()[0]


def remove_all_tokens() -> int:
    return Token.objects.all().delete()[0]
