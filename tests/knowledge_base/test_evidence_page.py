"""What teaching did, for editors in full and for readers in one line."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.models import Adoption, Curriculum, Evidence
from tenants.organisations.models import Organisation


def tell(page: Curriculum, count: int) -> None:
    version = page.versions.get(number=1)
    for organisation in Organisation.objects.order_by("schema_name")[:count]:
        Adoption.objects.create(organisation=organisation, curriculum=page, version=version)
        for unit, people in (("", 15), ("hope", 10)):
            Evidence.objects.create(
                organisation=organisation, version=version, unit=unit, groups=2, people=people, completed=10, rated=5,
                distance=-7,
            )  # fmt: skip


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_editor_sees_sums_and_others_no_page(
    curriculum: Callable[..., Curriculum], editor: User, member: Callable[..., User], alpha: OrganisationRef,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    page, draft = curriculum("Ready"), curriculum("Later", units=None)
    path = f"/knowledge/evidence/{page.pk}/"
    for who in (None, member(alpha, Role.MANAGER)):
        assert client_of(who).get(path).status_code in (302, 404)
    browser = client_of(editor)
    assert browser.get("/knowledge/evidence/999999/").status_code == 404
    assert "Unit by unit" not in text_of(browser, f"/knowledge/evidence/{draft.pk}/")
    tell(page, 2)
    assert ">too few</td>" in text_of(browser, path)
    assert ">−7</td>" not in text_of(browser, path)
    Evidence.objects.all().delete()
    Adoption.objects.all().delete()
    tell(page, 3)
    text = text_of(browser, path)
    for value in ("45", "30", "−7"):
        assert f">{value}</td>" in text
    version = page.versions.get(number=1)
    assert "Unit by unit, version 1" in text_of(browser, f"{path}?version={version.pk}")
    assert "Unit by unit, all versions" in text_of(browser, f"{path}?version=x")


def test_readers_see_one_line_of_it(curriculum: Callable[..., Curriculum], client_of: Callable[..., Client]) -> None:
    page = curriculum("Ready")
    tell(page, 2)
    assert "Completed by" not in text_of(client_of(None), page.url)
    Evidence.objects.all().delete()
    Adoption.objects.all().delete()
    tell(page, 3)
    text = text_of(client_of(None), page.url)
    assert "about 30 people" in text
    assert "−7" in text
    assert "What it did" not in text
