"""Database routers: the last check before a query on private tables runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from halka.common.current import NotInside, required_organisation
from tenants.organisations.walls.connections import current_wrapper


class WallRouter:
    """Refuses a private model outside of an organisation, loudly, before PostgreSQL would."""

    def _check(self, model: type[models.Model]) -> None:
        if model._meta.app_config.name in settings.TENANT_APPS:
            organisation = required_organisation()
            connected = current_wrapper().organisation
            if connected is None or connected.id != organisation.id:
                raise NotInside("This thread's connection is not the organisation's: use isolation.in_thread.")

    def db_for_read(self, model: type[models.Model], **hints: Any) -> None:
        self._check(model)

    def db_for_write(self, model: type[models.Model], **hints: Any) -> None:
        self._check(model)
