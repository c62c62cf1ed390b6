"""Which work was done on which sources, so that a second start skips what has not changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCES = ("platform", "tenants", "network_registry", "knowledge_base", "api")


def digest_of(paths: Iterable[Path]) -> str:
    """Of names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def code() -> str:
    """All that the shape of the database, or the demo network, can follow from."""
    found = [path for source in SOURCES for kind in ("*.py", "*.sql") for path in (ROOT / source).rglob(kind)]
    return digest_of([*found, ROOT / "requirements.txt"])


def static_files() -> str:
    folders = [folder for source in SOURCES for folder in (ROOT / source).rglob("static") if folder.is_dir()]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return digest_of([*found, ROOT / "requirements.txt", *(ROOT / "platform/halka/settings").glob("*.py")])


class Stamps:
    """Kept in one file beside the data that they speak of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.values: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError):
            self.values = {}

    def holds(self, name: str, digest: str) -> bool:
        return self.values.get(name) == digest

    def put(self, name: str, digest: str) -> None:
        self.values[name] = digest
        self.path.write_text(json.dumps(self.values))
