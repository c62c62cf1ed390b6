from __future__ import annotations

from collections.abc import Callable

from django.test import Client as Browser

from halka.accounts.models import User
from halka.authorization.roles import Role
from halka.common.current import OrganisationRef
from knowledge_base.models import Evidence
from tenants.learning.models import AdoptedCurriculum

Sign = Callable[..., Browser]


def text_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_everybody_who_teaches_sees_what_leaves(
    alpha: OrganisationRef, beta: OrganisationRef, adopted: AdoptedCurriculum, member: Callable[..., User],
    client_of: Sign,
) -> None:  # fmt: skip
    browser = client_of(member(alpha, Role.MENTOR), alpha)
    path = f"/learning/{adopted.pk}/evidence/"
    assert "Nothing has left so far" in text_of(browser, path)
    for organisation, groups in ((alpha, 3), (beta, 77_777)):
        Evidence.objects.create(organisation_id=organisation.id, version_id=adopted.base, groups=groups)
    Evidence.objects.create(
        organisation_id=alpha.id, version_id=adopted.base, unit="hope", groups=3, people=25, completed=15, rated=10,
        distance=8,
    )  # fmt: skip
    text = text_of(browser, path)
    assert text.index("The whole curriculum") < text.index(">fewer than five<") < text.index("Hope") < text.index("+8")
    assert "77777" not in text.replace(",", "")
    assert browser.post(path).url == path
    assert "Nothing has left so far" in text_of(browser, path)
    assert not Evidence.objects.filter(organisation=alpha.id).exists()
