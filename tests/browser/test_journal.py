"""A mentor on the way, with a phone and a line that comes and goes."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.slow

THUMB = 44  # pixels


@pytest.fixture
def mentor(sign_in: Callable[..., Page]) -> Page:
    return sign_in("tina@pogum.example", "pogum", phone=True, locale="en-GB")


def type_about(page: Page, name: str, text: str) -> None:
    page.get_by_label("Write about").select_option(label=name)
    page.get_by_label("What happened?").fill(text)


def tap(page: Page, kind: str) -> None:
    button = page.locator(f'#quick-box button[value="{kind}"]')
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= THUMB
    button.tap()


def said(page: Page, name: str) -> None:
    expect(page.locator("#quick-box .said").first).to_contain_text(name)


def test_three_contacts_in_a_row_and_no_line_in_the_middle(site: Site, mentor: Page) -> None:
    page = mentor
    lines = {
        "Marjeta Žnidar": f"She opened the door wide. {token_hex(4)}",
        "Bojan Šteharnik": f"Eighty days. {token_hex(4)}",
        "Zala Ošlak": f"She laughed. {token_hex(4)}",
    }
    type_about(page, "Marjeta Žnidar", lines["Marjeta Žnidar"])
    tap(page, "visit")
    said(page, "Marjeta Žnidar")

    type_about(page, "Bojan Šteharnik", lines["Bojan Šteharnik"])
    page.context.set_offline(True)
    tap(page, "call")
    expect(page.get_by_text("It is sent by itself when the line is back.")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value(lines["Bojan Šteharnik"])
    page.context.set_offline(False)
    said(page, "Bojan Šteharnik")

    type_about(page, "Zala Ošlak", lines["Zala Ošlak"])
    lose_the_answer_once(page)
    tap(page, "small_win")
    expect(page.get_by_text("It is sent by itself when the line is back.")).to_be_visible()
    tap(page, "small_win")
    said(page, "Zala Ošlak")

    for name, text in lines.items():
        page.goto(site.address("pogum", "/"))
        key = page.locator("#id_client option", has_text=name).get_attribute("value")
        page.goto(site.address("pogum", f"/clients/{key}/journal/"))
        expect(page.locator(".entry-text", has_text=text)).to_have_count(1)


def lose_the_answer_once(page: Page) -> None:
    """What is sent arrives, and the line breaks before the answer."""
    session = page.context.new_cdp_session(page)

    def lose(event: dict[str, str]) -> None:
        session.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "ConnectionClosed"})
        session.send("Fetch.disable")

    session.on("Fetch.requestPaused", lose)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "*/journal/write/", "requestStage": "Response"}]})


def test_what_is_typed_survives_the_page(site: Site, mentor: Page) -> None:
    """The phone dies before anything was tapped."""
    type_about(mentor, "Franc Jamnik", "He asked for glue.")
    with mentor.expect_response("**/drafts/**", timeout=20_000):
        mentor.get_by_label("What happened?").press_sequentially(" Again.")
    mentor.goto(site.address("pogum", "/clients/"))
    mentor.goto(site.address("pogum", "/"))
    mentor.get_by_role("button", name="Take it up").tap()
    expect(mentor.get_by_label("What happened?")).to_have_value("He asked for glue. Again.")


def test_a_line_in_a_journal_and_a_reminder_done(site: Site, mentor: Page) -> None:
    page, text = mentor, f"Ring the joiner about Miha. {token_hex(4)}"
    key = page.locator("#id_client option", has_text="Miha Grm").get_attribute("value")
    page.goto(site.address("pogum", f"/clients/{key}/journal/"))
    page.get_by_label("What happened?").fill(text)
    page.get_by_text("Another day, a reminder, a file, ask somebody").tap()
    page.get_by_label("Tomorrow").tap()
    page.locator('#box button[value="small_win"]').tap()
    expect(page.get_by_text("A small win! It is kept.")).to_be_visible()
    expect(page.locator(".entry").first).to_contain_text(text)
    page.locator(".entry").first.get_by_role("button", name="Social").tap()
    expect(page.locator(".entry").first.get_by_text("Social")).to_be_visible()
    task = page.locator(".task", has_text=text)
    task.get_by_role("button", name=f"Done: {text}").tap()
    expect(page.locator(".task-done")).to_be_visible()
    page.locator(".task-done").get_by_role("button", name="Undo").tap()
    expect(page.locator(".task-done")).to_have_count(0)
