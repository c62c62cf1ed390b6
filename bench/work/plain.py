"""What stands in a plain project where Halka finds the organisation, the seat and the way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models, router

from halka.authorization.public import is_public
from halka.authorization.roles import Role, Seat
from halka.common import current
from halka.common.addresses import WORKSPACE_URLS
from halka.common.current import OrganisationRef
from halka.common.models import PrivateModel, PrivateQuerySet
from tenants.organisations.access import Belonging
from tenants.organisations.middleware import sign_in_first

ONE = OrganisationRef(
    UUID(int=1), "one", "one", "", kind="ngo", state="active", language="en", calendar="gregorian", names={"en": "One"}
)
MEMBERSHIP = UUID(int=2)


def colleague(cursor: Any) -> None:
    """Colleagues are simply the accounts."""
    cursor.execute(
        "CREATE OR REPLACE VIEW public.organisations_colleague AS SELECT CAST(%s AS uuid) AS id, id AS user_id, "
        "CAST(%s AS uuid) AS organisation_id, name, email, language, last_login, CAST('caseworker' AS varchar(12)) "
        "AS role, date_joined AS started_at, CAST(NULL AS timestamptz) AS ended_at, 1 AS version, "
        "false AS has_second_factor FROM public.accounts_user",
        [str(MEMBERSHIP), str(ONE.id)],
    )


def undress() -> None:
    """Private models become Django's own, and no router is asked where their tables are."""
    router.routers = []
    for model, plain, names in (
        (PrivateQuerySet, models.QuerySet, ("__init__", "_clone", "db", "_fetch_all", "_iterator")),
        (PrivateModel, models.Model, ("from_db", "save_base", "delete", "refresh_from_db")),
    ):
        for name in names:
            setattr(model, name, plain.__dict__[name])
    current._current.set(ONE)


def one_organisation(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def middleware(request: Any) -> Any:
        request.organisation = ONE
        request.urlconf = WORKSPACE_URLS
        request.seat = None
        return get_response(request)

    return middleware


class signed_in_only:  # noqa: N801  # stands for enter_organisation
    """Whoever is signed in may see the page: no membership, no role, nothing to enter."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        if request.user.is_authenticated:
            request.memberships = [Belonging(MEMBERSHIP, Role.CASEWORKER, ONE)]
            request.support_grants = []
            request.seat = Seat(request.user.pk, MEMBERSHIP, Role.CASEWORKER, request.user.name)
        return self.get_response(request)

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        if is_public(view) or request.user.is_authenticated:
            return None
        return sign_in_first(request)
