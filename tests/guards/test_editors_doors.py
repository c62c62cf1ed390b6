"""What is for editors has two locks, the middleware's and each page's own: either one holds alone."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.middleware import PLAIN, guard_cms
from tests.guards.test_routes import NETWORK, Route

LOCK = "knowledge_base.middleware.guard_cms"


def first_line(route: Route) -> str:
    """The first statement of its view; empty where that is no function of ours."""
    view = inspect.unwrap(route.view)
    if not inspect.isfunction(view) or not view.__module__.startswith("knowledge_base"):
        return ""
    body = ast.parse(textwrap.dedent(inspect.getsource(view))).body[0]
    assert isinstance(body, ast.FunctionDef)
    return ast.unparse(body.body[1 if ast.get_docstring(body) else 0]).removeprefix("reader = ")


ASKS = "editor(request)"
EDITORS = {name: route for name, route in NETWORK.items() if route.path.startswith(PLAIN) or first_line(route) == ASKS}


def test_there_is_something_to_walk() -> None:
    assert all(any(route.path.startswith(door) for route in EDITORS.values()) for door in PLAIN)


def test_each_page_asks_by_itself(
    alpha: OrganisationRef, member: Callable[..., User], client_of: Callable[..., Client], settings: Any
) -> None:
    assert LOCK in settings.MIDDLEWARE
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != LOCK]
    client = client_of(member(alpha, Role.MANAGER))
    answers = {
        name: {client.get(route.path).status_code, client.post(route.path).status_code}
        for name, route in EDITORS.items()
    }
    assert {name: codes for name, codes in answers.items() if 404 not in codes or not codes <= {404, 405}} == {}


@pytest.mark.parametrize("route", EDITORS.values(), ids=EDITORS)
def test_each_page_asks_first(route: Route) -> None:
    """A sample address leads to nothing, so that its 404 alone says little."""
    assert first_line(route) == ASKS


@pytest.mark.parametrize("route", EDITORS.values(), ids=EDITORS)
def test_the_door_is_shut_before_any_page(alpha: OrganisationRef, member: Callable[..., User], route: Route) -> None:
    request: Any = RequestFactory().get(route.path)
    request.user, request.organisation = member(alpha, Role.MANAGER), None
    with pytest.raises(Http404):
        guard_cms(lambda _request: pytest.fail("nothing is asked for")).process_view(request, route.view, (), {})
