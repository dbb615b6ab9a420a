"""The sandbox's transfers to mechanics' accounts, and what is taken back."""

from __future__ import annotations

import pytest

from autodoctor.core import clock
from autodoctor.integrations.stripe import service as stripe
from autodoctor.integrations.stripe.objects import (
    BalanceTooLow,
    MoreThanIsLeft,
    NoSuchAccount,
    NoSuchObject,
    StripeRefused,
    TransferRefused,
)
from tests.payments import at_sandbox
from tests.payments.conftest import Shop


async def test_a_transfer_goes_out_once_a_key_and_is_a_movement(shop: Shop) -> None:
    charge, account = await at_sandbox.a_charge(), await at_sandbox.an_account()
    new = at_sandbox.a_transfer(account, source_transaction=charge.id)
    first, again = [await stripe.create_transfer(new, key="session-1") for _ in range(2)]
    assert first == again
    assert (first.amount, first.amount_reversed, first.destination, first.transfer_group) == (800, 0, account.id, "session-1")
    assert (await at_sandbox.movements())[1:] == [("transfer", -800, 0)]
    assert (await at_sandbox.told()).count("transfer.created") == 1
    assert (await stripe.retrieve_transfer(first.id), await stripe.transfers_of("session-1")) == (first, [first])
    assert await stripe.list_transfers(clock.now().replace(year=2020)) == [first]
    assert await stripe.transfers_of("session-2") == []


async def test_an_account_that_is_not_ready_receives_nothing(shop: Shop) -> None:
    charge, account = await at_sandbox.a_charge(), await at_sandbox.an_account(missing=("external_account",))
    with pytest.raises(TransferRefused) as refused:
        await stripe.create_transfer(at_sandbox.a_transfer(account, source_transaction=charge.id), key="1")
    assert refused.value.code == "insufficient_capabilities_for_transfer"
    assert len(await at_sandbox.movements()) == 1


async def test_an_account_that_is_unknown_receives_nothing(shop: Shop) -> None:
    account = await at_sandbox.an_account()
    with pytest.raises(NoSuchAccount):
        await stripe.create_transfer(at_sandbox.a_transfer(account, destination="acct_nobody"), key="1")


async def test_without_a_charge_the_balance_must_suffice(shop: Shop) -> None:
    account = await at_sandbox.an_account()
    await at_sandbox.a_charge(999)  # of which 59 are the fee
    with pytest.raises(BalanceTooLow):
        await stripe.create_transfer(at_sandbox.a_transfer(account, 941), key="1")
    assert (await stripe.create_transfer(at_sandbox.a_transfer(account, 940), key="2")).amount == 940
    assert (await stripe.retrieve_balance()).cents_by_currency == {"usd": 0}


async def test_transfers_out_of_a_charge_must_fit_into_it(shop: Shop) -> None:
    charge, account = await at_sandbox.a_charge(999), await at_sandbox.an_account()
    await stripe.create_transfer(at_sandbox.a_transfer(account, 600, source_transaction=charge.id), key="1")
    with pytest.raises(StripeRefused):
        await stripe.create_transfer(at_sandbox.a_transfer(account, 400, source_transaction=charge.id), key="2")
    await stripe.create_transfer(at_sandbox.a_transfer(account, 399, source_transaction=charge.id), key="3")
    assert (await stripe.retrieve_balance()).cents_by_currency == {"usd": -59}  # what was charged needn't have arrived yet


async def test_a_reversal_takes_back_and_is_told(shop: Shop) -> None:
    charge, account = await at_sandbox.a_charge(), await at_sandbox.an_account()
    sent = await stripe.create_transfer(at_sandbox.a_transfer(account, source_transaction=charge.id), key="1")
    first, again = [await stripe.reverse_transfer(sent.id, 300, key="reversal:1", metadata={"n": "1"}) for _ in range(2)]
    assert (first, first.amount, first.transfer) == (again, 300, sent.id)
    assert (await stripe.retrieve_transfer(sent.id)).amount_reversed == 300
    rest = await stripe.reverse_transfer(sent.id, 500, key="reversal:2", metadata={})
    assert await stripe.reversals_of(sent.id) == [rest, first]
    assert (await at_sandbox.movements())[2:] == [("transfer_refund", 300, 0), ("transfer_refund", 500, 0)]
    assert (await at_sandbox.told()).count("transfer.reversed") == 2
    with pytest.raises(MoreThanIsLeft):
        await stripe.reverse_transfer(sent.id, 1, key="reversal:3", metadata={})


async def test_what_was_never_sent_is_not_found(shop: Shop) -> None:
    with pytest.raises(NoSuchObject):
        await stripe.retrieve_transfer("tr_nothing")
    with pytest.raises(NoSuchObject):
        await stripe.reverse_transfer("tr_nothing", 1, key="1", metadata={})
