"""A mechanic's week as a table for a spreadsheet: amounts as decimal text and in cents (P5)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from autodoctor.core.csv_export import BOM, amount, line
from autodoctor.payouts.rules import IN_WORDS
from autodoctor.payouts.statements import Statement, StatementLine
from autodoctor.reports.statement_paper import what_of

HEADER = (
    "date",
    "time",
    "what",
    "session",
    "paid",
    "paid cents",
    "fee",
    "fee cents",
    "change",
    "change cents",
    "balance",
    "balance cents",
    "currency",
    "status",
    "why",
)
"""Dates and times are the mechanic's own; `balance` is what is owed after the line."""


def statement_csv(told: Statement) -> str:
    """Opening balance, every movement, closing balance."""
    rows = [line(HEADER), line(_balance(str(told.week.first_day), "Opening balance", told.opening_cents, told.currency))]
    balance = told.opening_cents
    for each in told.lines:
        balance += each.cents
        rows.append(line(_row(each, balance, told)))
    rows.append(line(_balance(str(told.week.last_day), "Closing balance", told.closing_cents, told.currency)))
    return BOM + "".join(rows)


def _balance(day: str, what: str, cents: int, currency: str) -> tuple[object, ...]:
    return (day, "", what, *[""] * 7, amount(cents), cents, currency.upper(), "", "")


def _row(each: StatementLine, balance: int, told: Statement) -> tuple[object, ...]:
    at = each.at.astimezone(ZoneInfo(told.time_zone))
    return (
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M:%S}",
        what_of(each),
        each.session_id,
        *_both(each.paid_cents),
        *_both(each.fee_cents),
        *_both(each.cents),
        *_both(balance),
        told.currency.upper(),
        IN_WORDS[each.status] if each.status else "",
        each.why,
    )


def _both(cents: int | None) -> tuple[object, object]:
    return ("", "") if cents is None else (amount(cents), cents)
