"""A real Auto Doctor server in a process of its own, started by the same script as everybody's, on a free port."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests import leaks
from tests.e2e import command_line
from tests.servers import free_ports_with_video, fresh_sqlite

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 60


def wait_until(condition: Callable[[], bool], *, what: str, within_s: float = 20, evidence: Callable[[], str] = str) -> None:
    """Ask until it is so; fail with `what` in words, and what `evidence` says then, when it doesn't come."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {within_s} s in vain for {what} {evidence()}"
        time.sleep(0.05)


class LiveServer:
    """Starts, kills and restarts one server. Its data lives in `data_dir` and survives a kill."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.port = free_ports_with_video()
        self.url = f"http://localhost:{self.port}"
        self.log = data_dir / "server.log"
        self.data_dir = data_dir
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}},
            "APP_ENV": "development",
            "PORT": str(self.port),
            "APP_URL": self.url,
            "APP_DATA_DIR": str(data_dir),
            "RATE_LIMITS": "off",
            "LIVEKIT_SERVER_BIN": "none",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.launch()
        try:
            wait_until(self._answers, what="the server; its log:", within_s=START_WITHIN_S, evidence=self._last_words)
        except BaseException:
            self.kill()
            raise

    def launch(self) -> None:
        """Start it, and wait for nothing. Its database has the schema already, wherever it is."""
        if "DATABASE_URL" not in self.environment and not self.database.exists():
            fresh_sqlite(self.database)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [ROOT / "scripts" / "serve", "--migrated"], env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def database(self) -> Path:
        """Its SQLite file, where it has no other database."""
        return self.data_dir / "autodoctor.sqlite3"

    def _last_words(self) -> str:
        return self.log.read_text()[-4000:]

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the server stopped: {self._last_words()}"
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/api/health", timeout=2).status_code == 200
        return False

    def kill(self) -> None:
        """kill -9 for every process of the server: nothing gets to say goodbye."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, number)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.read_its_log()

    def read_its_log(self) -> None:
        """Nothing secret may stand there."""
        assert leaks.secrets_in_file(self.log) == []

    def cli(self, *arguments: str) -> str:
        """Run a command of `python -m autodoctor.cli` with this server's settings; returns what it printed."""
        return command_line.run(self.environment, arguments)
