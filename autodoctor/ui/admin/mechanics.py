"""`/admin/mechanics`: who wants to work here, who does, and deciding about them (R3, section 7)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin.frame import admin_page
from autodoctor.ui.admin.mechanics_state import MechanicsState
from autodoctor.ui.admin.mechanics_view import LONGEST_SEARCH, PAGE, STANDINGS
from autodoctor.ui.components import badges, buttons, dialogs, layout, states, text
from autodoctor.ui.components.anchors import plain
from autodoctor.ui.components.lists import pages, search_form, ways
from autodoctor.ui.js.instant import instant_button
from autodoctor.ui.js.local_time import local_time
from autodoctor.ui.js.presence import heartbeat

page: Any = MechanicsState

BEAT_S = 30

_CHIPS: dict[str, tuple[str, badges.Tone]] = {
    "pending_review": ("To review", "soon"),
    "approved": ("Approved", "good"),
    "suspended": ("Suspended", "now"),
}
_NOBODY = {
    "pending_review": ("Nobody waits for a review", "Who signs up as a mechanic appears here by themselves."),
    "approved": ("No mechanic is approved", "Those who have signed up are under To review."),
    "suspended": ("Nobody is suspended", "A suspended mechanic stands here until you let them work again."),
    "all": ("No mechanic yet", "Mechanics sign up at /mechanic/signup; they appear here by themselves."),
}


def mechanics_page() -> rx.Component:
    """The standings are links: each has its address."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        layout.section(
            text.heading1("Mechanics"),
            _ways(),
            _search(),
            rx.match(
                page.phase,
                ("shown", _shown()),
                ("failed", states.error_box("We couldn't read the list of mechanics.", page.load)),
                states.skeleton_list(),
            ),
        ),
        title="Mechanics",
        figures=page.figures,
    )


def _ways() -> rx.Component:
    def words_of(name: str, words: str) -> Any:
        return rx.fragment(words, rx.cond(page.to_review > 0, f" ({page.to_review})", "")) if name == "pending_review" else words

    standings = STANDINGS.items()
    return ways("Standing", [(words_of(name, words), f"{PAGE}?standing={name}", page.standing == name) for name, words in standings])


def _search() -> rx.Component:
    return search_form("Name or email", words=page.words, longest=LONGEST_SEARCH, on_submit=page.search)


def _shown() -> rx.Component:
    told = rx.el.p(page.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    return layout.section(
        rx.cond(page.problem != "", told),
        rx.cond(page.note != "", states.notice(page.note)),
        rx.cond(
            page.rows.length() > 0,
            rx.el.ul(rx.foreach(page.rows, lambda row: rx.el.li(_mechanic(row), key=row.id)), class_name="queue", aria_label="Mechanics"),
            rx.cond(page.words != "", _not_found(), _nobody()),
        ),
        pages(page),
    )


def _not_found() -> rx.Component:
    return states.empty(
        f"No mechanic is called “{page.words}”",
        "A part of the name or of the address is enough.",
        buttons.link_button("All mechanics", href=f"{PAGE}?standing=all", kind="secondary"),
    )


def _nobody() -> Any:
    cases = [(name, states.empty(title, words, None)) for name, (title, words) in _NOBODY.items()]
    return rx.match(page.standing, *cases, rx.fragment())


def _mechanic(row: Any) -> rx.Component:
    who = plain(row.email, href="mailto:" + row.email, class_name="link")
    call = rx.cond(row.phone != "", rx.fragment(" · ", plain(row.phone, href="tel:" + row.phone, class_name="link")))
    seen = rx.cond(row.last_seen != "", rx.fragment(", last here ", local_time(at=row.last_seen, look="ago")))
    return rx.el.article(
        rx.el.div(
            layout.stack(
                rx.el.h2(row.name, class_name="heading3"),
                rx.el.p(who, call, class_name="body"),
                layout.row(
                    rx.match(
                        row.standing, *((name, badges.chip(words, tone=tone)) for name, (words, tone) in _CHIPS.items()), rx.fragment()
                    ),
                    rx.cond(row.is_senior, badges.chip("Senior", tone="info"), badges.chip("Junior")),
                    rx.cond(row.is_there, rx.cond(row.is_online, badges.chip("Online", tone="good"), badges.chip("Here, switched off"))),
                ),
                rx.cond(row.specialties != "", text.body(row.specialties)),
                rx.cond(row.bio != "", text.body(row.bio)),
                text.muted(row.work, " · ", row.payout),
                text.muted("Signed up ", local_time(at=row.joined, look="date"), seen),
            ),
            rx.el.div(_decisions(row), class_name="row"),
            class_name="queue-row",
        ),
        class_name="list-card",
        aria_label=row.name,
    )


def _decisions(row: Any) -> Any:
    senior = _press("Make senior", row, page.make_senior, kind="secondary")
    junior = _press("Make junior", row, page.make_junior, kind="secondary")
    return rx.match(
        row.standing,
        ("pending_review", rx.fragment(_press("Approve", row, page.approve), _suspend(row, "Turn down"))),
        ("suspended", _press("Let work again", row, page.approve)),
        rx.fragment(rx.cond(row.is_senior, junior, senior), _suspend(row, "Suspend")),
    )


def _press(label: str, row: Any, do: Any, *, kind: str = "primary") -> rx.Component:
    return instant_button(label=label, waiting_label="One moment…", about=row.name, kind=kind, answered=page.answered, on_press=do(row.id))


def _suspend(row: Any, label: str) -> rx.Component:
    ask = rx.el.button(label, type="button", class_name="button button-secondary", aria_label=label + ": " + row.name)
    return dialogs.confirm(
        ask,
        title=label + " " + row.name + "?",
        text=(
            "They are logged out everywhere and take no requests. What they have accepted and not begun is offered to others. "
            "You can let them work again at any time."
        ),
        confirm=label,
        on_confirm=page.suspend(row.id),
    )
