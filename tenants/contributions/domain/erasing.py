"""Whoever is erased is not named in what was never to name them either."""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID

from halka.authorization.roles import Seat
from halka.common.folding import folded
from halka.common.shapes import tokens_of
from tenants.caseloads.models import Client
from tenants.contributions.models import Contribution

GONE: Final = "…"


def person_goes(client_id: UUID, is_going: bool, by: Seat) -> None:
    """Takes the whole name out of texts that hold it. They lie sealed, so each is opened; there are few."""
    if not is_going:
        return
    client = Client.objects.filter(pk=client_id).first()
    if client is None:
        return
    names = [folded(part) for part in (client.given_name, client.family_name) if part]
    words = {word for name in names for word in name.split()}
    for text in Contribution.objects.select_for_update():
        held = folded(json.dumps([text.values, text.decisions, text.said], ensure_ascii=False)).split()
        if not words <= set(held):
            continue
        text.values = {name: _without(value, words) for name, value in text.values.items()}
        text.decisions, text.said = {}, _without(text.said, words)
        text.version += 1
        text.save(update_fields=["values", "decisions", "said", "version"])


def _without(text: str, words: set[str]) -> str:
    for token in reversed(list(tokens_of(text))):
        if words & set(token.parts):
            text = text[: token.start] + GONE + text[token.end :]
    return text
