"""Our books beside Stripe's: a difference that lasts is shown, money on its way is none (P7)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from autodoctor.core.db import reading, unit_of_work
from autodoctor.payments import checkout
from autodoctor.payments.models import Payment
from autodoctor.payments.reconciliation_models import Reconciliation
from autodoctor.payouts import reconciliation_queries
from autodoctor.payouts.comparing import Difference, lasting
from autodoctor.payouts.reconcile import reconcile
from tests.payments.buying import press
from tests.payments.conftest import Shop
from tests.people import a_customer

Pause = Callable[[], Awaitable[None]]


def apart(ours: int | None, theirs: int | None, reference: str = "usd") -> Difference:
    return Difference("balance", reference, ours, theirs, "")


@pytest.mark.parametrize(
    ("first", "again", "known", "stays"),
    [
        (apart(100, 200), apart(100, 200), set(), True),
        (apart(100, 200), apart(150, 250), set(), True),  # both have moved, and are apart as before
        (apart(100, 200), apart(200, 250), set(), False),  # something is on its way
        (apart(100, 200), apart(200, 250), {("balance", "usd")}, True),  # known before: it isn't closed because money moves
        (apart(None, 0), apart(0, None), set(), False),
        (apart(100, 200, "eur"), apart(100, 200), set(), False),
    ],
)
def test_what_is_apart_by_the_same_cents_twice_stays(
    first: Difference, again: Difference, known: set[tuple[str, str]], stays: bool
) -> None:
    assert lasting([first], [again], known) == ([again] if stays else [])


async def bought() -> None:
    customer = await a_customer()
    opened = await checkout.begin(customer.caller, "chat10")
    await press(opened.url, "pay")
    await checkout.resolve([customer.caller], opened.id)


async def say(cents: int) -> None:
    """Our side of the one payment says this."""
    async with unit_of_work() as db:
        await db.execute(sa.update(Payment).values(amount_cents=cents))


async def compared(pause: Pause) -> tuple[int, list[tuple[str, int | None, int | None]]]:
    """How many differences the comparison tells of, and those that are open."""
    run_id = await reconcile(pause=pause)
    async with reading() as db:
        run = await db.get_one(Reconciliation, run_id)
        found = await reconciliation_queries.open_differences(db)
    assert run.error is None
    return run.differences, [(each.kind, each.ours_cents, each.theirs_cents) for each in found]


async def nothing_happens() -> None:
    return None


async def test_a_difference_that_lasts_is_shown_until_it_is_gone(database: str, shop: Shop) -> None:
    await bought()
    await say(899)
    assert await compared(nothing_happens) == (1, [("charge", 899, 999)])
    await say(999)
    assert await compared(nothing_happens) == (0, [])


async def test_money_on_its_way_is_no_difference(database: str, shop: Shop) -> None:
    await bought()
    await say(899)

    async def it_arrives() -> None:
        await say(999)

    assert await compared(it_arrives) == (0, [])
