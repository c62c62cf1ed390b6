"""Names, language, calendar, colour, logo and the demand of a second factor."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from halka.audit.models import Entry
from halka.authorization.roles import Role
from halka.common.addresses import WORKSPACE_URLS
from halka.common.errors import EditedMeanwhile
from tenants.organisations import logos
from tenants.organisations.directory import organisation_at
from tenants.organisations.domain.settings_page import OrganisationSettings, change_settings
from tenants.organisations.isolation import inside
from tenants.organisations.models import Organisation

URL = reverse("settings", urlconf=WORKSPACE_URLS)
LOGO = reverse("logo", urlconf=WORKSPACE_URLS)
WANTED = OrganisationSettings({"en": "Alpha Home", "sq": "Shtëpia Alfa"}, "sq", "jalali", "Europe/Tirane", "plum", True)


def picture(kind="PNG", size=(60, 40), **options) -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", size, "#123456").save(target, kind, **options)
    return SimpleUploadedFile(f"logo.{kind.lower()}", target.getvalue())


@pytest.fixture
def browser(alpha, member, client_of):
    return client_of(member(alpha, Role.MANAGER), alpha)


def seen(client) -> dict[str, str]:
    """What a browser would send back, had nobody touched the form."""
    form = client.get(URL).context["form"]
    data = {}
    for field in form:
        if field.name in {"logo_file", "no_logo"}:
            continue
        value = field.value()
        if value is not False and value is not None:
            data[field.html_name] = str(value)
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = "" if value is None else str(value)
    return data


def test_settings_are_written_and_seen_by_the_next_request(alpha, seat_in, tasks):
    organisation_at("alpha.halka.localhost")
    manager = seat_in(alpha, Role.MANAGER)
    with tasks(), inside(alpha):
        change_settings(settings=WANTED, seen_version=1, by=manager)
        entry = Entry.objects.get(action="settings.changed")
    assert set(entry.detail["fields"]) == {"names", "language", "calendar", "time_zone", "colour", "demands_mfa"}
    ref = organisation_at("alpha.halka.localhost")
    assert (ref.language, ref.calendar, ref.colour, ref.demands_mfa) == ("sq", "jalali", "plum", True)
    assert ref.names == WANTED.names


def test_nothing_changed_writes_nothing(alpha, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    same = OrganisationSettings(dict(alpha.names), "en", "gregorian", "UTC", "teal", False)
    with inside(alpha):
        saved = change_settings(settings=same, seen_version=1, by=manager)
        assert not Entry.objects.exists()
    assert saved.version == 1


def test_the_second_editor_is_told(alpha, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        change_settings(settings=WANTED, seen_version=1, by=manager)
        with pytest.raises(EditedMeanwhile):
            change_settings(settings=WANTED, seen_version=1, by=manager)


def test_only_ones_own_organisation_is_written(alpha, beta, seat_in):
    manager = seat_in(alpha, Role.MANAGER)
    with inside(alpha):
        change_settings(settings=WANTED, seen_version=1, by=manager)
        assert Organisation.objects.filter(pk=beta.id).update(colour="plum") == 0


def test_the_page_saves(browser):
    data = seen(browser) | {"name_sl": "Hiša Alfa", "colour": "rose", "demands_mfa": "on"}
    assert browser.post(URL, data)["Location"] == URL
    saved = Organisation.objects.get(schema_name="alpha")
    assert saved.names == {"en": "Alpha House", "fa": "خانه آلفا", "sl": "Hiša Alfa"}
    assert (saved.colour, saved.demands_mfa, saved.version) == ("rose", True, 2)
    assert 'data-accent="rose"' in browser.get(URL).content.decode()


def test_a_name_is_one_line(browser):
    """It stands in the subject of e-mails, where a second line would be a header."""
    browser.post(URL, seen(browser) | {"name_en": "Alpha\r\nBcc: somebody@example.org"})
    assert Organisation.objects.get(schema_name="alpha").names["en"] == "Alpha Bcc: somebody@example.org"


def test_the_name_in_the_own_language_is_needed(browser):
    response = browser.post(URL, seen(browser) | {"name_en": ""})
    assert response.status_code == 400
    assert "own language" in response.content.decode()


def test_two_managers_changes_are_both_kept(browser, alpha, member, client_of):
    other = client_of(member(alpha, Role.MANAGER), alpha)
    first, second = seen(browser), seen(other)
    browser.post(URL, first | {"colour": "rose", "name_en": "Alpha One"})
    response = other.post(URL, second | {"name_en": "Alpha Two", "calendar": "jalali"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Alpha One" in page
    assert "Alpha Two" in page
    rows = {row.name: (row.theirs, row.mine, row.is_mine) for row in response.context["rows"]}
    assert rows == {
        "name_en": ("Alpha One", "Alpha Two", True),
        "calendar": ("Gregorian calendar", "Jalali calendar", True),
        "colour": ("Rose", "Teal", False),  # the second one never touched it
    }
    assert Organisation.objects.get(schema_name="alpha").names["en"] == "Alpha One"
    carried = dict(response.context["carried"])
    kept = {f"keep-{name}": "mine" if row[2] else "theirs" for name, row in rows.items()}
    assert other.post(URL, carried | kept).status_code == 302
    saved = Organisation.objects.get(schema_name="alpha")
    assert (saved.names["en"], saved.calendar, saved.colour) == ("Alpha Two", "jalali", "rose")


def test_a_logo_beside_a_conflict_is_asked_for_again(browser, alpha, member, client_of):
    data = seen(browser)
    browser.post(URL, data | {"colour": "rose"})
    response = browser.post(URL, data | {"colour": "plum", "logo_file": picture()})
    assert "The logo has to be chosen once more." in response.content.decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_served(browser, client_of, alpha, kind):
    data = seen(browser) | {"logo_file": picture(kind)}
    assert browser.post(URL, data).status_code == 302
    for client in (browser, client_of(None, alpha)):
        response = client.get(LOGO)
        assert response["Content-Type"] in logos.CONTENT_TYPES
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert Image.open(BytesIO(response.content)).size == (60, 40)
    browser.post(URL, seen(browser) | {"no_logo": "on"})
    assert browser.get(LOGO).status_code == 404


def test_metadata_does_not_travel():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody Real")
    assert b"Somebody Real" not in logos.cleaned(picture(pnginfo=notes)).content
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    assert b"taken at home" not in logos.cleaned(picture("JPEG", exif=exif)).content


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.png", b"<svg onload=alert(1)></svg>"),
        SimpleUploadedFile("logo.png", b""),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        SimpleUploadedFile("logo.png", b"0" * 100_001),
        picture("GIF"),
        picture("BMP"),
        picture(size=(5000, 10)),
    ],
)
def test_anything_else_is_refused(upload):
    with pytest.raises(ValidationError):
        logos.cleaned(upload)


def test_large_pictures_are_made_smaller():
    assert Image.open(BytesIO(logos.cleaned(picture(size=(2000, 1000))).content)).size == (480, 240)
