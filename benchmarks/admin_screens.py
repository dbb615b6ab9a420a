"""How long each of the administrators' screens takes where there is a great deal. Run by `make bench-screens`.

Two databases of the same large company are written (`benchmarks.load_crowd`), one of SQLite and one of PostgreSQL. Then each screen is
loaded as its page loads it, from who is calling to the rows that it shows: once to warm up, then RUNS times, whose median counts. The
ledger's days are closed before, as the leading worker does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from autodoctor.accounts.models import Role
from autodoctor.core import paging
from autodoctor.core.db import dispose_engine
from autodoctor.core.errors import sure
from autodoctor.core.settings import get_settings
from autodoctor.payments.ledger_days import close_days
from autodoctor.ui.admin.audit_state import AuditState
from autodoctor.ui.admin.intakes_state import IntakesState
from autodoctor.ui.admin.mechanics_state import MechanicsState
from autodoctor.ui.admin.money_address import TABS, asked_by
from autodoctor.ui.admin.money_reading import read_money
from autodoctor.ui.admin.overview_address import SPANS
from autodoctor.ui.admin.overview_reading import read_overview
from autodoctor.ui.admin.queue_state import QueueState
from autodoctor.ui.admin.session_state import AdminSessionState
from autodoctor.ui.admin.sessions_state import SessionsState
from benchmarks.consultations import Size, row_id
from benchmarks.crowd import SPREAD
from benchmarks.load_crowd import load
from tests.conftest import url_of
from tests.counting import asked
from tests.people import Person, log_in
from tests.servers import ROOT, migrate, postgres_server
from tests.ui.screens import open_page

RESULTS = ROOT / "benchmarks" / "results"
RUNS = 7
LIMIT_MS = 300
SCREENS: tuple[tuple[Any, str], ...] = (
    (QueueState, "/admin/unattended"),
    (SessionsState, "/admin/sessions"),
    (SessionsState, "/admin/sessions?show=all"),
    (SessionsState, "/admin/sessions?show=all&status=cancelled"),
    (SessionsState, "/admin/sessions?show=all&status=completed&plan=diagnostic&before={halfway}"),
    (SessionsState, "/admin/sessions?show=all&before={halfway}"),
    (SessionsState, "/admin/sessions?show=all&q=customer77777@example.com"),
    (SessionsState, "/admin/sessions?show=all&q=nobody-has-this-name"),
    (AdminSessionState, "/admin/sessions/{session}"),
    (IntakesState, "/admin/intakes"),
    (IntakesState, "/admin/intakes?status=in_progress"),
    (IntakesState, "/admin/intakes?status=resolved"),
    (IntakesState, "/admin/intakes?q=volvo"),
    (IntakesState, "/admin/intakes?q=the"),
    (IntakesState, "/admin/intakes?q=engin"),
    (IntakesState, "/admin/intakes?q=c"),
    (IntakesState, "/admin/intakes?q=the&before={halfway}"),
    (IntakesState, "/admin/intakes?q=the&status=in_progress"),
    (IntakesState, "/admin/intakes?q=knocks squeal"),
    (IntakesState, "/admin/intakes?q=customer77777@example.com"),
    (IntakesState, "/admin/intakes?q=nobody-has-this-name"),
    (MechanicsState, "/admin/mechanics"),
    (MechanicsState, "/admin/mechanics?standing=all"),
    (MechanicsState, "/admin/mechanics?standing=all&q=garcia"),
    (MechanicsState, "/admin/mechanics?standing=all&q=nobody-has-this-name"),
    (AuditState, "/admin/audit"),
    (AuditState, "/admin/audit?action=refund"),
    (IntakesState, "/admin/intakes?before={halfway}"),
    (AuditState, "/admin/audit?before={halfway}"),
)


@dataclass(frozen=True)
class Timed:
    """One screen on one database: the median and the slowest of the runs in milliseconds, and how many statements one run sends."""

    screen: str
    database: str
    median_ms: float
    slowest_ms: float
    statements: int


async def timed(database: str, size: Size) -> list[Timed]:
    """Every screen, one after the other, as an administrator."""
    await close_days()
    admin = await log_in(uuid.UUID(row_id("other", 0)), Role.admin)
    named = {"session": uuid.UUID(row_id("session", size.sessions // 2)), "halfway": _halfway()}
    found = [await _timed(database, address, _page_of(state, address.format(**named), admin)) for state, address in SCREENS]
    for span in SPANS:
        found.append(await _timed(database, f"/admin/overview?span={span}", lambda span=span: read_overview(span)))
    for tab in TABS:
        view = asked_by({"tab": tab}).view
        found.append(await _timed(database, f"/admin/money?tab={tab}", lambda view=view: read_money(view)))
    await dispose_engine()
    return found


def _halfway() -> str:
    """A cursor in the middle of a list."""
    position = datetime.now(UTC) - SPREAD / 2, uuid.UUID(int=0)
    return sure(paging.page([1, 2], 1, lambda _row: position).next_cursor, "a list that goes on has one")


def _page_of(state: Any, address: str, admin: Person) -> Any:
    async def look() -> None:
        page = await open_page(state, address, admin)
        await page.load()
        assert getattr(page, "phase", "") not in {"failed", "loading"}, address

    return look


async def _timed(database: str, screen: str, look: Any) -> Timed:
    with asked() as statements:
        await look()
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        await look()
        took.append((time.perf_counter() - began) * 1000)
    return Timed(screen, database, round(statistics.median(took), 1), round(max(took), 1), len(statements))


@contextmanager
def databases(size: Size, folder: Path) -> Iterator[dict[str, str]]:
    """Both, filled; by name, their plain URLs."""
    with postgres_server() as server:
        found = {"sqlite": f"sqlite:///{folder / 'crowd.sqlite3'}", "postgresql": url_of(server, "postgres")}
        for name, url in found.items():
            migrate(url)
            began = time.monotonic()
            rows = load(url, size, datetime.now(UTC))
            print(f"{name}: {rows:,} rows written in {time.monotonic() - began:.0f} s", flush=True)
        yield found


def table(found: list[Timed]) -> str:
    """The figures in Markdown, a screen a line."""
    by_screen: dict[str, dict[str, Timed]] = {}
    for each in found:
        by_screen.setdefault(each.screen, {})[each.database] = each
    lines = ["| screen | SQLite: median (slowest) ms | PostgreSQL: median (slowest) ms | statements |", "| --- | ---: | ---: | ---: |"]
    for screen, on in by_screen.items():
        lite, post = on["sqlite"], on["postgresql"]
        figures = f"{lite.median_ms:.1f} ({lite.slowest_ms:.1f}) | {post.median_ms:.1f} ({post.slowest_ms:.1f}) | {post.statements}"
        lines.append(f"| `{screen}` | {figures} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("sessions", 1_000_000), ("mechanics", 10_000), ("customers", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked_for = parser.parse_args()
    size = Size(asked_for.sessions, asked_for.mechanics, asked_for.customers)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    found: list[Timed] = []
    with tempfile.TemporaryDirectory() as folder, databases(size, Path(folder)) as urls:
        for name, url in urls.items():
            os.environ["DATABASE_URL"] = url
            get_settings.cache_clear()
            found += asyncio.run(timed(name, size))
    words = f"{size.sessions:,} sessions, {size.sessions:,} messages, {size.mechanics:,} mechanics, {size.customers:,} customers"
    (RESULTS / "admin-screens.json").write_text(json.dumps({"of": words, "screens": [asdict(each) for each in found]}, indent=1) + "\n")
    (RESULTS / "admin-screens.md").write_text(f"# The administrators' screens among {words}\n\n{table(found)}\n")
    print(table(found))
    if slow := [each.screen for each in found if each.median_ms > LIMIT_MS]:
        raise SystemExit(f"slower than {LIMIT_MS} ms: {slow}")


if __name__ == "__main__":
    main()
