"""What every test can ask for: settings of its own, a migrated database (SQLite and PostgreSQL), and a clock it can move."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

os.environ.setdefault("APP_ENV", "test")

from autodoctor import subscribers  # noqa: F401 - connects them
from autodoctor.accounts.facts import MechanicChanged
from autodoctor.core import clock, events
from autodoctor.core.db import dispose_engine
from autodoctor.core.settings import get_settings
from tests import leaks
from tests.same_examples import the_same_examples  # noqa: F401 - for every folder
from tests.servers import fresh_sqlite, migrate, postgres_server

leaks.listen()


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.start_again()

    def start_again(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **units: float) -> None:
        self.time += timedelta(**units)


@pytest.fixture(autouse=True)
def nothing_secret_is_logged() -> Iterator[None]:
    """Whatever a test does."""
    yield
    assert leaks.taken() == []


@pytest.fixture
def fixed_clock() -> Iterator[Clock]:
    source = Clock()
    clock.set_source(source)
    yield source
    clock.set_source(None)


@pytest.fixture
def settings_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A configuration of this test's own: nothing of the machine's, data in a temporary folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("APP_ENV", "test")
    monkeypatch.setenv("APP_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("RATE_LIMITS", "off")
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("DATABASE_URL", "")
    get_settings.cache_clear()
    yield monkeypatch
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """URL of a running PostgreSQL server's maintenance database; a migrated template database stands beside it."""
    with postgres_server() as url:
        admin = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE template_autodoctor"))
        migrate(url_of(url, "template_autodoctor"))
        admin.dispose()
        yield url


def url_of(url: str, database: str) -> str:
    return sa.make_url(url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, settings_env: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[str]:
    """A migrated, empty database that the application uses, of each kind in turn. Yields its plain URL."""
    if request.param == "sqlite":
        url = fresh_sqlite(tmp_path / "test.sqlite3")
    else:
        url = fresh_postgres(request.getfixturevalue("postgres_template"))
    settings_env.setenv("DATABASE_URL", url)
    get_settings.cache_clear()
    yield url
    await dispose_engine()
    if request.param == "postgresql":
        drop_postgres(url)


@pytest.fixture
async def told() -> AsyncIterator[list[uuid.UUID]]:
    """The mechanics of whom a change was told after its commit."""
    heard: list[uuid.UUID] = []

    async def listener(fact: object) -> None:
        if isinstance(fact, MechanicChanged):
            heard.append(fact.mechanic_id)

    events.listen(listener)
    yield heard
    events.unlisten(listener)


def fresh_postgres(server: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    _as_admin(server, f"CREATE DATABASE {name} TEMPLATE template_autodoctor STRATEGY FILE_COPY")
    return url_of(server, name)


def drop_postgres(url: str) -> None:
    _as_admin(url_of(url, "postgres"), f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")


def _as_admin(url: str, statement: str) -> None:
    admin = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(statement))
    admin.dispose()


LONG = (
    "tests/lifecycle/test_on_",
    "tests/money/test_killed",
    "tests/lifecycle/",
    "tests/contract/",
    "tests/e2e/",
    "tests/matching/test_races",
)
"""What takes minutes is started first, so that nobody waits at the end for one file alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; within a file, and among the others, the order stays."""
    items.sort(key=lambda item: next((place for place, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG)))


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end: it needn't be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One table of what was skipped and why (RUNNING.md)."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("skipped, and why")
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"{report.nodeid}  |  {reason.removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI everything that a test needs must be there: a skip is a failure (PEERS.md)."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
