"""PDF that people read: headings, facts and paragraphs in Latin, Cyrillic and Persian, shaped and in their direction.

The fonts lie beside this module (DejaVu, free: fonts/LICENSE) and are cut down to the letters in use.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from unicodedata import bidirectional

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TextDirection

from halka.common.calendars import localise_digits

FONTS: Final = Path(__file__).with_name("fonts")
FONT: Final = "DejaVu"
MARGIN: Final = 18  # millimetres
LABELS: Final = 55  # width of what facts are called
INK: Final = (42, 38, 34)
SOFT: Final = (90, 83, 75)
LINE: Final = 6.0

logging.getLogger("fontTools").setLevel(logging.WARNING)  # tells every table that it drops


class Paper(FPDF):
    """A document in the active language: from right to left where that is read so."""

    def __init__(self, title: str, foot: str = "") -> None:
        super().__init__(format="A4")
        self.is_rtl = get_language_bidi()
        self.foot = foot
        self.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.set_title(title)
        self.set_lang(get_language() or "en")
        self.set_creator("Halka")
        self.add_page()
        self.write_block(title, size=18, bold=True)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        words = _("Page %(number)s") % {"number": localise_digits(self.page_no())}
        self.write_block(f"{words}  ·  {self.foot}" if self.foot else words, size=8, colour=SOFT)

    def heading(self, text: str) -> None:
        """Begins a part; stays with what follows."""
        if self.get_y() > self.h - 3 * MARGIN:
            self.add_page()
        self.ln(4)
        self.start_section(text)
        self.write_block(text, size=13, bold=True)
        self.ln(1)

    def paragraph(self, text: str, *, soft: bool = False, bold: bool = False) -> None:
        for line in text.splitlines() or [""]:
            self.write_block(line, size=10, bold=bold, colour=SOFT if soft else INK)

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Names of things with what they are, beside each other; a thin line below."""
        for label, value in rows:
            self._fact(label, value)
        self.set_draw_color(214, 206, 193)
        self.line(self.l_margin, self.get_y() + 1, self.w - self.r_margin, self.get_y() + 1)
        self.ln(3)

    def _fact(self, label: str, value: str) -> None:
        width = self.epw - LABELS
        first, second = (
            (self.l_margin + width, self.l_margin) if self.is_rtl else (self.l_margin, self.l_margin + LABELS)
        )
        if self.get_y() > self.h - self.b_margin - 2 * LINE:
            self.add_page()
        page, top = self.page, self.get_y()
        self._cell(label, first, LABELS, size=9, colour=SOFT)
        after, on = self.get_y(), self.page
        self.page = page
        self.set_y(top)
        for line in value.splitlines() or [""]:
            self._cell(line, second, width, size=10)
        if self.page == on and self.get_y() < after:
            self.set_y(after)

    def write_block(self, text: str, *, size: float, bold: bool = False, colour: Any = INK) -> None:
        self._cell(text, self.l_margin, self.epw, size=size, bold=bold, colour=colour)

    def _cell(
        self, text: str, left: float, width: float, *, size: float, bold: bool = False, colour: Any = INK
    ) -> None:
        """One paragraph in the direction of its own first letter, on the side where this document begins its lines."""
        rtl = is_rtl(text, self.is_rtl)
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*colour)
        direction = TextDirection.RTL if rtl else TextDirection.LTR
        self.set_text_shaping(True, direction=direction)
        self.set_x(left)
        align = "R" if self.is_rtl else "L"
        self.multi_cell(width, size * 0.55, _printable(text), align=align, new_x="LMARGIN", new_y="NEXT")

    def bytes(self) -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tables in fonts that cutting down drops
            return bytes(self.output())


def is_rtl(text: str, usual: bool) -> bool:
    """By the first letter that has a direction; numbers alone run from left to right everywhere."""
    kinds = [bidirectional(character) for character in text]
    for kind in kinds:
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return usual and not {"EN", "AN"} & set(kinds)


def _printable(text: str) -> str:
    """Without letters beyond the font's plane, which would stop the document."""
    return "".join(character if ord(character) < 0x10000 else "□" for character in text) or " "
