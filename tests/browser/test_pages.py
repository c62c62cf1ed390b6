"""Every page that people use: reachable without barriers, light, and whole at a phone's width, in both directions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.slow

WORKSPACE = ["/", "/clients/", "/clients/add/", "/referrals/", "/referrals/?side=out", "/members/", "/members/invite/",
             "/roles/", "/settings/", "/support/", "/audit/", "/membership/", "/membership/domains/"]  # fmt: skip
NETWORK = ["/", "/accounts/login/", "/accounts/password/forgotten/", "/knowledge/", "/status/"]
FIRST, NEXT = 100_000, 20_000  # bytes over the wire


def grave_faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def look_at(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert grave_faults(page) == [], address
    assert sideways(page) <= 0, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_network_site(site: Site, visit: Callable[..., BrowserContext], scheme: str) -> None:
    page = visit(color_scheme=scheme, phone=scheme == "dark").new_page()
    for path in NETWORK:
        look_at(page, site.address("", path))


@pytest.mark.parametrize(
    ("email", "short_name", "direction", "options"),
    [
        ("arta@mentors.example", "mentors", "ltr", {"color_scheme": "light"}),
        ("narges@peyvand.example", "peyvand", "rtl", {"color_scheme": "dark", "phone": True}),
    ],
)
def test_the_workspace(
    site: Site, sign_in: Callable[..., Page], email: str, short_name: str, direction: str, options: dict[str, object]
) -> None:
    page = sign_in(email, short_name, **options)
    assert page.locator("html").get_attribute("dir") == direction
    for path in WORKSPACE:
        look_at(page, site.address(short_name, path))
    page.goto(site.address(short_name, "/clients/"))
    page.locator("tbody a").first.click()
    look_at(page, page.url)
    look_at(page, page.url.rstrip("/") + "/edit/")
    look_at(page, page.url.removesuffix("edit/") + "refer/")


def test_ones_own_account(site: Site, sign_in: Callable[..., Page]) -> None:
    page = sign_in("narges@peyvand.example", "peyvand", phone=True)
    for path in ("/", "/accounts/security/", "/accounts/sessions/", "/accounts/password/", "/accounts/e-mail/"):
        look_at(page, site.address("", path))


def test_the_secretariats_workspace(site: Site, sign_in: Callable[..., Page]) -> None:
    page = sign_in("ada@secretariat.example", "secretariat")
    for path in ("/", "/organisations/", "/members/", "/settings/", "/incidents/", "/incidents/add/"):
        look_at(page, site.address("secretariat", path))


def _weighed(context: BrowserContext) -> tuple[Page, list[int]]:
    """A page whose bytes over the wire are noted."""
    page = context.new_page()
    bytes_received: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: bytes_received.append(event["encodedDataLength"]))
    return page, bytes_received


def test_pages_are_light(site: Site, sign_in: Callable[..., Page], visit: Callable[..., BrowserContext]) -> None:
    page, received = _weighed(visit())
    page.goto(site.address("", "/"), wait_until="networkidle")
    assert sum(received) < FIRST
    context = sign_in("arta@mentors.example", "mentors").context
    fresh, received = _weighed(context)
    weights = {}
    for path in WORKSPACE:
        received.clear()
        fresh.goto(site.address("mentors", path), wait_until="networkidle")
        weights[path] = sum(received)
    assert max(weights.values()) < FIRST
    assert {path: weight for path, weight in weights.items() if weight >= NEXT and path != "/"} == {}


def test_the_keyboard_alone_signs_in(site: Site, visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    page.goto(site.address("mentors", "/clients/"))
    for _ in range(30):
        if page.evaluate("document.activeElement.name") == "login":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("arta@mentors.example")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "password":
            break
    page.keyboard.type("halka-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
