"""Somebody of whom every table of referrals tells something: all of it is in their copy, none of it stays."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from halka.authorization.roles import Role
from halka.common.models import PrivateModel
from halka.common.privacy import Kind, classification
from halka.common.sealing import files
from halka.common.sealing.fields import SealedJSONField, SealedTextField
from halka.common.uploads import NewFile
from network_registry.exchange.enums import State
from network_registry.exchange.models import Access as SharedAccess
from network_registry.exchange.models import Transfer as SharedTransfer
from tenants.caseloads.domain import takeouts
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.domain.erasure import erase_client, preview
from tenants.caseloads.domain.queries import person as walk
from tenants.caseloads.enums import ConsentScope
from tenants.caseloads.models import Client
from tenants.organisations.isolation import inside
from tenants.referrals.domain import enclosing, messages
from tenants.referrals.domain.arrival import take_on
from tenants.referrals.models import (
    Access,
    AccessStep,
    AnswerLink,
    Match,
    Presence,
    Referral,
    Transfer,
    TransferStep,
)
from tests.tenants.caseloads.consents.test_rights import contents
from tests.tenants.referrals.conftest import make_move

PAPER = b"It is certified that Zorana ..."
COLLEAGUE = "Quirina Colleague"
SIDES = ("sender", "target")
OF_PEOPLE = ("referrals_", "caseloads_")  # the audit and the feed of events go on telling that something was
SCOPES = [ConsentScope.IDENTITY, ConsentScope.CONTACT, ConsentScope.DOCUMENTS]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def own(made: SimpleNamespace) -> Referral:
    found: Referral = Referral.objects.select_related("envelope", "client").get(envelope=made.envelope)
    return found


@pytest.fixture
def lives(sender: Any, target: Any, referred: Any, consent: Any, tasks: Any, seat_in: Any) -> dict[str, Any]:
    """The same woman here and there. She was known at the target before, so that what came with the referral lies
    beside it since she took her consent back."""
    with inside(target.ref):
        known = add_client(details=ClientDetails(given_name="Zorana", family_name="Izmisljena"), by=target.seat)
    made = referred(State.ACCEPTED)
    with tasks(), inside(target.ref):
        take_on(referral=own(made), link_to=known, by=target.seat)
    with tasks(), inside(sender.ref):
        messages.write_message(referral=own(made), text="She comes on Monday", by=sender.seat)
        enclosing.enclose_file(referral=own(made), file=NewFile("Certificate", [PAPER], "text/plain"), by=sender.seat)
    with tasks(), inside(sender.ref):
        make_move(own(made), State.WITHDRAWN, sender.seat)
    soon = timezone.now() + timedelta(days=9)
    sides = {"sender_id": sender.ref.id, "target_id": target.ref.id, "expires_at": soon}
    access = SharedAccess.objects.create(reference="A-LIFE", state="granted", until=soon.date(), **sides)
    transfer = SharedTransfer.objects.create(reference="T-LIFE", state="arrived", **sides)
    found = {}
    for name, side, other, client, direction in (
        ("sender", sender, target, sender.client, "out"),
        ("target", target, sender, known, "in"),
    ):
        manager = seat_in(side.ref, Role.MANAGER)
        with inside(side.ref):
            both = {"direction": direction, "other_id": other.ref.id, "client": client}
            mine = Access.objects.create(shared=access, granted=["identity"], **both)
            AccessStep.objects.create(access=mine, event=access.pk, type="asked", side="sender")
            handed = Transfer.objects.create(shared=transfer, handed_at=timezone.now(), **both)
            TransferStep.objects.create(transfer=handed, event=transfer.pk, type="offered", side="sender")
            Presence.objects.create(client=client)
            Match.objects.create(
                side=transfer.pk, client=client, likeness="strong", state="revealed", expires_at=soon,
                other_id=other.ref.id, revealed_at=timezone.now(),
            )  # fmt: skip
            AnswerLink.objects.create(referral=own(made), purpose="told", expires_at=soon)
            found[name] = SimpleNamespace(ref=side.ref, client=client, manager=manager, said=dict(say(client)))
    return found


@pytest.fixture
def consent(consent: Any) -> Any:
    return lambda **values: consent(**{"scopes": SCOPES, **values})


def of_referrals(client: Client) -> dict[type[PrivateModel], set[Any]]:
    return {model: keys for model, keys in walk.rows_about(client).items() if model._meta.app_label == "referrals"}


def say(client: Client) -> Iterator[tuple[str, bool]]:
    """Writes words of its own into every field that holds words; (words, whether they are a colleague's)."""
    for model, keys in of_referrals(client).items():
        for row in model.objects.filter(pk__in=keys):
            for name, kind in classification(model).items():
                field: Any = model._meta.get_field(name)
                is_text = isinstance(field, SealedTextField | models.TextField | models.CharField) and not field.choices
                is_data = isinstance(field, SealedJSONField)
                if kind == Kind.PLAIN or not field.editable or field.unique or not (is_text or is_data):
                    continue
                words = f"{COLLEAGUE} {name}" if kind == Kind.STAFF else f"{model.__name__} says {name}"
                value = {dict: {"name": words}, list: [["note", words]]}.get(field.default, words) if is_data else words
                setattr(row, name, value)
                row.save(update_fields=[name])
                yield words, kind == Kind.STAFF


def stored(ref: Any) -> list[str]:
    with inside(ref):
        return [name for name, _place in files.stored(before=time.time() + 60)]


@pytest.mark.parametrize("name", SIDES)
def test_there_is_a_row_of_every_kind(lives: Any, name: str) -> None:
    """So that the tests below try all of it: a new model needs a line in `lives`."""
    side = lives[name]
    with inside(side.ref):
        of_app = {model for model in walk.reachable_models() if model._meta.app_label == "referrals"}
        assert of_app - set(of_referrals(side.client)) == set()
    assert len(stored(side.ref)) == 1
    assert {"Referral says need", "Message says text", "Step says note", "Access says values"} <= set(side.said)


@pytest.mark.parametrize("name", SIDES)
def test_all_that_was_said_is_in_the_copy(lives: Any, name: str) -> None:
    side = lives[name]
    with inside(side.ref):
        rows = walk.rows_about(side.client)
        copy = json.dumps(takeouts.as_data(side.client, rows), cls=DjangoJSONEncoder, ensure_ascii=False)
        with zipfile.ZipFile(io.BytesIO(takeouts.archive(side.client).getvalue())) as archive:
            papers = [archive.read(entry) for entry in archive.namelist() if entry.startswith("documents/")]
    missing = {words for words, is_staff in side.said.items() if not is_staff and words not in copy}
    assert missing == set()
    assert COLLEAGUE not in copy
    for model, keys in rows.items():
        assert all(str(key) in copy for key in keys), model
    assert papers == [PAPER]


@pytest.mark.parametrize("name", SIDES)
def test_nothing_stays_when_the_person_is_erased(lives: Any, name: str, tasks: Any) -> None:
    side, other = lives[name], lives[SIDES[name == "sender"]]
    with inside(side.ref):
        rows = walk.rows_about(side.client)
        assert preview(side.client).obstacles == ()
        assert preview(side.client).documents == 1
        remembered = {
            model: walk.history_of(model, keys).count() for model, keys in rows.items() if walk.has_history(model)
        }
        assert remembered[Client] > 0
    theirs = stored(other.ref)
    with tasks(), inside(side.ref):
        erase_client(client=side.client, reason="asked", by=side.manager)
    with inside(side.ref):
        for model, keys in rows.items():
            assert not model.objects.filter(pk__in=keys).exists(), model
            if walk.has_history(model):
                assert not walk.history_of(model, keys).exists(), model
        assert not Referral.objects.exists()
    held = contents(side.ref)  # type: ignore[no-untyped-call]
    keys_of_all = {str(key) for keys in rows.values() for key in keys}
    left = {(table, word) for table, text in held.items() for word in {*side.said, "Zorana"} if word in text}
    left |= {
        (table, key)
        for table, text in held.items()
        if table.startswith(OF_PEOPLE)
        for key in keys_of_all
        if key in text
    }
    assert left == set()
    assert stored(side.ref) == []
    assert stored(other.ref) == theirs
    with inside(other.ref):
        assert Referral.objects.get().client_id == other.client.pk
