"""As which operating-system user the embedded servers run: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from halka.launcher.errors import CannotStart

SYSTEM_USER = "halka-servers"
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2


@dataclass(frozen=True)
class Identity:
    """`capability` is kept when a folder on the way is closed to other users, such as /root."""

    uid: int
    gid: int
    capability: int | None = None

    def own(self, folder: Path) -> None:
        """Create `folder` if needed, private and owned by this user."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)


def identity_for(home: Path, programs: list[Path]) -> Identity | None:
    """The user for servers whose data is below `home`; None: whoever we are already."""
    if os.geteuid() != 0:
        return None
    data = home / "postgres"
    if data.exists() and data.stat().st_uid != 0:
        # Made earlier by a normal user or by an earlier start as root: go on as that user.
        uid, gid = data.stat().st_uid, data.stat().st_gid
    else:
        entry = _system_user()
        uid, gid = entry.pw_uid, entry.pw_gid
    closed = [folder for path in (home, *programs) for folder in _closed_to(path, uid, gid)]
    if not closed:
        return Identity(uid, gid)
    capability = _capability()
    if capability is None:
        raise CannotStart(
            f"The database server cannot run as root and another user may not pass {closed[0]}: "
            f"move the project elsewhere, or start it as a normal user."
        )
    return Identity(uid, gid, capability)


def _closed_to(path: Path, uid: int, gid: int) -> list[Path]:
    """Folders on the way to `path` (and itself) that this user may not pass."""
    closed = []
    resolved = path.resolve()
    for folder in [resolved, *resolved.parents]:
        facts = folder.stat()
        if facts.st_uid == uid:
            needed = stat.S_IXUSR
        elif facts.st_gid == gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not facts.st_mode & needed:
            closed.append(folder)
    return closed


def _capability() -> int | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    facts = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
    permitted = int(facts.get("CapPrm", "0"), 16)
    return next((c for c in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if permitted & 1 << c), None)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=False,
            capture_output=True,
            text=True,
        )
    for name in (SYSTEM_USER, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart(
        f"The database server cannot run as root and no user {SYSTEM_USER} could be made: start as a normal user."
    )
