"""Whether a text says who a person is: what must not stand in what is read before acceptance.

Names are found as people write them: inflected, without marks, in another script, in two words. A name that is also
an everyday word counts where it is written as a name. Where it is doubtful, the text is refused: it can be put in
other words, while a name that went out cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from halka.common.calendars import latin_digits
from halka.common.folding import folded
from tenants.caseloads.models import Client
from tenants.referrals.errors import SaysWho

SHORTEST: Final = 3  # letters of a part of a name that is looked for by itself: shorter ones are words of their own
LONG: Final = 5  # letters of a stem that no everyday word begins with by chance
FEWEST_DIGITS: Final = 6
TAIL: Final = 7  # digits of a telephone number without the codes before it
TOKEN: Final = re.compile(r"[^\W_]+(?:['’ʼ\u200c][^\W_]+)*")
NUMBER: Final = re.compile(r"\d(?:[\s().,/\u2010-\u2015+-]{0,3}\d)+")
SENTENCE_ENDS: Final = ".!?…:;؟•\n"

# Endings of the nominative that give way to others, and the others: Serbian, Slovenian, Albanian, Lithuanian, English
# and Persian, without marks.
NOMINATIVES: Final = ("as", "is", "ys", "us", "a", "e", "i", "o", "u")
ENDINGS: Final = frozenset({
    "a", "e", "i", "o", "u", "y", "s", "n", "t", "m", "es", "se", "ne", "en", "om", "em", "im", "in", "it",
    "un", "ut", "je", "ja", "ju", "os", "ai", "ui", "as", "is", "ys", "us", "io", "iu", "ei", "oj", "og", "ih",
    "ov", "ev", "ova", "eva", "ovo", "evo", "ove", "eve", "ovi", "evi", "ovu", "evu", "ina", "ine", "ini",
    "ino", "inu", "ima", "ama", "omu", "oga", "ega", "emu", "iui", "jem", "jen", "jes", "ovim", "inim", "inog",
    "inom", "ovog", "ovom", "ka", "ke", "ki", "ku", "ko", "ie", "ی", "ای", "م", "ت", "ش", "یم", "مان", "تان",
    "شان", "را", "ها", "های", "جان", "خانم",
})  # fmt: skip
# Names that people use as words all the time, in six languages, as `folded` has them.
WORDS: Final = frozenset({
    "art", "bill", "faith", "grace", "hope", "joy", "june", "april", "may", "august", "mark", "mercy", "will",
    "grant", "frank", "rich", "summer", "nada", "vera", "sloboda", "ljubav", "mira", "iskra", "rada", "sreca",
    "radost", "pravda", "jasna", "gora", "shpresa", "besa", "drita", "liria", "dashuri", "gezim", "era",
    "dita", "viltis", "rasa", "saule", "meile", "vasara", "daina", "امید", "شادی", "ارزو", "مهر", "بهار",
    "ازادی", "هنر", "ایمان", "ارامش", "پیام", "همت", "رها", "نور", "رویا", "راز", "ماه",
})  # fmt: skip
TITLES: Final = frozenset({
    "mr", "mrs", "ms", "miss", "gospodin", "gospodja", "gospoda", "gospodica", "gospod", "gospa", "gda",
    "gdin", "zoti", "zonja", "ponas", "ponia", "خانم", "اقای", "اقا", "دکتر", "مهندس", "سرکار", "جناب",
})  # fmt: skip


@dataclass(frozen=True)
class _Word:
    """A word of the text as `folded` has it, and whether it is written as a name: with a capital letter that no
    sentence asks for, or after a title."""

    text: str
    is_capital: bool
    is_first: bool
    follows_title: bool

    @property
    def looks_like_name(self) -> bool:
        return self.follows_title or (self.is_capital and not self.is_first)


def check_text(client: Client, **texts: str) -> None:
    """Raises SaysWho when a text that is read before acceptance names or reaches the person."""
    for field, text in texts.items():
        if found := says_who(client, text):
            message = _("This is read before they accept, and it says who the person is: “%(found)s”.")
            raise SaysWho(message % {"found": found}, field=field)


def says_who(client: Client, text: str) -> str:
    """The first thing in the text that names or reaches the person, as it stands in the record; else empty."""
    words = list(_words(text))
    plain = [word.text for word in words]
    names = [name for name in (client.given_name, client.family_name, client.other_names) if name]
    for name in names:
        if _is_named(folded(name).split(), words, [part for other in names for part in folded(other).split()]):
            return name
    if client.reference and _stands_in(folded(client.reference).split(), plain, shortest=4):
        return client.reference
    numbers = ["".join(re.findall(r"\d", found)) for found in NUMBER.findall(latin_digits(text))]
    for number, digits in ((client.phone, TAIL), (client.national_number, 0)):
        bare = "".join(re.findall(r"\d", latin_digits(number)))
        if len(bare) >= FEWEST_DIGITS and any(bare[-digits:] in run for run in numbers):
            return number
    if client.email and client.email.casefold() in re.sub(r"\s*([@.])\s*", r"\1", text.casefold()):
        return client.email
    return ""


def _words(text: str) -> Iterator[_Word]:
    """Where nothing is written with a capital letter, anything may be a name."""
    has_capitals = text != text.lower()
    before, end = "", 0
    for token in TOKEN.finditer(text):
        has_case = token[0].lower() != token[0].upper()
        is_first = end == 0 or any(sign in SENTENCE_ENDS for sign in text[end : token.start()])
        if before in TITLES:
            is_first = False
        for part in folded(token[0]).split():
            is_capital = has_case and (token[0][0].isupper() or not has_capitals)
            yield _Word(part, is_capital, is_first or not has_capitals, before in TITLES)
            before = part
        end = token.end()


def _is_named(parts: Sequence[str], words: Sequence[_Word], whole: Sequence[str]) -> bool:
    plain = [word.text for word in words]
    if len(whole) > 1 and (_stands_in(whole, plain) or _stands_in([*whole[1:], whole[0]], plain)):
        return True
    return any(_part_is_named(part, words, whole) for part in parts if len(part) >= SHORTEST)


def _part_is_named(part: str, words: Sequence[_Word], whole: Sequence[str]) -> bool:
    is_everyday = part in WORDS
    others = {other for other in whole if other != part and len(other) >= SHORTEST and other not in WORDS}
    for word in words:
        is_same = word.text == part
        if is_everyday:
            if is_same and (word.looks_like_name or any(one.text in others for one in words)):
                return True
        elif is_same or _is_inflected(part, word):
            return True
    return not is_everyday and _stands_in([part], [word.text for word in words])


def _is_inflected(part: str, word: _Word) -> bool:
    """Small letters are enough where no everyday word begins like the name; two letters, where it must be one."""
    if not (word.is_capital or not _is_cased(part) or _is_long(part)):
        return False
    shortest = SHORTEST - word.looks_like_name
    stems = [stem for stem in _stems(part) if len(stem) >= shortest and word.text.startswith(stem)]
    return any(word.text.removeprefix(stem) in ENDINGS for stem in stems)


def _stems(part: str) -> Iterator[str]:
    """The name without its own ending, and without the vowel that falls out of Petar in Petra."""
    yield part
    ending = next((ending for ending in NOMINATIVES if part.endswith(ending)), "")
    if ending:
        yield part.removesuffix(ending)
    elif part[-2:-1] in ("a", "e"):
        yield part[:-2] + part[-1]


def _is_cased(part: str) -> bool:
    return part.upper() != part


def _is_long(part: str) -> bool:
    return len(min(_stems(part), key=len)) >= LONG


def _stands_in(sought: Sequence[str], words: Sequence[str], *, shortest: int = SHORTEST + 1) -> bool:
    """Whether words that follow one another make up what is sought, however it is parted."""
    joined = "".join(sought)
    if len(joined) < shortest + joined.isdigit():
        return False
    for start in range(len(words)):
        made = ""
        for word in words[start:]:
            made += word
            if made == joined:
                return True
            if not joined.startswith(made):
                break
    return False
