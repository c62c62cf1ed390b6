"""How words are compared in six languages: folded letters for all, stems where PostgreSQL knows the language, and
light stems of our own where it does not.
"""

from __future__ import annotations

from typing import Final

from halka.common.folding import folded

CONFIGURATIONS: Final = {"en": "english", "lt": "lithuanian", "sr": "serbian"}

# Endings that are taken off, the longest first; what stays has at least as many letters as the number says.
ENDINGS: Final = {
    "sl": (4, "ijami ijama ijah imi ami oma ema ama ega emu ijo ija ije iji ih im om em ov ev ah am mi a e i o u"),
    "sq": (4, "imeve imet imit jeve eve ave ove ise ine ien jes ese ve it in et te ne en es us ja je a e i u t s"),
    "fa": (3, "هایمان هایشان ترین هایی های ها تر ان ات ای ی م ش"),
}
_ENDINGS: Final = {
    language: (least, sorted(set(endings.split()), key=len, reverse=True))
    for language, (least, endings) in ENDINGS.items()
}
STEM: Final = "0"  # begins a light stem, so that it is never taken for a word

# Words that say nothing of what is looked for, folded.
_SILENT: Final = (
    "a an the and or of to in on at for with from by is are was were be do does did how what when who why which it",
    "this that these those as not no can i we you they my our your their",
    "dhe ose ne te nje se me per nga qe si cfare kur kush eshte jane ka do",
    "i ili u na sa za od do je su da ne se sta sto kako kad ko koji koja",
    "ir ar is i su be per apie kaip kas kada kodel yra buvo kad ne",
    "in ali v na z s za od do je so da ne se kaj kako kdaj kdo ki pri",
    "و یا در به از با را که این ان برای چه چگونه چطور کی است هست",
)
SILENT: Final = frozenset(" ".join(_SILENT).split())
SHORTEST_PREFIX: Final = 3  # shorter words are found as they stand
MOST_WORDS: Final = 6


def light_stem(word: str, language: str) -> str:
    """The folded word without its ending; the word itself where nothing is to be taken off."""
    least, endings = _ENDINGS[language]
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending)
    return word


def stems_of(word: str) -> set[str]:
    """As they are looked for, of every language that has light stems."""
    return {STEM + light_stem(word, language) for language in _ENDINGS}


def stemmed(text: str, language: str) -> str:
    """The words of a text as they are written down for the search; nothing for a language without light stems."""
    if language not in _ENDINGS:
        return ""
    return " ".join(STEM + light_stem(word, language) for word in folded(text).split())


def asked(text: str) -> list[str]:
    """What is looked for: folded, without what says nothing, unless there is nothing else."""
    words = list(dict.fromkeys(folded(text.replace("\0", "")).split()))
    telling = [word for word in words if word not in SILENT and (len(word) > 1 or word.isdigit())]
    return (telling or words)[:MOST_WORDS]
