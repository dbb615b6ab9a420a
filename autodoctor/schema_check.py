"""Whether the database is what the code expects: its migration, and what `alembic check` would find. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts.identity import Caller, require_admin
from autodoctor.audit import service as audit
from autodoctor.schema import is_modelled, metadata

MIGRATIONS = Path(__file__).resolve().parent.parent / "alembic"


@dataclass(frozen=True)
class SchemaState:
    """`revision` is the database's migration, "" where it has none, `head` the newest one; `differences` are what a migration would
    have to change.
    """

    revision: str
    head: str
    differences: list[str]

    @property
    def is_current(self) -> bool:
        return self.revision == self.head and not self.differences


async def look(db: AsyncSession, admin: Caller | None) -> SchemaState:
    """Look, and write down that it was looked. Raises Forbidden."""
    actor = require_admin(admin)
    state = await (await db.connection()).run_sync(_state)
    await audit.record(db, actor.user_id, "inspect_schema", "schema", state.revision or "none", differences=len(state.differences))
    return state


def _state(connection: sa.Connection) -> SchemaState:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_modelled})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head() or ""
    return SchemaState(context.get_current_revision() or "", head, [_words(each) for each in compare_metadata(context, metadata)])


def _words(difference: Any) -> str:
    """One difference of alembic's, which are tuples that begin with a verb; changes of a column come in lists."""
    if isinstance(difference, list):
        return "; ".join(_words(each) for each in difference)
    verb, *about = difference
    return " ".join([verb.replace("_", " "), *(_name(each) for each in about if _name(each))])


def _name(part: Any) -> str:
    name = part if isinstance(part, str) else getattr(part, "name", None)
    table = getattr(getattr(part, "table", None), "name", "")
    return f"{table}.{name}" if table and name else str(name or "")
