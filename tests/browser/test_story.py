"""The main job, lived through: a referral from one organisation to another, and no way to see more than one may."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.slow

NEED = "Somebody patient who comes along in the first weeks."


def refer(page: Page, site: Site, name: str) -> str:
    """From the client's page through the preview; the referral's reference."""
    page.goto(site.address("mentors", f"/clients/?q={name}"))
    page.locator("tbody").get_by_role("link", name=name).click()
    page.get_by_role("link", name="Refer", exact=True).click()
    options = page.get_by_label("To which organisation").locator("option").all_inner_texts()
    page.get_by_label("To which organisation").select_option(label=next(o for o in options if "Courage" in o))
    page.get_by_label("What is needed").fill(NEED)
    page.get_by_label("Signed on paper").check()
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", name="When they accept")).to_be_visible()
    expect(page.get_by_text(name.split()[0], exact=True)).to_be_visible()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_text("Sent. You will get an e-mail when they answer.")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def find(page: Page, site: Site, reference: str) -> None:
    """Opens the incoming referral; the worker brings it, so it may take a moment."""
    for _ in range(40):
        page.goto(site.address("pogum", "/referrals/"))
        link = page.get_by_role("link", name=reference)
        if link.count():
            link.click()
            return
        time.sleep(0.5)
    raise AssertionError(f"{reference} did not arrive")


def until_told(page: Page, name: str) -> None:
    for _ in range(40):
        if page.get_by_text(name).count():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError("nothing was told")


def test_a_referral_goes_there_and_the_answer_comes_back(site: Site, sign_in: Callable[..., Page]) -> None:
    sender = sign_in("blerim@mentors.example", "mentors")
    reference = refer(sender, site, "Shqipe Ajdini")
    own_page = sender.url

    target = sign_in("mojca@pogum.example", "pogum", phone=True)
    find(target, site, reference)
    expect(target.get_by_text(NEED)).to_have_count(0)
    target.get_by_role("button", name="Open the referral").click()
    expect(target.get_by_text(NEED)).to_be_visible()
    expect(target.get_by_text("Shqipe")).to_have_count(0)
    target.get_by_label("Note to the sender").first.fill("Come on Monday at ten.")
    target.get_by_role("button", name="Accept the referral").click()
    until_told(target, "Shqipe")

    sender.goto(own_page)
    until_told(sender, "Come on Monday at ten.")
    expect(sender.get_by_text("Accepted").first).to_be_visible()

    letters = "\n".join(site.letters())
    assert reference in letters
    assert "Shqipe" not in letters
    assert NEED not in letters


def test_declining_tells_the_sender_why(site: Site, sign_in: Callable[..., Page]) -> None:
    sender = sign_in("blerim@mentors.example", "mentors")
    reference = refer(sender, site, "Lumturije Saiti")
    own_page = sender.url
    target = sign_in("mojca@pogum.example", "pogum")
    find(target, site, reference)
    target.get_by_role("button", name="Open the referral").click()
    target.locator("summary", has_text="Decline").click()
    target.get_by_label("No free place now").check()
    target.get_by_role("button", name="Decline the referral").click()
    expect(target.get_by_text("Declined. The sender learns the reason.")).to_be_visible()
    sender.goto(own_page)
    expect(sender.get_by_text("No free place now").first).to_be_visible()


def test_no_trick_with_addresses_shows_the_others_clients(site: Site, sign_in: Callable[..., Page]) -> None:
    sender = sign_in("blerim@mentors.example", "mentors", "/clients/")
    client_path = sender.locator("tbody a").first.get_attribute("href")
    referral_path = "/referrals/"
    assert client_path
    stranger = sign_in("mojca@pogum.example", "pogum")
    for address in (
        site.address("pogum", client_path),
        site.address("mentors", client_path),
        site.address("mentors", "/clients/"),
        site.address("mentors", referral_path),
        site.address("mentors", "/members/"),
        site.address("mentors", "/api/v1/referrals/"),
    ):
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 404, address


def test_one_sign_in_serves_both_workspaces(site: Site, sign_in: Callable[..., Page]) -> None:
    page = sign_in("dafina@mentors.example", "mentors")
    page.locator("header summary").first.click()
    others = page.locator("header details[open] a")
    target = next(a for a in others.all() if "prvikorak" in (a.get_attribute("href") or ""))
    target.click()
    page.wait_for_url("http://prvikorak.**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
