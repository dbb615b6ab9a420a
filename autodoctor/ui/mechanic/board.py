"""`/mechanic/dashboard`: who waits, the one job, and what was done and earned (DESIGN, Mechanic's dashboard)."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.vars.function import FunctionStringVar

from autodoctor.ui.components import buttons, layout, states, text
from autodoctor.ui.js.alerts import alerts
from autodoctor.ui.js.instant import instant_switch
from autodoctor.ui.js.keep_focus import keep_focus
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat
from autodoctor.ui.js.tabs import tabs
from autodoctor.ui.js.undo import undo_toast
from autodoctor.ui.mechanic import records
from autodoctor.ui.mechanic.board_state import BoardState
from autodoctor.ui.mechanic.booked import booked_jobs
from autodoctor.ui.mechanic.cards import request_card
from autodoctor.ui.mechanic.earnings import earnings, waiting_note
from autodoctor.ui.mechanic.earnings_state import EARNINGS, EarningsState
from autodoctor.ui.mechanic.follow_ups import follow_ups
from autodoctor.ui.mechanic.job import job_panel
from autodoctor.ui.mechanic.record_state import HISTORY, RecordState
from autodoctor.ui.mechanic.view import CardView
from autodoctor.words import _

board: Any = BoardState
record: Any = RecordState
money: Any = EarningsState

BEAT_S = 30


def offered(cards: rx.Var[list[CardView]], passed: rx.Var[list[str]], me: rx.Var[str]) -> Any:
    """The board is everybody's; what this mechanic passed on, or is offered to somebody else first, is left out on the screen
    (docs/decisions/0003)."""
    return _OFFERED.call(cards, passed, me).to(list[CardView])


_OFFERED = FunctionStringVar.create(
    "((cards, passed, me) => cards.filter((card) => !passed.includes(card.id) && (!card.first_for || card.first_for === me)))"
)

WAITING = offered(board.board, board.passed, board.me)


def board_page() -> rx.Component:
    """A switch, three tabs, and what rings."""
    return layout.page(
        heartbeat(every_seconds=BEAT_S, on_beat=board.beat.temporal),
        undo_toast(offer=board.offer, words=_("You passed on this request."), on_undo=board.undo_pass),
        layout.section(_head(), _tabs()),
        audience="mechanic",
        title=_("Requests"),
    )


def _tabs() -> rx.Component:
    return tabs(
        keep_focus(layout.section(_requests(), _follow_ups(), _booked()), label=_("Requests")),
        records.history(),
        earnings(),
        names=[_("Requests"), _(HISTORY), _(EARNINGS)],
        keys=["Requests", HISTORY, EARNINGS],
        label=_("Your work"),
        param="tab",
        on_open=[record.open, money.open],
    )


def _follow_ups() -> rx.Component:
    return rx.cond((board.follow_ups.length() > 0) & (board.phase != "busy"), follow_ups(board.follow_ups))


def _booked() -> rx.Component:
    return rx.cond(board.booked.length() > 0, booked_jobs(board.booked, on_give_back=board.give_back))


def _head() -> rx.Component:
    return layout.stack(
        layout.row(
            text.heading1(_("Requests")),
            rx.match(
                board.phase,
                ("loading", rx.fragment()),
                ("failed", rx.fragment()),
                ("review", rx.fragment()),
                instant_switch(label=_("Online"), checked=board.online, answered=board.answered, on_flip=board.set_online),
            ),
            class_name="row board-head",
        ),
        rx.cond(board.by_hours & (board.phase != "review"), _by_hours()),
        rx.cond(board.phase == "online", alerts(waiting=WAITING)),
        waiting_note(),
        rx.cond(board.problem != "", rx.el.p(board.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})),
    )


def _by_hours() -> rx.Component:
    until = text.filled(_("Online by your weekly hours until {time}."), time=local_time(at=board.until, look="time"))
    return text.muted(rx.cond(board.until != "", rx.fragment(*until), _("Online by your weekly hours.")))


def _requests() -> Any:
    return rx.match(
        board.phase,
        ("loading", states.skeleton_cards()),
        ("failed", states.error_box(_("We couldn't read your requests."), board.load)),
        ("review", _under_review()),
        ("offline", _offline()),
        ("busy", job_panel(board.job, on_let_go=board.let_go)),
        rx.cond(board.board_at != "", _incoming(), states.skeleton_cards()),
    )


def _incoming() -> rx.Component:
    return layout.section(
        text.heading2(_("Incoming requests"), id="incoming"),
        rx.cond(
            WAITING.length() > 0,
            rx.el.div(
                rx.foreach(
                    WAITING,
                    lambda card: rx.el.div(
                        request_card(card, answered=board.answered, on_accept=board.accept, on_pass=board.pass_on), role="listitem"
                    ),
                ),
                role="list",
                aria_labelledby="incoming",
                class_name="requests",
            ),
            states.empty(_("Nobody is waiting"), _("Keep this page open: a new request appears here by itself, and rings."), None),
        ),
    )


def _offline() -> rx.Component:
    return states.empty(
        _("You are offline"),
        _("Turn the switch Online on to see who is waiting and to be offered new requests. In your weekly hours it turns on by itself."),
        None,
    )


def _under_review() -> rx.Component:
    return states.empty(
        _("Your account is being reviewed"),
        _("We look at every mechanic before the first session, and mail you as soon as you are approved."),
        buttons.link_button(_("Fill in your profile"), href="/mechanic/profile", kind="secondary"),
    )
