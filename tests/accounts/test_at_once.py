"""Two things in the same moment: the database decides, and what was just ended stays ended (R5)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from autodoctor.accounts import logins, mechanics
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.models import LoginToken, MechanicSession, Role
from autodoctor.accounts.refusals import InvalidCredentials
from autodoctor.core.db import reading, unit_of_work
from autodoctor.notifications.queries import sent_mails
from tests.accounts.making import DOORS, a_mechanic, an_account, asks_for_a_new_password, proven, secrets_mailed_to
from tests.api.identity import new_address
from tests.jobs.helpers import rows_of

LONG_ENOUGH_S = 0.4
"""What isn't held up is through by then."""


async def login_while(role: Role, email: str, act: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    """Somebody whose password was right enters while `act` is written and not yet committed. Raises what entering raises."""
    who = await proven(role, email)

    async def enter() -> None:
        async with unit_of_work() as db:
            await logins.enter(db, who, Origin())

    async with unit_of_work() as db:
        await act(db)
        entering = asyncio.create_task(enter())
        await asyncio.wait([entering], timeout=LONG_ENOUGH_S)
    await entering


@pytest.mark.parametrize("role", [Role.customer, Role.mechanic])
async def test_no_login_slips_through_while_the_password_is_changed(database: str, role: Role) -> None:
    email = await an_account(role)
    await asks_for_a_new_password(role, email)
    token = (await secrets_mailed_to(email))[0]
    with pytest.raises(InvalidCredentials):
        await login_while(role, email, lambda db: DOORS[role].reset_password(db, token=token, password="another-good-one"))
    assert await rows_of(LoginToken) + await rows_of(MechanicSession) == []


async def test_no_login_slips_through_while_a_mechanic_is_suspended(database: str) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email, is_approved=True)
    with pytest.raises(InvalidCredentials):
        await login_while(Role.mechanic, email, lambda db: mechanics.suspend(db, mechanic_id))
    assert await rows_of(MechanicSession) == []


async def test_three_approvals_send_one_mail(database: str) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email)

    async def approve() -> None:
        async with unit_of_work() as db:
            await mechanics.approve(db, mechanic_id)

    await asyncio.gather(*(approve() for _ in range(3)))
    async with reading() as db:
        assert len(await sent_mails(db, to=email)) == 1
