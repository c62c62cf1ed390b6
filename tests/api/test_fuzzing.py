"""Every operation of both descriptions, asked what nobody thought of: whatever comes back, the description knows it.

A case is generated from the description, sent through the whole application, and rolled back. Keys of what exists are
put in place of generated ones, so that more than refusals is seen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from uuid import uuid4

import pytest
import schemathesis
import yaml
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.hsds.description import openapi
from api.hsds.taxonomies import TAXONOMIES, TERMS
from halka.authorization.roles import Role, Scope, Seat
from halka.common.addresses import workspace_host
from halka.common.current import OrganisationRef
from network_registry.exchange.enums import State
from tenants.caseloads.domain.clients import ClientDetails, add_client
from tenants.caseloads.models import Client
from tenants.integrations.domain.endpoints import EndpointSettings, add_endpoint, send_test
from tenants.integrations.models import Delivery
from tenants.organisations.isolation import inside
from tenants.referrals.domain import enclosing, messages, sending
from tenants.referrals.models import Referral
from tests.api.test_cases import story
from tests.knowledge_base.conftest import curriculum, lesson, practice
from tests.network_registry.directory.conftest import offered
from tests.tenants.integrations.conftest import numbered
from tests.tenants.referrals.test_enclosing import SCOPES, paper

__all__ = ["curriculum", "lesson", "numbered", "offered", "practice"]

CHECKS: Final = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, ignored_auth,
]  # fmt: skip
EXAMPLES: Final = settings(
    derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
# Of referrals: last part of the address -> which side asks, in which state. Others are asked by the sender, ACCEPTED.
STAGES: Final = {
    "open": ("target", State.SENT), "accept": ("target", State.OPENED), "ask": ("target", State.OPENED),
    "waiting-list": ("target", State.OPENED), "decline": ("target", State.OPENED),
    "start": ("target", State.ACCEPTED), "not-started": ("target", State.ACCEPTED),
    "complete": ("target", State.STARTED), "break-off": ("target", State.STARTED),
    "client": ("target", State.ACCEPTED), "settle": ("target", State.WITHDRAWN),
    "answer": ("sender", State.INFO_REQUESTED), "close": ("sender", State.COMPLETED),
    "reopen": ("sender", State.CLOSED), "recall": ("sender", State.SENT), "redirect": ("sender", State.DECLINED),
    "send": ("sender", State.DRAFT), "PATCH": ("sender", State.DRAFT), "DELETE": ("sender", State.DRAFT),
}  # fmt: skip

WRITTEN = (Path(django_settings.ROOT) / "docs" / "generated" / "openapi.yaml").read_text()
NEVER_DONE: Final = {"POST /api/v1/referrals/{id}/documents/"}  # files are generated without a name, and so are none
REFUSALS: Final = ["400", "404", "406", "409", "412", "415", "422", "428"]
CONFIG: Final = schemathesis.Config.from_dict(
    {
        "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
        "generation": {"with-security-parameters": False},
    }
)
V1 = schemathesis.openapi.from_dict(yaml.load(WRITTEN, yaml.CSafeLoader), config=CONFIG)
HSDS = schemathesis.openapi.from_dict(openapi(), config=CONFIG)


def operations(schema: Any) -> list[Any]:
    return [pytest.param(one.ok(), id=one.ok().label) for one in schema.get_all_operations()]


@pytest.fixture(autouse=True)
def without_limits(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Nobody is told to wait, and a fault of ours is a traceback instead of a 500."""
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = 1_000_000
    settings.DEBUG_PROPAGATE_EXCEPTIONS = settings.WEBHOOKS_REACH_INSIDE = True
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def consent(consent: Any) -> Any:
    """Covers documents too."""
    return lambda **values: consent(**{"scopes": SCOPES, **values})


MARK: Final = "Quibblewort"  # of an organisation, followed by its name: never seen by the other one


def fill(ref: OrganisationRef, seat: Seat, offered: Any) -> dict[str, str]:
    """Something of everything; keys of it, by the names that they have in addresses and bodies."""
    offer = offered(ref, free=2)
    running, ready = story(ref, seat, name=f"{MARK} {ref.short_name}"), story(ref, seat, enrolled=False, name="Others")
    with inside(ref):
        Client.objects.filter(pk=running.client.pk).update(strengths=f"{MARK} {ref.short_name}")
        hook = EndpointSettings("http://127.0.0.1:9/", f"{MARK} {ref.short_name}")
        endpoint, _secret = add_endpoint(new=hook, by=seat)
        send_test(endpoint=endpoint, by=seat)
        Delivery.objects.update(state="dead", done_at=timezone.now())
    keys = {
        "organisation": ref.id, "assignee": seat.membership_id, "client": ready.client.pk,
        "programme": ready.programme.pk, "clients": running.client.pk, "cases": running.case.pk, "offers": offer.pk,
        "services": offer.service_id, "webhooks": endpoint.pk,
    }  # fmt: skip
    return {name: str(key) for name, key in keys.items()}


@pytest.fixture
def world(
    sender: SimpleNamespace, target: SimpleNamespace, referred: Any, ask: Any, offered: Any, software: Any,
    seat_in: Any, tasks: Any, request: pytest.FixtureRequest,
) -> Callable[[str, str], tuple[SimpleNamespace, dict[str, str]]]:  # fmt: skip
    """`world(method, path)`: software with the keys of its organisation, in the state that this operation takes, and
    the keys of the other organisation."""

    def make(method: str, path: str) -> tuple[SimpleNamespace, dict[str, str]]:
        last = path.rstrip("/").rsplit("/", 1)[-1]
        name, state = STAGES.get(last if last != "{id}" else method, ("sender", State.ACCEPTED))
        out, into = (fill(side.ref, seat_in(side.ref, Role.MANAGER), offered) for side in (sender, target))
        if "/knowledge/" in path:  # everybody's: what is not there takes the place of what is another's
            for kind, maker in {"lessons": "lesson", "practices": "practice", "curricula": "curriculum"}.items():
                page = request.getfixturevalue(maker)(*(() if kind == "curricula" else (f"About {kind}",)))
                out |= {kind: str(page.pk), "number": "1"}
                into |= {kind: str(page.pk + 1_000_000), "number": "1"}
        if last == "client":  # somebody there has this name already, so it has to be said who it is
            with inside(target.ref):
                add_client(details=ClientDetails(given_name="Zorana", family_name="Izmišljena"), by=target.seat)
        if state == State.DRAFT:
            with inside(sender.ref):
                draft = sending.draft_referral(client=sender.client, request=ask(), by=sender.seat)
            out["referrals"], into["referrals"] = str(draft.pk), str(uuid4())
        elif "/referrals/" in path:
            made = referred(state)
            out["referrals"], into["referrals"] = str(made.out), str(made.into)
            if state == State.ACCEPTED:
                with tasks(), inside(sender.ref):
                    mine = Referral.objects.select_related("envelope", "client").get(pk=made.out)
                    messages.write_message(referral=mine, text="Is Monday fine?", by=sender.seat)
                    out["document"] = str(enclosing.enclose_file(referral=mine, file=paper(), by=sender.seat).pk)
                    into["document"] = out["document"]
        side, own, other = (sender, out, into) if name == "sender" else (target, into, out)
        return SimpleNamespace(ref=side.ref, keys=own, api=software(side.ref, *Scope)), other

    return make


def in_path(path: str, keys: dict[str, str]) -> dict[str, str]:
    """What stands in the address of an operation: `id` is the key of the resource that it begins with."""
    kind = path.removeprefix("/api/v1/").removeprefix("knowledge/").split("/")[0]
    known = {**keys, "id": keys.get(kind, "")}
    return {name: known[name] for name in re.findall(r"{(\w+)}", path)}


def with_keys(body: Any, own: dict[str, str], other: dict[str, str]) -> Any:
    """The same body, about what there is and on days that can be."""
    if not isinstance(body, dict):
        return body
    today = timezone.localdate()
    real = {
        "client": own["client"], "programme": own["programme"], "assignee": own["assignee"],
        "assigned_to": own["assignee"], "recipient": other["organisation"], "offer": other["offers"], "case": None,
        "opened_on": str(today), "on": str(today), "expires_on": str(today + timedelta(days=30)),
        "born_on": "1990-05-30", "birth_year": None, "vulnerabilities": [], "witness": "Nadja", "id": None,
        "url": "http://127.0.0.1:9/hook", "need": "Courage", "area": "Valjevo",
    }  # fmt: skip
    found = {name: real.get(name, with_keys(value, own, other)) for name, value in body.items()}
    if "scopes" in found:
        found["scopes"] = sorted({*found["scopes"], "identity"})
    return found


SITE: Final = get_wsgi_application()


def app(environ: dict[str, Any], start: Any) -> Any:
    return SITE({**environ, "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": ""}, start)


@contextmanager
def within_one_transaction() -> Iterator[None]:
    """What Django's own test client does around each request."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def run(
    operation: Any, mode: GenerationMode, host: str, change: Any = None, examples: int = 3, **options: Any
) -> list[Any]:
    """Sends cases, each of them undone, and looks at the answers: gives them."""
    if mode is GenerationMode.NEGATIVE and not operation.body and not operation.query:
        return []  # nothing can be wrong
    answers: list[Any] = []
    how = {"base_url": f"http://{host}", "app": app, "headers": options.pop("headers", {})}

    @settings(EXAMPLES, max_examples=examples)
    @given(case=operation.as_strategy(generation_mode=mode, **options))
    def go(case: Any) -> None:
        if change:
            change(case)
        with transaction.atomic(), within_one_transaction():
            response = case.call(**how)
            answers.append(response)
            case.validate_response(response, checks=CHECKS, headers=how["headers"], transport_kwargs=how)
            transaction.set_rollback(True)

    go()
    return answers


@pytest.mark.parametrize("operation", operations(V1))
def test_the_api_does_as_it_is_described(operation: Any, world: Any) -> None:
    here, other = world(operation.method.upper(), operation.path)
    common = {"host": workspace_host(here.ref.short_name), "headers": {"Authorization": f"Bearer {here.api.token}"}}
    own = in_path(operation.path, here.keys)

    needed = {  # optional for some callers, or one of several
        "POST /api/v1/clients/": {"given_name": "Mina"},
        "POST /api/v1/referrals/{id}/accept/": {"assignee": here.keys["assignee"]},
    }

    def sensible(case: Any) -> None:
        if "If-Match" in case.headers:
            case.headers["If-Match"] = "*"
        case.body = with_keys(case.body, here.keys, other)
        if isinstance(case.body, dict) and operation.label in needed:
            case.body |= needed[operation.label]

    answers = run(operation, GenerationMode.POSITIVE, change=sensible, path_parameters=own, **common)
    assert operation.label in NEVER_DONE or any(one.status_code < 300 for one in answers), [one.text for one in answers]
    answers += run(operation, GenerationMode.NEGATIVE, path_parameters=own, **common)
    theirs = f"{MARK} {'beta' if here.ref.short_name == 'alpha' else 'alpha'}"
    assert [one for one in answers if theirs in one.text] == []
    if own:
        foreign = run(
            operation,
            GenerationMode.POSITIVE,
            change=sensible,
            path_parameters=in_path(operation.path, other),
            examples=1,
            **common,
        )
        assert {one.status_code for one in foreign} == {404}


@pytest.mark.parametrize("operation", operations(HSDS))
def test_the_directory_does_as_it_is_described(operation: Any, offered: Any, alpha: OrganisationRef) -> None:
    offer = offered(alpha, free=2)
    key = {"services": offer.service_id, "service_at_locations": offer.pk, "locations": offer.location_id,
           "organizations": alpha.id, "taxonomies": TAXONOMIES[0].id, "taxonomy_terms": TERMS[0].id}  # fmt: skip
    kind = operation.path.split("/")[1]
    own = {"id": str(key[kind])} if "{id}" in operation.path else {}
    host = f"{django_settings.BASE_DOMAIN}/hsds/v3"
    answers = run(operation, GenerationMode.POSITIVE, host, path_parameters=own)
    assert any(one.status_code == 200 for one in answers)
    run(operation, GenerationMode.NEGATIVE, host, path_parameters=own)
