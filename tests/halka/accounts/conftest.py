from __future__ import annotations

from typing import Any

import pytest

from halka.accounts.tasks import send_mail


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Mails of accounts that were handed to the worker."""
    handed: list[dict[str, Any]] = []
    monkeypatch.setattr(send_mail, "delay", lambda **message: handed.append(message))
    return handed
