"""An organisation applies, is licensed, opens its workspace, takes everything along, and is told of its end."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Site
from tests.browser.test_people import body_of_the_letter_to

pytestmark = pytest.mark.slow
LONG = "Society for the Encouragement of Women and Men in Search of Work in the Villages of the Upper Valley"
MINUTES = 60_000  # the worker makes a whole workspace


def applied(site: Site, page: Page) -> None:
    """The public form, from its first page to its last, on a phone."""
    page.goto(site.address(path="/apply/"))
    main = page.locator("main")
    main.locator("[name=name]").fill(LONG)
    main.locator("[name=email]").fill("office@uppervalley.example")
    main.get_by_role("button", name="Begin").click()
    typed = {
        "organisation": {"province": "South", "registration_number": "77/2020", "registered_with": "Register"},
        "people": {"board": "Vesna, chair", "manager_name": "Mira", "manager_email": "mira@uppervalley.example"},
        "work": {"about": "We help people into work."},
        "workspace": {"short_name": "uppervalley"},
    }
    for part, values in typed.items():
        page.goto(re.sub(r"/apply/([^/]+)/.*", rf"/apply/\1/{part}/", page.url))
        for name, value in values.items():
            main.locator(f"[name={name}]").fill(value)
        for name in ("services", "languages") if part == "work" else ():
            main.locator(f"[name={name}]").first.check()
        main.locator("button[type=submit]:not([name])").first.click()
    page.goto(re.sub(r"/apply/([^/]+)/.*", r"/apply/\1/agreement/", page.url))
    main.locator("[name=signed_by]").fill("Vesna")
    main.locator("[name=signed_as]").fill("chair")
    main.locator("[name=agrees]").check()
    main.locator("button[type=submit]:not([name])").first.click()
    main.get_by_role("button", name="Send the application").click()
    expect(main.get_by_text("With the network").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def licensed(ada: Page) -> None:
    """Every step is ticked, the licence granted, and the page tells when the workspace is there."""
    ada.get_by_role("link", name="Applications").first.click()
    ada.get_by_role("link", name=LONG).click()
    main = ada.locator("main")
    forms = main.locator("form.check-form")
    for number in range(forms.count()):
        forms.nth(number).locator("[type=checkbox]").check()
        forms.nth(number).locator("button").click()
    main.get_by_role("link", name="Grant the licence").click()
    main.locator("button[type=submit]").first.click()
    expect(main.get_by_text("Member", exact=True).first).to_be_visible(timeout=MINUTES)


@pytest.fixture
def manager(site: Site, visit: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Follows the invitation, once it has come."""

    def make() -> Page:
        link = re.search(r"http\S+/join/\S+", body_of_the_letter_to(site, "mira@uppervalley.example"))
        assert link
        page = visit(locale="en-GB").new_page()
        page.goto(link.group(0))
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Open my account and join").click()
        page.wait_for_url("http://uppervalley.**")
        return page

    return make


def test_from_the_application_to_the_end(
    site: Site,
    visit: Callable[..., BrowserContext],
    sign_in: Callable[..., Page],
    manager: Callable[[], Page],
    tmp_path: Path,
) -> None:
    applied(site, visit(phone=True, locale="en-GB").new_page())
    ada = sign_in("ada@secretariat.example", "secretariat", locale="en-GB")
    licensed(ada)
    mira = manager()
    expect(mira.get_by_role("heading", name="Your first day")).to_be_visible()

    mira.goto(site.address("uppervalley", "/settings/takeout/"))
    main = mira.locator("main")
    main.get_by_role("button", name="Put it together").click()
    if mira.get_by_role("heading", name="Is it you?").is_visible():  # where some minutes have passed since
        mira.locator("input[type=password]").fill(PASSWORD)
        main.get_by_role("button", name="Go on").click()
    if main.get_by_role("button", name="Put it together").is_visible():
        main.get_by_role("button", name="Put it together").click()
    ready = main.get_by_role("link", name="Download").or_(main.get_by_role("button", name="Download"))
    expect(ready.first).to_be_visible(timeout=MINUTES)
    with mira.expect_download() as download:
        ready.first.click()
    path = tmp_path / "all.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        sums = dict(reversed(line.split("  ", 1)) for line in packed.read("SHA256SUMS").decode().splitlines())
        assert {name: hashlib.sha256(packed.read(name)).hexdigest() for name in sums} == sums
        assert LONG in packed.read("shared/organisations_organisation-0001.jsonl").decode()

    ada.goto(site.address("secretariat", "/organisations/?q=uppervalley"))
    ada.locator("main").get_by_role("link", name="Close").first.click()
    ada.locator("main [name=reason]").fill("They stop working in spring.")
    ada.locator("main [name=short_name]").fill("uppervalley")
    ada.locator("main button[type=submit]").first.click()
    mira.goto(site.address("uppervalley"))
    expect(mira.get_by_text("Leaving").or_(mira.get_by_text("leaves the network")).first).to_be_visible()
