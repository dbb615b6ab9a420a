"""Runs the migrations on the configured database: SQLite (in batch mode) or PostgreSQL."""

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from autodoctor.core.db import Choice, UtcDateTime, sync_url
from autodoctor.core.settings import get_settings
from autodoctor.schema import is_modelled, metadata


def _spell(kind: str, item: object, _context: object) -> str | bool:
    """Migrations speak plain SQLAlchemy, so that a later change of our own types can't change history."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Choice):
        return "sa.String(length=32)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, sa.JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def _run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_spell,
        compare_type=True,
        include_object=is_modelled,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.get_main_option("sqlalchemy.url")
engine = sa.create_engine(sync_url(given or get_settings().database_url))
with engine.begin() as connection:
    _run(connection)
engine.dispose()
