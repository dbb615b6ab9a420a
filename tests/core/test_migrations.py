"""One history of migrations that runs up and down on both databases and agrees with the models."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from autodoctor.core.db import sync_url
from autodoctor.schema import metadata
from tests.conftest import fresh_postgres
from tests.servers import alembic_config


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, settings_env: pytest.MonkeyPatch) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
    return fresh_postgres(request.getfixturevalue("postgres_template"))


def test_migrations_agree_with_the_models(url: str) -> None:
    command.upgrade(alembic_config(url), "head")
    command.check(alembic_config(url))


def test_migrations_run_down_to_nothing_and_up_again(url: str) -> None:
    command.upgrade(alembic_config(url), "head")
    command.downgrade(alembic_config(url), "base")
    engine = sa.create_engine(sync_url(url))
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    command.upgrade(alembic_config(url), "head")
    assert set(sa.inspect(engine).get_table_names()) >= set(metadata.tables)
    engine.dispose()


def test_every_foreign_key_has_an_index(url: str) -> None:
    """Deleting or joining by a key that no index leads would read the whole table."""
    command.upgrade(alembic_config(url), "head")
    engine = sa.create_engine(sync_url(url))
    inspector = sa.inspect(engine)
    bare = [f"{table}.{column}" for table in metadata.tables for column in _columns_without_index(inspector, table)]
    engine.dispose()
    assert bare == []


def _columns_without_index(inspector: sa.Inspector, table: str) -> set[str]:
    leading = {index["column_names"][0] for index in inspector.get_indexes(table)}
    leading |= {key["column_names"][0] for key in inspector.get_unique_constraints(table)}
    leading.add(inspector.get_pk_constraint(table)["constrained_columns"][0])
    return {key["constrained_columns"][0] for key in inspector.get_foreign_keys(table)} - leading
