"""The life of a payout, as data, and what of it is to go out. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from autodoctor.words import N_


class PayoutStatus(StrEnum):
    """`waiting`: the mechanic's account can't receive yet. `held`: a dispute is open. `sending`: the transfer is in the outbox. `void`:
    nothing was left to pay out before it went. `reversed`: all that had gone out came back.
    """

    waiting = "waiting"
    held = "held"
    sending = "sending"
    sent = "sent"
    reversed = "reversed"
    void = "void"


_P = PayoutStatus

IN_WORDS: Mapping[PayoutStatus, str] = {
    _P.waiting: N_("waiting for your account"),
    _P.held: N_("held while the bank decides"),
    _P.sending: N_("on its way"),
    _P.sent: N_("sent"),
    _P.reversed: N_("taken back"),
    _P.void: N_("nothing left to pay"),
}
"""What a mechanic reads of it, on screens and papers alike."""

PAYOUT_TRANSITIONS: Mapping[PayoutStatus, frozenset[PayoutStatus]] = {
    _P.waiting: frozenset({_P.held, _P.sending, _P.void}),
    _P.held: frozenset({_P.waiting, _P.sending, _P.void}),
    _P.sending: frozenset({_P.waiting, _P.sent}),
    _P.sent: frozenset({_P.reversed}),
    _P.reversed: frozenset(),
    _P.void: frozenset(),
}
"""A transfer that Stripe refuses for good goes back to `waiting`. Once it has gone out, only a reversal takes money back (P5)."""

NOT_SENT = frozenset({_P.waiting, _P.held})
"""Nothing was asked of Stripe yet, so what changes only changes our books."""


def wanted(share_cents: int, *, is_disputed: bool, is_ready: bool) -> PayoutStatus:
    """What a payout that was not sent should be now: void without a share, held while disputed, sent once the account is ready."""
    if share_cents <= 0:
        return _P.void
    if is_disputed:
        return _P.held
    return _P.sending if is_ready else _P.waiting


def to_take_back(*, transfer_cents: int, reversed_cents: int, share_cents: int) -> int:
    """How many cents of a transfer that went out are to be reversed, so that the mechanic keeps their share and no more."""
    return max(0, transfer_cents - reversed_cents - share_cents)
