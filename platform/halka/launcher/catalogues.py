"""Compiles the message catalogues without gettext's tools."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from halka.launcher.stamps import ROOT, SOURCES, digest_of


def sources() -> list[Path]:
    return sorted(path for source in SOURCES for path in (ROOT / source).rglob("locale/*/LC_MESSAGES/*.po"))


def are_compiled() -> bool:
    """Whether each catalogue has a compiled one beside it, made from this very text."""
    return all(_mark(path).exists() and _mark(path).read_text() == digest_of([path]) for path in sources())


def compile_all() -> int:
    """How many were compiled; unchanged ones are left alone."""
    count = 0
    for path in sources():
        digest = digest_of([path])
        if _mark(path).exists() and _mark(path).read_text() == digest:
            continue
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=path.parts[-3])
        unfinished = path.with_suffix(".mo.new")
        with unfinished.open("wb") as stream:
            write_mo(stream, catalogue)
        unfinished.replace(path.with_suffix(".mo"))
        _mark(path).write_text(digest)
        count += 1
    return count


def _mark(path: Path) -> Path:
    return path.with_suffix(".mo.source")
