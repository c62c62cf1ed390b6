"""No container engine is needed: the files are held against the published schema, the repository and each other."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.urls import Resolver404, resolve

from halka.launcher import containers
from halka.launcher.__main__ import _options
from halka.launcher.postgres import SETTINGS
from halka.launcher.stamps import ROOT
from halka.settings.environment import VARIABLES

DOCKER = ROOT / "docker"
OWNER = "HALKA_OWNER_PASSWORD"
OURS = ("migrate", "web", "worker", "messenger", "provisioner", "beat")
# Not ours: PostgreSQL's, Valkey's and Caddy's own variables.
THEIRS = {"POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS", "HALKA_OWNER_PASSWORD", "REDISCLI_AUTH", "ACME_EMAIL"}
ASKED = re.compile(r"\$\{(\w+)(?::[?-][^}]*)?\}")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    return content


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    """The variables of .env.example."""
    lines = (DOCKER / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment_of(service: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = service.get("environment", {})
    return found


def test_it_holds_to_the_published_schema(compose: dict[str, Any]) -> None:
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text()
    jsonschema.validate(compose, json.loads(schema))


def test_all_parts_of_a_network_are_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {*OURS, "postgres", "valkey", "caddy"}
    assert compose["services"]["postgres"]["image"] == "postgres:18"


def test_each_variable_is_in_the_example_and_none_is_idle(example: dict[str, str]) -> None:
    assert set(ASKED.findall((DOCKER / "compose.yaml").read_text())) == set(example)


def test_the_example_holds_no_secret(example: dict[str, str]) -> None:
    assert [name for name in ("SECRET_KEY", "MASTER_KEYS", OWNER, "VALKEY_PASSWORD") if example[name]] == []


def test_each_variable_given_is_one_that_halka_reads(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        known = set(VARIABLES) if name in OURS else set(VARIABLES) | THEIRS
        assert set(environment_of(service)) <= known, name


def test_each_variable_without_a_default_is_given(compose: dict[str, Any]) -> None:
    """Those of the image are in the Dockerfile."""
    image = set(re.findall(r"(?m)^(?:ENV|)\s*(\w+)=", (DOCKER / "Dockerfile").read_text()))
    needed = {name for name, variable in VARIABLES.items() if variable.default is None}
    for name in OURS:
        assert needed <= set(environment_of(compose["services"][name])) | image, name


def test_the_owners_password_is_known_to_nobody_else(compose: dict[str, Any]) -> None:
    knowing = {name for name, service in compose["services"].items() if OWNER in json.dumps(service)}
    assert knowing == {"migrate", "provisioner", "postgres"}


def test_all_read_the_keyring_and_few_write_it(compose: dict[str, Any]) -> None:
    mounted = {
        name: volume for name in OURS for volume in compose["services"][name]["volumes"] if volume.startswith("keys:")
    }
    assert {name for name, volume in mounted.items() if volume.endswith(":ro")} == {
        "web",
        "worker",
        "messenger",
        "beat",
    }
    assert mounted["migrate"] == mounted["provisioner"] == "keys:/var/lib/halka/keys"
    assert "KEYRING_ROOT=/var/lib/halka/keys" in (DOCKER / "Dockerfile").read_text()
    assert not any(volume.startswith("keys:") for volume in compose["services"]["postgres"]["volumes"])


def test_postgres_does_not_log_what_people_typed(compose: dict[str, Any]) -> None:
    command = compose["services"]["postgres"]["command"]
    assert {"-clog_min_error_statement=panic", "-clog_error_verbosity=terse"} <= set(command)
    assert (SETTINGS["log_min_error_statement"], SETTINGS["log_error_verbosity"]) == ("panic", "terse")


def test_only_the_proxy_can_be_reached_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, service in compose["services"].items() if service.get("ports")} == {"caddy"}
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("postgres", "valkey"):
        assert compose["services"][name]["networks"] == ["inside"]


def test_ours_run_without_rights_they_do_not_need(compose: dict[str, Any]) -> None:
    for name in OURS:
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert re.search(r"(?m)^USER halka$", (DOCKER / "Dockerfile").read_text())


def test_everything_waits_for_what_it_needs(compose: dict[str, Any]) -> None:
    for name in ("web", "worker", "messenger", "provisioner", "beat"):
        waits = compose["services"][name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
    for service in compose["services"].values():
        for waited, condition in service.get("depends_on", {}).items():
            healthy = condition["condition"] == "service_healthy"
            assert not healthy or "healthcheck" in compose["services"][waited]


def test_each_path_on_the_host_exists(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DOCKER / source).exists(), f"{name}: {source}"
            else:
                assert source in compose["volumes"], f"{name}: {source}"
    build = compose["services"]["migrate"]["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).exists()


@pytest.mark.parametrize("name", ["web", "worker", "messenger", "provisioner", "beat"])
def test_each_command_is_one_that_the_launcher_knows(compose: dict[str, Any], name: str) -> None:
    command = [ASKED.sub("4", word) for word in compose["services"][name]["command"]]
    assert callable(_options(["service", *command]).act)


def test_the_health_check_is_one_that_the_launcher_knows(compose: dict[str, Any]) -> None:
    _, *command = compose["services"]["web"]["healthcheck"]["test"]
    assert command[:3] == ["python", "-m", "halka.launcher"]
    assert callable(_options(command[3:]).act)


def test_all_that_the_image_copies_exists_and_is_let_through() -> None:
    dockerfile, ignored = (DOCKER / "Dockerfile").read_text(), (DOCKER / "Dockerfile.dockerignore").read_text()
    let_through = {line[1:] for line in ignored.splitlines() if line.startswith("!")}
    copied = {word for line in re.findall(r"(?m)^COPY (?!--from)(.+)$", dockerfile) for word in line.split()[:-1]}
    assert copied == let_through
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_holds_every_top_level_package() -> None:
    copied = set(re.findall(r"(?m)^COPY (\w+) \w+$", (DOCKER / "Dockerfile").read_text()))
    assert {"platform", "tenants", "network_registry", "knowledge_base", "api", "templates"} <= copied


def test_the_proxy_asks_a_page_that_the_network_site_has() -> None:
    asked = re.findall(r"(?m)^\s*ask http://127\.0\.0\.1:9080(\S+)$", (DOCKER / "Caddyfile").read_text())
    assert asked == [containers.TLS_CHECK]
    for page in (containers.TLS_CHECK, containers.HEALTH):
        try:
            resolve(page, urlconf="halka.urls_network")
        except Resolver404:
            pytest.fail(f"{page} is not a page of the network site")


def test_the_proxy_knows_its_upstream_and_its_variables(compose: dict[str, Any]) -> None:
    caddyfile = (DOCKER / "Caddyfile").read_text()
    assert caddyfile.count("{") == caddyfile.count("}")
    assert set(re.findall(r"(?m)^\s*reverse_proxy (\S+)", caddyfile)) == {"web:8000"}
    assert "0.0.0.0:8000" in compose["services"]["web"]["command"]
    assert set(re.findall(r"\{\$(\w+)\}", caddyfile)) == set(environment_of(compose["services"]["caddy"]))


def test_the_scripts_can_be_run() -> None:
    for path in (DOCKER / "postgres").glob("*.sh"):
        assert path.stat().st_mode & 0o111, path.name
        assert path.read_text().startswith("#!/usr/bin/env bash\n")


def test_the_embedded_servers_start_postgresql_as_the_compose_file_does(compose: dict[str, Any]) -> None:
    """Sorting and limits are the same on a laptop and on a host."""
    source = Path(containers.__file__).with_name("postgres.py").read_text()
    service = compose["services"]["postgres"]
    for argument in service["environment"]["POSTGRES_INITDB_ARGS"].split():
        assert argument in source, argument
    for setting in ("max_connections", "max_locks_per_transaction"):
        value = next(word for word in service["command"] if setting in word).split("=")[1]
        assert f'"{setting}": "{value}"' in source
