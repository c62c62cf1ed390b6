"""`python -m halka.launcher.prepare TASK…`: the work between the servers and the first page, in one process.

Prints `task<TAB>line` for whoever shows the progress; an empty line text says that the task is done.
"""

import io
import os
import sys
from collections.abc import Callable, Sequence

from halka.launcher import catalogues

TITLES = {
    "database": "Preparing the database",
    "demo": "Loading the demo network",
    "catalogues": "Compiling the translations",
    "static": "Collecting static files",
}


class Telling(io.TextIOBase):
    """A command's output, each whole line with the task's name before it."""

    def __init__(self, task: str) -> None:
        self.task = task
        self.rest = ""

    def write(self, text: str) -> int:
        *lines, self.rest = (self.rest + text).split("\n")
        for line in lines:
            if line.strip():
                print(f"{self.task}\t{line.rstrip()}", flush=True)
        return len(text)


def main(tasks: Sequence[str]) -> int:
    work: dict[str, Callable[[], None]] = {
        "database": _prepare_database,
        "demo": lambda: _command("demo", task="demo"),
        "catalogues": _compile_catalogues,
        "static": lambda: _command("collectstatic", task="static", interactive=False),
    }
    for task in tasks:
        work[task]()
        print(f"{task}\t", flush=True)
    return 0


def _prepare_database() -> None:
    from django.core.management.base import CommandError

    try:
        _command("prepare_database", task="database")
    except CommandError as error:
        # Some organisations stay behind and answer 503; the others are served.
        Telling("database").write(f"! {error}\n")


def _compile_catalogues() -> None:
    count = catalogues.compile_all()
    Telling("catalogues").write(f"{count} compiled\n")


def _command(name: str, *, task: str, **options: object) -> None:
    import django
    from django.apps import apps
    from django.core.management import call_command

    if not apps.ready:
        django.setup()
    call_command(name, stdout=Telling(task), **options)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halka.settings.development")
    sys.exit(main(sys.argv[1:]))
