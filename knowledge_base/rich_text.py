"""Rich text of articles in our small notation and back, so that translators need no editor of their own.

Beside what prose.py knows there is _stress_, [words](1) for the first link of the original, and a list within a list:
its points stand two spaces further in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from knowledge_base.prose import POINT, STEP, line, rendered

ANCHOR: Final = re.compile(r"<a\b[^>]*>")
LINK: Final = re.compile(r"\[([^\[\]]+)\]\((\d{1,3})\)")
STRESS: Final = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", re.DOTALL)
INNER: Final = re.compile(r"^(?: {2}|\t)\s*(?:[-*•]|\d{1,3}[.)])\s", re.MULTILINE)
INDENT: Final = "  "
MARKS: Final = {"b": "**", "strong": "**", "i": "_", "em": "_"}


def as_notation(html: str) -> str:
    """What rich text says."""
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

    blocks = re.split(r"\n\s*?\n", text.replace("\r\n", "\n").strip())
    html = "".join(_lists(block) if INNER.search(block) else rendered(block) for block in blocks)
    html = html.replace("strong>", "b>").replace("\n", "<br/>")
    return LINK.sub(linked, STRESS.sub(r"<i>\1</i>", html))


def _lists(block: str) -> str:
    """Points and steps, some of them within others; lines before the first are a paragraph."""
    before: list[str] = []
    top: list[_List] = []
    way: list[_List] = []  # the lists that are open, the outermost first
    for raw in block.expandtabs(4).splitlines():
        point, step = POINT.fullmatch(raw), STEP.fullmatch(raw)
        mark = point or step
        if mark is None:
            if way:
                way[-1].items[-1].text += f"\n{raw.strip()}"  # the point goes on
            else:
                before.append(raw)
            continue
        depth = len(raw) - len(raw.lstrip())
        while len(way) > 1 and depth < way[-2].depth + len(INDENT):
            way.pop()
        kind = "ul" if point else "ol"
        if not way or depth >= way[-1].depth + len(INDENT):
            found = _List(kind, depth)
            (way[-1].items[-1].lists if way else top).append(found)
            way.append(found)
        elif way[-1].kind != kind:
            found = _List(kind, way.pop().depth)
            (way[-1].items[-1].lists if way else top).append(found)
            way.append(found)
        way[-1].items.append(_Item(mark[mark.re.groups]))
    return rendered("\n".join(before)) + "".join(one.html() for one in top)


@dataclass
class _Item:
    text: str
    lists: list[_List] = field(default_factory=list)


@dataclass
class _List:
    kind: str
    depth: int  # letters that its points are further in
    items: list[_Item] = field(default_factory=list)

    def html(self) -> str:
        items = (f"<li>{line(item.text)}{''.join(one.html() for one in item.lists)}</li>" for item in self.items)
        return f"<{self.kind}>{''.join(items)}</{self.kind}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, str]] = []  # (paragraph, or the outermost list that a point is of; its text)
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
        self._blocks.append((self._lists[0] if self._lists else "p", INDENT * (len(self._lists) - 1) + text))

    def text(self) -> str:
        self._flush()
        told = ""
        for place, (kind, text) in enumerate(self._blocks):
            if place:
                told += "\n" if kind != "p" and self._blocks[place - 1][0] == kind else "\n\n"
            told += text
        return told
