"""Rich text of articles in our notation, and back."""

from __future__ import annotations

import pytest

from knowledge_base.rich_text import as_notation, as_rich_text

BOTH_WAYS = [
    ("<p>One &amp; two</p><p>Three</p>", "One & two\n\nThree"),
    ("<p>One<br/>two</p>", "One\ntwo"),
    ("<ul><li>One</li><li>Two</li></ul><ol><li>First</li><li>Second</li></ol>", "- One\n- Two\n\n1. First\n2. Second"),
    ("<p>A <b>bold</b> and an <i>inner</i> word</p>", "A **bold** and an _inner_ word"),
    ('<p><a href="/a/">One</a>, <a linktype="page" id="3">two</a></p>', "[One](1), [two](2)"),
    ("<p>snake_case_name</p>", "snake_case_name"),
]


@pytest.mark.parametrize(("html", "text"), BOTH_WAYS)
def test_both_ways(html: str, text: str) -> None:
    assert as_notation(html) == text
    assert as_rich_text(text, like=html) == html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><b>The day before. </b>Go</p>", "**The day before.** Go"),
        ("<p><strong> </strong>Go<em></em></p>", "Go"),
        ("<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>", "- One\n- Inner\n- Two"),
        ("loose</b></ul>", "loose"),
        ("<p></p>", ""),
        ("<h3>Head</h3>", "Head"),
    ],
)
def test_what_becomes_plainer(html: str, text: str) -> None:
    assert as_notation(html) == text


def test_only_links_of_the_original_are_made() -> None:
    like = '<p><a href="/a/">One</a></p>'
    assert as_rich_text("[x](2) [y](0) [z](1) <a>", like=like) == ('<p>[x](2) [y](0) <a href="/a/">z</a> &lt;a&gt;</p>')
