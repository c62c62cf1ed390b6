"""Referrals by hand in plain Django: one web application whose views write the envelope, both copies, both timelines,
the receipt, the disclosure and the recipient's client by themselves, each request in a transaction of its own.

Tables and columns are Halka's, in one schema for all, without triggers; what is sealed there is sealed here. What is
asked and answered is the same JSON, checked and written by the same serializers. There is no audit, no feed of events
and no outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Value
from django.http import Http404
from django.urls import URLPattern, path
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import Machine
from api.paging import page_of
from api.v1.referrals.serializers import ReferralRowSerializer, ReferralSerializer, ReferralsQuery
from api.v1.referrals.writing import BODIES, NewReferralSerializer, SendSerializer
from api.views import valid
from bench.work import plain
from bench.work.referrals import AT_WORK, MANAGER, SCOPES, somebody
from halka.accounts.models import User
from halka.authorization.roles import Seat
from halka.common import current
from halka.common.addresses import workspace_host
from halka.common.identifiers import uuid7
from halka.common.keys import hash_of, new_secret
from halka.common.sealing import keyring
from network_registry.exchange.domain import clock
from network_registry.exchange.domain.clock import Clock
from network_registry.exchange.domain.envelopes import new_reference
from network_registry.exchange.enums import DAYS, MOMENTS, REASONS, RESULTS, Side, State
from network_registry.exchange.models import Envelope
from tenants.caseloads.domain.clients import new_client
from tenants.caseloads.models import Client, Consent
from tenants.caseloads.wording import Terms, wording_of
from tenants.organisations.models import Organisation
from tenants.organisations.walls.scripts import PLACEHOLDER, PRIVATE
from tenants.referrals.domain.disclosure import details_in, values_of
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral, Step

plain.undress()
TOKEN = """
SELECT organisation.id FROM plain_token AS token
JOIN organisations_organisation AS organisation ON organisation.id = token.organisation_id WHERE token.hash = %s
"""


class ByToken(BaseAuthentication):
    """A bearer token out of a table."""

    def authenticate(self, request: Any) -> tuple[Machine, None] | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with connection.cursor() as cursor:
            cursor.execute(TOKEN, [hash_of(token)])
            row = cursor.fetchone()
        if row is None:
            return None
        request._request.here = row[0]
        request._request.seat = Seat(0, None, None, "Bench", software_id=row[0], scopes=frozenset(SCOPES))
        return Machine("Bench"), None


# --- views ----------------------------------------------------------------------------------------------------------
def of(here: UUID) -> Any:
    """The copies of one organisation: the database of a plain project tells them apart by a condition."""
    out = Referral.objects.filter(direction=Direction.OUT, envelope__sender=here)
    return out | Referral.objects.filter(direction=Direction.IN, envelope__target=here)


def shown(request: Request, pk: UUID, status: int = 200) -> Response:
    found = Referral.objects.for_list().select_related("consent").annotate(may_name=Value(True)).get(pk=pk)
    return Response(ReferralSerializer(found, context={"request": request}).data, status=status)


class TokenView(APIView):
    authentication_classes = (ByToken,)

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        current._current.set(plain.ONE)  # each thread of the web process has its own; the columns that are sealed ask
        super().initial(request, *args, **kwargs)


class ReferralsView(TokenView):
    def get(self, request: Request) -> Response:
        query = valid(ReferralsQuery(data=request.query_params))
        found = of(request._request.here).for_list().annotate(may_name=Value(True))
        return Response(
            page_of(request, found.filter(envelope__reference=query["reference"]), ReferralRowSerializer, query)
        )

    def post(self, request: Request) -> Response:
        data = valid(NewReferralSerializer(data=request.data))
        with transaction.atomic():
            envelope = Envelope.objects.create(
                reference=new_reference(),
                sender_id=request._request.here,
                target=data["recipient"],
                service=data["service"],
            )
            referral = Referral.objects.create(
                envelope=envelope,
                direction=Direction.OUT,
                other=data["recipient"],
                client=data["client"],
                need=data["need"],
                urgency=data["urgency"],
                area=data["area"],
            )
            return shown(request, referral.pk, 201)


class MoveView(TokenView):
    """One step: the envelope, and a line on either timeline."""

    to: State
    slug = ""

    def post(self, request: Request, pk: UUID) -> Response:
        with transaction.atomic():
            locked = of(request._request.here).select_related("envelope", "client", "other")
            referral = locked.select_for_update(of=("self", "envelope")).filter(pk=pk).first()
            if referral is None:
                raise Http404
            body = SendSerializer if self.to == State.SENT else BODIES[self.slug]
            data = valid(body(data=request.data)) if body is not None else {}
            envelope = referral.envelope
            reason = data.get("outcome", "") if self.to in REASONS else ""
            self.move(envelope, reason)
            copies = [referral, *self.other_copy(referral, data)]
            event, side = uuid7(), Side.SENDER if referral.direction == Direction.OUT else Side.TARGET
            Step.objects.bulk_create(
                Step(
                    referral=copy, event=event, type=self.to, side=side, reason=reason, note=data.get("note", ""),
                    by_name="Bench" if copy is referral else "", at=envelope.moved_at,
                )
                for copy in copies
            )  # fmt: skip
            return shown(request, pk)

    def move(self, envelope: Envelope, reason: str) -> None:
        now = timezone.now()
        if self.to == State.SENT:
            envelope.days = dict(DAYS)
        for name, states in MOMENTS.items():
            if self.to in states and getattr(envelope, name) is None:
                setattr(envelope, name, now)
        ticking = Clock(envelope.waited, envelope.clock_since, envelope.passed, envelope.due, envelope.due_at)
        ticking = clock.moved(ticking, to=self.to, days=envelope.days, now=now)
        envelope.waited, envelope.clock_since = ticking.waited, ticking.since
        envelope.due, envelope.due_at = ticking.due, ticking.due_at
        envelope.state, envelope.reason, envelope.moved_at = self.to, reason, now
        envelope.result = self.to if self.to in RESULTS else envelope.result
        envelope.version += 1
        envelope.save()

    def other_copy(self, referral: Referral, data: dict[str, Any]) -> list[Referral]:
        """What this step changes in the copies beside the envelope; the other side's copy."""
        if self.to == State.SENT:
            return [self._send(referral, data["consent"])]
        other = Referral.objects.select_related("client", "consent").select_for_update(of=("self",))
        copy = other.exclude(pk=referral.pk).get(envelope=referral.envelope_id)
        if self.to == State.ACCEPTED:
            self._disclose(copy, referral, data["assignee"])
        return [copy]

    def _send(self, referral: Referral, given: dict[str, Any]) -> Referral:
        assert referral.client is not None
        scopes = sorted(given["scopes"])
        terms = Terms("referral", tuple(scopes), given["expires_on"], referral.other)
        language = referral.client.language
        referral.consent = Consent.objects.create(
            client=referral.client,
            purpose="referral",
            recipient=referral.other,
            scopes=scopes,
            how_given=given["how_given"],
            language=language,
            wording=wording_of(terms, language),
            expires_on=given["expires_on"],
        )
        referral.save(update_fields=["consent"])
        return Referral.objects.create(
            envelope=referral.envelope,
            direction=Direction.IN,
            other_id=referral.envelope.sender_id,
            need=referral.need,
            urgency=referral.urgency,
            area=referral.area,
        )

    def _disclose(self, ours: Referral, theirs: Referral, assignee: Any) -> None:
        assert ours.client is not None
        assert ours.consent is not None
        values = [list(pair) for pair in values_of(ours.client, ours.consent.scopes)]
        client = new_client(details=details_in(values), assigned_to=assignee.pk, by=MANAGER)
        client.save(force_insert=True)
        theirs.client, theirs.made_client, theirs.owner_id = client, True, assignee.pk
        for copy in (ours, theirs):
            copy.disclosed, copy.disclosed_at, copy.names_person = values, timezone.now(), True
            copy.save()


def _view(slug: str, to: State) -> Callable[..., Any]:
    return type(f"{slug.title()}View", (MoveView,), {"slug": slug, "to": to}).as_view()


MOVES = {
    "send": State.SENT, "open": State.OPENED, "accept": State.ACCEPTED, "start": State.STARTED,
    "complete": State.COMPLETED, "close": State.CLOSED,
}  # fmt: skip
urlpatterns: list[URLPattern] = [
    path("api/v1/referrals/", ReferralsView.as_view()),
    *(path(f"api/v1/referrals/<uuid:pk>/{slug}/", _view(slug, to)) for slug, to in MOVES.items()),
]


# --- what the bench asks for ----------------------------------------------------------------------------------------
def furnish(organisations: int) -> list[dict[str, Any]]:
    """Tables without triggers, organisations, tokens, and a colleague who takes people on."""
    User.objects.create_user("somebody@example.org", name="Somebody")
    with connection.cursor() as cursor:
        cursor.execute("SET check_function_bodies = off;" + PRIVATE.read_text().replace(PLACEHOLDER, settings.SCHEMA))
        _tell_apart_by_condition(cursor)
        plain.colleague(cursor)
        cursor.execute("CREATE TABLE plain_token (hash text PRIMARY KEY, organisation_id uuid NOT NULL)")
        keyring.create(plain.ONE.id)
        sides = []
        for number in range(organisations):
            name = f"refer{number:04}"
            made = Organisation.objects.bulk_create(
                [Organisation(schema_name=name, db_role=name, schema_version="", names={"en": name})]
            )[0]
            secret = new_secret()
            cursor.execute("INSERT INTO plain_token VALUES (%s, %s)", [hash_of(secret), made.pk])
            sides.append(
                {
                    "id": str(made.pk), "host": workspace_host(name), "client_id": "", "secret": secret,
                    "assignee": str(plain.MEMBERSHIP),
                }
            )  # fmt: skip
    return sides[:AT_WORK]


def _tell_apart_by_condition(cursor: Any) -> None:
    """Both copies of a referral stand in one table here, and nothing happens by itself."""
    cursor.execute(
        "SELECT format('ALTER TABLE %%I.%%I DROP CONSTRAINT %%I', nspname, relname, conname) FROM pg_constraint "
        "JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE contype = 'u' AND relname IN ('referrals_referral', 'referrals_step') UNION ALL "
        "SELECT format('DROP TRIGGER %%I ON %%I.%%I', tgname, nspname, relname) FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE NOT tgisinternal AND (nspname = %s OR relname LIKE 'exchange%%' OR relname LIKE 'organisations%%')",
        [settings.SCHEMA],
    )
    statements = [statement for (statement,) in cursor.fetchall()]
    cursor.execute(";".join(statements))
    cursor.execute("CREATE INDEX plain_copies ON referrals_referral (envelope_id)")
    cursor.execute("CREATE INDEX plain_steps ON referrals_step (event)")


def people(count: int) -> list[list[str]]:
    found = []
    for _organisation in range(AT_WORK):
        new = [new_client(details=somebody(), by=MANAGER) for _number in range(count)]
        Client.objects.bulk_create(new)
        found.append([str(client.pk) for client in new])
    return found


def left() -> dict[str, int]:
    return {
        "undelivered": 0,
        "closed": Envelope.objects.filter(state=State.CLOSED).count(),
        "others": Envelope.objects.exclude(state=State.CLOSED).count(),
    }
