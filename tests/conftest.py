"""Fixtures of the whole suite: two organisations, people in them, clients on their hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from itertools import count
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login
from django.core.cache import caches
from django.http import HttpRequest
from django.test import Client
from django.utils import translation
from xdist.scheduler import LoadFileScheduling

from halka.accounts.models import User
from halka.authorization.roles import DEMANDING_ROLES, Role, Seat
from halka.common.current import OrganisationRef
from halka.launcher import catalogues
from tenants.organisations.models import Membership
from tenants.organisations.walls import connections as walls
from tests import database

_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Pages are tested in other languages too; the workers of a run find what the first process compiled."""
    if not hasattr(config, "workerinput"):
        catalogues.compile_all()


BROWSER = "tests/browser/"
SLOW_FIRST = (
    BROWSER,
    "tests/docker/",
    "tests/guards/",
    "tests/halka/launcher/",
    "tests/api/test_fuzzing.py",
    "tests/tenants/referrals/test_demo.py",
    "tests/tenants/referrals/test_sequences.py",
)


class BrowserTogether(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """A file's tests stay in one process, for what they prepare together; those with a browser share one network."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return BROWSER if scope.startswith(BROWSER) else scope


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserTogether:
    return BrowserTogether(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no worker is left alone with one of them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW_FIRST))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """In place of pytest-django's: the prepared scripts instead of migrations."""
    reuse = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with django_db_blocker.unblock():
        database.create(reuse=reuse)
    yield
    if not reuse:
        with django_db_blocker.unblock():
            database.drop()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test must not find it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Each test begins and ends with nothing cached; the worker has a cache database of its own."""
    caches["network"].clear()
    yield
    caches["network"].clear()


@pytest.fixture
def alpha(db: None) -> OrganisationRef:
    return database.organisation("alpha")


@pytest.fixture
def beta(db: None) -> OrganisationRef:
    return database.organisation("beta")


@pytest.fixture
def secretariat(db: None) -> OrganisationRef:
    return database.organisation("secretariat")


def _account(**fields: Any) -> User:
    """As User.objects.create_user makes it, which first looks for what a new account cannot have."""
    user = User(**fields)
    user.set_password("a long passphrase")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _membership(
    ref: OrganisationRef, role: Role | str, *, user: User | None = None, second_factor: bool = True, **fields: Any
) -> Membership:
    is_new = user is None
    if user is None:
        number = next(_numbers)
        user = _account(**{"email": f"person{number}@example.org", "name": f"Person {number}", **fields})
    membership = Membership.objects.create(organisation_id=ref.id, user=user, role=role)
    if second_factor and role in DEMANDING_ROLES:
        kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
        if is_new or not kept.exists():
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return membership


@pytest.fixture
def member(db: None) -> Callable[..., User]:
    """`member(ref, role)`: an account with that role there. `user=` gives an account a further membership.

    Roles that are always asked for a second factor have one, unless it is `second_factor=False`.
    """

    def make(ref: OrganisationRef, role: Role | str = Role.CASEWORKER, **options: Any) -> User:
        return _membership(ref, role, **options).user

    return make


@pytest.fixture
def seat_in(db: None) -> Callable[..., Seat]:
    """`seat_in(ref, role)`: a seat of a new account, for calling verbs."""

    def make(ref: OrganisationRef, role: Role | str = Role.CASEWORKER) -> Seat:
        membership = _membership(ref, role)
        return Seat(membership.user_id, membership.pk, Role(role), membership.user.name)

    return make


def _sign_in(client: Client, user: User) -> None:
    """As force_login, which writes a session of nobody first, reads it and removes it."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(request, user, backend=client._get_backend())
    request.session.save()
    client._set_login_cookies(request)


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """`client_of(user, ref)`: a browser signed in as the account, on the organisation's host (None: network's)."""

    def make(user: User | None, ref: OrganisationRef | None = None) -> Client:
        host = ref.host if ref else settings.BASE_DOMAIN
        client = Client(headers={"host": host})
        if user is not None:
            _sign_in(client, user)
        return client

    return make


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that need real commits and several connections: nothing is rolled back.

    Use the organisations `delta` and `epsilon`, and remove what you add to shared tables.
    """
    with django_db_blocker.unblock():
        yield
        walls.close_all()


@pytest.fixture
def as_new_afterwards(committing: None, settings: Any) -> Iterator[None]:
    """For tests that commit what nobody could take out by name: the database is made anew, under the usual walls."""
    usual = settings.DATABASE_WALLS
    yield
    settings.DATABASE_WALLS = usual
    database.renew()


@pytest.fixture
def login_walls(committing: None, settings: Any) -> Iterator[None]:
    """Real commits, and a connection of its own for each organisation: the walls of production."""
    settings.DATABASE_WALLS = "login"
    yield
    walls.close_all()


@pytest.fixture
def delta(committing: None) -> OrganisationRef:
    return database.organisation("delta")


@pytest.fixture
def epsilon(committing: None) -> OrganisationRef:
    return database.organisation("epsilon")


@pytest.fixture
def tasks(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]],
) -> Callable[[], Any]:
    """`with tasks():` runs at its end what waits for the commit, background tasks included."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
