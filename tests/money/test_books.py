"""Whatever is paid, extended, given back, disputed and paid out, told in any order and twice: our ledger is Stripe's books (P5, P7)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from autodoctor.core.db import reading
from autodoctor.core.settings import get_settings
from autodoctor.payments import ledger_queries
from autodoctor.payments.ledger import Account
from autodoctor.payments.models import Payment, PaymentPurpose, Refund
from autodoctor.payouts import reconciliation_queries
from autodoctor.payouts.models import Payout, PayoutKind
from autodoctor.plans.catalog import PlanCode
from autodoctor.plans.rules import Share, split
from autodoctor.sessions.models import Session
from tests.conftest import Clock, drop_postgres, fresh_postgres
from tests.jobs.helpers import rows_of
from tests.lifecycle import truths
from tests.money.till import Till
from tests.servers import free_port, fresh_sqlite

SMALL = st.integers(0, 50)
PLANS = st.sampled_from(list(PlanCode))
CONSULT = st.tuples(st.just("consult"), st.integers(0, 2), PLANS, st.integers(0, 2), st.booleans(), st.integers(0, 2))
AT_STRIPE = ["refund", "dispute", "dispute", "inquiry", "won", "lost", "fails"]
ACTIONS = st.one_of(
    CONSULT,
    CONSULT,
    CONSULT,
    st.tuples(st.just("buy"), st.integers(0, 2), PLANS, st.booleans(), st.booleans()),
    st.tuples(st.just("serve"), SMALL, st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("cancel"), SMALL),
    st.tuples(st.just("give back"), SMALL, st.integers(1, 6000)),
    st.tuples(st.just("tip"), SMALL, st.integers(100, 20_000)),
    st.tuples(st.just("at stripe"), st.sampled_from(AT_STRIPE), SMALL, st.integers(1, 6000)),
    st.tuples(st.just("at stripe"), st.sampled_from(AT_STRIPE), SMALL, st.integers(1, 6000)),
    st.tuples(st.just("account"), st.integers(0, 2), st.sampled_from([True, True, False])),
    st.tuples(st.just("tell"), SMALL),
    st.tuples(st.just("tell again"), SMALL),
    st.tuples(st.just("work")),
    st.tuples(st.just("time"), st.sampled_from([5, 60, 3700])),
)


_CHAT = PlanCode.chat10
EVERYTHING: list[tuple[Any, ...]] = [
    ("account", 0, True),
    ("tell", 0),
    ("consult", 0, _CHAT, 0, True, 2),
    ("work",),
    ("at stripe", "dispute", 0, 1),
    ("at stripe", "lost", 0, 1),  # after the payout: the share comes back
    ("consult", 1, _CHAT, 0, False, 0),
    ("at stripe", "dispute", 3, 1),
    ("work",),
    ("at stripe", "won", 1, 1),
    ("consult", 2, _CHAT, 0, False, 0),
    ("give back", 2, 300),
    ("give back", 1, 300),
    ("give back", 0, 300),
    ("work",),
    ("at stripe", "fails", 0, 1),
    ("tip", 1, 500),
]
"""One life in which all of it happens for certain."""


@pytest.fixture(params=["sqlite", "postgresql"])
def till(request: pytest.FixtureRequest, settings_env: pytest.MonkeyPatch, tmp_path: Path, fixed_clock: Clock) -> Iterator[Till]:
    port = free_port()
    if request.param == "sqlite":
        url = fresh_sqlite(tmp_path / "till.sqlite3")
    else:
        url = fresh_postgres(request.getfixturevalue("postgres_template"))
    settings_env.setenv("DATABASE_URL", url)
    settings_env.setenv("APP_URL", f"http://127.0.0.1:{port}")
    get_settings.cache_clear()
    till = Till(port)
    till.clock = fixed_clock
    till.open()
    yield till
    till.close()
    if request.param == "postgresql":
        drop_postgres(url)


def test_the_ledger_is_stripes_books_in_whatever_order_things_are_told(till: Till) -> None:
    reached = Counter[str]()

    @settings(
        max_examples=20,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @example(EVERYTHING, 1)
    @given(st.lists(ACTIONS, min_size=8, max_size=25), st.integers(0, 2**32))
    def live(actions: list[tuple[Any, ...]], seed: int) -> None:
        till.begin()
        for action in actions:
            act(till, *action)
        till.settle_down(random.Random(seed))
        reached.update(books_agree(till))

    live()
    print(f"\nreached: {dict(reached)}")
    assert {"sent", "reversed", "refunds", "disputes won", "disputes lost", "refunds failed", "tax", "tips"} <= set(reached)


def act(till: Till, what: str, *how: Any) -> None:
    """One thing that happens, where it can."""
    if what == "consult":
        customer, plan, mechanic, is_taxed, extensions = how
        people_act(till, "buy", customer, plan, is_taxed, True)
        people_act(till, "serve", -1, mechanic, extensions)
    elif what in {"buy", "serve", "cancel", "give back", "tip"}:
        people_act(till, what, *how)
    elif what == "at stripe":
        till.at_dashboard(*how)
    elif what == "account":
        till.account(till.mechanics[how[0]], is_ready=how[1])
    elif what == "work":
        till.work()
    elif what == "time":
        till.clock_on(how[0])
    elif letters := till.untold if what == "tell" else till.told:
        till.tell(letters[how[0] % len(letters)])


def people_act(till: Till, what: str, *how: Any) -> None:
    books = till.run(truths.read())
    open_ones = [each for each in books.requests.values() if each.status in {"pending", "unattended"}]
    match what:
        case "buy":
            customer, plan, is_taxed, comes_back = how
            till.buy(till.customers[customer], plan, is_taxed=is_taxed, comes_back=comes_back)
        case "serve" if open_ones:
            which, mechanic, extensions = how
            till.serve(open_ones[which % len(open_ones)], till.mechanics[mechanic], extensions=extensions)
        case "cancel" if open_ones:
            till.cancel(open_ones[how[0] % len(open_ones)])
        case "give back" if books.sessions:
            which, cents = how
            till.refund(list(books.sessions)[which % len(books.sessions)], cents)
        case "tip" if books.sessions:
            which, cents = how
            till.tip(list(books.sessions)[which % len(books.sessions)], cents)


def books_agree(till: Till) -> Counter[str]:
    """Our ledger against what the sandbox's objects say by themselves; answers what this life has reached."""
    balances, differences = till.run(_ours())
    charges, disputes = till.sandbox_has("charge"), till.sandbox_has("dispute")
    refunds, transfers = till.sandbox_has("refund"), till.sandbox_has("transfer")
    tax_of = {each["payment_intent"]: each["total_details"]["amount_tax"] for each in till.sandbox_has("checkout.session")}
    lost = Counter({each["charge"]: each["amount"] for each in disputes if each["status"] == "lost"})
    kept, tax_kept = Counter[str](), 0
    sessions = {each.id: each for each in till.run(rows_of(Session))}
    payments = {each.payment_intent_id: each for each in till.run(rows_of(Payment))}
    owed = {each.payment_id: each.amount_cents for each in till.run(rows_of(Refund)) if each.status == "failed"}
    assert payments.keys() == {each["payment_intent"] for each in charges}, "a charge without a payment, or the other way round"
    for charge in charges:
        payment, tax = payments[charge["payment_intent"]], tax_of[charge["payment_intent"]]
        failed = sum(cents for payment_id, cents in owed.items() if payment_id == payment.id)
        gone = charge["amount_refunded"] + lost[charge["id"]]
        tax_kept += tax - tax * gone // charge["amount"]
        promised = gone + failed
        kept[_earned_by(payment)] += charge["amount"] - promised - (tax - tax * promised // charge["amount"])
    payouts = {str(each.payment_id or each.session_id): each for each in till.run(rows_of(Payout))}
    served = {str(each.id) for each in sessions.values() if each.status == "completed"}
    assert served <= payouts.keys()
    shares = {what: Share(0, kept[what]) if each.kind is PayoutKind.tip else split(kept[what]) for what, each in payouts.items()}
    sent = Counter[str]()
    for transfer in transfers:
        sent[transfer["metadata"]["payout"]] += transfer["amount"] - transfer["amount_reversed"]
    assert max(Counter(each["metadata"]["payout"] for each in transfers).values(), default=0) <= 1, "two transfers for one share"
    for what, share in shares.items():
        assert sent[str(payouts[what].id)] == share.share_cents, (what, payouts[what], share)
    movements = till.sandbox_has("balance_transaction")
    wanted = {
        Account.stripe: sum(each["net"] for each in movements),
        Account.costs: sum(each["fee"] for each in movements),
        Account.fees: -sum(share.fee_cents for share in shares.values()),
        Account.tax: -tax_kept,
    }
    for account, cents in wanted.items():
        assert balances.get(account, 0) == cents, f"{account}: {balances.get(account, 0)}, not {cents}"
    assert (balances.get(Account.payable, 0), balances.get(Account.disputed, 0)) == (0, 0)
    assert differences == []
    assert sum(balances.values()) == 0
    reached = Counter({"refunds": len(refunds), "tax": sum(tax_of.values())}) + Counter(each.status for each in payouts.values())
    reached.update(f"disputes {each['status']}" for each in disputes)
    reached.update("tips" for each in payouts.values() if each.kind is PayoutKind.tip)
    reached.update("refunds failed" for each in refunds if each["status"] == "failed")
    return +reached


def _earned_by(payment: Payment) -> str:
    """What its share is of: a session with all that was paid for it, or one tip."""
    return str(payment.id if payment.purpose is PaymentPurpose.tip else payment.session_id)


async def _ours() -> tuple[dict[Account, int], list[str]]:
    async with reading() as db:
        balances = await ledger_queries.balances(db)
        found = await reconciliation_queries.open_differences(db)
    return (
        {account: cents for (account, _), cents in balances.items() if cents},
        [f"{each.kind} {each.reference}: {each.ours_cents} / {each.theirs_cents}" for each in found],
    )
