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
from autodoctor.words import _

page: Any = MechanicsState

BEAT_S = 30

_CHIPS: dict[str, tuple[str, badges.Tone]] = {
    "pending_review": (_("To review"), "soon"),
    "approved": (_("Approved"), "good"),
    "suspended": (_("Suspended"), "now"),
}
_NOBODY = {
    "pending_review": (_("Nobody waits for a review"), _("Who signs up as a mechanic appears here by themselves.")),
    "approved": (_("No mechanic is approved"), _("Those who have signed up are under To review.")),
    "suspended": (_("Nobody is suspended"), _("A suspended mechanic stands here until you let them work again.")),
    "all": (_("No mechanic yet"), _("Mechanics sign up at /mechanic/signup; they appear here by themselves.")),
}


def mechanics_page() -> rx.Component:
    """The standings are links: each has its address."""
    return admin_page(
        heartbeat(every_seconds=BEAT_S, on_beat=page.beat.temporal),
        layout.section(
            text.heading1(_("Mechanics")),
            _ways(),
            _search(),
            rx.match(
                page.phase,
                ("shown", _shown()),
                ("failed", states.error_box(_("We couldn't read the list of mechanics."), page.load)),
                states.skeleton_list(),
            ),
        ),
        title=_("Mechanics"),
        figures=page.figures,
    )


def _ways() -> rx.Component:
    def words_of(name: str, words: str) -> Any:
        return rx.fragment(words, rx.cond(page.to_review > 0, f" ({page.to_review})", "")) if name == "pending_review" else words

    standings = [(name, _(words)) for name, words in STANDINGS.items()]
    return ways(_("Standing"), [(words_of(name, words), f"{PAGE}?standing={name}", page.standing == name) for name, words in standings])


def _search() -> rx.Component:
    return search_form(_("Name or email"), words=page.words, longest=LONGEST_SEARCH, on_submit=page.search)


def _shown() -> rx.Component:
    told = rx.el.p(page.problem, role="alert", class_name="notice", custom_attrs={"data-tone": "now"})
    return layout.section(
        rx.cond(page.problem != "", told),
        rx.cond(page.note != "", states.notice(page.note)),
        rx.cond(
            page.rows.length() > 0,
            rx.el.ul(
                rx.foreach(page.rows, lambda row: rx.el.li(_mechanic(row), key=row.id)), class_name="queue", aria_label=_("Mechanics")
            ),
            rx.cond(page.words != "", _not_found(), _nobody()),
        ),
        pages(page),
    )


def _not_found() -> rx.Component:
    return states.empty(
        _("No mechanic is called “{words}”", words=page.words),
        _("A part of the name or of the address is enough."),
        buttons.link_button(_("All mechanics"), href=f"{PAGE}?standing=all", kind="secondary"),
    )


def _nobody() -> Any:
    cases = [(name, states.empty(title, words, None)) for name, (title, words) in _NOBODY.items()]
    return rx.match(page.standing, *cases, rx.fragment())


def _mechanic(row: Any) -> rx.Component:
    who = plain(row.email, href="mailto:" + row.email, class_name="link")
    call = rx.cond(row.phone != "", rx.fragment(" · ", plain(row.phone, href="tel:" + row.phone, class_name="link")))
    return rx.el.article(
        rx.el.div(
            layout.stack(
                rx.el.h2(row.name, class_name="heading3"),
                rx.el.p(who, call, class_name="body"),
                layout.row(
                    rx.match(
                        row.standing, *((name, badges.chip(words, tone=tone)) for name, (words, tone) in _CHIPS.items()), rx.fragment()
                    ),
                    rx.cond(row.is_senior, badges.chip(_("Senior"), tone="info"), badges.chip(_("Junior"))),
                    rx.cond(
                        row.is_there, rx.cond(row.is_online, badges.chip(_("Online"), tone="good"), badges.chip(_("Here, switched off")))
                    ),
                ),
                rx.cond(row.specialties != "", text.body(row.specialties)),
                rx.cond(row.bio != "", text.body(row.bio)),
                text.muted(row.work, " · ", row.payout),
                _since(row),
            ),
            rx.el.div(_decisions(row), class_name="row"),
            class_name="queue-row",
        ),
        class_name="list-card",
        aria_label=row.name,
    )


def _since(row: Any) -> Any:
    joined, seen = local_time(at=row.joined, look="date"), local_time(at=row.last_seen, look="ago")
    return rx.cond(
        row.last_seen != "",
        text.muted(*text.filled(_("Signed up {date}, last here {ago}"), date=joined, ago=seen)),
        text.muted(*text.filled(_("Signed up {date}"), date=joined)),
    )


def _decisions(row: Any) -> Any:
    senior = _press(_("Make senior"), row, page.make_senior, kind="secondary")
    junior = _press(_("Make junior"), row, page.make_junior, kind="secondary")
    return rx.match(
        row.standing,
        (
            "pending_review",
            rx.fragment(_press(_("Approve"), row, page.approve), _suspend(row, _("Turn down"), _("Turn down {name}?", name=row.name))),
        ),
        ("suspended", _press(_("Let work again"), row, page.approve)),
        rx.fragment(rx.cond(row.is_senior, junior, senior), _suspend(row, _("Suspend"), _("Suspend {name}?", name=row.name))),
    )


def _press(label: str, row: Any, do: Any, *, kind: str = "primary") -> rx.Component:
    return instant_button(
        label=label, waiting_label=_("One moment…"), about=row.name, kind=kind, answered=page.answered, on_press=do(row.id)
    )


def _suspend(row: Any, label: str, question: Any) -> rx.Component:
    ask = rx.el.button(
        label, type="button", class_name="button button-secondary", aria_label=_("{what}: {name}", what=label, name=row.name)
    )
    return dialogs.confirm(
        ask,
        title=question,
        text=(
            _(
                "They are logged out everywhere and take no requests. What they have accepted and not begun is offered to others. "
                "You can let them work again at any time."
            )
        ),
        confirm=label,
        on_confirm=page.suspend(row.id),
    )
