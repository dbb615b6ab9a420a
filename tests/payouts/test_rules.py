"""What is kept of any amount is shared without a cent left over, and a payout only goes the ways of its table (P5)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autodoctor.payments import rules as payments
from autodoctor.payouts import rules
from autodoctor.payouts.comparing import Line, compare
from autodoctor.payouts.rules import NOT_SENT, PAYOUT_TRANSITIONS, PayoutStatus
from autodoctor.plans.rules import split

CENTS = st.integers(0, 10_000_000)
AMOUNT_AND_TAX = CENTS.flatmap(lambda amount: st.tuples(st.just(amount), st.integers(0, amount)))


@given(CENTS)
def test_share_and_fee_are_the_total(total: int) -> None:
    share = split(total)
    assert share.fee_cents + share.share_cents == total
    assert share.fee_cents == total // 5
    assert share.share_cents >= share.fee_cents >= 0


def test_the_prices_are_shared_as_the_plan_table_says() -> None:
    assert [(split(cents).fee_cents, split(cents).share_cents) for cents in (999, 2999, 4999)] == [(199, 800), (599, 2400), (999, 4000)]


@given(AMOUNT_AND_TAX, st.data())
def test_what_is_kept_what_went_and_the_tax_are_the_whole(paid: tuple[int, int], data: st.DataObject) -> None:
    amount, tax = paid
    gone = data.draw(st.integers(0, amount))
    tax_gone = payments.tax_in(gone, amount_cents=amount, tax_cents=tax)
    kept = payments.kept(amount_cents=amount, tax_cents=tax, gone_cents=gone)
    assert kept + (tax - tax_gone) + gone == amount
    assert 0 <= kept <= amount - tax
    assert 0 <= tax_gone <= min(tax, gone)


@given(AMOUNT_AND_TAX)
def test_of_what_went_back_whole_nothing_is_kept(paid: tuple[int, int]) -> None:
    amount, tax = paid
    assert payments.kept(amount_cents=amount, tax_cents=tax, gone_cents=amount) == 0
    assert payments.tax_in(amount, amount_cents=amount, tax_cents=tax) == (tax if amount else 0)


@given(AMOUNT_AND_TAX, st.data())
def test_more_that_goes_back_is_never_more_that_is_kept(paid: tuple[int, int], data: st.DataObject) -> None:
    amount, tax = paid
    first, second = sorted((data.draw(st.integers(0, amount)), data.draw(st.integers(0, amount))))
    kept = [payments.kept(amount_cents=amount, tax_cents=tax, gone_cents=gone) for gone in (first, second)]
    assert kept[0] >= kept[1]


@given(CENTS, CENTS, CENTS)
def test_what_is_taken_back_leaves_the_mechanic_their_share(transfer: int, reversed_before: int, share: int) -> None:
    already = min(transfer, reversed_before)
    back = rules.to_take_back(transfer_cents=transfer, reversed_cents=already, share_cents=share)
    assert 0 <= back <= transfer - already
    assert transfer - already - back == min(share, transfer - already)


@given(st.integers(-10, 10_000), st.booleans(), st.booleans())
def test_only_an_undisputed_share_goes_to_a_ready_account(share: int, is_disputed: bool, is_ready: bool) -> None:
    wanted = rules.wanted(share, is_disputed=is_disputed, is_ready=is_ready)
    assert (wanted is PayoutStatus.sending) == (share > 0 and is_ready and not is_disputed)


def test_what_was_sent_is_never_sent_again() -> None:
    later, seen = {PayoutStatus.sent}, set[PayoutStatus]()
    while later:
        status = later.pop()
        seen.add(status)
        later |= PAYOUT_TRANSITIONS[status] - seen
    assert seen == {PayoutStatus.sent, PayoutStatus.reversed}
    assert seen.isdisjoint(NOT_SENT)


LINES = st.dictionaries(st.tuples(st.sampled_from(["charge", "refund", "transfer"]), st.sampled_from("abc")), st.integers(0, 3))


@given(LINES, LINES)
def test_a_comparison_shows_every_difference_and_nothing_else(ours: dict[tuple[str, str], int], theirs: dict[tuple[str, str], int]) -> None:
    found = compare(
        [Line(kind, reference, cents) for (kind, reference), cents in ours.items()],
        [Line(kind, reference, cents) for (kind, reference), cents in theirs.items()],
    )
    wanted = {about for about in ours.keys() | theirs.keys() if ours.get(about) != theirs.get(about)}
    assert {(each.kind, each.reference) for each in found} == wanted
    for each in found:
        about = (each.kind, each.reference)
        assert (each.ours_cents, each.theirs_cents) == (ours.get(about), theirs.get(about))
