"""The developers' dashboard: payments, transfers, accounts, and buttons for what happens to a payment afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from autodoctor.integrations.sandbox.stripe.frame import DASHBOARD, alert, framed, money

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Payment:
    """A charge, and what happened to it since, the newest first."""

    charge: Body
    refunds: Sequence[Body]
    disputes: Sequence[Body]

    @property
    def left(self) -> int:
        return self.charge["amount"] - self.charge["amount_refunded"]

    @property
    def is_in_dispute(self) -> bool:
        return any(_is_undecided(each) or each["status"] == "lost" for each in self.disputes)


def dashboard(
    balance: Body, payments: Sequence[Payment], transfers: Sequence[Body], accounts: Sequence[Body], *, refusal: str | None
) -> str:
    content = "\n".join(
        (
            f"<h1>Everything in this sandbox</h1>\n<p>Balance: {_balance(balance)}</p>",
            alert(refusal) if refusal else "",
            _section("Payments", [_payment(each) for each in payments], "Nobody has paid yet."),
            _section("Transfers to mechanics", [_transfer(each) for each in transfers], "Nothing was sent yet."),
            _section("Mechanics' accounts", [_account(each) for each in accounts], "Nobody has an account yet."),
        )
    )
    return framed("Everything in this sandbox", content, is_wide=True)


def _section(title: str, entries: Sequence[str], nothing: str) -> str:
    inside = "\n".join(f'<div class="entry">{each}</div>' for each in entries) or f'<p class="muted" style="margin:0">{nothing}</p>'
    return f'<h2>{escape(title)}</h2>\n<div class="card">\n{inside}\n</div>'


def _payment(payment: Payment) -> str:
    charge = payment.charge
    lines = [_dated(charge), *map(_refund_words, payment.refunds), *map(_dispute_words, payment.disputes)]
    return _figure(charge) + _muted(lines) + _buttons(_ways_on(payment))


def _ways_on(payment: Payment) -> Iterable[tuple[str, str, str]]:
    """Name, action and object of each button that makes sense as things stand."""
    charge_id = payment.charge["id"]
    if payment.left and not payment.is_in_dispute:
        yield "Refund", "refund", charge_id
        yield "Dispute", "dispute", charge_id
    for dispute in filter(_is_undecided, payment.disputes):
        yield "Win", "win", dispute["id"]
        yield "Lose", "lose", dispute["id"]
    for refund in payment.refunds:
        if refund["status"] == "succeeded":
            yield f"Fail refund of {money(refund['amount'], refund['currency'])}", "fail_refund", refund["id"]


def _transfer(transfer: Body) -> str:
    back = transfer["amount_reversed"]
    lines = [_dated(transfer), f"to {transfer['destination']}, group {transfer['transfer_group'] or 'none'}"]
    if back:
        lines.append(f"{money(back, transfer['currency'])} came back")
    return _figure(transfer) + _muted(lines)


def _account(account: Body) -> str:
    missing = ", ".join(account["requirements"]["currently_due"])
    state = "Can receive money" if account["payouts_enabled"] else f"Can't receive money yet. Missing: {missing}"
    who = f'<p class="figure">{escape(account["email"] or account["id"])}</p>'
    return who + _muted([_dated(account), state]) + _buttons([("Disconnect", "disconnect", account["id"])])


def _refund_words(refund: Body) -> str:
    amount = money(refund["amount"], refund["currency"])
    return f"{amount} refunded" if refund["status"] == "succeeded" else f"Refund of {amount} has {refund['status']}"


def _dispute_words(dispute: Body) -> str:
    return f"Dispute over {money(dispute['amount'], dispute['currency'])}: {dispute['status'].replace('_', ' ')}"


def _is_undecided(dispute: Body) -> bool:
    return dispute["status"] not in {"won", "lost", "warning_closed"}


def _balance(balance: Body) -> str:
    return ", ".join(money(each["amount"], each["currency"]) for each in balance["available"])


def _figure(body: Body) -> str:
    return f'<p class="figure">{money(body["amount"], body["currency"])}</p>'


def _dated(body: Body) -> str:
    return f"{datetime.fromtimestamp(body['created'], UTC):%Y-%m-%d %H:%M} UTC · {body['id']}"


def _muted(lines: Iterable[str]) -> str:
    return "".join(f'<p class="muted">{escape(line)}</p>' for line in lines)


def _buttons(ways_on: Iterable[tuple[str, str, str]]) -> str:
    buttons = "".join(_button(*each) for each in ways_on)
    return f'<div class="row">{buttons}</div>' if buttons else ""


def _button(name: str, action: str, object_id: str) -> str:
    """Each is a form of its own, which says what it is about."""
    return (
        f'<form method="post" action="{DASHBOARD}"><input type="hidden" name="id" value="{escape(object_id)}">'
        f'<button name="action" value="{action}">{escape(name)}</button></form>'
    )
