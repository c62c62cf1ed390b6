"""System checks: mistakes in the settings or models that would open a wall."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from halka.common.models import PrivateModel


@register(Tags.models)
def private_and_shared_stay_apart(**_: Any) -> list[CheckMessage]:
    """No app in both lists, no table name twice, every private model bound to its organisation, no foreign key
    with a constraint between the two sides."""
    faults: list[CheckMessage] = []
    for app in set(settings.SHARED_APPS) & set(settings.TENANT_APPS):
        faults.append(Error(f"{app} is both shared and private.", id="halka.E001"))
    shared_tables = {m._meta.db_table for m in _models(private=False)}
    for model in _models(private=True):
        if model._meta.db_table in shared_tables:
            faults.append(Error("Its table's name is a shared table's too.", obj=model, id="halka.E002"))
        if not issubclass(model, PrivateModel):
            faults.append(Error("A private model must derive from PrivateModel.", obj=model, id="halka.E003"))
    for model in _models(private=True) + _models(private=False):
        for field in model._meta.concrete_fields:
            target = field.related_model if field.is_relation else None
            if target is None or _is_private(model) == _is_private(target):
                continue
            if not _is_private(model) or field.db_constraint:
                faults.append(
                    Error("A reference between private and shared has a constraint.", obj=field, id="halka.E004")
                )
    return faults


def _is_private(model: Any) -> bool:
    return model._meta.app_config.name in settings.TENANT_APPS


def _models(*, private: bool) -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if _is_private(model) == private]
