"""Reads the children's logs as they grow and tells errors in one line each."""

from pathlib import Path

MOST_REPEATS = 3


class Errors:
    """`new()` returns what has gone wrong since the last call, a line for each kind."""

    def __init__(self, name: str, log: Path) -> None:
        self.name = name
        self.log = log
        self.position = log.stat().st_size if log.exists() else 0
        self.rest = b""
        self.about = ""
        self.in_traceback = False
        self.told: dict[str, int] = {}

    def new(self) -> list[str]:
        found = []
        for line in self._lines():
            if " ERROR " in line or " CRITICAL " in line:
                # Django's form: date, time, level, logger, message.
                self.about = line.split(" ERROR ", 1)[-1].split(" CRITICAL ", 1)[-1].partition(" ")[2]
            elif line.startswith("Traceback (most recent call last)"):
                self.in_traceback = True
            elif self.in_traceback and line and not line[0].isspace():
                self.in_traceback = False
                found += self._tell(f"{self.about}: {line}" if self.about else line)
                self.about = ""
        if self.about and not self.in_traceback:
            found += self._tell(self.about)
            self.about = ""
        return found

    def _tell(self, text: str) -> list[str]:
        self.told[text] = self.told.get(text, 0) + 1
        if self.told[text] > MOST_REPEATS:
            return []
        return [f"  {self.name}: {text[:160]}  (more in {self.log.name})"]

    def _lines(self) -> list[str]:
        if not self.log.exists():
            return []
        with self.log.open("rb") as stream:
            if self.log.stat().st_size < self.position:
                self.position = 0
            stream.seek(self.position)
            piece = stream.read()
        self.position += len(piece)
        *lines, self.rest = (self.rest + piece).split(b"\n")
        return [line.decode(errors="replace") for line in lines]
