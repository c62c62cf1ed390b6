"""Passkeys, invitations and support access, as people meet them."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.slow


def plug_in_a_key(page: Page) -> None:
    """A device that knows its owner and always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def body_of_the_letter_to(site: Site, address: str) -> str:
    for _ in range(60):
        for letter in site.letters():
            if f"To: {address}" in letter:
                return str(email.message_from_string(letter, policy=email.policy.default).get_content())
        time.sleep(0.5)
    raise AssertionError(f"nothing was written to {address}")


def join(site: Site, manager: Page, visit: Callable[..., BrowserContext], name: str, address: str) -> Page:
    """Invites, follows the link of the letter and opens an account."""
    manager.goto(site.address("mentors", "/members/invite/"))
    main = manager.locator("main")
    main.get_by_label("Name").fill(name)
    main.get_by_label("E-mail", exact=True).fill(address)
    main.locator("input[name=role][value=mentor]").check()
    main.locator("select[name=language]").select_option("en")
    main.get_by_role("button", name="Send the invitation").click()
    expect(main.get_by_text(f"An invitation is on its way to {address}.")).to_be_visible()
    link = re.search(r"http\S+/join/\S+", body_of_the_letter_to(site, address))
    assert link
    page = visit(locale="en-GB").new_page()
    page.goto(link.group(0))
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Open my account and join").click()
    page.wait_for_url("http://mentors.**")
    page.goto(link.group(0))
    expect(page.get_by_role("heading", name="This invitation was used already")).to_be_visible()
    return page


@pytest.fixture
def manager(sign_in: Callable[..., Page]) -> Page:
    return sign_in("arta@mentors.example", "mentors", locale="en-GB")


def test_an_invited_person_joins_and_signs_in_with_a_passkey(
    site: Site, manager: Page, visit: Callable[..., BrowserContext]
) -> None:
    page = join(site, manager, visit, "Nora Newcomer", "nora@newcomers.example")
    plug_in_a_key(page)
    page.goto(site.address(path="/accounts/security/passkeys/add/"))
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(site.address(path="/accounts/logout/"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(site.address(path=f"/accounts/login/?next={site.address('mentors', '/members/')}"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site.address("mentors", "/members/"))
    page.goto(site.address(path="/accounts/logout/"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.locator("input[name=login]").fill("nora@newcomers.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("http://mentors.**")


def test_colours_and_language_change_at_once(site: Site, manager: Page) -> None:
    manager.goto(site.address("mentors", "/preferences/"))
    manager.locator("main").get_by_role("button", name="Dark").click()
    expect(manager.locator("html")).to_have_attribute("data-bs-theme", "dark")
    manager.locator("main button[name=language][value=fa]").click()
    expect(manager.locator("html")).to_have_attribute("dir", "rtl")
    manager.locator("main button[name=language][value=en]").click()
    expect(manager.locator("html")).to_have_attribute("dir", "ltr")
