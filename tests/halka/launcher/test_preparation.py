"""What a second start skips, what the screen shows, where the pages can be."""

from __future__ import annotations

import gettext
import io
import socket
from pathlib import Path

import pytest

from halka.launcher import catalogues, prepare, services, stamps
from halka.launcher.errors import CannotStart, one_sentence
from halka.launcher.screen import Screen

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: sl\\n"

msgid "Clients"
msgstr "Stranke"

#, fuzzy
msgid "Case"
msgstr "Škatla"
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with one catalogue."""
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    folder = tmp_path / "platform" / "locale" / "sl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    return tmp_path


def test_catalogues_are_compiled_once_and_again_when_they_change(tree: Path) -> None:
    source = tree / "platform" / "locale" / "sl" / "LC_MESSAGES" / "django.po"
    assert not catalogues.are_compiled()
    assert catalogues.compile_all() == 1
    assert catalogues.are_compiled()
    assert catalogues.compile_all() == 0
    source.write_text(PO.replace("Stranke", "Osebe"))
    assert not catalogues.are_compiled()
    assert catalogues.compile_all() == 1
    with source.with_suffix(".mo").open("rb") as stream:
        translations = gettext.GNUTranslations(stream)
    assert translations.gettext("Clients") == "Osebe"
    assert translations.gettext("Case") == "Case", "a guess is not a translation"


def test_the_code_stamp_follows_names_and_contents(tree: Path) -> None:
    (tree / "requirements.txt").write_text("django")
    module = tree / "platform" / "models.py"
    module.write_text("a = 1")
    first = stamps.code()
    assert stamps.code() == first
    module.write_text("a = 2")
    second = stamps.code()
    module.rename(module.with_name("nouns.py"))
    assert len({first, second, stamps.code()}) == 3


def test_stamps_are_kept_and_a_broken_file_means_none(tmp_path: Path) -> None:
    path = tmp_path / "prepared.json"
    stamps.Stamps(path).put("database", "abc")
    assert stamps.Stamps(path).holds("database", "abc")
    assert not stamps.Stamps(path).holds("database", "abd")
    path.write_text("{")
    assert not stamps.Stamps(path).holds("database", "abc")


def test_each_task_of_the_preparation_has_a_title() -> None:
    assert set(prepare.TITLES) == {"database", "demo", "catalogues", "static"}


def test_a_commands_lines_carry_the_tasks_name(capsys: pytest.CaptureFixture[str]) -> None:
    telling = prepare.Telling("demo")
    telling.write("Five organ")
    telling.write("isations\n\nand more\nrest")
    assert capsys.readouterr().out == "demo\tFive organisations\ndemo\tand more\n"


def test_finished_steps_are_one_line_each() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    with screen.step("Preparing the database") as step:
        step.show("half")
    assert stream.getvalue().startswith("  Preparing the database ")
    assert stream.getvalue().rstrip().endswith(" s")
    assert stream.getvalue().count("\n") == 1


def test_a_terminal_shows_the_progress_of_running_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    screen = Screen(stream)
    with screen.step("Loading") as step:
        step.show("3 of 5")
        assert "Loading … 3 of 5" in stream.getvalue()
    assert screen.running == []


def test_a_failed_step_leaves_no_line() -> None:
    stream = io.StringIO()
    with pytest.raises(CannotStart), Screen(stream).step("Loading"):
        raise CannotStart("enough")
    assert stream.getvalue() == ""


@pytest.mark.enable_socket
def test_a_port_in_use_is_told_with_its_holder_and_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"^Port {port} is in use by .*: stop .* PORT={port + 1}`\.$"):
            services.check_port(port)
    services.check_port(port)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(13, "No permission to write"), (28, "No space is left"), (30, "read-only disk"), (122, "No space is left")],
)
def test_the_systems_refusals_become_sentences(tmp_path: Path, number: int, sentence: str) -> None:
    with pytest.raises(CannotStart, match=sentence), one_sentence(tmp_path):
        raise OSError(number, "refused", str(tmp_path))


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), one_sentence(tmp_path):
        raise FileNotFoundError(2, "not there")
