"""References to people of the organisation and to other organisations, which nothing private is tied to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import Promise

from tenants.organisations.models import Colleague, Organisation


def to_colleague(verbose_name: str | Promise, **options: Any) -> models.ForeignKey:
    """A view of shared tables: no constraint, and nothing happens when its row is gone."""
    settled: dict[str, Any] = {"null": True, "related_name": "+", "db_constraint": False, "db_index": False}
    return models.ForeignKey(
        Colleague, verbose_name=verbose_name, on_delete=models.DO_NOTHING, **{**settled, **options}
    )


def to_organisation(verbose_name: str | Promise, **options: Any) -> models.ForeignKey:
    """Shared, likewise."""
    settled: dict[str, Any] = {"related_name": "+", "db_constraint": False, "db_index": False}
    return models.ForeignKey(
        Organisation, verbose_name=verbose_name, on_delete=models.DO_NOTHING, **{**settled, **options}
    )
