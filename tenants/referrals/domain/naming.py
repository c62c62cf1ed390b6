"""Whether a text says who a person is: what must not stand in what is read before acceptance."""

from __future__ import annotations

import re

from halka.common.folding import folded
from tenants.caseloads.models import Client

SHORTEST = 3  # letters of a name that is looked for: shorter ones are words of their own


def says_who(client: Client, text: str) -> str:
    """The first thing in the text that names or reaches the person, as it stands in the record; else empty."""
    words = set(re.findall(r"\w+", folded(text)))
    for name in filter(None, (client.given_name, client.family_name)):
        parts = re.findall(r"\w+", folded(name))
        if any(len(part) >= SHORTEST and part in words for part in parts):
            return name
    digits = re.sub(r"\D", "", text)
    for number in filter(None, (client.phone, client.national_number)):
        bare = re.sub(r"\D", "", number)
        if len(bare) > 5 and bare in digits:
            return number
    if client.email and client.email.lower() in text.lower():
        return client.email
    return ""
