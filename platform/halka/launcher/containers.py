"""What the processes of docker/ call: one service each, a question about its health, the preparation of the image."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from halka.launcher import catalogues, services
from halka.launcher.errors import CannotStart

HEALTH = "/health/live"
TLS_CHECK = "/-/tls-check/"  # asked by the proxy before it fetches a certificate


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    service = actions.add_parser("service", help="become one service of a network in containers")
    kinds = service.add_subparsers(required=True)
    web = kinds.add_parser("web")
    web.add_argument("--bind", action="append", required=True, metavar="HOST:PORT")
    web.add_argument("--workers", type=int, default=services.cores())
    web.set_defaults(act=lambda options: _become(services.web(options.bind, workers=options.workers, access_log=None)))
    queues = {"worker": services.EVERYDAY, "messenger": services.OUTSIDE, "provisioner": services.PROVISIONING}
    for name, queue in queues.items():
        worker = kinds.add_parser(name)
        worker.add_argument("--processes", type=int, default=1)
        worker.set_defaults(act=_become_worker, name=name, queue=queue)
    beat = kinds.add_parser("beat")
    beat.add_argument("--schedule", type=Path, required=True)
    beat.set_defaults(act=lambda options: _become(services.beat(options.schedule)))
    healthy = actions.add_parser("healthy", help="exit code 0 when the web process beside it answers")
    healthy.add_argument("--port", type=int, required=True)
    healthy.set_defaults(act=_healthy)
    image = actions.add_parser("image", help="compile and collect what the image holds")
    image.add_argument("static", type=Path)
    image.set_defaults(act=_prepare_image)


def _become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)


def _become_worker(options: argparse.Namespace) -> NoReturn:
    _become(services.worker(options.name, [options.queue], processes=options.processes))


def _healthy(options: argparse.Namespace) -> int:
    """Whether this process answers; what else is well or not is told by /health/ready."""
    domain = os.environ["BASE_DOMAIN"]
    status = services.status_of(HEALTH, port=options.port, host=domain, seconds=8)
    if status != 200:
        raise CannotStart(f"{HEALTH} answers {status or 'nothing'}.")
    return 0


def _prepare_image(options: argparse.Namespace) -> NoReturn:
    """Needs no secret and no server: the settings get an address that nobody listens on."""
    catalogues.compile_all()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "halka.settings.development",
        "DATABASE_URL": "postgres://127.0.0.1:1/none",
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "STATIC_ROOT": str(options.static),
    }
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    os.execve(command[0], command, environment)
