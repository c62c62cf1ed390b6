"""Curricula as Common Cartridges: what learning platforms demand of the file, and who is given it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from halka.accounts.models import User
from halka.common.current import OrganisationRef
from knowledge_base.cartridge import FOR_MOODLE, NEWEST, Profile, write_cartridge
from knowledge_base.domain.versions import begin_version, publish_version
from knowledge_base.enums import Audience
from knowledge_base.models import Curriculum, Unit
from tests.knowledge_base.conftest import add_module, add_unit

Make = Callable[..., Any]
NAME = re.compile(r"[A-Za-z_][-\w.]*", re.ASCII)  # what an xs:ID may be
PROFILES = [pytest.param(NEWEST, id="1.3"), pytest.param(FOR_MOODLE, id="1.1")]


def content_of(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def written(page: Curriculum, profile: Profile = NEWEST) -> bytes:
    file = BytesIO()
    version = page.versions.published().order_by("-number")[0]
    write_cartridge(page=page, version=version, to=file, profile=profile)
    return file.getvalue()


def opened(content: bytes) -> tuple[ElementTree.Element, dict[str, str]]:
    """The manifest, and the other files."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return ElementTree.fromstring(files.pop("imsmanifest.xml")), files


def titles(item: ElementTree.Element, space: str) -> Any:
    """(title, those within it) of all items below."""
    return [(one.findtext(f"{space}title"), titles(one, space)) for one in item.findall(f"{space}item")]


def names_within(element: ElementTree.Element, space: str) -> list[tuple[str, list[str]]]:
    return [(one.tag.removeprefix(space), [part.tag.removeprefix(space) for part in one]) for one in element]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_manifest_is_as_platforms_demand_it(curriculum: Make, profile: Profile) -> None:
    page = curriculum(units=["hope", "steps"], how_to_use="Slowly.")
    manifest, files = opened(written(page, profile))
    mark = profile.number.replace(".", "p")
    own = f"{{http://www.imsglobal.org/xsd/imsccv{mark}/imscp_v1p1}}"
    lom = f"{{http://ltsc.ieee.org/xsd/imsccv{mark}/LOM/manifest}}"
    assert [part.tag for part in manifest] == [f"{own}metadata", f"{own}organizations", f"{own}resources"]
    metadata, organizations, resources = manifest
    assert [part.tag for part in metadata] == [f"{own}schema", f"{own}schemaversion", f"{lom}lom"]
    assert (metadata[0].text, metadata[1].text) == ("IMS Common Cartridge", f"{profile.number}.0")
    assert metadata.findtext(f".//{lom}title/{lom}string") == "Ready"
    assert metadata.findtext(f".//{lom}language") == "en"
    assert metadata.findtext(f".//{lom}entry") == f"{page.full_url}versions/1/"

    # Moodle compares it with the standard's own schema, which knows fewer elements here than the standard behind it.
    assert names_within(metadata[2], lom) == [
        ("general", ["identifier", "title", "language", "description"]), ("lifeCycle", ["contribute"]),
    ]  # fmt: skip
    assert names_within(metadata[2][1], lom) == [("contribute", ["date"])]

    (organization,) = organizations
    assert organization.get("structure") == "rooted-hierarchy"
    (root,) = organization
    assert root.find(f"{own}title") is None
    assert titles(root, own) == [
        ("About this curriculum", []),
        ("Beginning", [("About this module", []), ("Hope", []), ("Sheet of hope", []), ("Steps", []),
                       ("Sheet of steps", [])]),
    ]  # fmt: skip

    identifiers = [element.get("identifier", "") for element in manifest.iter() if "identifier" in element.attrib]
    assert len(identifiers) == len(set(identifiers))
    assert all(NAME.fullmatch(identifier) for identifier in identifiers)

    assert {resource.tag for resource in resources} == {f"{own}resource"}
    assert {resource.get("type") for resource in resources} == {"webcontent"}
    named = {resource.get("identifier"): resource for resource in resources}
    wanted = [item.get("identifierref") for item in manifest.iter(f"{own}item") if item.get("identifierref")]
    assert sorted(wanted) == sorted(named, key=str)
    for item in manifest.iter(f"{own}item"):
        assert not (item.get("identifierref") and item.findall(f"{own}item"))
    paths = []
    for resource in resources:
        (file,) = resource.findall(f"{own}file")
        path = resource.get("href", "")
        assert file.get("href") == path
        assert not urlsplit(path).scheme
        assert not path.startswith("/")
        assert ".." not in path
        paths.append(path)
    assert sorted(paths) == sorted(files)


@pytest.mark.parametrize("profile", PROFILES)
def test_moodle_finds_the_namespace_where_it_looks(curriculum: Make, profile: Profile) -> None:
    with ZipFile(BytesIO(written(curriculum(), profile))) as archive:
        beginning = re.sub(r"[\s'\"]", "", archive.read("imsmanifest.xml").decode()[:500].lower())
    assert f"xmlns=http://www.imsglobal.org/xsd/imsccv{profile.number.replace('.', 'p')}/imscp_v1p1" in beginning


def test_guides_are_for_facilitators_and_sheets_for_participants(curriculum: Make) -> None:
    manifest, files = opened(written(curriculum(units=["hope"])))
    lom = "{http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource}"
    own = "{http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1}"
    roles = {
        resource.get("href"): resource.findtext(f".//{lom}intendedEndUserRole/{lom}value")
        for resource in manifest.iter(f"{own}resource")
    }
    assert roles == {
        "about.html": None, "modules/beginning.html": None, "units/hope/unit.html": "Instructor",
        "units/hope/sheet.html": "Learner",
    }  # fmt: skip
    guide, sheet = files["units/hope/unit.html"], files["units/hope/sheet.html"]
    for words in ("Introduction of hope.", "Guide of hope.", "Thread", "20 minutes", "<li>Hold.</li>", "Why?"):
        assert words in guide
        assert words not in sheet
    assert "<li>My name</li>" in sheet
    assert not any("<script" in html or "<link" in html for html in files.values())


def test_a_unit_without_a_sheet(curriculum: Make) -> None:
    page = curriculum(units=None)
    draft = begin_version(curriculum=page, by=None)
    unit = {"sheet_title": "", "outcomes": ["**Hope**"], "materials": ["Thread"], "exercises": []}
    add_unit(add_module(draft, "beginning", outcomes=["Begin"]), "hope", **unit)
    publish_version(version=draft, changes="First version.", by=None)
    files = opened(written(page))[1]
    assert sorted(files) == ["about.html", "modules/beginning.html", "units/hope/unit.html"]
    assert "<li><strong>Hope</strong></li>" in files["units/hope/unit.html"]


def test_the_same_version_gives_the_same_bytes(curriculum: Make) -> None:
    page = curriculum()
    assert written(page) == written(page)
    assert written(page) != written(page, FOR_MOODLE)


def test_what_may_not_stand_in_xml_is_left_out_or_escaped(curriculum: Make) -> None:
    page = curriculum("Ready")
    Curriculum.objects.filter(pk=page.pk).update(title='A <b> & "c"\x0b', summary="\x01One & two")
    page.refresh_from_db()
    manifest, files = opened(written(page))
    assert 'A <b> & "c"' in [element.text for element in manifest.iter()]
    assert "A &lt;b&gt; &amp; &quot;c&quot;" in files["about.html"]
    assert "\x0b" not in files["about.html"]


def test_in_the_curriculums_own_language(curriculum: Make, lesson: Make) -> None:
    """Whatever the reader's is."""
    page = curriculum()
    page.locale = lesson("برف", language="fa").locale
    files = opened(written(page))[1]
    assert files["about.html"].count('lang="fa" dir="rtl"') == 2
    assert "Who it is for" not in files["about.html"]


@pytest.mark.parametrize(
    ("below", "media", "name"),
    [
        ("cartridge/", "imsccv1p3", "ready-en-2-cc1.3.imscc"),
        ("cartridge/moodle/", "imsccv1p1", "ready-en-2-cc1.1.imscc"),
        ("versions/1/cartridge/", "imsccv1p3", "ready-en-1-cc1.3.imscc"),
        ("versions/1/cartridge/moodle/", "imsccv1p1", "ready-en-1-cc1.1.imscc"),
    ],
)
def test_as_a_download(client_of: Callable[..., Client], curriculum: Make, below: str, media: str, name: str) -> None:
    page = curriculum(units=["hope"])
    draft = begin_version(curriculum=page, by=None)
    Unit.objects.filter(version=draft).update(guide="Another guide.")
    publish_version(version=draft, changes="Another guide.", by=None)
    client = client_of(None)
    answer = client.get(page.url + below)
    assert answer["Content-Type"] == f"application/vnd.ims.{media}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    files = opened(content_of(answer))[1]
    assert ("Another guide." in files["units/hope/unit.html"]) is ("-2-" in name)
    assert f'href="{page.url}cartridge/moodle/"' in client.get(page.url).content.decode()


def test_only_for_who_may_read_it(
    client_of: Callable[..., Client], curriculum: Make, member: Callable[..., User], alpha: OrganisationRef
) -> None:
    page = curriculum(audience=Audience.MEMBERS)
    assert client_of(None).get(f"{page.url}cartridge/").status_code == 404
    assert content_of(client_of(member(alpha)).get(f"{page.url}cartridge/"))


def test_not_of_what_is_not_published(client_of: Callable[..., Client], curriculum: Make) -> None:
    client, page = client_of(None), curriculum(units=None)
    begin_version(curriculum=page, by=None)
    for below in ("cartridge/", "versions/1/cartridge/", "cartridge/other/"):
        assert client.get(page.url + below).status_code == 404
    assert "cartridge/" not in client.get(page.url).content.decode()
    assert client.get(f"{curriculum('Later', live=False).url}cartridge/").status_code == 404


@pytest.mark.parametrize("units", [["one"], ["one", "two", "three"]])
def test_queries(curriculum: Make, django_assert_num_queries: DjangoAssertNumQueries, units: list[str]) -> None:
    page = curriculum(units=units)
    version = page.versions.get()
    assert page.full_url  # asks for the site's roots
    assert page.locale
    with django_assert_num_queries(2):
        write_cartridge(page=page, version=version, to=BytesIO())
