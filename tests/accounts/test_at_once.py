"""Two things in the same moment: the database decides, and what was just ended stays ended (R5)."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from autodoctor.accounts import customers, logins, mechanics
from autodoctor.accounts.identity import Origin
from autodoctor.accounts.models import LoginToken, MechanicSession, Role, User
from autodoctor.accounts.refusals import InvalidCredentials
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.notifications.queries import sent_mails
from tests.accounts.making import DOORS, a_customer, a_mechanic, an_account, asks_for_a_new_password, secrets_mailed_to, sets_password
from tests.api.identity import PASSWORD, new_address
from tests.jobs.helpers import rows_of

LONG_ENOUGH_S = 0.4
"""What isn't held up is through by then."""


async def outcomes(*attempts: Awaitable[object]) -> Counter[str]:
    """How often each came out: "done", or the refusal's word."""

    async def outcome(attempt: Awaitable[object]) -> str:
        try:
            await attempt
        except Refusal as refusal:
            return refusal.code
        return "done"

    return Counter(await asyncio.gather(*(outcome(each) for each in attempts)))


async def login_while(role: Role, email: str, act: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    """Somebody whose password was right enters while `act` is written and not yet committed. Raises what entering raises."""
    async with reading() as db:
        proven = await logins.prove(db, role, email=email, password=PASSWORD)

    async def enter() -> None:
        async with unit_of_work() as db:
            await logins.enter(db, proven, Origin())

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


@pytest.mark.parametrize("sign_up", [a_customer, a_mechanic])
async def test_of_five_sign_ups_one_makes_the_account(database: str, sign_up: Callable[[str], Awaitable[uuid.UUID]]) -> None:
    email = new_address()
    assert await outcomes(*(sign_up(email) for _ in range(5))) == {"done": 1, "email_taken": 4}
    assert len(await rows_of(User)) == 1


async def test_a_link_that_is_clicked_five_times_works_once(database: str) -> None:
    email = await an_account(Role.customer)
    (code,) = await secrets_mailed_to(email)

    async def verify() -> None:
        async with unit_of_work() as db:
            await customers.verify_email(db, code)

    assert await outcomes(*(verify() for _ in range(5))) == {"done": 1, "link_expired": 4}
    await asks_for_a_new_password(Role.customer, email)
    token = next(secret for secret in await secrets_mailed_to(email) if secret != code)
    passwords = [f"new-password-{number}" for number in range(5)]
    assert await outcomes(*(sets_password(Role.customer, token, each) for each in passwords)) == {"done": 1, "link_expired": 4}


async def test_three_approvals_send_one_mail(database: str) -> None:
    email = new_address()
    mechanic_id = await a_mechanic(email)

    async def approve() -> None:
        async with unit_of_work() as db:
            await mechanics.approve(db, mechanic_id)

    assert await outcomes(*(approve() for _ in range(3))) == {"done": 3}
    async with reading() as db:
        assert len(await sent_mails(db, to=email)) == 1
