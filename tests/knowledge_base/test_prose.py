"""Our small notation: what it makes, and that nothing else gets through."""

from __future__ import annotations

import pytest

from knowledge_base.prose import line, plain, rendered


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("\n \n", ""),
        ("One\ntwo\n\nthree", "<p>One\ntwo</p><p>three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("۱. الف\n۲. ب", "<ol><li>الف</li><li>ب</li></ol>"),
        ("Before:\n- a\n  goes on\n1. b", "<p>Before:</p><ul><li>a\ngoes on</li></ul><ol><li>b</li></ol>"),
        ("**Bold** and ** not", "<p><strong>Bold</strong> and ** not</p>"),
        ("- **10 min.** Tea", "<ul><li><strong>10 min.</strong> Tea</li></ul>"),
        ("1986 was a year", "<p>1986 was a year</p>"),
        ("a\r\n\r\nb", "<p>a</p><p>b</p>"),
    ],
)
def test_what_it_makes(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "- <b>x</b>", "**<i>x</i>**", "1. <img src=x>", "[a](javascript:x)", "# <h1>"]
)
def test_everything_else_is_shown_as_typed(text: str) -> None:
    for html in (str(rendered(text)), str(line(text))):
        for tag in ("<script", "<b>", "<i>", "<img", "<a", "<h1"):
            assert tag not in html


def test_a_line_has_no_paragraph() -> None:
    assert line(" A **bus** & more ") == "A <strong>bus</strong> &amp; more"


def test_plain_is_one_line_without_signs() -> None:
    assert plain("**One**\n\n- two\n1. three\nfour") == "One two three four"
