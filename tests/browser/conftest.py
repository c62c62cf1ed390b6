"""A whole network for the browser: real web server, real worker, demo data, headless Chromium."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import database

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "halka-demo"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE = 20_000  # milliseconds: other tests are at work beside

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Site:
    """A running network. `port` is the web server's, `mail` the folder that e-mails are written to."""

    port: int
    mail: Path

    def address(self, short_name: str = "", path: str = "/") -> str:
        host = f"{short_name}.{settings.BASE_DOMAIN}" if short_name else settings.BASE_DOMAIN
        return f"http://{host}:{self.port}{path}"

    def letters(self) -> list[str]:
        return [path.read_text() for path in sorted(self.mail.glob("*"))]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web server and worker on a database and a broker space of their own, with the demo network in it."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "halka.settings.development",
        "DATABASE_URL": database.make_empty(f"{settings.MAINTENANCE_DATABASE}_site_{settings.WORKER}"),
        "DATABASE_WALLS": "login",
        "BROKER_URL": re.sub(r"/\d+$", f"/{22 + settings.WORKER_NUMBER}", settings.BROKER_URL),
        "CACHE_URL": re.sub(r"/\d+$", f"/{42 + settings.WORKER_NUMBER}", settings.BROKER_URL),
        "BASE_PORT": str(port),
        "EMAIL_URL": f"file:{folder / 'mail'}",
        "MEDIA_ROOT": str(folder / "media"),
        "KEYRING_ROOT": str(folder / "keys"),
        "STATIC_ROOT": str(folder / "static"),
        "DEMO": "1",
    }
    for command in (["collectstatic", "--no-input", "--verbosity=0"], ["prepare_database"], ["demo"]):
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *command], cwd=settings.ROOT, env=environment, check=True
        )
    binaries = Path(sys.executable).parent
    commands = [
        [binaries / "gunicorn", "halka.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4", "--no-control-socket"],
        [binaries / "celery", "-A", "halka.celery", "worker", "-c1", "-lWARNING", "-Qcelery,provisioning"],
    ]
    with (folder / "log").open("w") as log:
        processes = [
            subprocess.Popen(command, cwd=settings.ROOT, env=environment, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            _wait_for(f"http://127.0.0.1:{port}/", processes[0])
            yield Site(port, folder / "mail")
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    request = urllib.request.Request(address, headers={"Host": settings.BASE_DOMAIN})
    for _ in range(300):
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return
        except OSError:
            assert process.poll() is None, "the web server ended"
            time.sleep(0.1)
    raise AssertionError("the web server does not answer")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed after each file: its event loop would keep other tests of the worker from the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser without a past; `phone=True` for a narrow one, further options are Playwright's."""
    contexts: list[BrowserContext] = []

    def make(*, phone: bool = False, **options: object) -> BrowserContext:
        size = PHONE if phone else DESK
        context = chromium.new_context(viewport=size, is_mobile=phone, has_touch=phone, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(site: Site, visit: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """`sign_in("arta@mentors.example", "mentors")`: a page on that workspace, after the sign-in page."""

    def make(email: str, short_name: str, path: str = "/", **options: object) -> Page:
        page = visit(**options).new_page()
        page.goto(site.address(short_name, path))
        page.get_by_label("E-mail", exact=False).first.fill(email)
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"http://{short_name}.**")
        return page

    return make
