"""Files are told by their content, and pictures lose what the phone wrote into them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from halka.common import uploads
from halka.common.uploads import checked, file_name, title_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(content, name="x.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def picture(kind="JPEG", size=(40, 30), mode="RGB", **options):
    target = BytesIO()
    Image.new(mode, size, "#c33").save(target, kind, **options)
    return target.getvalue()


def packed(*names, **contents):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        for name, content in {**dict.fromkeys(names, ""), **contents}.items():
            parts.writestr(name, content)
    return target.getvalue()


def bytes_of(file):
    return b"".join(file.source)


def test_a_photo_loses_place_and_device_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Phone maker"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    file = checked(upload(picture(exif=exif), "IMG_1.HEIC.exe"))
    with Image.open(BytesIO(bytes_of(file))) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (30, 40), {})
    assert file.content_type == "image/jpeg"


def test_a_large_photo_is_made_smaller() -> None:
    file = checked(upload(picture(size=(5000, 2500))))
    with Image.open(BytesIO(bytes_of(file))) as kept:
        assert kept.size == (2400, 1200)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG", mode="RGBA"), "image/png"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/jpeg"),
        (b"%PDF-1.7 x", "application/pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), WORD),
        (packed("xl/workbook.xml"), uploads.OFFICE["xl/workbook.xml"]),
        (packed("ppt/presentation.xml"), uploads.OFFICE["ppt/presentation.xml"]),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        ("Më së miri".encode(), "text/plain"),
    ],
)
def test_what_is_kept(content, kind) -> None:
    file = checked(upload(content, "lies.exe"))
    assert file.content_type == kind
    assert kind in uploads.ENDINGS
    assert bytes_of(file)


def test_a_great_drawing_becomes_a_photo(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 400)
    assert checked(upload(picture("PNG", size=(60, 60))), "x").content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 program", "We keep photos"),
        (b"\xd0\xcf\x11\xe0 old Word", "We keep photos"),
        (b"<html><script>alert(1)</script>", "We keep photos"),
        (b"#!/bin/sh", "We keep photos"),
        (b"  ", "We keep photos"),
        (b"a\0b", "We keep photos"),
        (b"\xff\xd8\xff broken", "cannot be read"),
        (b"RIFF sound", "cannot be read"),
        (b"PK\x03\x04 broken", "damaged"),
        (packed("word/document.xml", "word/vbaProject.bin"), "macros"),
        (packed("Basic/Standard/x.xml", mimetype="application/vnd.oasis.opendocument.text"), "macros"),
        (packed("a.txt", "b.txt"), "packed folders"),
        (packed("word/document.xml", "xl/workbook.xml"), "packed folders"),
    ],
)
def test_what_is_refused(content, words) -> None:
    with pytest.raises(ValidationError, match=words):
        checked(upload(content))


def test_too_large(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 5)
    with pytest.raises(ValidationError, match="10 MB"):
        checked(upload(b"%PDF-1"))


def test_a_picture_that_unpacks_to_an_enormous_one(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_PIXELS", 1000)
    with pytest.raises(ValidationError, match="too many pixels"):
        checked(upload(picture()))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Diplomë e shkollës.pdf", "Diplomë e shkollës"),
        ("..\\..\\etc/passwd", "passwd"),
        ("gpj.\u202eexe", "gpj"),
        ("a\u202eb\nc.pdf", "a b c"),
        (".pdf", ".pdf"),
        ("\u200f", "Document"),
        ("x" * 300 + ".pdf", "x" * 120),
    ],
)
def test_a_name_is_cleaned(name, title) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Diplomë", "Diplomë.pdf"),
        ('a/b\\c"d', "a b c d.pdf"),
        ("...", "document.pdf"),
        ("گواهی", "گواهی.pdf"),
    ],
)
def test_the_name_of_a_download(title, name) -> None:
    assert file_name(title, "application/pdf") == name
    assert file_name(title, "what/ever").endswith(".bin")
