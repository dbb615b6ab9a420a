"""What Stripe tells late, early or never: the right final state all the same, here, in the ledger and at Stripe (P2, P5)."""

from __future__ import annotations

import pytest

from autodoctor.integrations.sandbox.stripe import delivery
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.forms import NewAccount
from autodoctor.integrations.sandbox.stripe.store import Body, transaction
from autodoctor.payments import inbox
from autodoctor.payments.inbox_models import EventStatus, StripeEvent
from autodoctor.payments.models import Dispute, DisputeStatus
from autodoctor.payouts import onboarding
from autodoctor.payouts.rules import PayoutStatus
from tests.conftest import Clock
from tests.jobs.helpers import rows_of
from tests.money import trade
from tests.money.line import Line
from tests.people import a_mechanic

pytestmark = pytest.mark.usefixtures("database")


async def dispute(*, won: bool | None = None) -> None:
    """The bank takes the one charge back, or has decided about it."""
    async with transaction() as state:
        if won is None:
            (charge,) = await state.all(sandbox.CHARGE)
            await sandbox.open_dispute(state, charge)
        else:
            (opened,) = await state.all(sandbox.DISPUTE)
            await sandbox.close_dispute(state, opened, won=won)


async def sums() -> list[tuple[str, int]]:
    """Of the sandbox's movements between us and mechanics, in their order."""
    return [(each["type"], each["amount"]) for each in await trade.at_sandbox("balance_transaction") if each["type"].startswith("transfer")]


async def test_a_dispute_after_the_payout_holds_nothing_and_a_won_one_leaves_all_as_it_was(fixed_clock: Clock, line: Line) -> None:
    consultation = await trade.paid_out(await trade.a_receiver())
    await dispute()
    await trade.settle_down(fixed_clock)
    assert [each.status for each in await rows_of(Dispute)] == [DisputeStatus.open]
    await dispute(won=True)
    await trade.settle_down(fixed_clock)
    payout = await trade.payout_of(consultation)
    assert (payout.status, payout.share_cents, payout.reversed_cents) == (PayoutStatus.sent, 800, 0)
    assert [each.status for each in await rows_of(Dispute)] == [DisputeStatus.won]
    assert await sums() == [("transfer", -800)]
    assert await trade.books() == {"stripe": 199, "fees": -199}
    await trade.nothing_is_open_or_doubled()


async def test_a_dispute_that_is_lost_after_the_payout_takes_the_share_back(fixed_clock: Clock, line: Line) -> None:
    consultation = await trade.paid_out(await trade.a_receiver())
    await dispute()
    await trade.settle_down(fixed_clock)
    await dispute(won=False)
    await trade.settle_down(fixed_clock)
    payout = await trade.payout_of(consultation)
    assert (payout.status, payout.share_cents, payout.reversed_cents) == (PayoutStatus.reversed, 0, 800)
    assert [each.status for each in await rows_of(Dispute)] == [DisputeStatus.lost]
    assert await sums() == [("transfer", -800), ("transfer_refund", 800)]
    assert await trade.books() == {}
    await trade.nothing_is_open_or_doubled()


async def events_of(kind: str) -> list[StripeEvent]:
    return await rows_of(StripeEvent, StripeEvent.type == kind)


async def new_account(metadata: dict[str, str]) -> Body:
    async with transaction() as state:
        made = await sandbox.create_account(state, NewAccount(type="standard", email="kim@example.com", metadata=metadata))
        return await sandbox.fill_in(state, made)


async def test_an_account_that_is_told_before_we_have_heard_of_its_making_is_its_mechanics(fixed_clock: Clock, line: Line) -> None:
    """Stripe can't be asked about it just then: the event is kept, and tried again."""
    mechanic = await a_mechanic()
    consultation = await trade.paid_out(mechanic)
    await line.cut()
    account = await new_account({"mechanic": str(mechanic.id)})
    await delivery.deliver_due()
    await inbox.process_waiting()
    (event,) = await events_of("account.updated")
    assert (event.status, await trade.account_of(mechanic)) == (EventStatus.waiting, (None, False))
    await line.mend()
    await trade.settle_down(fixed_clock)
    assert await trade.account_of(mechanic) == (account["id"], True)
    assert (await trade.payout_of(consultation)).status is PayoutStatus.sent
    await onboarding.begin(mechanic.caller)
    assert len(await trade.at_sandbox("account")) == 1
    await trade.nothing_is_open_or_doubled()


@pytest.mark.parametrize("metadata", [{}, {"mechanic": "somebody"}, {"mechanic": "0190d1f0-0000-7000-8000-000000000000"}])
async def test_an_account_that_is_nobodys_here_is_acknowledged_once(fixed_clock: Clock, line: Line, metadata: dict[str, str]) -> None:
    await new_account(metadata)
    await trade.work()
    (event,) = await events_of("account.updated")
    assert (event.status, event.attempts, event.error) == (EventStatus.processed, 1, None)


async def test_an_account_that_is_gone_when_its_event_is_read_is_acknowledged(fixed_clock: Clock, line: Line) -> None:
    mechanic = await trade.a_receiver()
    async with transaction() as state:
        (account,) = await state.all(sandbox.ACCOUNT)
        await sandbox.fill_in(state, account)
        await sandbox.disconnect(state, account)
    await trade.work()
    assert {each.status for each in await rows_of(StripeEvent)} == {EventStatus.processed}
    assert (await trade.account_of(mechanic))[1] is False
