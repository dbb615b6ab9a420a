"""The house of the lifecycle model with a till: everything that can happen to money, at the sandbox and with us."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Coroutine
from typing import Any

from autodoctor.accounts.identity import Caller
from autodoctor.core.errors import Refusal
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewAccount, NewRefund, NewSession
from autodoctor.integrations.sandbox.stripe.problems import StripeProblem
from autodoctor.integrations.sandbox.stripe.store import Body, State, transaction
from autodoctor.matching import service as matching
from autodoctor.payments import extension_checkout, heal, refunds, tips
from autodoctor.payouts.reconcile import reconcile
from autodoctor.plans.catalog import PLANS, PlanCode
from autodoctor.sessions import service as sessions
from tests.conftest import Clock
from tests.lifecycle.house import House, _letters


class Till(House):
    """`clock` is what stands still until `clock_on`."""

    clock: Clock

    # --- people

    def buy(self, customer: Caller, plan: PlanCode, *, is_taxed: bool, comes_back: bool) -> None:
        """Paid at the sandbox, with tax or without. Who comes back to our page is served before any event tells of it."""
        checkout_id = self.run(self._buy(customer, plan, is_taxed=is_taxed))
        if comes_back:
            self.run(heal.fulfil_one(checkout_id))

    async def _buy(self, customer: Caller, plan: PlanCode, *, is_taxed: bool) -> str:
        price = {
            "currency": "usd",
            "unit_amount": PLANS[plan].price_cents,
            "product_data": {"name": plan.value},
            "tax_behavior": "exclusive",
        }
        about = {"plan": plan.value, "user": str(customer.user_id)}
        asked = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "metadata": about,
            "payment_intent_data": {"metadata": about},
            "customer_email": customer.email,
            "success_url": "http://localhost/success",
            "automatic_tax": {"enabled": is_taxed},
        }
        async with transaction() as state:
            checkout = await sandbox.pay(state, await sandbox.create_checkout(state, NewSession.model_validate(asked)))
            await self._hear(state)
        return checkout["id"]

    def serve(self, request: Any, mechanic: Caller, *, extensions: int) -> None:
        """Taken, talked, more time bought, and over. The events of the extensions may come later than the end."""
        if self.do(lambda db: matching.accept(db, mechanic, request.id)) != "done":
            return
        customer = next(each for each in self.customers if each.user_id == request.customer_id)
        for who in (mechanic, customer):
            self.do(lambda db, who=who: sessions.start(db, who, request.session_id))
        for _ in range(extensions):
            self.extend(customer, request.session_id)
        self.clock_on(60)
        self.do(lambda db: sessions.end(db, mechanic, request.session_id))

    def extend(self, customer: Caller, session_id: Any) -> None:
        self._pay_at(extension_checkout.begin(customer, session_id))

    def tip(self, session_id: Any, cents: int) -> None:
        """The customer of a session thanks its mechanic, where there is one to thank."""
        for customer in self.customers:  # it is found by its own alone
            self._pay_at(tips.begin(customer, session_id, cents))

    def _pay_at(self, opening: Coroutine[Any, Any, str]) -> None:
        try:
            url = self.run(opening)
        except Refusal:
            return
        if "/dev/stripe/checkout/" in url:
            self.run(self._pay_page(url.rsplit("/", 1)[-1]))

    async def _pay_page(self, checkout_id: str) -> None:
        async with transaction() as state:
            checkout = await sandbox.retrieve(state, sandbox.CHECKOUT, checkout_id)
            if checkout["status"] == "open":
                await sandbox.pay(state, checkout)
            await self._hear(state)

    def cancel(self, request: Any) -> None:
        customer = next(each for each in self.customers if each.user_id == request.customer_id)
        self.do(lambda db: matching.cancel(db, customer, request.id))

    def refund(self, session_id: Any, cents: int) -> None:
        """An administrator gives a part back."""

        async def give_back(db: Any) -> None:
            for payment in await refunds.payments_of(db, session_id):
                await refunds.request_refund(db, payment, key=secrets.token_hex(8), reason="kindness", amount_cents=cents)

        self.do(give_back)

    # --- at Stripe itself

    def account(self, mechanic: Caller, *, is_ready: bool) -> None:
        """A mechanic's account is made, or filled in, or something is missing of it again."""
        self.run(self._account(mechanic, is_ready=is_ready))

    async def _account(self, mechanic: Caller, *, is_ready: bool) -> None:
        async with transaction() as state:
            theirs = [each for each in await everything(state, "account") if each["metadata"]["mechanic"] == str(mechanic.user_id)]
            asked = NewAccount(type="standard", email=mechanic.email, metadata={"mechanic": str(mechanic.user_id)})
            account = theirs[0] if theirs else await sandbox.create_account(state, asked)
            await sandbox.fill_in(state, account, missing=() if is_ready else ("external_account",))
            await self._hear(state)

    def at_dashboard(self, what: str, which: int, cents: int) -> None:
        """Something that we didn't ask for: a refund, a dispute, the bank's decision, a refund that doesn't arrive."""
        self.run(self._at_dashboard(what, which, cents))

    async def _at_dashboard(self, what: str, which: int, cents: int) -> None:
        kind = {"refund": "charge", "dispute": "charge", "inquiry": "charge", "fails": "refund"}.get(what, "dispute")
        async with transaction() as state:
            found = await everything(state, kind)
            if not found:
                return
            about = found[which % len(found)]
            try:
                match what:
                    case "refund":
                        await sandbox.create_refund(state, NewRefund(charge=about["id"], amount=min(cents, about["amount"])))
                    case "dispute" | "inquiry":
                        await sandbox.open_dispute(state, about, is_inquiry=what == "inquiry")
                    case "fails":
                        await sandbox.fail_refund(state, about)
                    case _:
                        await sandbox.close_dispute(state, about, won=what == "won")
            except StripeProblem:
                return
            await self._hear(state)

    async def _hear(self, state: State) -> None:
        self.untold += await _letters(state)

    # --- time, and what it brings

    def tell_shuffled(self, order: random.Random) -> None:
        """Everything that is still to be told, in any order, and some of it again."""
        letters = [*self.untold, *order.sample(self.told, min(5, len(self.told)))]
        order.shuffle(letters)
        for letter in letters:
            self.tell(letter)

    def clock_on(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    def settle_down(self, order: random.Random) -> None:
        """Everything is told, every account is ready, the banks have decided, and nothing waits any more."""
        for mechanic in self.mechanics:
            self.account(mechanic, is_ready=True)
        for which in range(len(self.run(_all("dispute")))):
            self.at_dashboard(order.choice(["won", "lost"]), which, 0)
        for _ in range(12):
            self.tell_shuffled(order)
            self.clock_on(3700)
            self.work()
        self.run(reconcile())

    def sandbox_has(self, kind: str) -> list[Body]:
        return self.run(_all(kind))


async def everything(state: State, kind: str) -> list[Body]:
    """All objects of a kind, in the order of their making."""
    rows = await state._db.execute_fetchall("SELECT body FROM objects WHERE kind = ? ORDER BY rowid", (kind,))
    return [json.loads(body) for (body,) in rows]


async def _all(kind: str) -> list[Body]:
    async with transaction() as state:
        return await everything(state, kind)
