"""Documents as people meet them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halka.accounts.models import User
from halka.audit.models import Entry
from halka.authorization.roles import Role
from tenants.caseloads.domain.documents import add_document
from tenants.caseloads.models import Document
from tenants.organisations.isolation import inside
from tests.factories.caseloads import ClientFactory
from tests.tenants.caseloads.journal.test_journal_page import url

PAGE = b"%PDF-1.7 of a school"


@pytest.fixture
def kept(desk):
    """`kept(audience="author", by=seat)`: a document that is there already."""

    def make(by=None, **values):
        values = {"title": "Diplomë", "source": [PAGE], "content_type": "application/pdf", **values}
        with inside(desk.ref):
            return add_document(client=desk.client, **values, by=by or desk.seat)

    return make


def address(desk, document, name="document"):
    return url(name, desk.client.pk, document.pk)


def test_adding_and_fetching(desk) -> None:
    files = [SimpleUploadedFile("Diplomë.exe", PAGE), SimpleUploadedFile("b.txt", b"words")]
    answer = desk.browser.post(url("document-add", desk.client.pk), {"attachments": files, "audience": "team"})
    assert answer["Location"] == url("documents", desk.client.pk)
    page = desk.browser.get(url("documents", desk.client.pk))
    assert "Diplomë" in page.content.decode()
    with inside(desk.ref):
        document = next(one for one in Document.objects.all() if one.title == "Diplomë")
    answer = desk.browser.get(address(desk, document))
    assert b"".join(answer.streaming_content) == PAGE
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Diplomë.pdf')}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    with inside(desk.ref):
        assert Entry.objects.get(action="document.opened").about_id == desk.client.pk


def test_mistakes_are_told(desk) -> None:
    page = desk.browser.post(url("document-add", desk.client.pk), {"audience": "team"})
    assert page.status_code == 400
    assert "Choose a file." in page.content.decode()
    program = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00 program")
    page = desk.browser.post(
        url("document-add", desk.client.pk), {"attachments": program, "audience": "team", "title": "Mine"}
    )
    assert "We keep photos" in page.content.decode()
    assert "Mine" in page.content.decode()


def test_who_it_is_for_counts_on_the_list_and_at_the_door(desk, colleague, kept) -> None:
    secret, shared = kept(audience="professionals", title="secret"), kept(title="shared")
    helper = colleague(Role.VOLUNTEER, "volunteer")
    page = helper.browser.get(url("documents", desk.client.pk)).content.decode()
    assert "shared" in page
    assert "secret" not in page
    assert helper.browser.get(address(desk, secret)).status_code == 404
    assert helper.browser.get(address(desk, secret, "document-remove")).status_code == 404
    assert helper.browser.get(address(desk, shared)).status_code == 200
    assert colleague().browser.get(address(desk, shared)).status_code == 403


def test_a_document_opens_only_at_its_own_person(desk, kept) -> None:
    document = kept()
    with inside(desk.ref):
        other = ClientFactory(assigned_to_id=desk.seat.membership_id)
    assert desk.browser.get(url("document", other.pk, document.pk)).status_code == 404


def test_removing_is_asked_for_and_is_the_adders_or_a_supervisors(desk, colleague, kept) -> None:
    document, another = kept(), kept()
    teacher, supervisor = colleague(Role.MENTOR, "teacher"), colleague(Role.SUPERVISOR)
    assert teacher.browser.post(address(desk, document, "document-remove")).status_code == 404
    assert "Remove “Diplomë”?" in desk.browser.get(address(desk, document, "document-remove")).content.decode()
    assert desk.browser.post(address(desk, document, "document-remove")).status_code == 302
    assert supervisor.browser.post(address(desk, another, "document-remove")).status_code == 302
    with inside(desk.ref):
        assert not Document.objects.exists()


def test_a_viewer_adds_nothing(desk, colleague) -> None:
    viewer = colleague(Role.VIEWER, "teacher")
    assert viewer.browser.get(url("documents", desk.client.pk)).context["form"] is None
    assert viewer.browser.post(url("document-add", desk.client.pk), {}).status_code == 403


def test_a_document_of_beta_stays_in_beta(desk, beta, seat_in, client_of) -> None:
    seat = seat_in(beta, Role.MANAGER)
    with inside(beta):
        person = ClientFactory()
        document = add_document(client=person, title="of beta", source=[PAGE], content_type="application/pdf", by=seat)
    assert desk.browser.get(url("document", person.pk, document.pk)).status_code == 404
    assert desk.browser.get(url("document", desk.client.pk, document.pk)).status_code == 404
    browser = client_of(User.objects.get(pk=seat.user_id), beta)
    assert b"".join(browser.get(url("document", person.pk, document.pk)).streaming_content) == PAGE
