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
    ("<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>", "- One\n  - Inner\n- Two"),
    (
        '<p>Before</p><ol><li>First <b>bold</b><ul><li><a href="/a/">A</a></li><li>Two<br/>lines</li></ul></li>'
        '<li>Second<ol><li><i>x</i></li><li><a id="4" linktype="document">y</a></li></ol></li></ol><p>After</p>',
        "Before\n\n1. First **bold**\n  - [A](1)\n  - Two\nlines\n2. Second\n  1. _x_\n  2. [y](2)\n\nAfter",
    ),
    (
        "<ul><li>One<ul><li>Two<ol><li>Three</li></ol></li></ul></li><li>Four</li></ul>",
        "- One\n  - Two\n    1. Three\n- Four",
    ),
    (
        "<ul><li>One<ul><li>a</li></ul><ol><li>b</li></ol></li></ul>",
        "- One\n  - a\n  1. b",
    ),
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


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Say:\n- One\n    - Inner\n- Two", "<p>Say:</p><ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>"),
        ("- One\n\t- A\n  - B\n- Two", "<ul><li>One<ul><li>A</li><li>B</li></ul></li><li>Two</li></ul>"),
        ("  - One\n- Two", "<ul><li>One</li><li>Two</li></ul>"),
        ("- One\n  - <b>\n1. Two", "<ul><li>One<ul><li>&lt;b&gt;</li></ul></li></ul><ol><li>Two</li></ol>"),
        ("- One\n - Two", "<ul><li>One</li><li>Two</li></ul>"),
    ],
)
def test_lists_within_lists_as_people_type_them(text: str, html: str) -> None:
    assert as_rich_text(text, like="") == html
