"""`make messages` collects the texts to translate; the check compares them with the committed catalogues."""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from halka.launcher.errors import CannotStart
from halka.launcher.stamps import ROOT, SOURCES

LOCALE = ROOT / "platform" / "halka" / "locale"
LANGUAGES = ("sq", "sr", "lt", "sl", "fa")
COMPLETE = ("fa",)
TEXTS = (*SOURCES, "templates")
# The date would change with every run.
NOISE = ('"POT-Creation-Date', '"Report-Msgid-Bugs-To')
MOST_SHOWN = 10
# %(name)s, {name} and tags: they are the same in each language, in whatever order.
MARKS = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|</?\w+[^>]*>")

Key = tuple[str, str]


def collect() -> int:
    """Write new texts into every catalogue; translations stay, texts that are gone leave."""
    for language in LANGUAGES:
        (LOCALE / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    _makemessages(ROOT, [part for language in LANGUAGES for part in ("--locale", language)])
    for language in LANGUAGES:
        path = _path(language)
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(NOISE)))
        print(f"{language}: {_progress(_read(path))}")
    return 0


def check() -> int:
    """1 when a catalogue lacks a text, holds a stale one, breaks a placeholder, or is not complete."""
    faults = [
        f"{language} has no catalogue (run `make messages`)" for language in COMPLETE if not _path(language).exists()
    ]
    faults += [fault for language, catalogue in _catalogues() for fault in _faults(language, catalogue)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _catalogues() -> Iterator[tuple[str, Catalog]]:
    for language in LANGUAGES:
        if _path(language).exists():
            yield language, _read(_path(language))


def _faults(language: str, catalogue: Catalog) -> Iterator[str]:
    wanted, held = _texts_of_the_code(), {_key(message): message for message in _messages(catalogue)}
    yield from _listed(f"{language} lacks", sorted(wanted - held.keys()), "run `make messages`")
    yield from _listed(f"{language} still has", sorted(held.keys() - wanted), "run `make messages`")
    for message, errors in catalogue.check():
        yield f"{language}: {message.id!r}: {'; '.join(str(error) for error in errors)}"
    broken = [key for key, message in held.items() if not _keeps_marks(message)]
    yield from _listed(f"{language} changes placeholders or tags of", sorted(broken), "keep them as they are")
    yield from _listed(f"{language} only guesses", sorted(key for key in held if held[key].fuzzy), "translate it")
    if language in COMPLETE:
        untranslated = [key for key, message in held.items() if not _is_translated(message)]
        yield from _listed(f"{language} has no translation of", sorted(untranslated), "translate it")


def _listed(what: str, keys: list[Key], remedy: str) -> Iterator[str]:
    if keys:
        shown = ", ".join(repr(text) for _, text in keys[:MOST_SHOWN])
        yield f"{what} {len(keys)} texts ({remedy}): {shown}{' …' if len(keys) > MOST_SHOWN else ''}"


_found: set[Key] = set()


def _texts_of_the_code() -> set[Key]:
    """Collected in a copy, so that a check writes nothing into the work tree."""
    if not _found:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for name in TEXTS:
                if (ROOT / name).exists():
                    ignored = shutil.ignore_patterns("locale", "static", "__pycache__")
                    shutil.copytree(ROOT / name, copy / name, ignore=ignored)
            shutil.copy(ROOT / "manage.py", copy)
            (copy / LOCALE.relative_to(ROOT)).mkdir(parents=True)
            _makemessages(copy, ["--locale", "en"])
            _found.update(_key(message) for message in _messages(_read(next(copy.rglob("en/LC_MESSAGES/django.po")))))
    return _found


def _makemessages(folder: Path, arguments: list[str]) -> None:
    if shutil.which("xgettext") is None:
        raise CannotStart("The texts are collected with gettext's tools: apt-get install gettext.")
    ignored = [part for name in (".venv", "var", "tests", "bench", "docs") for part in ("--ignore", name)]
    command = [sys.executable, "-m", "django", "makemessages", *arguments, *ignored]
    command += ["--no-obsolete", "--no-wrap", "--add-location", "file"]
    done = subprocess.run(
        command,
        cwd=folder,
        env={
            **_placeholders(),
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "halka.settings.test",
            # The settings of this very copy: they say where the catalogues are.
            "PYTHONPATH": f"{folder / 'platform'}{os.pathsep}{folder}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStart(f"The texts could not be collected:\n{done.stdout.strip()}")


def _placeholders() -> dict[str, str]:
    """Collecting texts asks no server; the settings still want an address of each."""
    return {"DATABASE_URL": "postgres://nobody:none@127.0.0.1:1/none", "BROKER_URL": "redis://127.0.0.1:1/0"}


def _read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parts[-3])


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return (str(message.context or ""), text)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def _keeps_marks(message: Message) -> bool:
    """A plural form may leave out what another form of it says, such as the number one."""
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    words = [message.string] if isinstance(message.string, str) else list(message.string or ())
    said = [sorted(MARKS.findall(text)) for text in texts]
    return all(sorted(MARKS.findall(text)) in said for text in words if text)


def _progress(catalogue: Catalog) -> str:
    messages = _messages(catalogue)
    done = sum(1 for message in messages if _is_translated(message) and not message.fuzzy)
    return f"{done} of {len(messages)} texts translated"
