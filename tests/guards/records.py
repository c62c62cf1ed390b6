"""One client of somebody else with a row of every kind that is about them: what must not leak has words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.current import OrganisationRef
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from network_registry.exchange.models import Access, Envelope, Relocation, Transfer
from network_registry.membership.models import Merger
from tenants.caseloads.models import Client
from tenants.referrals.enums import Direction

KEY = UUID("01990000-aaaa-7aaa-8aaa-aaaaaaaaaaaa")  # of every row, so that any route with a key finds one
NAME = "Zazzerino"
SECRET = "Quibblewort"
STAYS_EMPTY = {"Step.other", "TeamMember.name", "TeamMember.institution", "TeamMember.contact", "Consent.withdrawn_how"}
GIVEN: dict[str, Any] = {
    "Client.given_name": NAME,
    "Client.family_name": NAME,
    "Client.search_key": f" {NAME.lower()} {NAME.lower()}",
    "Client.sort_key": NAME.lower(),
    "Client.email": f"{SECRET}@example.org",
    "Programme.name": "Steps",
    "Scale.name": "Steps",
    "FollowUp.months": 1,
    "Correction.state": "asked",
    "Referral.disclosed": [["given_name", NAME], ["phone", SECRET]],
    "Referral.names_person": True,
    "Message.language": "en",
    "Enclosure.content_type": "text/plain",
    "Enclosure.file": "",
    "AnswerLink.purpose": "told",
    "Access.named": {"name": NAME, "birth_year": 1990},
    "Access.values": [["given_name", NAME], ["phone", SECRET]],
    "Access.granted": ["identity"],
    "AccessStep.type": "granted",
    "AccessStep.reason": "",
    "Transfer.record": {"values": [["given_name", NAME], ["phone", SECRET]], "programme": SECRET},
    "TransferStep.type": "arrived",
    "TransferStep.reason": "",
    "Match.state": "revealed",
    "PlannedUnit.language": "en",
    "Group.name": "Steps",
}
ONLY_IN = {"MergedRecord.came_from"}  # of what has come to us
REVEALED = {"Match.revealed_at", "Transfer.handed_at", "Referral.disclosed_at", "Access.read_at"}


@dataclass(frozen=True)
class Exchanged:
    """What both organisations see of a referral, a transfer and access, and which side we are on."""

    direction: Direction
    other: UUID
    rows: Mapping[type[models.Model], models.Model]

    def given(self, name: str) -> Any:
        """What differs between who sends and who is told, and what is no secret: who of us it was."""
        is_out = self.direction == Direction.OUT
        return {"direction": self.direction, "ours": is_out, "by_name": "A colleague"}.get(name)


def make_exchanged(here: OrganisationRef, other: OrganisationRef, direction: Direction) -> Exchanged:
    """Outside of any organisation: these rows are nobody's own."""
    sides = (here.id, other.id) if direction == Direction.OUT else (other.id, here.id)
    both = {"pk": KEY, "sender_id": sides[0], "target_id": sides[1]}
    now = timezone.now()
    soon = now + timedelta(days=9)
    rows = (
        Envelope(reference="H-GUARD", service="other", state="started", sent_at=now, **both),
        Access(reference="A-GUARD", state="granted", expires_at=soon, until=soon.date(), **both),
        Transfer(reference="T-GUARD", state="arrived", expires_at=soon, **both),
        Relocation(reference="M-GUARD", state="carried", carried_at=now, expires_at=soon, **both),
        Merger(pk=KEY, absorbed_id=sides[0], remaining_id=sides[1], reason="x", proposed_by_name="x"),
    )
    for row in rows:
        row.save(force_insert=True)
    return Exchanged(direction, other.id, {type(row): row for row in rows})


def models_about_clients() -> list[type[models.Model]]:
    """Every private model that refers to a client, straight or through another one, those referred to first."""
    private = [
        model
        for config in apps.get_app_configs()
        if config.name in settings.PRIVATE_APPS
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model")  # history is written by the database
    ]
    about: list[type[models.Model]] = [Client]
    while added := [model for model in private if model not in about and parents(model) & set(about)]:
        about += added
    return about


def parents(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.remote_field}  # type: ignore[misc]


def make_rows(*, owner: Seat, reader: Seat, exchanged: Exchanged) -> dict[type[models.Model], models.Model]:
    """The client of `owner` with a row of every model about clients, all under KEY. Where a row asks somebody to read
    or to do something, it asks `reader`, who may not open the record."""
    made: dict[type[models.Model], models.Model] = {}
    maker = _Maker(made, owner, reader, exchanged)
    for model in models_about_clients():
        maker.make(model)
    return made


ASKED = {"assignee", "colleague"}


@dataclass(frozen=True)
class _Maker:
    made: dict[Any, models.Model]
    owner: Seat
    reader: Seat
    exchanged: Exchanged

    def make(self, model: type[models.Model]) -> models.Model:
        if model not in self.made:
            values = {
                field.attname: value
                for field in model._meta.concrete_fields
                if (value := self._value(model, field)) is not None
            }
            row = model(**values)
            row.save(force_insert=True)
            self.made[model] = row
        return self.made[model]

    def _value(self, model: type[models.Model], field: Any) -> Any:
        name = f"{model.__name__}.{field.name}"
        if name in GIVEN:
            return GIVEN[name]
        if name in ONLY_IN and self._sent():
            return None
        if name in REVEALED:
            return timezone.now()
        if (given := self.exchanged.given(field.name)) is not None:
            return given
        if field.primary_key:
            return KEY if isinstance(field, models.UUIDField) else None
        if field.remote_field:
            return self._reference(model, field)
        if isinstance(field, models.UUIDField):
            return KEY
        if field.choices:
            return None if field.has_default() or field.blank else field.choices[0][0]
        if isinstance(field, SealedTextField | models.CharField | models.TextField):
            if name in STAYS_EMPTY or (not parents(model) & set(models_about_clients()) and model is not Client):
                return None
            return SECRET[: field.max_length or 99]
        return _plain(field)

    def _reference(self, model: type[models.Model], field: Any) -> Any:
        target = field.related_model
        if target in self.exchanged.rows:
            return self.exchanged.rows[target].pk
        of_sender = model.__name__ in ("Enclosure", "Relocation") and field.name == "consent"
        if target is model or (of_sender and not self._sent()):
            return None
        if target._meta.object_name == "Colleague":
            who = self.reader if field.name in ASKED and model.__name__ in ("Task", "Mention", "Step") else self.owner
            is_now = not field.name.endswith("_by") or not field.null
            return who.membership_id if is_now else None
        if target._meta.app_label == "organisations":
            return self.exchanged.other if field.name == "other" else None
        return self.make(target).pk

    def _sent(self) -> bool:
        return self.exchanged.direction == Direction.OUT


def _plain(field: Any) -> Any:
    if field.null or field.has_default():
        return None
    if isinstance(field, models.DateTimeField):
        return timezone.now() + timedelta(hours=1)
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.JSONField | SealedJSONField):
        return {}
    if isinstance(field, models.BinaryField):
        return b"seal"
    return 1
