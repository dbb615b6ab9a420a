"""What is swept up: uploads that nobody used, files that no row names, what a dead process left. And nothing else (M5)."""

from __future__ import annotations

import asyncio
import os
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.chat.service import send
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import NotFound
from autodoctor.core.settings import get_settings
from autodoctor.files.links import thumbnail_path
from autodoctor.files.models import Upload
from autodoctor.files.sweep import Swept, sweep
from autodoctor.integrations.storage import store
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic, a_session

pytestmark = pytest.mark.usefixtures("database")


async def stored(path: str, *, with_thumbnail: bool = False) -> None:
    """Put a file there, as it would have been some days ago."""
    source = get_settings().app_data_dir / "source"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(b"x")
    for name in [path, *([thumbnail_path(path)] if with_thumbnail else [])]:
        await store.put(name, source)
        file = get_settings().app_data_dir / "uploads" / name
        long_ago = (datetime(2026, 1, 1, tzinfo=UTC)).timestamp()
        os.utime(file, (long_ago, long_ago))


async def an_upload(owner: Person, session_id: uuid.UUID | None, clock: Clock, **values: object) -> str:
    folder = f"sessions/{session_id}" if session_id else f"intakes/{owner.id}"
    path = f"{folder}/{uuid.uuid4()}"
    upload = Upload(
        owner_id=owner.id,
        session_id=session_id,
        file_path=path,
        file_name="a.jpg",
        file_size=1,
        file_type="image/jpeg",
        has_thumbnail=True,
        expires_at=clock() + timedelta(minutes=15),
        created_at=clock(),
        **{"stored_at": clock(), **values},  # type: ignore[arg-type]
    )
    async with unit_of_work() as db:
        db.add(upload)
    await stored(path, with_thumbnail=True)
    return path


async def left() -> tuple[set[str], set[str]]:
    """The paths of the rows, and of the stored files without their thumbnails."""
    async with reading() as db:
        rows = set(await db.scalars(sa.select(col(Upload.file_path))))
    files = {each.path for batch in [batch async for batch in store.listed()] for each in batch}
    assert files == {path for each in files if not each.endswith(".thumb") for path in (each, thumbnail_path(each))}
    return rows, {each for each in files if not each.endswith(".thumb")}


async def test_an_upload_that_nobody_used_goes_after_three_days_with_its_thumbnail(fixed_clock: Clock) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    used = await an_upload(customer, session_id, fixed_clock)
    unused = await an_upload(customer, session_id, fixed_clock)
    loose = await an_upload(customer, None, fixed_clock)
    never_sent = await an_upload(customer, session_id, fixed_clock, stored_at=None)
    async with unit_of_work() as db:
        await send(db, customer.caller, session_id, content="", attachments=[used])
    fixed_clock.advance(days=3)
    assert await sweep() == Swept(0, 0, 0)
    fixed_clock.advance(minutes=16)
    assert await sweep() == Swept(unused=3, unknown=0, scratch=0)
    assert await left() == ({used}, {used})
    assert {unused, loose, never_sent}.isdisjoint((await left())[0])


async def test_files_whose_row_is_gone_are_removed_and_others_files_are_left(fixed_clock: Clock) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    kept, erased = await an_upload(customer, session_id, fixed_clock), await an_upload(customer, session_id, fixed_clock)
    async with unit_of_work() as db:
        await db.execute(sa.delete(Upload).where(col(Upload.file_path) == erased))
    await stored("recordings/somebody-elses", with_thumbnail=True)
    assert await sweep() == Swept(unused=0, unknown=2, scratch=0)
    assert await left() == ({kept}, {kept, "recordings/somebody-elses"})


async def test_a_file_that_is_being_stored_is_left_alone(fixed_clock: Clock) -> None:
    path = f"sessions/{uuid.uuid4()}/{uuid.uuid4()}"
    await stored(path, with_thumbnail=True)
    os.utime(get_settings().app_data_dir / "uploads" / path, (fixed_clock().timestamp(),) * 2)
    os.utime(get_settings().app_data_dir / "uploads" / thumbnail_path(path), (fixed_clock().timestamp(),) * 2)
    assert (await sweep()).unknown == 0


async def test_what_a_dead_process_left_half_received_is_removed(fixed_clock: Clock) -> None:
    half_received({"old": fixed_clock() - timedelta(days=2), "new": fixed_clock() - timedelta(hours=1)})
    assert (await sweep()).scratch == 1
    assert still_half_received() == ["new"]


def half_received(since: dict[str, datetime]) -> None:
    folder = get_settings().app_data_dir / "incoming"
    folder.mkdir(parents=True)
    for name, moment in since.items():
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (moment.timestamp(),) * 2)


def still_half_received() -> list[str]:
    return [each.name for each in (get_settings().app_data_dir / "incoming").iterdir()]


async def test_a_message_that_takes_a_file_while_it_is_swept_keeps_it(fixed_clock: Clock) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic())
    paths = [await an_upload(customer, session_id, fixed_clock) for _ in range(8)]
    fixed_clock.advance(days=4)

    async def attach(path: str) -> str:
        async with unit_of_work() as db:
            await send(db, customer.caller, session_id, content="", attachments=[path])
        return path

    outcomes = await asyncio.gather(*(attach(path) for path in paths), sweep(), return_exceptions=True)
    attached = {each for each in outcomes if isinstance(each, str)}
    assert all(isinstance(each, str | NotFound | Swept) for each in outcomes)
    assert await left() == (attached, attached)
