"""Rich text of articles in our small notation and back, so that translators need no editor of their own.

Beside what prose.py knows there is _stress_, and [words](1) for the first link of the original.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from knowledge_base.prose import rendered

ANCHOR: Final = re.compile(r"<a\b[^>]*>")
LINK: Final = re.compile(r"\[([^\[\]]+)\]\((\d{1,3})\)")
STRESS: Final = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", re.DOTALL)
MARKS: Final = {"b": "**", "strong": "**", "i": "_", "em": "_"}


def as_notation(html: str) -> str:
    """What rich text says. A list within a list becomes one list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def as_rich_text(text: str, *, like: str) -> str:
    """As rich text, with the links of the original `like`; a number without a link stays as it was typed."""
    anchors = ANCHOR.findall(like)

    def linked(match: re.Match[str]) -> str:
        number = int(match[2])
        return f"{anchors[number - 1]}{match[1]}</a>" if 0 < number <= len(anchors) else match[0]

    html = rendered(text).replace("strong>", "b>").replace("\n", "<br/>")
    return LINK.sub(linked, STRESS.sub(r"<i>\1</i>", html))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, str]] = []  # (paragraph, or the list that a point is of; its text)
        self._lists: list[str] = []
        self._counts: list[int] = []
        self._text = ""
        self._links = 0
        self._opened: list[tuple[str, int]] = []  # marks, and where their words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._flush()
            self._lists.append(tag)
            self._counts.append(0)
        elif tag in ("p", "li"):
            self._flush()
        elif tag == "br":
            self._text += "\n"
        elif tag == "a":
            self._links += 1
            self._text += "["
        elif tag in MARKS:
            self._opened.append((MARKS[tag], len(self._text)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self._flush()
        elif tag in ("ul", "ol") and self._lists:
            self._flush()
            self._lists.pop()
            self._counts.pop()
        elif tag == "a":
            self._text += f"]({self._links})"
        elif tag in MARKS and self._opened:
            self._mark(*self._opened.pop())

    def handle_data(self, data: str) -> None:
        self._text += re.sub(r"\s+", " ", data)

    def _mark(self, mark: str, begin: int) -> None:
        """A mark stands at a word, so spaces go before or after it."""
        words = self._text[begin:]
        inner = words.strip()
        if inner:
            before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            self._text = f"{self._text[:begin]}{before}{mark}{inner}{mark}{after}"

    def _flush(self) -> None:
        text, self._text, self._opened = self._text.strip(), "", []
        if not text:
            return
        kind = self._lists[-1] if self._lists else "p"
        if kind == "ol":
            self._counts[-1] += 1
            text = f"{self._counts[-1]}. {text}"
        elif kind == "ul":
            text = f"- {text}"
        self._blocks.append((kind, text))

    def text(self) -> str:
        self._flush()
        told = ""
        for place, (kind, text) in enumerate(self._blocks):
            if place:
                told += "\n" if kind != "p" and self._blocks[place - 1][0] == kind else "\n\n"
            told += text
        return told
