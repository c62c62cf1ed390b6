"""What finds a client."""

import pytest

from tenants.caseloads import keys


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("Šešelj", ["seselj"]),
        ("ana šeš", ["ana", "ses"]),
        ("a", [" a"]),
        ("Al B", [" al", " b"]),
        ("—", []),
        ("070 123 456", ["70123456"]),
        ("00389-70/123", ["38970123"]),
        ("۰۷۰۱۲۳۴", ["701234"]),
        ("00000", []),
        ("1234", ["1234"]),
        ("100%_x", ["100", " x"]),
    ],
)
def test_fragments(text, fragments):
    assert keys.fragments(text) == fragments


@pytest.mark.parametrize(
    ("text", "selective"), [("ana", True), ("an", False), ("", False), ("a kos", True), ("1234", True)]
)
def test_three_letters_are_selective(text, selective):
    assert keys.is_selective(text) == selective


def test_a_key_holds_every_word_and_the_phones_digits():
    assert keys.search_key("Đorđe", "", "Ђоле", "+381 60 1") == " dorde dole 381601"
    assert keys.search_key("Ana", "Kos", "", "") == " ana kos"


def test_lists_go_by_family_name():
    assert keys.sort_key("Žana", "Car") < keys.sort_key("Ana", "Čar") < keys.sort_key("", "Đar")


def test_a_long_name_has_a_key_that_fits():
    assert len(keys.sort_key("Ψ" * 100, "Ω" * 150)) <= 450
