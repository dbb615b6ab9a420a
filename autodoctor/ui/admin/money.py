"""`/admin/money`: figures, payouts, refunds, disputes, the comparison with Stripe, and what is stuck (section 7; P7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.payouts.exports import Export
from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.money_parts import bars, more, table, tiles
from autodoctor.ui.admin.money_state import PAGE, MoneyState
from autodoctor.ui.admin.money_tabs import DisputesState, PayoutsState, ReconciliationState, RefundsState, StuckState
from autodoctor.ui.admin.money_view import SPANS, TABS
from autodoctor.ui.components import layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.local_time import local_time

page: Any = MoneyState
payouts: Any = PayoutsState
refunds: Any = RefundsState
disputes: Any = DisputesState
books: Any = ReconciliationState
stuck: Any = StuckState


def money_page() -> rx.Component:
    """The tabs are links: each has its address."""
    return admin_page(
        layout.section(
            text.heading1("Money"),
            _ways("Parts of this page", [(words, f"{PAGE}?tab={name}", page.tab == name) for name, words in TABS.items()]),
            rx.cond(
                page.ready,
                rx.match(
                    page.tab,
                    ("payouts", _payouts()),
                    ("refunds", _refunds()),
                    ("disputes", _disputes()),
                    ("reconciliation", _reconciliation()),
                    ("events", _stuck()),
                    _overview(),
                ),
                states.skeleton_list(),
            ),
        ),
        title="Money",
        figures=page.figures,
    )


def _ways(label: str, ways: list[tuple[str, str, Any]]) -> rx.Component:
    links = [rx.el.a(words, href=href, custom_attrs={"aria-current": rx.cond(is_here, "page", "false")}) for words, href, is_here in ways]
    return rx.el.nav(*links, aria_label=label, class_name="ways")


def _overview() -> rx.Component:
    shown = page.overview
    return layout.section(
        _ways("Time", [(words, f"{PAGE}?tab=overview&span={name}", page.span == name) for name, words in SPANS.items()]),
        rx.cond(
            shown.title != "",
            rx.fragment(
                text.heading2(shown.title),
                rx.cond(shown.is_empty, text.muted("No customer paid in these days."), bars(shown.bars, summary=shown.summary)),
                tiles(shown.flows),
                text.heading2("Where the money is"),
                text.muted("At the end of these days."),
                tiles(shown.standing),
                rx.el.p(rx.cond(page.balance != "", page.balance, "Asking Stripe for its balance…"), role="status", class_name="body"),
                text.heading2("Take the books home"),
                layout.row(*(_download(each, shown) for each in Export)),
            ),
            states.skeleton_list(),
        ),
    )


def _download(what: Export, shown: Any) -> rx.Component:
    href = f"/api/admin/exports/{what}?from=" + shown.first_day + "&to=" + shown.last_day
    return plain(f"{what.name.capitalize()} as CSV", href=href, class_name="button button-secondary", download=True)


def _told(tab: Any, *children: Any) -> rx.Component:
    """A list's frame: what became of the last button, then the list."""
    problem = rx.el.p(tab.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    note, problem = rx.cond(tab.note != "", states.notice(tab.note)), rx.cond(tab.problem != "", problem)
    return layout.section(problem, note, rx.cond(tab.ready, rx.fragment(*children), states.skeleton_list()))


def _payouts() -> rx.Component:
    how: dict[str, Any] = {
        "title": "Mechanic",
        "words": "Share",
        "button": "Try again",
        "answered": payouts.answered,
        "on_press": payouts.try_again,
    }
    return _told(
        payouts,
        text.heading2("Due to mechanics"),
        rx.cond(payouts.owed.length() > 0, tiles(payouts.owed), text.muted("Nothing is owed to anybody.")),
        text.heading2("Not sent yet"),
        table(payouts.waiting, label="Payouts that wait", nothing="No share waits.", **how),
        more(payouts.more_waiting, payouts.show_more_waiting, "Show older ones that wait"),
        text.heading2("Done"),
        table(payouts.done, label="Payouts that are done", nothing="No share has gone out yet.", title="Mechanic", words="Share"),
        more(payouts.more, payouts.show_more, "Show older payouts"),
    )


def _refunds() -> rx.Component:
    how: dict[str, Any] = {"title": "Customer", "words": "Of what, and why"}
    retry: dict[str, Any] = {"button": "Try again", "answered": refunds.answered, "on_press": refunds.try_again}
    failed = table(refunds.failed, label="Refunds that failed", nothing="", **how, **retry)
    return _told(
        refunds,
        rx.cond(
            refunds.failed.length() > 0,
            rx.fragment(
                text.heading2("Failed"), text.body("Stripe couldn't bring these. The money is still the customers' and is with us."), failed
            ),
        ),
        text.heading2("All refunds"),
        table(refunds.every, label="All refunds", nothing="Nothing has gone back yet.", **how),
        more(refunds.more, refunds.show_more, "Show older refunds"),
    )


def _disputes() -> rx.Component:
    how: dict[str, Any] = {"title": "Customer", "words": "The bank's reason"}
    return _told(
        disputes,
        text.heading2("Open"),
        text.muted("Evidence is given at Stripe. A mechanic's share that wasn't sent waits until the bank has decided."),
        table(disputes.open, label="Open disputes", nothing="No payment is disputed.", **how),
        text.heading2("Decided"),
        table(disputes.decided, label="Decided disputes", nothing="No bank has decided about a dispute yet.", **how),
        more(disputes.more, disputes.show_more, "Show older disputes"),
    )


def _reconciliation() -> rx.Component:
    compare = instant_button(label="Compare now", waiting_label="Comparing…", kind="primary", answered=books.answered, on_press=books.run)
    return _told(
        books,
        text.body(
            "Our books are compared with Stripe's by themselves. What is missing here is written down; what can't be mended stands here."
        ),
        layout.row(compare),
        text.heading2("Differences"),
        rx.cond(books.differences.length() > 0, _differences(), text.muted("Our books and Stripe's say the same.")),
        text.heading2("Last comparisons"),
        rx.cond(
            books.runs.length() > 0,
            rx.el.ul(rx.foreach(books.runs, _run), class_name="runs"),
            text.muted("Nothing has been compared yet."),
        ),
    )


def _differences() -> rx.Component:
    heads = [("What", ""), ("At Stripe", ""), ("We say", "cell-money"), ("Stripe says", "cell-money"), ("Since", "")]

    def row(each: Any) -> rx.Component:
        return rx.el.tr(
            rx.el.td(each.kind, text.muted(each.note), class_name="cell-words"),
            rx.el.td(each.reference),
            rx.el.td(each.ours, class_name="cell-money"),
            rx.el.td(each.theirs, class_name="cell-money"),
            rx.el.td(local_time(at=each.since, look="date")),
        )

    drawn = rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(name, scope="col", class_name=look) for name, look in heads))),
        rx.el.tbody(rx.foreach(books.differences, row)),
        class_name="table money-table",
    )
    return rx.el.div(drawn, class_name="table-frame", tab_index=0, role="region", aria_label="Differences")


def _run(run: Any) -> rx.Component:
    mark = rx.cond(run.is_good, rx.el.span("Good", class_name="chip", custom_attrs={"data-tone": "good"}))
    return rx.el.li(local_time(at=run.at, look="moment"), ": ", run.words, " ", mark)


def _stuck() -> rx.Component:
    events: dict[str, Any] = {
        "title": "Event",
        "words": "About",
        "button": "Process again",
        "answered": stuck.answered,
        "on_press": stuck.process,
    }
    parked: dict[str, Any] = {"title": "What", "words": "Key", "button": "Try again", "answered": stuck.answered, "on_press": stuck.deliver}
    plain_rows: dict[str, Any] = {"has_money": False, "has_session": False}
    return _told(
        stuck,
        text.heading2("Events of Stripe's that failed"),
        table(stuck.events, label="Failed events", nothing="Everything that Stripe told was acted on.", **events, **plain_rows),
        more(stuck.more, stuck.show_more, "Show older events"),
        text.heading2("What couldn't be delivered"),
        table(stuck.parked, label="Not delivered", nothing="Every mail, refund and payout was delivered.", **parked, **plain_rows),
    )
