"""One client of somebody else with a row of every kind that is about them: what must not leak has words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from halka.authorization.roles import Seat
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from tenants.caseloads.models import Client

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
}
REFERRED = "referrals"  # its rows are made by its own verbs


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
    return [model for model in about if model._meta.app_label != REFERRED]


def parents(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.remote_field}  # type: ignore[misc]


def make_rows(*, owner: Seat, reader: Seat) -> dict[type[models.Model], models.Model]:
    """The client of `owner` with a row of every model about clients, all under KEY. Where a row asks somebody to read
    or to do something, it asks `reader`, who may not open the record."""
    made: dict[type[models.Model], models.Model] = {}
    waiting = models_about_clients()
    for model in waiting:
        _make(model, made, owner, reader)
    return made


def _make(model: type[models.Model], made: dict[Any, models.Model], owner: Seat, reader: Seat) -> models.Model:
    if model not in made:
        values = {
            field.attname: value
            for field in model._meta.concrete_fields
            if (value := _value(model, field, made, owner, reader)) is not None
        }
        row = model(**values)
        row.save(force_insert=True)
        made[model] = row
    return made[model]


ASKED = {"assignee", "colleague"}


def _value(model: type[models.Model], field: Any, made: Mapping[Any, Any], owner: Seat, reader: Seat) -> Any:
    name = f"{model.__name__}.{field.name}"
    if name in GIVEN:
        return GIVEN[name]
    if field.primary_key:
        return KEY if isinstance(field, models.UUIDField) else None
    if field.remote_field:
        return _reference(model, field, made, owner, reader)
    if isinstance(field, models.UUIDField):
        return KEY
    if field.choices:
        return None if field.has_default() or field.blank else field.choices[0][0]
    if isinstance(field, SealedTextField | models.CharField | models.TextField):
        if name in STAYS_EMPTY or (not parents(model) & set(models_about_clients()) and model is not Client):
            return None
        return SECRET[: field.max_length or 99]
    return _plain(field)


def _reference(model: type[models.Model], field: Any, made: Any, owner: Seat, reader: Seat) -> Any:
    target = field.related_model
    if target is model or target._meta.app_label == REFERRED:
        return None
    if target._meta.object_name == "Colleague":
        who = reader if field.name in ASKED and model.__name__ in ("Task", "Mention", "Step") else owner
        is_now = not field.name.endswith("_by") or not field.null
        return who.membership_id if is_now else None
    if target._meta.app_label in ("organisations", "exchange"):
        return None
    return _make(target, made, owner, reader).pk


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
