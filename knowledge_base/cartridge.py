"""A published version of a curriculum as a Common Cartridge: the file that learning platforms take in.

The same version gives the same bytes. 1.3 is the newest that platforms read; Moodle reads 1.0 and 1.1 alone, and
looks for the namespace in the first 500 letters of the manifest. What differs between the two is how things are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import IO, Any, Final
from xml.sax.saxutils import XMLGenerator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from knowledge_base.models import Curriculum, CurriculumVersion, Module, Unit
from knowledge_base.prose import plain

MANIFEST: Final = "imsmanifest.xml"
UNIX: Final = 3
READABLE: Final = 0o100644 << 16
NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FACILITATOR, PARTICIPANT = "Instructor", "Learner"


@dataclass(frozen=True)
class Profile:
    """A version of the standard."""

    number: str
    roles: str  # the vocabulary of those for whom a resource is

    @property
    def schema_version(self) -> str:
        return f"{self.number}.0"

    @property
    def _mark(self) -> str:
        return self.number.replace(".", "p")

    @property
    def media_type(self) -> str:
        return f"application/vnd.ims.imsccv{self._mark}"

    @property
    def namespaces(self) -> dict[str, str]:
        """Attributes of the manifest, its own namespace first."""
        own, lom = f"http://www.imsglobal.org/xsd/imsccv{self._mark}", f"http://ltsc.ieee.org/xsd/imsccv{self._mark}"
        schemas = f"http://www.imsglobal.org/profile/cc/ccv{self._mark}"
        places = {
            f"{own}/imscp_v1p1": f"{schemas}/ccv{self._mark}_imscp_v1p2_v1p0.xsd",
            f"{lom}/LOM/manifest": f"{schemas}/LOM/ccv{self._mark}_lommanifest_v1p0.xsd",
            f"{lom}/LOM/resource": f"{schemas}/LOM/ccv{self._mark}_lomresource_v1p0.xsd",
        }
        return {
            "xmlns": f"{own}/imscp_v1p1",
            "xmlns:lomimscc": f"{lom}/LOM/manifest",
            "xmlns:lom": f"{lom}/LOM/resource",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": " ".join(f"{space} {place}" for space, place in places.items()),
        }


NEWEST: Final = Profile("1.3", "IMSGLC_CC_Rolesv1p2")
FOR_MOODLE: Final = Profile("1.1", "IMSGLC_CC_Rolesv1p1")


@dataclass(frozen=True)
class Document:
    """A page of the cartridge; `role`: for whom it is, where not for everybody."""

    key: str  # unique in the cartridge
    path: str
    title: str
    html: str
    role: str = ""


@dataclass(frozen=True)
class Folder:
    """A module with its pages in order."""

    key: str
    title: str
    documents: tuple[Document, ...]


def write_cartridge(*, page: Curriculum, version: CurriculumVersion, to: IO[bytes], profile: Profile = NEWEST) -> None:
    """Two queries. The texts stay in the curriculum's language, and so do the words around them."""
    with translation.override(page.locale.language_code):
        about = _document(page, "about", "about.html", _("About this curriculum"), "about", version=version)
        folders = [_folder(page, module) for module in _modules(version)]
        manifest = _manifest(page, version, profile, about, folders)
    documents = [about, *(document for folder in folders for document in folder.documents)]
    moment = _since(version).timetuple()[:6]
    with ZipFile(to, "w") as archive:
        for path, text in ((MANIFEST, manifest), *((document.path, document.html) for document in documents)):
            info = ZipInfo(path, moment)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, UNIX, READABLE
            archive.writestr(info, text.encode())


def _since(version: CurriculumVersion) -> datetime:
    return (version.published_at or version.created_at).astimezone(UTC)


def _modules(version: CurriculumVersion) -> Iterable[Module]:
    in_order = Prefetch("units", Unit.objects.order_by("position", "id"))
    return version.modules.order_by("position", "id").prefetch_related(in_order)


def _folder(page: Curriculum, module: Module) -> Folder:
    path = f"modules/{module.key}.html"
    opening = _document(page, f"module-{module.key}", path, _("About this module"), "module", module=module)
    units = [document for unit in module.units.all() for document in _unit(page, unit)]
    return Folder(f"folder-{module.key}", module.title, (opening, *units))


def _unit(page: Curriculum, unit: Unit) -> Iterator[Document]:
    """What the facilitator reads, and the sheet for those who take part."""
    path = f"units/{unit.key}"
    yield _document(page, f"unit-{unit.key}", f"{path}/unit.html", unit.title, "unit", role=FACILITATOR, unit=unit)
    if unit.sheet_title:
        yield _document(
            page, f"sheet-{unit.key}", f"{path}/sheet.html", unit.sheet_title, "sheet", role=PARTICIPANT, unit=unit
        )


def _document(
    page: Curriculum, key: str, path: str, title: str, template: str, *, role: str = "", **context: Any
) -> Document:
    language = get_language_info(page.locale.language_code)
    html = render_to_string(
        f"knowledge_base/cartridge/{template}.html",
        {"page": page, "title": title, "language": language["code"], "is_rtl": language["bidi"], **context},
    )
    return Document(key, path, title, NOT_IN_XML.sub("", html), role)


# --- the manifest ------------------------------------------------------------------------


class _Writer:
    """Elements one within another; what may not stand in XML is left out."""

    def __init__(self) -> None:
        self._out = StringIO()
        self._xml = XMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def inside(self, name: str, **attributes: str) -> Iterator[None]:
        self._xml.startElement(name, attributes)  # type: ignore[arg-type]  # a mapping is all it asks of it
        yield
        self._xml.endElement(name)

    def element(self, name: str, text: str = "", **attributes: str) -> None:
        with self.inside(name, **attributes):
            if text:
                self._xml.characters(NOT_IN_XML.sub("", text))

    def text(self) -> str:
        return self._out.getvalue()


def _manifest(
    page: Curriculum, version: CurriculumVersion, profile: Profile, about: Document, folders: Iterable[Folder]
) -> str:
    out, folders = _Writer(), list(folders)
    with out.inside("manifest", **profile.namespaces, identifier=f"M-{version.pk}"):
        with out.inside("metadata"):
            out.element("schema", "IMS Common Cartridge")
            out.element("schemaversion", profile.schema_version)
            _metadata(out, page, version)
        # The root has no title; an item that is a page holds no others.
        with (
            out.inside("organizations"),
            out.inside("organization", identifier="organization", structure="rooted-hierarchy"),
            out.inside("item", identifier="root"),
        ):
            _item(out, about)
            for folder in folders:
                with out.inside("item", identifier=f"I-{folder.key}"):
                    out.element("title", folder.title)
                    for document in folder.documents:
                        _item(out, document)
        with out.inside("resources"):
            for document in (about, *(document for folder in folders for document in folder.documents)):
                _resource(out, document, profile)
    return out.text()


def _item(out: _Writer, document: Document) -> None:
    with out.inside("item", identifier=f"I-{document.key}", identifierref=f"R-{document.key}"):
        out.element("title", document.title)


def _resource(out: _Writer, document: Document, profile: Profile) -> None:
    with out.inside("resource", identifier=f"R-{document.key}", type="webcontent", href=document.path):
        if document.role:
            with (
                out.inside("metadata"),
                out.inside("lom:lom"),
                out.inside("lom:educational"),
                out.inside("lom:intendedEndUserRole"),
            ):
                out.element("lom:source", profile.roles)
                out.element("lom:value", document.role)
        out.element("file", href=document.path)


def _metadata(out: _Writer, page: Curriculum, version: CurriculumVersion) -> None:
    code = page.locale.language_code
    told = f"{plain(page.summary)} {_('Version %(number)s') % {'number': version.number}}."
    with out.inside("lomimscc:lom"):
        with out.inside("lomimscc:general"):
            with out.inside("lomimscc:identifier"):
                out.element("lomimscc:catalog", "URI")
                out.element("lomimscc:entry", f"{page.full_url}versions/{version.number}/")
            with out.inside("lomimscc:title"):
                out.element("lomimscc:string", page.title, language=code)
            out.element("lomimscc:language", code)
            with out.inside("lomimscc:description"):
                out.element("lomimscc:string", told, language=code)
        with (
            out.inside("lomimscc:lifeCycle"),
            out.inside("lomimscc:contribute"),
            out.inside("lomimscc:date"),
        ):
            out.element("lomimscc:dateTime", _since(version).date().isoformat())
