"""What the mechanic's pages say about money, and the words for it: small flat records, made from what the capabilities answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from autodoctor.core.paging import Page
from autodoctor.payouts.models import PayoutKind
from autodoctor.payouts.queries import AccountView, Earnings, PayoutView, WeekEarned
from autodoctor.payouts.requirements import Standing
from autodoctor.payouts.rules import IN_WORDS, PayoutStatus
from autodoctor.payouts.statements import WeekSummary
from autodoctor.payouts.weeks import Week
from autodoctor.plans.catalog import find_plan
from autodoctor.ui.amounts import money
from autodoctor.ui.components.badges import Tone
from autodoctor.ui.room.view import iso
from autodoctor.words import N_, _, _n, spoken

ACCOUNT: Mapping[Standing, tuple[str, str]] = {
    Standing.none: (
        N_("You have no payout account yet"),
        N_(
            "Stripe pays you out. Setting up takes a few minutes; have your bank details and an identity document at hand. "
            "What you earn is kept for you until then."
        ),
    ),
    Standing.begun: (
        N_("Your payout account is not filled in yet"),
        N_(
            "You left Stripe's page before the end. What you filled in is kept there: go on where you were. "
            "What you earn is kept for you until then."
        ),
    ),
    Standing.missing: (
        N_("Something is still missing"),
        N_("Stripe needs more before it can pay you. What you earn is kept for you until then."),
    ),
    Standing.checking: (
        N_("Stripe is checking your details"),
        N_(
            "You have nothing to do. It takes minutes, sometimes a day or two; this page changes by itself, "
            "and what you earned goes out then."
        ),
    ),
    Standing.refused: (
        N_("Stripe has closed your payout account"),
        N_("Nothing can be paid out to it. Write to us, and we find a way together. What you earn is kept for you."),
    ),
    Standing.ready: (
        N_("Your payout account is ready"),
        N_("Your share of a session goes there as soon as the session is over, and so does every tip."),
    ),
}
"""How an account stands, and what that means."""

TONE: Mapping[PayoutStatus, Tone] = {
    PayoutStatus.waiting: "soon",
    PayoutStatus.held: "soon",
    PayoutStatus.sending: "info",
    PayoutStatus.sent: "good",
    PayoutStatus.reversed: "neutral",
    PayoutStatus.void: "neutral",
}
_GONE_OUT = {PayoutStatus.sent, PayoutStatus.reversed}
NOT_TAKEN = N_("Stripe hasn't taken it yet")
"""A share that waits though the account is ready: Stripe has refused it, and an administrator sees that."""


@dataclass(frozen=True)
class Waiting:
    """Money that hasn't gone out: what keeps it, how much it is, and when it goes."""

    name: str
    amount: str
    words: str


@dataclass(frozen=True)
class AccountCard:
    """How the account stands; `standing` is "" before it was read. `note` is what the dashboard says of it on every tab, "" for nothing."""

    standing: str = ""
    title: str = ""
    words: str = ""
    asks: str = ""
    missing: list[str] = field(default_factory=list)
    can_set_up: bool = False
    is_closed: bool = False
    waiting: list[Waiting] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Sums:
    """What the shares of the last thirty days come to. `share` is `sent` and `not_sent` together."""

    share: str = ""
    sent: str = ""
    not_sent: str = ""
    tips: str = ""
    paid: str = ""
    fee: str = ""
    sessions: str = ""


@dataclass(frozen=True)
class WeekBar:
    """A week of the chart; its height in percent of the highest."""

    label: str
    height: str
    words: str


@dataclass(frozen=True)
class WeekLine:
    """A week that has a statement."""

    name: str
    days: str
    earned: str
    sent: str
    balance: str
    is_running: bool


@dataclass(frozen=True)
class PayoutLine:
    """One share: of a session, or a tip. `taken_back` is what came back of one that was sent, "" for nothing."""

    id: str
    session_id: str
    at: str
    title: str
    is_tip: bool
    share: str
    paid: str
    fee: str
    status: str
    tone: str
    taken_back: str


@dataclass(frozen=True)
class EarningsView:
    """The tab `Earnings`, whole. `count` shares are listed; `has_more` and `is_cut` say that there are more, to be listed or not."""

    is_empty: bool = True
    sums: Sums = Sums()
    bars: list[WeekBar] = field(default_factory=list)
    chart: str = ""
    weeks: list[WeekLine] = field(default_factory=list)
    older_weeks: str = ""
    lines: list[PayoutLine] = field(default_factory=list)
    has_more: bool = False
    is_cut: bool = False


def account_card(account: AccountView, not_sent: Mapping[PayoutStatus, int]) -> AccountCard:
    """An account and what has not gone to it, to be drawn."""
    title, words = ACCOUNT[account.standing]
    is_ready = account.standing is Standing.ready
    asks = ""
    if account.missing and account.standing is not Standing.refused:
        asks = _("So that it stays ready, Stripe also asks for:") if is_ready else _("Stripe asks for:")
    waits = not_sent.get(PayoutStatus.waiting, 0)
    return AccountCard(
        standing=account.standing,
        title=_(title),
        words=_(words),
        asks=asks,
        missing=account.missing if asks else [],
        can_set_up=account.standing in {Standing.none, Standing.begun, Standing.missing} or (is_ready and bool(account.missing)),
        is_closed=account.standing is Standing.refused,
        waiting=_waiting(not_sent, account.standing),
        note=_("{amount} is waiting for your payout account.", amount=money(waits)) if waits > 0 and not is_ready else "",
    )


def _waiting(not_sent: Mapping[PayoutStatus, int], standing: Standing) -> list[Waiting]:
    is_ready = standing is Standing.ready
    why = {
        PayoutStatus.waiting: _(_WAITS.get(standing, _ONCE_READY)),
        PayoutStatus.held: _("A customer's bank is looking at a payment. It goes out if the bank lets the payment stand."),
        PayoutStatus.sending: _("We have asked Stripe to send it. It mostly takes seconds."),
    }
    return [
        Waiting(_state(status, is_ready=is_ready), money(cents), why[status]) for status in why if (cents := not_sent.get(status, 0)) > 0
    ]


_ONCE_READY = N_("It goes out as soon as Stripe says that your account can receive money.")
_WAITS = {
    Standing.ready: N_("We are looking into it."),
    Standing.refused: N_("We bring it to you another way, once we have talked."),
}


def _state(status: PayoutStatus, *, is_ready: bool) -> str:
    words = _(NOT_TAKEN if status is PayoutStatus.waiting and is_ready else IN_WORDS[status])
    return words[0].upper() + words[1:]


def sums(earned: Earnings) -> Sums:
    """What the listed shares come to."""
    sessions = sum(line.kind is PayoutKind.session for line in earned.lines)
    sent = sum(line.transfer_cents - line.reversed_cents for line in earned.lines if line.status in _GONE_OUT)
    return Sums(
        share=money(earned.share_cents),
        sent=money(sent),
        not_sent=money(earned.share_cents - sent),
        tips=money(sum(line.share_cents for line in earned.lines if line.kind is PayoutKind.tip)),
        paid=money(sum(line.price_cents for line in earned.lines)),
        fee=money(sum(line.fee_cents for line in earned.lines)),
        sessions=_n("You were paid for {n} session.", "You were paid for {n} sessions.", sessions),
    )


def bars(weeks: Sequence[WeekEarned]) -> list[WeekBar]:
    """The chart: nothing is drawn of a week in which more went back than was earned."""
    most = max((week.share_cents for week in weeks), default=0)
    return [
        WeekBar(
            label=_day(each.week.first_day),
            height=f"{100 * max(each.share_cents, 0) / most:.1f}%" if most > 0 else "0.0%",
            words=_("Week of {day}: {amount}", day=_day(each.week.first_day), amount=money(each.share_cents)),
        )
        for each in weeks
    ]


def chart_words(weeks: Sequence[WeekEarned]) -> str:
    """What the chart shows as a whole."""
    most = max(weeks, key=lambda each: each.share_cents)
    total = money(sum(each.share_cents for each in weeks))
    together = _("In the last {n} weeks you earned {amount}.", n=len(weeks), amount=total)
    if most.share_cents <= 0:
        return together
    best = _("The best week was that of {day}, with {amount}.", day=_day(most.week.first_day), amount=money(most.share_cents))
    return f"{together} {best}"


def week_line(summary: WeekSummary, running: Week | None) -> WeekLine:
    """A week with a statement, to be drawn."""
    return WeekLine(
        name=str(summary.week),
        days=_days(summary.week),
        earned=money(summary.earned_cents),
        sent=money(summary.sent_cents),
        balance=money(summary.closing_cents),
        is_running=summary.week == running,
    )


def payout_line(payout: PayoutView, *, is_ready: bool) -> PayoutLine:
    """One share, to be drawn. `is_ready`: the account can receive, so that isn't what a share waits for."""
    plan = find_plan(payout.plan)
    is_part = payout.status is PayoutStatus.sent and payout.reversed_cents > 0
    return PayoutLine(
        id=str(payout.id),
        session_id=str(payout.session_id),
        at=iso(payout.ended_at),
        title=_(plan.name) if plan else payout.plan,
        is_tip=payout.kind is PayoutKind.tip,
        share=money(payout.share_cents),
        paid=money(payout.price_cents),
        fee=money(payout.fee_cents),
        status=_state(payout.status, is_ready=is_ready),
        tone=TONE[payout.status],
        taken_back=money(payout.reversed_cents) if is_part else "",
    )


def earnings_view(
    earned: Earnings, weeks: Sequence[WeekEarned], stated: Page[WeekSummary], shares: Page[PayoutView], *, is_ready: bool, most: int
) -> EarningsView:
    """The tab, to be drawn: as many weeks are listed as have a bar, and at most so many shares ever."""
    running, rest = weeks[-1].week, stated.items[len(weeks) :]
    return EarningsView(
        is_empty=not shares.items,
        sums=sums(earned),
        bars=bars(weeks),
        chart=chart_words(weeks),
        weeks=[week_line(each, running) for each in stated.items[: len(weeks)]],
        older_weeks=str(rest[0].week) if rest else stated.next_cursor or "",
        lines=[payout_line(each, is_ready=is_ready) for each in shares.items],
        has_more=shares.next_cursor is not None and len(shares.items) < most,
        is_cut=shares.next_cursor is not None and len(shares.items) >= most,
    )


def _day(day: date) -> str:
    return _in_words(day, "d MMM")


def _days(week: Week) -> str:
    """`2–8 Mar 2026`, `30 Mar – 5 Apr 2026`, `29 Dec 2025 – 4 Jan 2026`."""
    first, last = week.first_day, week.last_day
    if first.year != last.year:
        return f"{_in_words(first, _YEAR_TOO)} – {_in_words(last, _YEAR_TOO)}"
    if first.month == last.month:
        return f"{first.day}–{_in_words(last, _YEAR_TOO)}"
    return f"{_day(first)} – {_in_words(last, _YEAR_TOO)}"


_YEAR_TOO = "d MMM y"


def _in_words(day: date, pattern: str) -> str:
    """With the month's name as the reader's language shortens it."""
    return format_date(day, pattern, locale=spoken().locale)
