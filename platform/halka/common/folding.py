"""Names as people look for them: without marks, in one script, in small letters.

`folded` is what is compared and searched; `order_of` is what lists are sorted by. Both are stored in columns,
since a database without ICU can do neither.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Serbian and Macedonian as their own Latin spelling has them, before marks are taken off; other Cyrillic languages
# come as near as a reader of these would write them.
CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "đ", "е": "e", "ж": "ž", "з": "z", "и": "i",
        "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "ћ": "ć", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "č", "џ": "dž", "ш": "š",
        "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "й": "j", "щ": "šč", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju",
        "я": "ja", "і": "i", "ї": "ji", "є": "je", "ґ": "g",
    }
)  # fmt: skip

# Letters that do not come apart into a plain one and a mark.
LATIN: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ə": "e", "ŋ": "n", "ħ": "h"}
)

# One form for each letter that Arabic and Persian keyboards write differently.
PERSIAN: Final = str.maketrans(
    {"ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا", "ء": ""}
)
JOINED: Final = re.compile("[\u0640\u200b-\u200f\u2060\ufeff'’ʼ‘`´]")  # stretched lines, joiners, apostrophes
BETWEEN: Final = re.compile(r"[^\w]+|_+")

# The order of a list. A letter with a mark of its own stands after the plain one, as in Serbian, Slovenian,
# Lithuanian (č, š, ž) and Albanian (ç, ë); other marks are not looked at. Persian letters follow in their own order.
ALPHABET: Final = "0123456789abcčćçdđeëfghijklmnopqrsštuvwxyzžابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
RANKS: Final = {letter: chr(0x21 + rank) for rank, letter in enumerate(ALPHABET)}
AFTER_ALL: Final = "\x7f"  # before a letter of no alphabet above


def _letters(text: str) -> str:
    """Small, composed letters in Latin or Persian script, Latin digits, words parted by single spaces."""
    if text.isascii():
        return JOINED.sub("", text.lower())
    text = unicodedata.normalize("NFKC", text).casefold()
    text = JOINED.sub("", unicodedata.normalize("NFC", text).translate(CYRILLIC).translate(PERSIAN))
    text = "".join(str(unicodedata.digit(letter, letter)) for letter in text)
    return text


def _plain(letters: str) -> str:
    if letters.isascii():
        return letters
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))
    return bare.translate(LATIN).translate(PERSIAN)


def folded(text: str) -> str:
    """Words without marks, parted by single spaces: Šešelj, Шешељ and seselj are one, as are Đorđe and Djordje."""
    return BETWEEN.sub(" ", _plain(_letters(text)).replace("dj", "d")).strip()


def order_of(*names: str) -> str:
    """A key whose byte order is the order of people's names in a list; the first name given counts first.

    One order serves all languages, so a key never goes stale; letters of two signs (Lj, Nj, Dž, Gj) count as two.
    """
    return " ".join(filter(None, map(_ranked, names)))


def _ranked(name: str) -> str:
    signs = []
    for letter in _letters(name):
        for part in letter if letter in RANKS else _plain(letter):
            signs.append(RANKS.get(part) or (AFTER_ALL + part if part.isalnum() else " "))
    return re.sub(" +", " ", "".join(signs)).strip()
