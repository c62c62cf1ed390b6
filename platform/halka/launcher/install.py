"""Makes `.venv` and installs the locked packages when they have changed, then becomes the command after `--`.

Runs on the machine's own Python before anything is installed: standard library only.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOG = ROOT / "var" / "log" / "install.log"
LEAST = (3, 11)
SYSTEM_PACKAGES = {"chromium": "chromium", "pgbouncer": "pgbouncer", "msgfmt": "gettext"}


class CannotInstall(Exception):
    """Its text is the one sentence for the person at the terminal."""


class Step:
    """One line on the screen; at a terminal it shows at once that it has begun."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.started = time.monotonic()
        self.is_live = sys.stdout.isatty()
        self.shown = ""
        self.show("…")

    def show(self, state: str) -> None:
        if self.is_live and state != self.shown:
            print(f"\r  {self.title:<40} {state:<8}", end="", flush=True)
            self.shown = state

    def finish(self) -> None:
        took = time.monotonic() - self.started
        print(f"{chr(13) if self.is_live else ''}  {self.title:<40} {took:>6.1f} s", flush=True)

    def refused(self, said: str, otherwise: str) -> CannotInstall:
        """The operating system's refusal in a sentence when `said` holds one."""
        if self.is_live:
            print(flush=True)
        if "No space left" in said:
            return CannotInstall(f"No space is left on the disk of {ROOT}: free about 1 GB and start again.")
        if "Permission denied" in said:
            return CannotInstall(f"No permission to write {ROOT}: run as the user who owns it.")
        if "Read-only file system" in said:
            return CannotInstall(f"{ROOT} is on a read-only disk: choose a folder that can be written.")
        return CannotInstall(otherwise)


def main(arguments: list[str]) -> int:
    end = arguments.index("--") if "--" in arguments else len(arguments)
    own, command = arguments[:end], arguments[end + 1 :]
    try:
        if "--system" in own:
            install_system_packages()
        make_venv()
        install("requirements-dev.txt" if "--dev" in own else "requirements.txt")
    except CannotInstall as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"No permission to write {error.filename or ROOT}: run as the user who owns it.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Cannot write {error.filename or ROOT}: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if command:
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), *command])
    return 0


def make_venv() -> None:
    """Also when the Python it was made with is gone or too old."""
    if PYTHON.exists():
        check = f"import sys; sys.exit(sys.version_info < {LEAST})"
        if run([str(PYTHON), "-I", "-c", check]).returncode == 0:
            return
    step = Step("Making .venv")
    done = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done.returncode != 0:
        raise step.refused(
            done.stdout,
            "This Python lacks the module venv: install it (on Debian: apt-get install python3-venv)."
            if "ensurepip" in done.stdout or "No module named venv" in done.stdout
            else f"Could not make {VENV}: {last_line(done.stdout)}",
        )
    step.finish()


def install(requirements: str) -> None:
    """The locked packages, checked against their hashes, and the project itself as a path."""
    stamp = read_stamp()
    wanted = {name: digest(ROOT / name) for name in (requirements, "pyproject.toml")}
    if all(stamp.get(name) == value for name, value in wanted.items()):
        return
    if stamp.get(requirements) != wanted[requirements]:
        pip(
            "Installing packages",
            ["--require-hashes", "--no-compile", "-r", requirements],
            packages=len(re.findall(r"(?m)^[A-Za-z0-9]", (ROOT / requirements).read_text())),
        )
        # On all cores; pip would do it on one.
        step = Step("Compiling packages")
        run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib")])
        step.finish()
    # hatchling is among the locked packages: no second, unlocked download.
    pip("Installing Halka", ["--no-deps", "--no-build-isolation", "-e", "."], packages=0)
    if requirements == "requirements-dev.txt":
        wanted["requirements.txt"] = digest(ROOT / "requirements.txt")
    STAMP.write_text(json.dumps({**stamp, **wanted}))


def pip(title: str, arguments: list[str], *, packages: int) -> None:
    """Run `pip install`, its output into a log, its progress on the screen."""
    step = Step(title)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    seen: list[str] = []
    met = 0
    with (
        LOG.open("w") as log,
        subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            seen.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")) and packages:
                met += 1
                step.show(f"{min(99, 100 * met // packages)} %")
    if process.returncode != 0:
        said = "".join(seen)
        errors = "".join(line for line in seen if line.startswith("ERROR"))
        raise step.refused(
            said,
            f"Could not install the packages: {last_line(errors or said)} (more in {LOG.relative_to(ROOT)})",
        )
    step.finish()


def install_system_packages() -> None:
    """What the tests need beside Python: a browser, PgBouncer, gettext's tools."""
    missing = sorted(package for program, package in SYSTEM_PACKAGES.items() if not shutil.which(program))
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotInstall(
            f"The tests need {', '.join(missing)}: install them first "
            f"(on Debian: sudo apt-get install {' '.join(missing)})."
        )
    step = Step(f"Installing {', '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], environment)
    done = run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing], environment)
    if done.returncode != 0:
        raise step.refused(done.stdout, f"apt-get could not install {', '.join(missing)}: {last_line(done.stdout)}")
    step.finish()


def run(command: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Its error output is part of its output."""
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    )


def read_stamp() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
