"""Nothing that was typed is lost: not with the line, not with the session, not with the device."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.slow
ADD = "/clients/add/"
COPIES = "Object.entries(localStorage).filter(([name]) => name.startsWith('halka-draft '))"


@pytest.fixture
def form(sign_in: Callable[..., Page]) -> Page:
    return sign_in("mojca@pogum.example", "pogum", ADD, locale="en-GB")


def write(page: Page, given: str, family: str = "") -> None:
    page.locator("#id_given_name").fill(given)
    if family:
        page.locator("#id_family_name").fill(family)


def is_kept(page: Page) -> None:
    expect(page.locator("[data-said]")).to_contain_text("Kept as a draft")


def take_up(page: Page) -> None:
    expect(page.locator("[data-offer]")).to_contain_text("You had begun to fill this in")
    page.get_by_role("button", name="Take it up").click()
    expect(page.locator("[data-offer]")).to_be_hidden()


def throw_away(page: Page) -> None:
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("[data-offer]")).to_be_hidden()


def sign_in_again(site: Site, page: Page) -> None:
    page.goto(site.address("pogum", ADD))
    page.get_by_label("E-mail", exact=False).first.fill("mojca@pogum.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("http://pogum.**")


def test_a_lost_line_loses_nothing(site: Site, form: Page) -> None:
    write(form, "Draftina")
    is_kept(form)
    form.context.set_offline(True)
    write(form, "Draftina", "Lostline")
    form.locator("summary").filter(has_text="strengths").click()
    form.get_by_label("Strengths").fill("Patient")
    form.get_by_label("Arabic").check()
    expect(form.locator("[data-said]")).to_contain_text("kept on this device")
    copies = form.evaluate(f"JSON.stringify({COPIES})")
    assert "/clients/add/" in copies
    assert "Lostline" not in copies
    form.context.set_offline(False)
    is_kept(form)
    assert form.evaluate(f"{COPIES}.length") == 0
    form.reload()
    take_up(form)
    assert form.locator("#id_family_name").input_value() == "Lostline"
    expect(form.get_by_label("Strengths")).to_be_visible()
    expect(form.get_by_label("Arabic")).to_be_checked()
    form.locator("main").get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_text("Draftina Lostline is in your caseload now.")).to_be_visible()
    assert form.evaluate(f"{COPIES}.length") == 0
    form.goto(site.address("pogum", ADD))
    expect(form.locator("#id_family_name")).to_have_value("")
    expect(form.locator("[data-offer]")).to_be_hidden()


def test_a_page_closed_without_a_line_is_taken_up_later(site: Site, form: Page) -> None:
    form.wait_for_load_state("networkidle")
    form.context.set_offline(True)
    write(form, "Closed", "Offline")
    expect(form.locator("[data-said]")).to_contain_text("kept on this device")
    context = form.context
    form.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(site.address("pogum", ADD))
    take_up(again)
    assert again.locator("#id_family_name").input_value() == "Offline"
    is_kept(again)
    again.reload()
    throw_away(again)
    again.reload()
    again.wait_for_load_state("networkidle")
    expect(again.locator("[data-offer]")).to_be_hidden()


def test_an_ended_session_loses_nothing(site: Site, form: Page) -> None:
    form.wait_for_load_state("networkidle")
    form.context.clear_cookies(name="halka_session")
    write(form, "Signedout")
    expect(form.locator("[data-said]")).to_contain_text("kept on this device")
    other = form.context.new_page()
    sign_in_again(site, other)
    take_up(other)
    assert other.locator("#id_given_name").input_value() == "Signedout"
    is_kept(other)
    other.reload()
    throw_away(other)


def test_another_device_is_offered_what_was_begun(site: Site, form: Page, visit: Callable[..., BrowserContext]) -> None:
    write(form, "Twodevices")
    is_kept(form)
    phone = visit(phone=True, locale="en-GB").new_page()
    sign_in_again(site, phone)
    take_up(phone)
    assert phone.locator("#id_given_name").input_value() == "Twodevices"
    is_kept(phone)
    phone.reload()
    throw_away(phone)


def test_signing_out_leaves_nothing_on_the_device(site: Site, form: Page) -> None:
    form.wait_for_load_state("networkidle")
    form.context.set_offline(True)
    write(form, "Leaving")
    expect(form.locator("[data-said]")).to_contain_text("kept on this device")
    form.route("**/drafts/", lambda route: route.abort())
    form.context.set_offline(False)
    form.locator(".account-menu summary").click()
    form.locator(".account-menu").get_by_role("button", name="Sign out").click()
    expect(form.get_by_role("heading", name="Sign in")).to_be_visible()
    form.goto(site.address("pogum", "/preferences/"))
    assert form.evaluate(f"{COPIES}.length") == 0
