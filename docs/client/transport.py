"""Asking the API of Halka: tokens, keys, tags, waiting when told to, and problems in one line. Plain Python 3.11."""

from __future__ import annotations

import base64
import json
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

ATTEMPTS = 5
LONGEST_WAIT = 120  # seconds; whoever is asked to wait longer gives up


class Failed(Exception):
    """What whoever typed the command has to know, in one line."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token is for one host alone."""

    def redirect_request(self, *_: Any) -> None:
        return None


AWAY = urllib.request.build_opener(NoRedirect)
HERE = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))


def http(method: str, url: str, headers: dict[str, str], body: bytes | None) -> tuple[int, Any, bytes]:
    """Status, headers and body, whatever the status. Raises OSError where no answer came."""
    parts, opener = urlsplit(url), AWAY
    if (parts.hostname or "").endswith(".localhost"):  # is this machine, although not every resolver knows it
        headers, opener = {**headers, "Host": parts.netloc}, HERE
        url = parts._replace(netloc=f"127.0.0.1:{parts.port or 80}").geturl()
    elif parts.scheme != "https":
        raise Failed(f"{url} must begin with https: the secret would be read on the way.")
    try:
        with opener.open(urllib.request.Request(url, body, headers, method=method), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read()


def patiently(method: str, url: str, headers: dict[str, str], body: bytes | None = None) -> tuple[int, Any, bytes]:
    """Waits as it is told to, and sends again what came to nothing."""
    headers = {"Accept-Language": "en", "Accept": "application/json", **headers}
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = http(method, url, headers, body)
            wait = int(answer[1].get("Retry-After", 0)) if answer[0] in (429, 503) else 0
            if not 0 < wait <= LONGEST_WAIT or attempt == ATTEMPTS:
                return answer
        except OSError as error:
            if attempt == ATTEMPTS:
                raise Failed(f"No answer from {urlsplit(url).netloc}: {error}") from error
            wait = 2 ** (attempt - 1)
        print(f"Again in {wait} s.", file=sys.stderr)
        time.sleep(wait)
    raise AssertionError


def content(status: int, answer: bytes) -> Any:
    """The JSON of a success. Raises Failed with problem details (RFC 9457), or what OAuth says instead, in one line."""
    try:
        told = json.loads(answer or b"null")
    except ValueError:
        raise Failed(f"{status}: the answer is no JSON.") from None
    if status < 300:
        return told
    told = told or {}
    words = [told.get("code") or told.get("error"), told.get("detail") or told.get("title")]
    words += [f"{fault['field'] or 'request'}: {fault['message']}" for fault in told.get("fields", ())]
    raise Failed(" ".join([str(status), *filter(None, words)]))


@dataclass
class Api:
    """The API of one organisation, as its software sees it. All keys of a run begin with `key`."""

    network: str
    organisation: str
    client_id: str
    secret: str
    key: str
    token: str = field(default="", repr=False)

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, query=query)[0]

    def post(self, path: str, body: Any, etag: str = "") -> tuple[Any, str]:
        """What came of it, with its ETag. It is done once, however often it is sent."""
        return self.ask("POST", path, body, {"Idempotency-Key": f"{self.key}:{path}", "If-Match": etag})

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, query: Any = None
    ) -> tuple[Any, str]:
        """The answer and its ETag."""
        asked = {name: value for name, value in (query or {}).items() if value not in (None, "")}
        sent = {name: value for name, value in (headers or {}).items() if value}
        data = None if body is None else json.dumps(body).encode()
        for _turn in range(2):
            self.token = self.token or self._new_token()
            sent |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            status, told, answer = patiently(method, f"{self._own()}/api/v1{path}?{urlencode(asked)}", sent, data)
            if status != 401:
                break
            self.token = ""  # it counts for an hour, and its hour is over
        return content(status, answer), told.get("ETag", "")

    def directory(self, path: str, **query: Any) -> Any:
        """The public one, on the network's host: nobody has to say who they are."""
        status, _told, answer = patiently("GET", f"{self.network}/hsds/v3{path}?{urlencode(query)}", {})
        return content(status, answer)

    def _own(self) -> str:
        return self.network.replace("://", f"://{self.organisation}.", 1)

    def _new_token(self) -> str:
        basic = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        address = f"{self._own()}/api/oauth/token"
        status, _told, answer = patiently("POST", address, headers, b"grant_type=client_credentials")
        return str(content(status, answer)["access_token"])
