"""The CMS: who comes in, what they may do there, and what it may load."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import ROLES, Permission, Role
from halka.common.current import OrganisationRef
from knowledge_base.enums import Audience
from knowledge_base.middleware import EDITORS
from knowledge_base.models import Article, KnowledgeIndex

CMS = "/cms/"


@pytest.mark.parametrize("path", [CMS, "/cms/login/", "/cms/password_reset/", "/cms/pages/", "/cms/sprite/"])
def test_the_signed_out_sign_in_on_our_own_page(client_of: Callable[..., Client], path: str, db: None) -> None:
    answer = client_of(None).get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("http://halka.localhost:8000/accounts/login/?next=")


@pytest.mark.parametrize("path", [CMS, "/cms/login/", "/cms/pages/", "/cms/users/", "/cms/images/", "/cms/sprite/"])
@pytest.mark.parametrize("who", ["account without a membership", "manager of a member", "editor elsewhere"])
def test_strangers_get_404(
    client_of: Callable[..., Client], member: Callable[..., User], alpha: OrganisationRef, who: str, path: str
) -> None:
    if who == "account without a membership":
        user = User.objects.create_user("nobody@example.org", "a long passphrase", name="Nobody")
    else:
        user = member(alpha, Role.MANAGER if who == "manager of a member" else Role.EDITOR)
    assert client_of(user).get(path).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].network])
def test_the_permission_decides(
    client_of: Callable[..., Client], member: Callable[..., User], secretariat: OrganisationRef, role: Role,
    settings: Any,
) -> None:  # fmt: skip
    settings.DEMO = True
    expected = 200 if Permission.KNOWLEDGE_EDIT in ROLES[role].permissions else 404
    assert client_of(member(secretariat, role)).get(CMS).status_code == expected


def test_whose_membership_ends_is_out_at_once(client_of: Callable[..., Client], editor: User) -> None:
    client = client_of(editor)
    assert client.get(CMS).status_code == 200
    assert editor.groups.filter(name=EDITORS).exists()
    editor.memberships.update(ended_at="2026-01-01T00:00Z")
    assert client.get(CMS).status_code == 404
    assert not editor.groups.exists()


def test_a_prefix_from_the_proxy_does_not_hide_the_cms(client_of: Callable[..., Client], editor: User) -> None:
    """A web server takes SCRIPT_NAME from a proxy's header: the path begins with it, the CMS's address after it."""
    client = client_of(editor)
    assert client.get(CMS).status_code == 200
    editor.memberships.update(ended_at="2026-01-01T00:00Z")
    assert client.get(CMS, SCRIPT_NAME="/prefix").status_code == 404


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/users/1/", "/cms/users/edit/1/", "/cms/groups/"])
def test_accounts_are_not_changed_in_the_cms(client_of: Callable[..., Client], editor: User, path: str) -> None:
    """Not by a superuser either: whoever sets an account's e-mail can sign in as that person."""
    User.objects.filter(pk=editor.pk).update(is_superuser=True)
    assert client_of(editor).get(path).status_code == 404


def test_a_second_factor_is_demanded_where_the_role_demands_it(
    client_of: Callable[..., Client], member: Callable[..., User], secretariat: OrganisationRef, settings: Any
) -> None:
    settings.DEMO = False
    answer = client_of(member(secretariat, Role.SECRETARIAT, second_factor=False)).get(CMS)
    assert answer.status_code == 302
    assert answer["Location"] == "http://halka.localhost:8000/accounts/security/?demanded=secretariat"


def test_an_editor_writes_and_publishes(
    client_of: Callable[..., Client], editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    index = KnowledgeIndex.objects.get(slug="knowledge")
    client = client_of(editor)
    form = f"/cms/pages/add/knowledge_base/article/{index.pk}/"
    assert client.get(form).status_code == 200
    answer = client.post(
        form,
        {
            "title": "Buses", "slug": "buses", "introduction": "About buses.", "audience": Audience.PUBLIC,
            "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "advice", "body-0-id": "",
            "body-0-value": "Begin at ten.", "action-publish": "action-publish", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    made = Article.objects.get()
    assert made.owner == editor
    assert "Begin at ten." in client_of(None).get(made.url).content.decode()
    assert client.get(f"/cms/pages/{made.pk}/edit/").status_code == 200


def test_a_draft_is_previewed(client_of: Callable[..., Client], editor: User, article: Callable[..., Article]) -> None:
    made = article("Later", live=False, body=[("advice", "Begin at ten.")])
    client = client_of(editor)
    preview = f"/cms/pages/{made.pk}/edit/preview/"
    form = {"title": "Later still", "slug": "later", "introduction": "Soon.", "audience": "members", "body-count": "0",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}  # fmt: skip
    assert client.post(preview, form).json()["is_valid"]
    answer = client.get(preview)
    assert answer.status_code == 200
    assert "Later still" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_an_index_stays(client_of: Callable[..., Client], editor: User) -> None:
    client = client_of(editor)
    index = KnowledgeIndex.objects.get(slug="knowledge")
    for act in ("delete", "unpublish"):
        client.post(f"/cms/pages/{index.pk}/{act}/")
    assert KnowledgeIndex.objects.get(pk=index.pk).live


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/images/", "/cms/redirects/"])
def test_the_rest_of_wagtail_is_closed(client_of: Callable[..., Client], editor: User, path: str) -> None:
    assert client_of(editor).get(path).status_code in (302, 403, 404)


def test_the_account_is_the_networks(client_of: Callable[..., Client], editor: User) -> None:
    assert client_of(editor).get("/cms/account/")["Location"] == "/preferences/"


def test_the_cms_has_a_policy_of_its_own(client_of: Callable[..., Client], editor: User) -> None:
    client = client_of(editor)
    policy = client.get(CMS)["Content-Security-Policy"]
    assert "script-src 'self'" in [part.strip() for part in policy.split(";")]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:https?:)?//", client.get(CMS).content.decode())
