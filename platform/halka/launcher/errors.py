import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST_FREE_MIB = 300


class CannotStart(Exception):
    """Its text is the one sentence that the person at the terminal reads."""


class Interrupted(BaseException):
    """A signal asked to stop; carries its number. Not an Exception, so that nothing swallows it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def one_sentence(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals while writing in `folder` into sentences."""
    try:
        yield
    except PermissionError as error:
        place = error.filename or folder
        raise CannotStart(
            f"No permission to write {place}: run as the user who owns it, or choose another folder."
        ) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise no_space(folder) from error
        if error.errno == errno.EROFS:
            raise CannotStart(f"{folder} is on a read-only disk: choose a folder that can be written.") from error
        raise


def no_space(folder: Path) -> CannotStart:
    return CannotStart(f"No space is left on the disk of {folder}: free at least {LEAST_FREE_MIB} MB and start again.")


def check_space(folder: Path) -> None:
    """`folder` exists; raises CannotStart when its disk is nearly full."""
    if shutil.disk_usage(folder).free < LEAST_FREE_MIB * 1024 * 1024:
        raise no_space(folder)
