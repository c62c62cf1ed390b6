"""The catalogues: Persian is complete and well written, every language keeps what is filled in later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import gettext, ngettext, override

from halka.launcher import messages

LOCALE = Path(settings.LOCALE_PATHS[0])
# Letters and digits of Arabic keyboards, which look alike and are not found by searching.
ARABIC_ONLY = re.compile("[يكةى٠-٩]")
# "می کند" and "کتاب ها": what belongs together is joined by a zero-width non-joiner, not parted by a space.
PARTED = re.compile(r"\b(?:ن?می |\w+ (?:ها|های|هایی|هایش|هایشان|هایتان)\b)")
LATIN_MARKS = re.compile(r"[؀-ۿ][,;?]")
# Digits of a name such as 2FAS are not ours to write.
LATIN_DIGITS = re.compile(r"(?<!\w)[0-9]+(?!\w)")
OURS = r"%\(\w+\)s|<[^>]+>"


def persian() -> list[tuple[str, str]]:
    """Each text with each of its Persian forms, without placeholders and tags."""
    with (LOCALE / "fa" / "LC_MESSAGES" / "django.po").open("rb") as stream:
        catalogue = read_po(stream, locale="fa")
    pairs = []
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else message.string
            pairs.extend((key, re.sub(OURS, "", form)) for form in forms)
    return pairs


@pytest.mark.parametrize(
    "fault", [ARABIC_ONLY, PARTED, LATIN_MARKS, LATIN_DIGITS], ids=["letters", "joining", "marks", "digits"]
)
def test_persian_is_written_as_persian(fault: re.Pattern[str]) -> None:
    assert {key: form for key, form in persian() if fault.search(form)} == {}


def test_languages_of_the_settings_have_a_catalogue() -> None:
    wanted = {code for code, _ in settings.LANGUAGES} - {"en"}
    assert wanted == set(messages.LANGUAGES) == {path.name for path in LOCALE.iterdir() if path.is_dir()}


def test_words_reach_python_and_templates() -> None:
    with override("fa"):
        assert gettext("Clients") == "مددجویان"
        assert ngettext("%(years)s year", "%(years)s years", 3) == "%(years)s سال"
        shown = Template('{% load i18n %}{% translate "Sent" %}, {% translate "Sent" context "when" %}')
        assert shown.render(Context()) == "ارسال‌شده, زمان ارسال"


@pytest.mark.parametrize(
    ("text", "words", "fault"),
    [
        ("Clients", "مددجویان", ""),
        ("Clients", "", "has no translation of"),
        ("It is %(name)s", "همان %(nam)s است", "changes placeholders or tags of"),
        ("It is %(name)s", "همان است", "changes placeholders or tags of"),
        ("It is {name}", "همان {نام} است", "changes placeholders or tags of"),
        ("<bdi>%(name)s</bdi>", "%(name)s", "changes placeholders or tags of"),
        (("one year", "%(years)s years"), ("یک سال", "%(years)s سال"), ""),
        (("one year", "%(years)s years"), ("یک سال", ""), "has no translation of"),
        (("one year", "%(years)s years"), ("یک سال", "%(year)s سال"), "changes placeholders or tags of"),
    ],
)
def test_faults_are_found(
    monkeypatch: pytest.MonkeyPatch, text: str | tuple[str, str], words: str | tuple[str, str], fault: str
) -> None:
    found = faults_of(monkeypatch, Message(text, words))
    assert bool(found) == bool(fault)
    assert any(fault in line for line in found) or not fault


def test_guesses_are_faults_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults_of(monkeypatch, Message("Clients", "Strankes", flags=["fuzzy"]), language="sl")
    assert "only guesses" in fault


def test_texts_of_the_code_alone_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    found = faults_of(monkeypatch, Message("Once", "روزی"), code={("", "Now")})
    assert [line.split(" 1 ")[0] for line in found] == ["fa lacks", "fa still has"]


def faults_of(
    monkeypatch: pytest.MonkeyPatch, message: Message, *, language: str = "fa", code: set[messages.Key] | None = None
) -> list[str]:
    catalogue = Catalog(locale=language)
    catalogue.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    catalogue[message.id] = message
    key = message.id if isinstance(message.id, str) else message.id[0]
    monkeypatch.setattr(messages, "_texts_of_the_code", lambda: {("", key)} if code is None else code)
    return list(messages._faults(language, catalogue))
