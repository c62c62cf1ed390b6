"""What each field of each private model says about people: read off the models' inner `class Privacy`.

Export, erasure, disclosure, the demo and the redaction of logs all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

from django.apps import apps
from django.db import models


class Kind(StrEnum):
    """The classes of `Privacy`."""

    IDENTITY = "identity"  # says who the person is
    CONTACT = "contact"  # reaches the person
    BACKGROUND = "background"  # what the person brings along
    SENSITIVE = "sensitive"  # about the person's situation; what people wrote freely
    HEALTH = "health"
    OFFICIAL = "official"  # numbers given by the state
    STAFF = "staff"  # about the organisation's own people
    PLAIN = "plain"  # about nobody


ABOUT_THE_PERSON: Final = frozenset(Kind) - {Kind.STAFF, Kind.PLAIN}


def classified_models() -> Iterator[type[models.Model]]:
    """Every model that classifies its fields."""
    return (model for model in apps.get_models() if hasattr(model, "Privacy"))


@cache
def classification(model: type[models.Model]) -> dict[str, Kind]:
    """The kind of each field, in the order of the model's fields. Raises LookupError for a model without `Privacy`."""
    declared = getattr(model, "Privacy", None)
    if declared is None:
        raise LookupError(f"{model._meta.label} does not classify its fields.")
    kinds = {name: kind for kind in Kind for name in getattr(declared, kind.value, ())}
    fields = [field.name for field in model._meta.get_fields() if field.name in kinds]
    return {name: kinds[name] for name in fields}


def kind_of(model: type[models.Model], field: str) -> Kind:
    """Raises LookupError for a field that is not classified."""
    return classification(model)[field]


def fields_of(model: type[models.Model], *kinds: Kind) -> list[str]:
    """The names of the fields of these kinds, in the order of the model's fields."""
    return [name for name, kind in classification(model).items() if kind in kinds]


@cache
def personal_names() -> frozenset[str]:
    """Names of fields that are about a person in any model at all."""
    return frozenset(name for model in classified_models() for name in fields_of(model, *ABOUT_THE_PERSON))


@cache
def harmless_names() -> frozenset[str]:
    """Names of fields that are about nobody wherever they occur."""
    plain: set[str] = set()
    others: set[str] = set()
    for model in classified_models():
        for name, kind in classification(model).items():
            (plain if kind == Kind.PLAIN else others).add(name)
    return frozenset(plain - others)
