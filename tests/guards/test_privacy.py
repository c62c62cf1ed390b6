"""Every field of every private model says what it is: export, erasure, redaction and disclosure rely on it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from halka.common.models import PrivateModel

CLASSES = {"identity", "contact", "background", "sensitive", "health", "official", "staff", "plain"}
PRIVATE = [
    model for config in apps.get_app_configs() if config.name in settings.PRIVATE_APPS for model in config.get_models()
]


def classified(model: type[models.Model]) -> dict[str, set[str]]:
    return {name: fields for name, fields in vars(model.Privacy).items() if not name.startswith("_")}  # type: ignore[attr-defined]


def test_there_is_something_to_guard() -> None:
    assert len(PRIVATE) >= 4


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_every_field_is_in_exactly_one_class(model: type[models.Model]) -> None:
    classes = classified(model)
    assert set(classes) <= CLASSES
    named = [name for fields in classes.values() for name in fields]
    columns = [field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete]
    assert sorted(named) == sorted(columns)


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_private_models_are_bound_to_their_organisation(model: type[models.Model]) -> None:
    assert issubclass(model, PrivateModel)


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_nothing_private_is_tied_to_a_shared_table(model: type[models.Model]) -> None:
    private = {config.label for config in apps.get_app_configs() if config.name in settings.PRIVATE_APPS}
    tied = [
        field.name
        for field in model._meta.concrete_fields
        if field.remote_field and field.related_model._meta.app_label not in private and field.db_constraint
    ]
    assert tied == []
