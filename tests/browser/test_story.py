"""The main job, lived through: a referral from one organisation to another, and no way to see more than one may."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.slow

NEED = "Somebody patient who comes along in the first weeks."


def fill_in(page: Page, organisation: str) -> None:
    """What is asked of whom, and a consent that the person gives now."""
    options = page.get_by_label("To which organisation").locator("option").all_inner_texts()
    page.get_by_label("To which organisation").select_option(label=next(o for o in options if organisation in o))
    page.get_by_label("What for").select_option(label="Motivation and self-confidence")
    page.get_by_label("What is needed").fill(NEED)
    page.get_by_label("The person agrees now").check()
    page.get_by_label("Signed on paper").check()
    page.get_by_role("button", name="Look it over").click()


def refer(page: Page, site: Site, name: str, *, keep_back: str = "") -> str:
    """From the client's page through the preview; the referral's reference."""
    page.goto(site.address("mentors", f"/clients/?q={name}"))
    page.locator("tbody").get_by_role("link", name=name).click()
    page.get_by_role("link", name="Refer", exact=True).click()
    fill_in(page, "Courage")
    expect(page.get_by_role("heading", name="When they accept")).to_be_visible()
    expect(page.get_by_text(name.split()[0], exact=True)).to_be_visible()
    if keep_back:
        page.get_by_label(keep_back).uncheck()
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_text("Sent. You will get an e-mail when they answer.")).to_be_visible()
    return page.locator(".reference").inner_text()


def find(page: Page, site: Site, reference: str) -> None:
    """Opens the incoming referral; the worker brings it, so it may take a moment."""
    for _ in range(40):
        page.goto(site.address("pogum", "/referrals/"))
        row = page.locator("tbody tr", has_text=reference)
        if row.count():
            row.get_by_role("link").first.click()
            return
        time.sleep(0.5)
    raise AssertionError(f"{reference} did not arrive")


def until_told(page: Page, words: str) -> None:
    """Reloads until the worker has brought it."""
    for _ in range(40):
        if page.get_by_text(words).count():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"nothing was told of {words}")


def act(page: Page, name: str, **fields: str) -> None:
    """Opens the form of an act where it is folded, fills in by label, ticks `choose`, and does it."""
    folded = page.locator("summary", has_text=name)
    if folded.count():
        folded.click()
    form = page.locator("form.act-form", has=page.get_by_role("button", name=name, exact=True))
    if choice := fields.pop("choose", ""):
        form.get_by_label(choice).check()
    for label, text in fields.items():
        form.get_by_label(label.replace("_", " ")).fill(text)
    form.get_by_role("button", name=name, exact=True).click()


def test_a_referral_goes_there_and_the_answer_comes_back(site: Site, sign_in: Callable[..., Page]) -> None:
    """Asked, answered, accepted, begun, completed, acknowledged, all in two windows."""
    sender = sign_in("blerim@mentors.example", "mentors")
    reference = refer(sender, site, "Shqipe Ajdini", keep_back="Phone")
    own_page = sender.url

    target = sign_in("mojca@pogum.example", "pogum", phone=True)
    find(target, site, reference)
    expect(target.get_by_text(NEED)).to_have_count(0)
    act(target, "Open the referral")
    expect(target.get_by_text(NEED)).to_be_visible()
    expect(target.get_by_text("Shqipe")).to_have_count(0)
    act(target, "Ask something first", What_do_you_need_to_know="Which days are free?")
    expect(target.get_by_role("heading", name="Waits for their answer to your question")).to_be_visible()

    sender.goto(own_page)
    until_told(sender, "Which days are free?")
    act(sender, "Answer the question", Your_answer="Shqipe has every morning.")
    expect(sender.get_by_text("it says who the person is").first).to_be_visible()
    act(sender, "Answer the question", Your_answer="Every morning.")
    expect(sender.get_by_role("heading", name="Waits for their answer")).to_be_visible()

    until_told(target, "Every morning.")
    act(target, "Accept the referral", Note_to_the_sender="Come on Monday at ten.")
    until_told(target, "Shqipe")
    act(target, "The work has begun")
    act(target, "Tell what came of it", choose="Small steps", In_your_own_words="She laughs again.")
    expect(target.get_by_text("The sender has been told what came of it.")).to_be_visible()

    sender.goto(own_page)
    until_told(sender, "She laughs again.")
    expect(sender.get_by_text("Come on Monday at ten.")).to_be_visible()
    act(sender, "Acknowledge and close", A_word_to_them="Thank you!")
    expect(sender.get_by_role("heading", name="Closed")).to_be_visible()

    letters = "\n".join(site.letters())
    assert reference in letters
    for personal in ("Shqipe", NEED, "Which days", "laughs"):
        assert personal not in letters


def test_declining_leads_to_another_place_and_what_is_recalled_is_gone(
    site: Site, sign_in: Callable[..., Page]
) -> None:
    sender = sign_in("blerim@mentors.example", "mentors")
    reference = refer(sender, site, "Lumturije Saiti")
    own_page = sender.url
    target = sign_in("mojca@pogum.example", "pogum")
    find(target, site, reference)
    act(target, "Open the referral")
    act(target, "Decline the referral", choose="No free place now")
    expect(target.get_by_text("Declined. The sender learns the reason.")).to_be_visible()

    sender.goto(own_page)
    until_told(sender, "No free place now")
    expect(sender.get_by_role("link", name="Look for another place")).to_be_visible()
    sender.get_by_role("link", name="I know where").click()
    expect(sender.get_by_label("What is needed")).to_have_value(NEED)
    fill_in(sender, "First Step")
    sender.get_by_role("button", name="Send the referral").click()
    expect(sender.get_by_text("In place of")).to_be_visible()
    act(sender, "Take it back", choose="The person decided otherwise")
    expect(sender.get_by_role("heading", name="You took it back")).to_be_visible()
    until_told(sender, "They have confirmed that they erased what they had.")
    sender.goto(own_page)
    expect(sender.get_by_role("heading", name="Referred to another place")).to_be_visible()


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
