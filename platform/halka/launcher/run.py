"""`make run`: everything on this machine, from the servers to the first page, until it is told to stop."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from halka.launcher import catalogues, prepare, processes, services, stamps
from halka.launcher.errors import CannotStart, Interrupted, one_sentence
from halka.launcher.screen import Screen, Step
from halka.launcher.servers import Servers
from halka.launcher.stamps import ROOT
from halka.launcher.watch import Errors

MOST_RESTARTS = 3
GENTLE = ((signal.SIGTERM, 8.0), (signal.SIGQUIT, 3.0))


class Run:
    """One start of the whole; `run` returns when it was asked to stop."""

    def __init__(self, *, port: int, var: Path) -> None:
        self.port = port
        self.var = var.absolute()
        self.logs = self.var / "log"
        self.home = home = self.var / "run"
        self.screen = Screen()
        self.servers = Servers(
            home,
            with_postgres="DATABASE_URL" not in os.environ,
            with_valkey="BROKER_URL" not in os.environ,
        )
        self.stamps = stamps.Stamps(home / "prepared.json")
        self.children: dict[str, processes.Child] = {}
        self.restarts: dict[str, list[float]] = {}
        self.watches: list[Errors] = []
        self.environment: dict[str, str] = {}
        self.started = time.monotonic()

    def run(self) -> None:
        try:
            with one_sentence(self.var):
                self._start()
                self._stay()
        except Interrupted:
            self.screen.say("Stopping …")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._stop()
        self.screen.say("Stopped: nothing that was started here runs any more.")

    # --- starting --------------------------------------------------------------------------------

    def _start(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        self.servers.claim()
        if self.servers.recovered:
            self.screen.say(f"  Ended what an earlier start had left: {', '.join(self.servers.recovered)}")
        services.check_port(self.port)
        if self.servers.are_new:
            self.stamps.path.unlink(missing_ok=True)
            self.stamps.values = {}
        step = self.screen.begin(self._servers_title)
        self.servers.start()
        self.environment = self._environment()
        todo = self._todo()
        if not todo:
            # Nothing to prepare: the web loads while the servers start.
            self._launch("web")
        self.servers.wait()
        self._write_servers_file()
        step.finish()
        if todo:
            self._prepare(todo)
            self._launch("web")
        self._await_first_page()
        self._launch("worker")
        self._launch("beat")
        self._greet()

    @property
    def _servers_title(self) -> str:
        embedded = {"PostgreSQL": self.servers.with_postgres, "Valkey": self.servers.with_valkey}
        names = [name for name, is_ours in embedded.items() if is_ours]
        return f"Starting {' and '.join(names)}" if names else "Using the servers of the environment"

    def _environment(self) -> dict[str, str]:
        values = {
            "DJANGO_SETTINGS_MODULE": "halka.settings.development",
            "BASE_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        return {**values, **os.environ, **self.servers.environment, "BASE_PORT": str(self.port)}

    @property
    def _is_demo(self) -> bool:
        return (
            self.environment["DJANGO_SETTINGS_MODULE"] == "halka.settings.development"
            and self.environment.get("DEMO", "1") == "1"
        )

    def _todo(self) -> dict[str, str]:
        """Tasks whose sources have changed since they were done here, with the digest of their sources."""
        code, files = stamps.code(), stamps.static_files()
        # Other servers may have been changed by anybody: they are always looked at.
        known = self.servers.with_postgres
        todo = {}
        if not known or not self.stamps.holds("database", code):
            todo["database"] = code
        has_demo = self.stamps.holds("demo", code) and self._sign_ins.exists()
        if self._is_demo and not (known and has_demo):
            todo["demo"] = code
        if not catalogues.are_compiled():
            todo["catalogues"] = ""
        if not self.stamps.holds("static", files) or not self._static.exists():
            todo["static"] = files
        return todo

    def _prepare(self, todo: dict[str, str]) -> None:
        """What needs the database and what does not, beside each other."""
        groups = (("database", "demo"), ("catalogues", "static"))
        jobs = []
        for group in groups:
            tasks = [task for task in group if task in todo]
            if tasks:
                jobs.append(Job(self, tasks, todo))
        while jobs:
            jobs = [job for job in jobs if not job.is_done()]
            time.sleep(0.03)

    def _launch(self, name: str) -> None:
        commands = {
            "web": services.web(
                services.addresses(self.port), workers=services.cores(), access_log=str(self.logs / "access.log")
            ),
            "worker": services.worker(
                "worker", [services.EVERYDAY, services.OUTSIDE, services.PROVISIONING], processes=2
            ),
            "beat": services.beat(self.home / "beat-schedule"),
        }
        log = self.logs / f"{name}.log"
        if not any(watch.name == name for watch in self.watches):
            self.watches.append(Errors(name, log))
        self.children[name] = processes.start(
            name,
            commands[name],
            folder=self.servers.home,
            log=log,
            environment=self.environment,
            ends_by=GENTLE,
            working_folder=ROOT,
        )

    def _await_first_page(self) -> None:
        with self.screen.step("Opening the first page"):
            status: list[int | None] = [None]

            def answers() -> bool:
                status[0] = services.status_of("/", port=self.port, host=self._host)
                return status[0] is not None

            processes.wait_until(answers, self.children["web"], seconds=120, what="The web server")
            self._tell_errors()
        if status[0] and status[0] >= 400:
            log = _shown(self.logs / "web.log")
            self.screen.say(f"  The first page answers with an error ({status[0]}): look into {log}.")

    # --- running ---------------------------------------------------------------------------------

    def _stay(self) -> None:
        """Until a signal: begin again what ends, tell errors."""
        while True:
            time.sleep(0.5)
            self._tell_errors()
            for name, server in (("PostgreSQL", self.servers.postgres), ("Valkey", self.servers.valkey)):
                if server is not None and server.child is not None and not server.child.is_running:
                    raise CannotStart(f"{name} has ended; its last words are in {_shown(server.child.log)}.")
            for name, child in list(self.children.items()):
                if not child.is_running:
                    self._restart(name, child)

    def _restart(self, name: str, child: processes.Child) -> None:
        child.end()
        now = time.monotonic()
        recent = [moment for moment in self.restarts.get(name, []) if now - moment < 60]
        if len(recent) >= MOST_RESTARTS:
            raise CannotStart(f"{name} keeps ending; its last words are in {_shown(child.log)}.")
        self.restarts[name] = [*recent, now]
        self.screen.say(f"  {name} ended ({_shown(child.log)} tells why) and is started again.")
        self._launch(name)

    def _tell_errors(self) -> None:
        for watch in self.watches:
            for line in watch.new():
                self.screen.say(line)

    # --- stopping --------------------------------------------------------------------------------

    def _stop(self) -> None:
        with suppress(OSError):
            self._servers_file.unlink(missing_ok=True)
        for child in self.children.values():
            child.ask_to_end()
        for child in self.children.values():
            child.end()
        self.servers.stop()

    # --- what is written and said ------------------------------------------------------------------

    @property
    def _sign_ins(self) -> Path:
        return self.home / "demo.txt"

    @property
    def _servers_file(self) -> Path:
        return self.var / "servers.env"

    @property
    def _static(self) -> Path:
        return ROOT / self.environment.get("STATIC_ROOT", "var/static")

    @property
    def _host(self) -> str:
        return f"{self.environment.get('BASE_DOMAIN', 'halka.localhost')}:{self.port}"

    def _write_servers_file(self) -> None:
        """Where `manage.py` and the tests of a developer find the servers."""
        values = {name: self.environment[name] for name in ("DATABASE_URL", "BROKER_URL")}
        unfinished = self._servers_file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        unfinished.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
        unfinished.replace(self._servers_file)

    def _greet(self) -> None:
        say = self.screen.say
        say()
        say(f"Halka is ready, {time.monotonic() - self.started:.1f} s after the start:  http://{self._host}/")
        if self._is_demo and self._sign_ins.exists():
            say(self._sign_ins.read_text().rstrip())
            say()
        say(f"Logs are in {_shown(self.logs)}. Ctrl-C stops everything.")


class Job:
    """Some tasks of `prepare` in a process of their own; their lines are read from its log."""

    def __init__(self, run: Run, tasks: list[str], digests: dict[str, str]) -> None:
        self.run = run
        self.waiting = list(tasks)
        self.digests = digests
        self.log = run.logs / f"prepare-{tasks[0]}.log"
        self.log.unlink(missing_ok=True)
        self.said: list[str] = []
        self.read = 0
        self.step: Step | None = None
        self.child = processes.start(
            f"prepare-{tasks[0]}",
            [sys.executable, "-m", "halka.launcher.prepare", *tasks],
            folder=run.servers.home,
            log=self.log,
            environment=run.environment,
            working_folder=ROOT,
        )
        run.children[self.child.name] = self.child
        self._begin()

    def is_done(self) -> bool:
        """Raises CannotStart when it failed."""
        running = self.child.is_running
        lines = self.log.read_text(errors="replace").splitlines()
        for line in lines[self.read :]:
            task, tab, text = line.partition("\t")
            if tab and self.waiting and task == self.waiting[0]:
                self._hear(text)
        self.read = len(lines)
        if running:
            return False
        self.run.children.pop(self.child.name, None)
        self.child.end()
        if self.child.process.returncode != 0:
            title = prepare.TITLES[self.waiting[0]] if self.waiting else "Preparing"
            last = lines[-1].strip() if lines else "no reason was given"
            raise CannotStart(f"{title} failed: {last} (more in {_shown(self.log)})")
        return True

    def _begin(self) -> None:
        self.step = self.run.screen.begin(prepare.TITLES[self.waiting[0]]) if self.waiting else None

    def _hear(self, text: str) -> None:
        assert self.step is not None
        task = self.waiting[0]
        if text:
            self.said.append(text)
            self.step.show(text)
            return
        self.step.finish()
        for line in self.said:
            if line.startswith("!"):
                self.run.screen.say(f"  {line}")
        if task == "demo":
            self.run._sign_ins.write_text("\n".join(self.said) + "\n")
        self.run.stamps.put(task, self.digests[task])
        self.said = []
        self.waiting.pop(0)
        self._begin()


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
