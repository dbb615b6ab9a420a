"""What the log and Sentry say about an event of a page, and what its reader is told when it breaks."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.types import ASGIApp

from autodoctor.core.db import unit_of_work
from autodoctor.ui.log_lines import session_in_view
from tests.logs import logged
from tests.reflex_client import OpenPage, open_page, within
from tests.sentry import sentry_beside
from tests.ui.sockets import cookie
from tests.ui.test_open_pages import site  # noqa: F401 - a fixture
from tests.worlds import live

SESSION = uuid.UUID("00000000-0000-7000-8000-000000000001")  # the same in every process that collects the tests


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"/chat/{SESSION}", SESSION),
        (f"/admin/sessions/{SESSION}/?from=x", SESSION),
        ("/customer/dashboard", None),
        ("/join/not-an-id", None),
        ("", None),
    ],
)
def test_the_only_ids_in_addresses_are_sessions(path: str, found: uuid.UUID | None) -> None:
    assert session_in_view({"asPath": path}) == found


def toasts(page: OpenPage) -> list[str]:
    return [str(event["payload"]) for event in page.events if "Something went wrong" in str(event["payload"])]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_room_that_breaks_is_told_with_its_number_and_its_session(
    database: str,
    site: ASGIApp,  # noqa: F811
    settings_env: pytest.MonkeyPatch,
) -> None:
    consultation, mechanic = await live()
    async with unit_of_work() as db:
        await db.execute(sa.text("ALTER TABLE chat_messages RENAME TO lost"))
    lines: list[dict[str, Any]]
    with sentry_beside(settings_env) as sentry, logged() as lines:
        path = f"/chat/{consultation.session_id}"
        async with open_page(within(site), path, cookie=cookie("aad_mech", mechanic)) as page:
            await page.until(lambda: bool(toasts(page)), what="words about what broke")
        told = [line for line in lines if line["event"] == "unexpected error in a page"]
        reports = sentry.reports()
    assert {line["session_id"] for line in told} == {str(consultation.session_id)}
    assert told[0]["request_id"] in toasts(page)[0]
    assert [report["tags"]["request_id"] for report in reports] == [line["request_id"] for line in told]
    assert {report["tags"]["session_id"] for report in reports} == {str(consultation.session_id)}
    assert len({line["request_id"] for line in told}) == len(told), "each event has a number of its own"
