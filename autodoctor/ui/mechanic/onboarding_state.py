"""Back from Stripe's page: how the mechanic's account stands now (P6)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading
from autodoctor.core.errors import Refusal
from autodoctor.payouts import onboarding, queries
from autodoctor.realtime import service as realtime
from autodoctor.realtime import topics
from autodoctor.ui.guard import mechanic_of
from autodoctor.ui.mechanic.earnings_view import AccountCard, account_card
from autodoctor.ui.steady import Steady


class OnboardingState(Steady, rx.State):
    """`card` is what we know, which is what Stripe has just said where `problem` is ""; before Stripe has answered, `asking`."""

    asking: bool = True
    problem: str = ""
    card: AccountCard = AccountCard()

    @rx.event(background=True)
    async def load(self):
        """Ask Stripe: its event may come after the mechanic is back. The page goes on meanwhile."""
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            return await self._turn_away(caller)
        async with self:
            self.asking, self.problem = True, ""
        problem = await _ask(caller)
        async with self:
            await realtime.follow(self, topics.earnings_of(caller.user_id), OnboardingState.hear)
            await self._show(caller)
            self.asking, self.problem = False, problem
        return None

    @rx.event
    async def hear(self, kind: str, data: dict[str, Any]):
        """The account has changed, or a share that waited for it."""
        return await self._look()

    @rx.event
    async def beat(self):
        """Look again, whatever was told."""
        return await self._look()

    async def _look(self) -> Any:
        caller = await mechanic_of(self)
        if not isinstance(caller, Caller):
            self.reset()
            return caller
        await self._show(caller)
        return None

    async def _show(self, caller: Caller) -> None:
        async with reading() as db:
            account, not_sent = await queries.account(db, caller.user_id), await queries.not_sent(db, caller.user_id)
        self.card = account_card(account, not_sent)

    async def _turn_away(self, to_login: Any) -> Any:
        async with self:
            self.reset()
        return to_login


async def _ask(caller: Caller) -> str:
    """Has Stripe say how the account stands. Answers what is wrong, in words, "" when nothing is."""
    try:
        await onboarding.refresh_account(caller)
    except Refusal as refusal:
        return refusal.detail
    return ""
