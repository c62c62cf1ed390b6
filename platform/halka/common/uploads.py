"""Files that people upload: told by their content, never by their name, and pictures drawn anew.

What a phone writes into a picture, such as the place and the device, stays behind.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000  # a small file can unpack to an enormous picture
KEPT_SIDE: Final = 2400  # pixels: a page of paper stays readable
SNIFFED: Final = 4096
MOST_TITLE: Final = 120

PICTURES: Final = ("JPEG", "PNG", "WEBP")
# What lies in a zip of an office suite, and what it then is.
OFFICE: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_OFFICE: Final = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
}
UNSAFE: Final = re.compile(r"[^\w .()-]+")
MACROS: Final = re.compile(r"(?i)vbaproject|^basic/|^scripts/|activex")
# The ending that a file is handed out with.
ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
    OFFICE["word/document.xml"]: "docx",
    OFFICE["xl/workbook.xml"]: "xlsx",
    OFFICE["ppt/presentation.xml"]: "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
ACCEPT: Final = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt"


@dataclass(frozen=True)
class NewFile:
    """A file that was looked into: what it is called, its content in parts, and what it is."""

    title: str
    source: Iterable[bytes]
    content_type: str


def checked(upload: Any, title: str = "") -> NewFile:
    """The uploaded file as it may be kept. Raises ValidationError with words for the person."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Make it smaller, or photograph its pages."))
    title = title or title_of(upload.name)
    head = upload.read(SNIFFED)
    upload.seek(0)
    if head.startswith(b"%PDF-"):
        return NewFile(title, upload, "application/pdf")
    if head.startswith(b"PK\x03\x04"):
        return NewFile(title, upload, _office_type(upload))
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return _redrawn(upload, title)
    if _is_text(upload):
        return NewFile(title, upload, "text/plain")
    raise ValidationError(
        _("We keep photos, PDF, Word, Excel, PowerPoint, OpenDocument and text files. Save it as PDF and try again.")
    )


def title_of(name: str) -> str:
    """A title out of a file's name: no folders, no ending, nothing that cannot be seen."""
    stem = PurePath(name.replace("\\", "/")).stem
    seen = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in stem)
    return " ".join(seen.split())[:MOST_TITLE] or _("Document")


def file_name(title: str, content_type: str) -> str:
    """The name that a document is handed out with."""
    ending = ENDINGS.get(content_type, "bin")
    stem = UNSAFE.sub(" ", title).strip(" .")[:MOST_TITLE] or "document"
    return f"{stem}.{ending}"


def _office_type(upload: Any) -> str:
    try:
        with zipfile.ZipFile(upload) as parts:
            names = parts.namelist()
            declared = _beginning(parts, "mimetype") if "mimetype" in names[:1] else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ValidationError(
            _("This file is damaged. Open it on your device, save it again and try once more.")
        ) from error
    finally:
        upload.seek(0)
    if any(MACROS.search(name) for name in names):
        raise ValidationError(_("This file holds small programs (macros). Save it without them, or as PDF."))
    found = {kind for part, kind in OFFICE.items() if part in names} or {declared} & OPEN_OFFICE
    if len(found) != 1:
        raise ValidationError(_("We do not keep packed folders. Add the files one by one."))
    return found.pop()


def _beginning(parts: zipfile.ZipFile, name: str) -> str:
    """No more than is asked for is unpacked, however large the part says it is."""
    with parts.open(name) as part:
        return part.read(100).decode("ascii", "replace")


def _redrawn(upload: Any, title: str) -> NewFile:
    try:
        with Image.open(upload, formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Make it smaller and try again."))
            picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            upright = ImageOps.exif_transpose(picture)
            sharp = picture.format == "PNG"
            drawn = upright.convert("RGBA" if sharp and upright.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture cannot be read. Take it again, or save it as JPEG.")) from error
    drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    target = BytesIO()
    if sharp:
        bare.save(target, "PNG", optimize=True)
        if target.tell() <= MOST_BYTES // 4 or drawn.mode == "RGBA":
            return NewFile(title, [target.getvalue()], "image/png")
        target = BytesIO()
    bare.save(target, "JPEG", quality=85, optimize=True)
    return NewFile(title, [target.getvalue()], "image/jpeg")


def _is_text(upload: Any) -> bool:
    def whole() -> Iterator[bytes]:
        yield from upload.chunks()

    try:
        text = b"".join(whole()).decode()
    except UnicodeDecodeError:
        return False
    finally:
        upload.seek(0)
    return bool(text.strip()) and "\0" not in text and not text.lstrip().startswith(("<", "#!"))
