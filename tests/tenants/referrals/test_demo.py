"""The demo network: complete, loaded once, removed without a trace, and refused where real people are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils import timezone

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.celery import app
from halka.common.folding import folded
from halka.common.privacy import Kind, fields_of
from network_registry.exchange.enums import State
from network_registry.exchange.models import Envelope, OutboxItem
from tenants.caseloads.domain.queries.person import private_models
from tenants.caseloads.models import Client, Erasure
from tenants.organisations.isolation import inside
from tenants.organisations.models import Colleague, Membership, Organisation
from tenants.referrals.demo import big, exchange, loading, signins
from tenants.referrals.domain.lapsing import lapsing_soon
from tenants.referrals.models import Referral

# What docs/demo.md tells people to try.
FOUND = (
    ("mentors", "celaj"),
    ("mentors", "Ljupco"),
    ("mentors", "070 000 105"),
    ("prvikorak", "djordje šain"),
    ("prvikorak", "Saša Petrović"),
    ("peyvand", "مریم یوسفی"),
)


@pytest.fixture
def network(as_new_afterwards: None, login_walls: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that may load the demo; the suite has a secretariat of its own."""
    settings.DEMO = True
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    last = replace(loading.LAST, short_name="demosecretariat")
    monkeypatch.setattr(loading, "LAST", last)
    monkeypatch.setattr(loading, "ORGANISATIONS", (*loading.MEMBERS, last))


def demo(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def organisation(short_name: str) -> Organisation:
    return Organisation.objects.get(schema_name=short_name)


@pytest.mark.parametrize("arguments", [(), ("--reset",), ("--sign-ins",)])
def test_refused_outside_of_the_demo_mode(settings: Any, arguments: tuple[str, ...]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="never in production"):
        demo(*arguments)


def test_sign_ins_name_every_role_and_the_password_once(settings: Any) -> None:
    settings.DEMO = True
    text = demo("--sign-ins")
    assert text.count(f"the password {loading.PASSWORD} as") == 1
    assert [role for role in Role if str(role.label) not in text] == []
    assert "(in two workspaces)" in text
    assert text == demo("--sign-ins")


def test_every_account_that_is_printed_exists_in_the_data() -> None:
    accounts = {
        loading.email_of(person, organisation)
        for organisation in loading.ORGANISATIONS
        for person in organisation.people
    }
    printed = [line.split()[-2] for line in list(signins.lines())[1:] if "@" in line]
    assert len(printed) == len(set(printed))
    assert set(printed) <= accounts


def reaching_people() -> Iterator[str]:
    """Every phone number and address in fields that are classified as a person's contact."""
    for model in private_models():
        names = [name for name in fields_of(model, Kind.CONTACT) if name in ("phone", "email")]
        for values in model._default_manager.values_list(*names) if names else ():
            yield from filter(None, values)


def is_invented(value: str) -> bool:
    """Nobody has this number or address."""
    return value.endswith((".example", "@example.org")) if "@" in value else "000" in value.replace(" ", "")


def cut_short(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Loads the demo, and is interrupted when some of it is there."""

    def interrupt(_demo: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as change:
        change.setattr(loading, "_fill", interrupt)
        with pytest.raises(KeyboardInterrupt):
            demo(*arguments)


@pytest.mark.slow
def test_loaded_once_complete_and_removed(network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(Organisation.objects.values_list("pk", flat=True)), User.objects.count()
    cut_short(monkeypatch)
    demo()
    loaded = set(Organisation.objects.values_list("pk", flat=True))
    assert len(loaded - before[0]) == len(loading.ORGANISATIONS)
    for each in loading.ORGANISATIONS:
        with inside(organisation(each.short_name).ref()):
            own = Client.objects.filter(created_by__isnull=False)
            assert own.count() == len(each.clients)
            added = Entry.objects.filter(action__in=["client.added", "client.arrived"]).count()
            assert added == Client.every.count() + Erasure.objects.count()
            assert not own.filter(assigned_to=None).exists()
    for one in exchange.REFERRALS:
        between = {"sender__schema_name": one.sender, "target__schema_name": one.target, "service": one.service}
        envelopes = Envelope.objects.in_state(one.state).filter(**between, created_at__lt=timezone.now())
        assert envelopes.exists(), one
    assert set(State) - {State.HELD} == {one.state for one in exchange.REFERRALS}
    assert set(State) == set(Envelope.objects.values_list("state", flat=True))
    assert not Envelope.objects.filter(due_at__lt=timezone.now()).exists()
    assert not OutboxItem.objects.filter(done_at=None).exists()
    for each in loading.ORGANISATIONS:
        with inside(organisation(each.short_name).ref()):
            assert [value for value in reaching_people() if not is_invented(value)] == []
    with inside(organisation("mentors").ref()):
        accepted = Referral.objects.incoming().in_state(State.ACCEPTED).get()
        assert str(accepted.client) == "Emina Bajrić"
        dafina = loading.seat_of(Colleague.objects.get(email="dafina@mentors.example"))
        assert [str(each.client) for each in lapsing_soon(dafina)] == ["Xhevat Ramadani"]
    for short_name, search in FOUND:
        with inside(organisation(short_name).ref()):
            names = {folded(str(client)) for client in Client.objects.search(search)}
            assert len(names) == 1, search  # some are here twice, to be merged
    assert User.objects.get(email="arta@mentors.example").check_password(loading.PASSWORD)
    assert Membership.objects.filter(user__email="dafina@mentors.example").count() == 2

    demo()
    assert set(Organisation.objects.values_list("pk", flat=True)) == loaded

    organisation(loading.LAST.short_name).domains.all().delete()
    Organisation.objects.filter(schema_name=loading.LAST.short_name).update(state="suspended")
    cut_short(monkeypatch, "--reset")
    assert not set(Organisation.objects.values_list("pk", flat=True)) & (loaded - before[0])
    loading.remove()
    assert set(Organisation.objects.values_list("pk", flat=True)) == before[0]
    assert User.objects.count() == before[1]


@pytest.mark.slow
def test_a_big_one_for_measuring(network: None) -> None:
    big.load(2, 7)
    big.load(2, 7)
    found = Organisation.objects.filter(Q(schema_name__startswith="big"))
    assert [each.schema_name for each in found] == ["big0001", "big0002"]
    for each in found:
        with inside(each.ref()):
            assert Client.objects.count() == 7
            assert Client.objects.exclude(sort_key="").count() == 7
    assert User.objects.filter(email__endswith="@big0002.example").count() == 4
