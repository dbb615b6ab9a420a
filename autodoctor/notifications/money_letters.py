"""What we write about money that is shared, taken back, given back by hand or disputed (P4–P7). Values as in `templates`."""

from __future__ import annotations

from datetime import date

from autodoctor.notifications.frame import Letter
from autodoctor.notifications.wording import as_pdf, goes_back, hello, money


def payout_sent(*, name: str, amount_cents: int, is_tip: bool, link: str) -> Letter:
    what = "A customer's tip" if is_tip else "Your share of a session"
    return Letter(
        subject=f"{money(amount_cents)} is on its way to you",
        greeting=hello(name),
        paragraphs=(
            f"{what}, {money(amount_cents)}, went to your account just now.",
            "Your bank shows it as soon as Stripe has paid it out.",
        ),
        button="See my earnings",
        link=link,
    )


def share_taken_back(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"{money(amount_cents)} of a payout was taken back",
        greeting=hello(name),
        paragraphs=(
            "A customer got money back for one of your sessions. "
            f"Your part of it, {money(amount_cents)}, was taken back from your account.",
            "Your earnings page shows which session it was. Answer this mail if you think that it is wrong.",
        ),
        button="See my earnings",
        link=link,
    )


def weekly_statement(
    *,
    name: str,
    first_day: date,
    last_day: date,
    earned_cents: int,
    sent_cents: int,
    owed_cents: int,
    statement_link: str,
    link: str,
) -> Letter:
    """`sent_cents` is less what was taken back; an `owed_cents` below zero is owed to us."""
    owed = f"We owe you {money(owed_cents)}." if owed_cents >= 0 else f"You owe us {money(-owed_cents)}; it comes off your next payout."
    return Letter(
        subject=f"Your week: {_signed(earned_cents)} earned",
        greeting=hello(name),
        paragraphs=(
            f"From {first_day:%-d %B} to {last_day:%-d %B %Y} you earned {_signed(earned_cents)}. "
            f"{_signed(sent_cents)} went to your account. {owed}",
            f"Your statement as a PDF: {statement_link}",
        ),
        button="See my earnings",
        link=link,
    )


def _signed(cents: int) -> str:
    """More may have been taken back in a week than was earned."""
    return money(cents) if cents >= 0 else f"minus {money(-cents)}"


def refund_made(*, name: str, amount_cents: int, reason: str, link: str) -> Letter:
    return Letter(
        subject=f"{money(amount_cents)} is on its way back to you",
        greeting=hello(name),
        paragraphs=(f"We are refunding {money(amount_cents)}. Your bank shows it within 5 to 10 days.", f"Why: {reason}"),
        button="See my session",
        link=link,
    )


def tip_receipt(*, name: str, mechanic_name: str, amount_cents: int, receipt_link: str, link: str) -> Letter:
    return Letter(
        subject=f"Your receipt: a tip of {money(amount_cents)}",
        greeting=hello(name),
        paragraphs=(f"You thanked {mechanic_name} with {money(amount_cents)}. All of it is theirs.", as_pdf(receipt_link)),
        button="See my session",
        link=link,
    )


def tip_refunded(*, name: str, amount_cents: int, link: str) -> Letter:
    return Letter(
        subject=f"Your tip of {money(amount_cents)} is on its way back",
        greeting=hello(name),
        paragraphs=("You wanted to thank a mechanic, and this session has none who could take it.", goes_back(amount_cents)),
        button="See my session",
        link=link,
    )


def dispute_inquiry(
    *, name: str, customer_name: str, amount_cents: int, currency: str, reason: str, due_by: str | None, link: str
) -> Letter:
    return _dispute(
        f"A bank asks about {money(amount_cents, currency)}",
        name,
        (
            f"The bank of {customer_name} asks about a payment of {money(amount_cents, currency)} ({reason}). Nothing was withdrawn yet.",
            _until(due_by),
        ),
        link,
    )


def dispute_open(*, name: str, customer_name: str, amount_cents: int, currency: str, reason: str, due_by: str | None, link: str) -> Letter:
    return _dispute(
        f"A payment of {money(amount_cents, currency)} is disputed",
        name,
        (
            f"The bank of {customer_name} has withdrawn {money(amount_cents, currency)} ({reason}).",
            "The mechanic's share waits if it hasn't gone out. " + _until(due_by),
        ),
        link,
    )


def dispute_won(*, name: str, customer_name: str, amount_cents: int, currency: str, reason: str, due_by: str | None, link: str) -> Letter:
    return _dispute(
        f"The dispute about {money(amount_cents, currency)} is over, and won",
        name,
        (f"The bank of {customer_name} decided for us. What was withdrawn is back, and the mechanic's share goes out.",),
        link,
    )


def dispute_lost(*, name: str, customer_name: str, amount_cents: int, currency: str, reason: str, due_by: str | None, link: str) -> Letter:
    return _dispute(
        f"The dispute about {money(amount_cents, currency)} is lost",
        name,
        (f"The bank of {customer_name} decided for its customer, who keeps the money. The mechanic's share is taken back.",),
        link,
    )


def _dispute(subject: str, name: str, paragraphs: tuple[str, ...], link: str) -> Letter:
    return Letter(subject=subject, greeting=hello(name), paragraphs=paragraphs, button="See the session", link=link)


def _until(due_by: str | None) -> str:
    return f"Evidence counts until {due_by} and is given at Stripe." if due_by else "Evidence is given at Stripe."
