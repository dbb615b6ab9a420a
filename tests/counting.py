"""What the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from autodoctor.core.db import get_engine


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent meanwhile, with its parameters, without those that only begin a transaction."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, parameters))

    engine = get_engine().sync_engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
