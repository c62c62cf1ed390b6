"""The network's admin: for superusers, on the network's host, and nothing private in it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from halka.accounts.admin_site import site
from halka.accounts.models import User
from halka.common.models import PrivateModel

PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/organisations/organisation/",
    "/admin/organisations/domain/",
    "/admin/organisations/membership/",
]


@pytest.fixture
def superuser(db):
    user = User.objects.create_superuser("root@example.org", "a long passphrase", name="Root")
    Authenticator.objects.create(user=user, type="totp", data={})
    return user


@pytest.mark.parametrize("path", PAGES)
def test_a_superuser_reads(client_of, superuser, alpha, member, path):
    member(alpha)
    assert client_of(superuser).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_finds_it(client_of, member, secretariat, path):
    user = member(secretariat, "secretariat")
    assert client_of(user).get(path).status_code == 404
    User.objects.filter(pk=user.pk).update(is_staff=True)
    assert client_of(User.objects.get(pk=user.pk)).get(path).status_code == 404
    assert "/accounts/login/" in client_of(None).get(path)["Location"]


def test_workspaces_have_none(client_of, superuser, alpha):
    assert client_of(superuser, alpha).get("/admin/").status_code == 404


def test_a_superuser_needs_a_second_factor(client_of, superuser):
    Authenticator.objects.all().delete()
    assert client_of(superuser).get("/admin/")["Location"] == "/accounts/security/?demanded=admin"


def test_organisations_are_not_changed_there(client_of, superuser, alpha):
    client = client_of(superuser)
    page = f"/admin/organisations/organisation/{alpha.id}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"state": "closed"}).status_code == 403
    assert client.get("/admin/organisations/organisation/add/").status_code == 403
    assert client.post(page.replace("change", "delete")).status_code == 403


def test_an_account_is_closed_there(client_of, superuser, alpha, member):
    user = member(alpha)
    form = {"name": user.name, "language": "en", "calendar": "gregorian"}
    client_of(superuser).post(f"/admin/accounts/user/{user.pk}/change/", form)
    assert not User.objects.get(pk=user.pk).is_active
    assert client_of(superuser).get("/admin/accounts/user/add/").status_code == 403


def test_private_models_are_refused():
    private = [model for model in apps.get_models() if issubclass(model, PrivateModel)]
    assert private
    assert not [model for model in private if site.is_registered(model)]
    with pytest.raises(ImproperlyConfigured):
        site.register(private[0])


def test_signing_in_and_out_is_ours(client_of, superuser):
    client = client_of(superuser)
    assert client.get("/admin/logout/")["Location"] == "/accounts/logout/"
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/"
