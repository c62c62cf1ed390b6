"""What is told of the person, field by field: before it is sent, and after."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rest_framework import serializers

from halka.authorization.roles import Permission, Seat
from halka.common.sealing.fields import SealedTextField
from network_registry.exchange.enums import State
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client
from tenants.referrals import policies
from tenants.referrals.domain.arrival import alike
from tenants.referrals.domain.disclosure import Values, fields_in, labelled, values_of
from tenants.referrals.enums import Direction
from tenants.referrals.models import Referral

STANDINGS = [
    ("preview", "What acceptance would tell."),
    ("told", "What was told."),
    ("nothing_yet", "The sender has told nothing."),
    ("locked", "The consent ended: nobody reads it but who looks after people's rights."),
]


class DisclosureQuery(serializers.Serializer[Any]):
    scopes = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text="For a draft: the scopes of the consent that you are about to record, with commas between.",
    )

    def validate_scopes(self, text: str) -> list[str]:
        one = serializers.ChoiceField(ConsentScope.choices)
        return [one.run_validation(scope.strip()) for scope in text.split(",") if scope.strip()]


class FieldSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    scope = serializers.ChoiceField(ConsentScope.choices, help_text="The scope of the consent that covers it.")
    label = serializers.CharField(help_text="For people, in the caller's language.")
    value = serializers.CharField(help_text="For software.")
    text = serializers.CharField(help_text="For people, in the caller's language and calendar.")
    told = serializers.BooleanField(help_text="False where it is kept back.")


class AlikeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="__str__")


class DisclosureSerializer(serializers.Serializer[Any]):
    """`alike`: clients of yours with nearly this name, while somebody must say whether it is one of them."""

    standing = serializers.ChoiceField(STANDINGS)
    told_at = serializers.DateTimeField(allow_null=True)
    details = FieldSerializer(many=True)
    alike = AlikeSerializer(many=True)


def disclosure_of(referral: Referral, scopes: Collection[str], seat: Seat) -> dict[str, Any]:
    """As this reader may see it; `scopes` are those of a consent that is not recorded yet."""
    values: Values = policies.read_by(referral.disclosed, referral.client, seat)
    standing = "told" if referral.disclosed_at else "nothing_yet"
    if policies.is_locked(referral, seat):
        standing, values = "locked", []
    elif referral.direction == Direction.OUT and referral.disclosed_at is None and referral.client is not None:
        if referral.envelope.state != State.DRAFT:
            scopes = referral.consent.scopes if referral.consent else ()
        standing, values = "preview", _previewed(values_of(referral.client, list(scopes)), referral.client, seat)
    return {
        "standing": standing,
        "told_at": referral.disclosed_at,
        "details": _details(values, referral.left_out),
        "alike": alike(referral) if policies.awaits_client(referral) and _says_who(seat) else [],
    }


def _says_who(seat: Seat) -> bool:
    """Who is here already is for those who say which of them it is; for software with the clients' own scope."""
    return seat.can(Permission.REFERRAL_ANSWER) and (seat.can(Permission.CLIENT_VIEW) or not seat.is_software)


def _previewed(values: Values, client: Client, seat: Seat) -> Values:
    """That it will be told is said to all; what it is, to those who read it on the record. What lies sealed there is
    for no software."""
    closed = policies.closed_fields(values, client, seat)
    if seat.is_software:
        closed = {field.name for field in Client._meta.concrete_fields if isinstance(field, SealedTextField)}
    return [[name, "" if name in closed else value] for name, value in values]


def _details(values: Values, left_out: Collection[str]) -> list[dict[str, Any]]:
    scope_of = {name: scope.value for scope in ConsentScope for name in fields_in(scope)}
    known = [[name, value] for name, value in values if name in scope_of]
    return [
        {
            "field": name,
            "scope": scope_of[name],
            "label": label,
            "value": value,
            "text": text,
            "told": name not in left_out,
        }
        for (name, value), (label, text) in zip(known, labelled(known), strict=True)
    ]
