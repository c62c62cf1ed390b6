"""Caches, files, signatures, messages, tasks, admins: what one organisation leaves there, no other finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celery import current_app, shared_task
from django.contrib import admin
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from halka.accounts.models import User
from halka.audit.domain import SYSTEM, record
from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.current import NotInside, OrganisationRef, current_organisation, salt
from halka.common.models import PrivateModel
from tenants.organisations.isolation import OrganisationUnavailable, inside
from tenants.organisations.models import Organisation
from tenants.organisations.tasks import NoOrganisation, OrganisationTask


def test_cache_keys_carry_the_organisation(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    cache.set("plan", "nobody's")
    with inside(beta):
        assert cache.get("plan") is None
        cache.set("plan", "of beta")
    with inside(alpha):
        assert cache.get("plan") is None
        cache.set("plan", "of alpha")
    with inside(beta):
        assert cache.get("plan") == "of beta"
    assert cache.get("plan") == "nobody's"


def test_files_lie_in_the_organisations_folder(
    alpha: OrganisationRef, beta: OrganisationRef, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with inside(beta):
        name = default_storage.save("notes/plan.txt", ContentFile(b"of beta"))
    with inside(alpha):
        assert not default_storage.exists(name)
        with pytest.raises(FileNotFoundError):
            default_storage.open(name)
        for way_out in (f"../{beta.id}/{name}", f"/organisations/{beta.id}/{name}", "notes/../../../x"):
            with pytest.raises((SuspiciousFileOperation, FileNotFoundError)):
                default_storage.open(way_out)
        with pytest.raises(ValueError, match="no address"):
            default_storage.url(name)
    assert (tmp_path / "organisations" / str(beta.id) / name).read_bytes() == b"of beta"


def test_what_one_organisation_signed_another_refuses(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(beta):
        token = signing.dumps("client 1", salt=salt("link"))
        assert signing.loads(token, salt=salt("link")) == "client 1"
    with inside(alpha), pytest.raises(signing.BadSignature):
        signing.loads(token, salt=salt("link"))
    with pytest.raises(NotInside):
        salt("link")


def test_messages_stay_on_their_host(alpha: OrganisationRef, member: Any, client_of: Callable[..., Client]) -> None:
    browser = client_of(member(alpha, Role.MANAGER), alpha)
    browser.post(reverse("preferences", urlconf="halka.urls_workspace"), {"language": "fa"})
    for cookie in browser.cookies.values():
        if cookie.key == "halka_messages":
            assert cookie["domain"] == ""


@shared_task(name="tests.count_entries", base=OrganisationTask)
def count_entries() -> tuple[str, int]:
    organisation = current_organisation()
    assert organisation is not None
    return organisation.short_name, Entry.objects.count()


def test_a_task_runs_inside_of_the_organisation_it_names(alpha: OrganisationRef, beta: OrganisationRef) -> None:
    with inside(beta):
        record(action="secret", by=SYSTEM)
    assert count_entries.delay("beta").get() == ("beta", 1)
    assert count_entries.delay("alpha").get() == ("alpha", 0)
    assert current_organisation() is None


@pytest.mark.parametrize("arguments", [(), (None,), ("",), ("nowhere",), (7,)])
def test_a_task_without_its_organisation_is_refused(db: None, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(NoOrganisation):
        count_entries.delay(*arguments)


def test_a_task_for_a_closed_organisation_is_refused(alpha: OrganisationRef) -> None:
    Organisation.objects.filter(pk=alpha.id).update(state="closed")
    with pytest.raises(OrganisationUnavailable):
        count_entries.delay("alpha")


def test_every_task_of_ours_is_the_networks_or_an_organisations() -> None:
    """The network's tasks are listed, those that enter organisations by themselves among them."""
    openers = {
        "accounts.send_mail",
        "addresses.look_at",
        "addresses.look_at_due",
        "audit.anchor",
        "caseloads.clean_files_everywhere",
        "caseloads.look_after_jobs",
        "directory.renew",
        "drafts.remove_old_everywhere",
        "elsewhere.carry",
        "elsewhere.carry_outstanding",
        "elsewhere.compare",
        "elsewhere.expire",
        "elsewhere.look_after_matches",
        "elsewhere.refresh_everywhere",
        "elsewhere.settle",
        "integrations.deliver",
        "integrations.deliver_outstanding",
        "integrations.sweep_everywhere",
        "relocations.advance",
        "relocations.advance_outstanding",
        "relocations.pass_due",
        "software.remove_old_tokens",
        "exchange.renew_fairness",
        "exchange.tell_held",
        "knowledge.look_after",
        "knowledge.renew",
        "knowledge.send_digests",
        "knowledge.settle_round",
        "knowledge.take_in",
        "knowledge.tell_asker",
        "learning.renew_evidence_everywhere",
        "membership.look_after_licences",
        "membership.tell_change_asked",
        "membership.tell_reviewers",
        "membership.tell_reviewers_licence_ends",
        "membership.tidy",
        "membership.write_applicant",
        "operating.heartbeat",
        "mergers.advance",
        "mergers.advance_outstanding",
        "mergers.look",
        "mergers.settle",
        "organisations.erase_outstanding",
        "organisations.make_ready",
        "organisations.open",
        "organisations.open_batch",
        "organisations.open_due",
        "organisations.refill_spares",
        "referrals.ask_results_everywhere",
        "referrals.deliver",
        "referrals.deliver_outstanding",
        "referrals.discard_previews_everywhere",
        "referrals.end_lapsed_everywhere",
        "referrals.pass_deadlines",
        "takeouts.carry_on",
        "takeouts.remove_expired",
        "working_groups.invite_late",
        "working_groups.send_invitations",
        "working_groups.tell",
    }
    current_app.loader.import_default_modules()
    ours = {name: task for name, task in current_app.tasks.items() if not name.startswith(("celery.", "tests."))}
    plain = {name for name, task in ours.items() if not isinstance(task, OrganisationTask)}
    assert plain == openers


def test_no_admin_holds_a_private_model() -> None:
    held = [model for model in admin.site._registry if issubclass(model, PrivateModel)]
    assert held == []


def test_a_session_is_good_for_ones_own_organisations_only(
    alpha: OrganisationRef, beta: OrganisationRef, member: Any, client_of: Callable[..., Client], settings: Any
) -> None:
    settings.DEMO = True
    user: User = member(alpha, Role.MANAGER)
    browser = client_of(user, alpha)
    assert browser.get("/").status_code == 200
    browser.defaults["HTTP_HOST"] = "beta.halka.localhost"
    assert browser.get("/", headers={"host": "beta.halka.localhost"}).status_code == 404


def test_a_host_that_is_nobodys(db: None, client: Client) -> None:
    assert client.get("/", headers={"host": "nobody.halka.localhost"}).status_code == 404
    assert client.get("/", headers={"host": "evil.example.org"}).status_code == 400


def test_the_system_checks_find_no_open_wall() -> None:
    call_command("check")
