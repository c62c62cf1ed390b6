"""Our own small notation: paragraphs, points, numbered steps, **bold**. Everything else is shown as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

POINT: Final = re.compile(r"\s*[-*•]\s+(.*)")
STEP: Final = re.compile(r"\s*(\d{1,3})[.)]\s+(.*)")
BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)


def rendered(text: str) -> SafeString:
    """As HTML. All of the text is escaped first; only our own tags are added."""
    return mark_safe("".join(_blocks(text)))  # noqa: S308


def line(text: str) -> SafeString:
    """One line as HTML, without a paragraph around it."""
    return mark_safe(_inline(text.strip()))  # noqa: S308


def plain(text: str) -> str:
    """Without its signs, on one line: for the search and for summaries."""
    lines = (_without_mark(line) for line in text.splitlines())
    return " ".join(" ".join(lines).replace("**", "").split())


def _without_mark(line: str) -> str:
    if point := POINT.fullmatch(line):
        return point[1]
    step = STEP.fullmatch(line)
    return step[2] if step else line


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        paragraph: list[str] = []
        items: list[str] = []
        mark, start = "", 1
        for line in block.splitlines():
            point, step = POINT.fullmatch(line), STEP.fullmatch(line)
            kind = "ul" if point else "ol" if step else ""
            if kind and kind != mark:
                yield from _paragraph(paragraph)
                yield from _list(mark, items, start)
                paragraph, items, mark = [], [], kind
                start = int(step[1]) if step else 1
            if point or step:
                items.append(point[1] if point else step[2])  # type: ignore[index]
            elif items:
                items[-1] += f"\n{line.strip()}"  # the point goes on
            else:
                paragraph.append(line.strip())
        yield from _paragraph(paragraph)
        yield from _list(mark, items, start)


def _paragraph(lines: list[str]) -> Iterator[str]:
    if any(lines):
        yield f"<p>{_inline(chr(10).join(lines))}</p>"


def _list(mark: str, items: list[str], start: int) -> Iterator[str]:
    if items:
        begin = f' start="{start}"' if mark == "ol" and start != 1 else ""
        yield f"<{mark}{begin}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{mark}>"


def _inline(text: str) -> str:
    return BOLD.sub(r"<strong>\1</strong>", str(conditional_escape(str(text))))
