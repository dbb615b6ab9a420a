"""One server for many tests: a start takes five seconds, an empty database none."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from tests.e2e.server import LiveServer

STAYS = ("alembic_version", "leases")
"""The schema's number, and which worker fires the deadlines: the same process goes on."""
PROTECTS_ROWS = "%_no_delete"
"""The names of the triggers that keep what is in the books."""


class StandingServer(LiveServer):
    """A server with the settings of `LiveServer`, which stands from test to test. What a test has written doesn't."""

    def start_afresh(self) -> None:
        """Serve on an empty database, with no file of anybody's and nothing in the log, whatever a test before this one has left."""
        if self.process is None or self.process.poll() is not None:
            shutil.rmtree(self.data_dir)
            self.data_dir.mkdir()
            self.start()
            return
        self.log.write_bytes(b"")
        for file in self.data_dir.glob("*/**/*"):
            if file.is_file():
                file.unlink()
        for database in (self.database, self.data_dir / "stripe-sandbox.sqlite3"):
            if database.exists():
                with closing(sqlite3.connect(database, timeout=15, isolation_level=None)) as connection:
                    _empty(connection)


def _empty(connection: sqlite3.Connection) -> None:
    """Delete every row. What follows a table by triggers, like an index of words, follows it here too."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?", (PROTECTS_ROWS,)).fetchall()
    tables = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for (table,) in tables:
        if table not in STAYS and not table.startswith("sqlite_"):
            connection.execute(f'DELETE FROM "{table}"')
    for _, statement in triggers:
        connection.execute(statement)
    connection.execute("COMMIT")
