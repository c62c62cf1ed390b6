"""The signs that a person is compared by: what of them is the same wherever it is written down, as keyed digests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from hashlib import sha256

from halka.common.folding import folded
from halka.common.sealing.fields import normalised
from halka.common.sealing.keyring import DataKey
from network_registry.exchange.match_enums import TokenKind
from tenants.caseloads import keys
from tenants.caseloads.enums.consents import ConsentScope
from tenants.caseloads.models import Client

LEAST_SIGNS = 6  # of a national number
LEAST_DIGITS = 8  # of a phone number: before them stands what may be left out
PERSIAN = re.compile("[\u0600-\u06ff]")
# Persian letters and Latin spellings of them, both as the same few consonants: vowels are written by one script alone.
PERSIAN_SOUNDS = str.maketrans(
    {
        "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ش": "s", "ج": "c", "چ": "c", "ژ": "z",
        "ز": "z", "ذ": "z", "ض": "z", "ظ": "z", "خ": "k", "ک": "k", "ق": "g", "غ": "g", "گ": "g", "د": "d", "ر": "r",
        "ف": "f", "ل": "l", "م": "m", "ن": "n", "ح": "", "ه": "", "ا": "", "آ": "", "و": "", "ی": "", "ع": "", "ئ": "",
        "ؤ": "", "أ": "",
    }
)  # fmt: skip
LATIN_PAIRS = (("kh", "k"), ("gh", "g"), ("ch", "c"), ("sh", "s"), ("zh", "z"), ("ph", "f"), ("th", "t"), ("x", "ks"))
LATIN_SOUNDS = str.maketrans({"q": "g", "j": "c", **dict.fromkeys("aeiouyhvw", "")})

Sign = tuple[TokenKind, bytes]


def signs_of(client: Client, scopes: Collection[str], pepper: DataKey) -> list[Sign]:
    """Of what the consent covers, and of nothing else."""
    found: dict[Sign, None] = {}
    if ConsentScope.IDENTITY in scopes:
        found |= dict.fromkeys(_of_name(client))
    if ConsentScope.CONTACT in scopes:
        found |= dict.fromkeys(_of_phone(client))
    if ConsentScope.OFFICIAL in scopes:
        found |= dict.fromkeys(_of_number(client))
    return [(kind, pepper.index_of(message)) for kind, message in found]


def fingerprint(signs: Collection[Sign], expires_on: date) -> str:
    """Tells whether signs are others than those that lie in the network."""
    parts = sorted(kind.encode() + digest for kind, digest in signs)
    return sha256(b"".join([expires_on.isoformat().encode(), *parts])).hexdigest()[:32]


def _of_number(client: Client) -> Iterator[Sign]:
    number = normalised(client.national_number)
    if len(number) >= LEAST_SIGNS:
        yield TokenKind.NUMBER, f"number\0{number}".encode()


def _of_phone(client: Client) -> Iterator[Sign]:
    digits = keys.phone_digits(client.phone)
    if len(digits) >= LEAST_DIGITS:
        yield TokenKind.PHONE, f"phone\0{digits[-LEAST_DIGITS:]}".encode()


def _of_name(client: Client) -> Iterator[Sign]:
    """A whole name with the day or year of birth: neither alone says who somebody is."""
    year = client.born_on.year if client.born_on else client.birth_year
    if year is None:
        return
    for name in _names(client):
        words = " ".join(sorted(folded(name).split()))
        if client.born_on:
            yield TokenKind.NAME_DAY, f"day\0{words}\0{client.born_on.isoformat()}".encode()
        yield TokenKind.NAME_YEAR, f"year\0{words}\0{year}".encode()
        kind = TokenKind.SOUND_PERSIAN if PERSIAN.search(words) else TokenKind.SOUND_LATIN
        if len(sounds := sound_of(words).split()) > 1:
            yield kind, f"sound\0{' '.join(sorted(sounds))}\0{year}".encode()


def _names(client: Client) -> Iterator[str]:
    """Given and family name, and both with what stands as another name: an earlier one, or a spelling of the whole."""
    given, family, others = client.given_name, client.family_name, client.other_names.split()
    if given and family:
        yield f"{given} {family}"
    if len(others) > 1:
        yield " ".join(others)
    elif others and given:
        yield f"{given} {others[0]}"
    if len(others) == 1 and family:
        yield f"{others[0]} {family}"


def sound_of(words: str) -> str:
    """Folded words by their consonants, each repeated one once: Narges and نرگس are the same."""
    for pair, letter in LATIN_PAIRS:
        words = words.replace(pair, letter)
    bare = words.translate(PERSIAN_SOUNDS).translate(LATIN_SOUNDS)
    return " ".join(re.sub(r"(.)\1+", r"\1", bare).split())
