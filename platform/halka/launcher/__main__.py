"""`python -m halka.launcher servers --home var/x [--fast] -- COMMAND…`"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from halka.launcher import containers, processes
from halka.launcher.errors import CannotStart, Interrupted
from halka.launcher.servers import Servers
from halka.launcher.stamps import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return int(options.act(options))
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except Interrupted as interrupted:
        return 128 + interrupted.number


def run_beside_servers(options: argparse.Namespace) -> int:
    """Run one command with embedded servers at its side; its exit code is ours."""
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        raise CannotStart("Say which command to run: servers --home FOLDER -- COMMAND…")
    if shutil.which(command[0]) is None:
        raise CannotStart(f"There is no command {command[0]} to run.")
    settings = dict(setting.split("=", 1) for setting in options.set)
    with Servers(options.home, fast=options.fast, settings=settings) as servers:
        assert servers.postgres is not None
        environment = {
            **os.environ,
            **servers.environment,
            "DATABASE_SUPERUSER_URL": servers.postgres.url("postgres", "halka"),
        }
        return _result_of(subprocess.Popen(processes.wrapped(command, None, signal.SIGTERM), env=environment))


def run_everything(options: argparse.Namespace) -> int:
    from halka.launcher.run import Run

    Run(port=options.port, var=options.var).run()
    return 0


def run_checks(options: argparse.Namespace) -> int:
    from halka.launcher import checks

    return checks.check()


def run_tests(options: argparse.Namespace) -> int:
    from halka.launcher import checks

    return checks.test(options.arguments)


def write_openapi(options: argparse.Namespace) -> int:
    from halka.launcher import checks

    return checks.openapi()


def collect_messages(options: argparse.Namespace) -> int:
    from halka.launcher import messages

    return messages.check() if options.check else messages.collect()


def _result_of(process: subprocess.Popen[bytes]) -> int:
    """Wait for the command through interruptions: it ends first, the servers after it."""
    while True:
        try:
            code = process.wait()
        except Interrupted as interrupted:
            if interrupted.number != signal.SIGINT or not _has_terminal():
                # A Ctrl-C at a terminal has reached the command already.
                with suppress(ProcessLookupError):
                    process.send_signal(interrupted.number)
        else:
            return code if code >= 0 else 128 - code


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY))
    except OSError:
        return False
    return True


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted(number)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m halka.launcher", description="Starts Halka.")
    actions = parser.add_subparsers(required=True)
    servers = actions.add_parser("servers", help="run a command with embedded servers at its side")
    servers.add_argument("--home", type=Path, required=True, help="folder of the servers' data")
    servers.add_argument("--fast", action="store_true", help="for tests: data may be lost in a crash")
    servers.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="of PostgreSQL")
    servers.add_argument("command", nargs=argparse.REMAINDER, help="after --")
    servers.set_defaults(act=run_beside_servers)
    run = actions.add_parser("run", help="start everything and print the addresses")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--var", type=Path, default=ROOT / "var", help="folder of all data and logs")
    run.set_defaults(act=run_everything)
    checks = actions.add_parser("check", help="style, types, imports, templates, migrations, catalogues")
    checks.set_defaults(act=run_checks)
    tests = actions.add_parser("test", help="the checks, then the tests; needs servers beside it")
    tests.add_argument("arguments", nargs=argparse.REMAINDER, help="for pytest")
    tests.set_defaults(act=run_tests)
    openapi = actions.add_parser("openapi", help="write the description of the API")
    openapi.set_defaults(act=write_openapi)
    messages = actions.add_parser("messages", help="collect the texts to translate")
    messages.add_argument("--check", action="store_true", help="compare with the committed catalogues only")
    messages.set_defaults(act=collect_messages)
    containers.add_actions(actions)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
