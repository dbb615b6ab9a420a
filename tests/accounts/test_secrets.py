"""What nobody can read in the database, and what an unknown account costs (R5)."""

from __future__ import annotations

import bcrypt
import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from autodoctor.core.db import reading
from tests.api.identity import AUDIENCES, PASSWORD, code_of, log_in, mailed_secret, new_account, new_address, token_of
from tests.apps import the_api

OUTBOX = "outbox"
"""A mail that waits to be sent has its link in it; nothing else may."""


@pytest.fixture
async def api(database: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=the_api()), base_url="http://test")


async def everything_stored() -> str:
    """The text of every cell, but for the mails."""
    async with reading() as db:
        rows = [await db.execute(sa.select(table)) for table in SQLModel.metadata.sorted_tables if table.name != OUTBOX]
        return "\n".join(str(cell) for result in rows for row in result for cell in row)


async def test_no_secret_is_stored_in_clear(api: httpx.AsyncClient) -> None:
    secrets = {"password": PASSWORD}
    for audience in AUDIENCES:
        email = await new_account(api, audience)
        if audience == "customer":
            secrets["code of the verification"] = await mailed_secret(email, "code")
        if audience != "admin":
            await api.post(f"/api/{audience}/forgot-password", json={"email": email})
            secrets[f"reset of {audience}"] = await mailed_secret(email, "token")
        secrets[f"token of {audience}"] = (await token_of(api, email, who=audience))["Authorization"].removeprefix("Bearer ")
    stored = await everything_stored()
    assert "Robin Sample" in stored, "we look where things are stored"
    assert [name for name, secret in secrets.items() if secret in stored] == []


@pytest.mark.parametrize("audience", [*AUDIENCES])
async def test_an_unknown_account_costs_one_comparison_like_any(
    api: httpx.AsyncClient, settings_env: pytest.MonkeyPatch, audience: str
) -> None:
    known = await new_account(api, audience)
    costs: list[bytes] = []
    real = bcrypt.checkpw
    settings_env.setattr(bcrypt, "checkpw", lambda secret, hashed: costs.append(hashed[:7]) or real(secret, hashed))
    for email in (known, new_address(), "no address", f"{'x' * 250}@a.b"[:254]):
        answer = await log_in(api, email, "not-the-password", who=audience)
        assert code_of(answer) == (401, "invalid_credentials")
    assert (await log_in(api, known, "x" * 100, who=audience)).status_code == 401
    assert costs == [b"$2b$04$"] * 5
