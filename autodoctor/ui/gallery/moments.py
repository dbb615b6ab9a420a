"""What stands where there is nothing, nothing yet, or something went wrong; and what runs by the clock."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, states, text
from autodoctor.ui.gallery.specimen import Section, Specimen
from autodoctor.ui.js.countdown import countdown, time_left
from autodoctor.ui.js.from_address import address_notice
from autodoctor.ui.js.local_time import day_line, local_time
from autodoctor.ui.js.offer_bar import offer_bar
from autodoctor.ui.js.typing_note import typing_note

_THEN = "2026-03-02T09:00:00+00:00"
_MINUTE_MS = 60_000
_DURING = {"good": 21 * _MINUTE_MS, "soon": 4 * _MINUTE_MS, "now": 38_000}
"""None in the moment of a warning, which sounds."""
_OFFERED = {"good": 4 * _MINUTE_MS, "soon": 110_000, "now": 45_000, "over": 0}


def standing_in() -> Section:
    skeletons = (states.skeleton_form, states.skeleton_list, states.skeleton_cards, states.skeleton_card, states.skeleton_room)
    return Section(
        "Empty, loading, wrong",
        (
            Specimen(
                states.empty,
                {
                    "with a way on": states.empty("No sessions yet", "Choose a plan.", buttons.link_button("Pricing", href="/pricing")),
                    "without": states.empty("All quiet", "Requests ring here when somebody needs you.", None),
                },
            ),
            *(Specimen(each, {"loading": each()}) for each in skeletons),
            Specimen(states.error_box, {"with another try": states.error_box("We couldn't read your sessions.", rx.noop())}),
            Specimen(
                states.notice,
                {
                    "info": states.notice("You left the payment page. Nothing was charged."),
                    "soon": states.notice("Video isn't set up on this server.", tone="soon"),
                    "now": states.notice("Your card was declined. Nothing was charged.", tone="now"),
                },
            ),
            Specimen(address_notice, {"with ?noticed=1 in the address": address_notice(name="noticed", cases={"1": "You came back."})}),
            Specimen(states.connection_banner, {"while the connection is lost": rx.el.div(states.connection_banner(), _here())}),
        ),
    )


def _here() -> rx.Component:
    return text.muted("It stands at the top of every page, and here, from the moment it is lost until it is back.")


def clocks() -> Section:
    return Section(
        "Times",
        (
            Specimen(
                local_time, {look: text.body(local_time(at=_THEN, look=look)) for look in ("time", "date", "moment", "appointment", "ago")}
            ),
            Specimen(day_line, {"between messages": day_line(at=_THEN)}),
            Specimen(
                countdown,
                {
                    **{
                        tone: countdown(ends_at=f"gallery-{tone}", remaining_ms=ms, label=f"Time left, {tone}")
                        for tone, ms in _DURING.items()
                    },
                    "not begun": countdown(ends_at="", remaining_ms=-1),
                },
            ),
            Specimen(time_left, {"in a sentence": text.body("Expires in ", time_left(at=_THEN, remaining_ms=90 * _MINUTE_MS))}),
            Specimen(offer_bar, {tone: offer_bar(remaining_ms=ms, total_ms=5 * _MINUTE_MS) for tone, ms in _OFFERED.items()}),
            Specimen(typing_note, {"for four seconds": typing_note(name="Sam", signal=1, last_seq=0)}),
        ),
    )
