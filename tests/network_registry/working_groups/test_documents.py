"""Documents: any member adds one and adds versions, whoever added it removes it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halka.audit.models import Entry
from halka.common.uploads import NewFile
from network_registry.working_groups.domain import documents
from network_registry.working_groups.errors import NotNow
from network_registry.working_groups.models import Charter, Document, DocumentVersion
from tenants.organisations.isolation import inside
from tests.network_registry.working_groups.conftest import Somebody

PDF = b"%PDF-1.4 paper"


def paper(title: str = "Paper", content: bytes = PDF) -> NewFile:
    return NewFile(title, [content], "application/pdf")


def test_versions_are_kept_and_go_with_the_document(group: Charter, ann: Somebody, ben: Somebody) -> None:
    with inside(ben.ref):
        document = documents.add_document(group=group.pk, file=paper(), by=ben.by)
    with inside(ann.ref):
        second = documents.add_version(document=document.pk, file=paper(content=PDF + b"2"), note="More", by=ann.by)
        assert (second.number, second.organisation_id) == (2, ann.ref.id)
        assert documents.open_version(version=second, by=ann.by) == PDF + b"2"
        assert Entry.objects.filter(action="group_document.read").count() == 1
        with pytest.raises(NotNow):
            documents.remove_document(document=document.pk, by=ann.by)
        assert not documents.may_remove(document, None)
    with inside(ben.ref):
        documents.remove_document(document=document.pk, by=ben.by)
    assert not DocumentVersion.objects.exists()


def test_files_come_and_go_by_pages(group: Charter, ann: Somebody, ben: Somebody, secretary: Somebody) -> None:
    add = f"/working-groups/{group.pk}/documents/add/"
    assert ben.get(add).status_code == 200
    refused = ben.post(add, {"title": "Kept title", "file": SimpleUploadedFile("a.exe", b"MZ\x00\x01")})
    assert refused.status_code == 400
    assert "Kept title" in refused.content.decode()
    answer = ben.post(add, {"title": "", "file": SimpleUploadedFile("Loans 1.pdf", PDF)})
    document = Document.objects.get()
    assert answer["Location"] == f"/working-groups/{group.pk}/documents/{document.pk}/"
    assert str(document) == "Loans 1"
    page = f"/working-groups/{group.pk}/documents/{document.pk}/"
    assert ann.post(page, {"file": SimpleUploadedFile("b.txt", b"plain"), "note": "As text"}).status_code == 302
    assert ann.post(page, {"note": "No file"}).status_code == 400
    text = ann.get(page).content.decode()
    assert "As text" in text
    assert "Remove with all versions" not in text
    assert "Remove with all versions" in ben.get(page).content.decode()
    listed = ann.get(f"/working-groups/{group.pk}/documents/").content.decode()
    assert "version 2" in listed
    file = ann.get(f"{page}1/")
    assert file.content == PDF
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="Loans 1.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert ann.get(f"{page}9/").status_code == 404
    above = secretary.get(page)
    assert above.status_code == 200
    assert "Add a version" not in above.content.decode()
    assert secretary.post(f"{page}remove/").status_code == 404
    assert ann.post(f"{page}remove/").status_code == 302
    assert Document.objects.exists()
    ben.post(f"{page}remove/")
    assert not Document.objects.exists()
