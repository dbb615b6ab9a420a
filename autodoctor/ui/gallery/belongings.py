"""What is somebody's: words and files that they sent, money, and the account."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.admin import money_parts
from autodoctor.ui.admin.money_lines import Line
from autodoctor.ui.components import account, forms, layout, text
from autodoctor.ui.gallery.controls import NOWHERE
from autodoctor.ui.gallery.specimen import Section, Specimen
from autodoctor.ui.installable import manifest
from autodoctor.ui.js.file_preview import shown_file
from autodoctor.ui.js.linked_text import linked_text
from autodoctor.ui.js.tip import tip
from autodoctor.ui.js.trouble_codes import trouble_codes
from autodoctor.ui.own_logins import LoginLine
from autodoctor.vehicles.trouble_codes import Explanation

_THEN = "2026-03-02T09:00:00+00:00"
_CODES = [
    Explanation("P0420", "The catalytic converter cleans too little", "Engine, emissions", "a worn converter, a tired sensor", "later"),
    Explanation("P0300", "The engine misfires", "Engine, ignition", "spark plugs, coils, fuel", "now"),
]
_LINES = [
    Line("1", _THEN, "s1", "Robin Sample", "Quick Chat", "$9.99", "Paid", "good", can=True),
    Line("2", _THEN, "s2", "Kim Sample", "Full Diagnostic", "$39.99", "Disputed", "now", note="Answer by 9 March."),
]
_LOGINS = [
    LoginLine("1", "Firefox on Linux", "192.0.2.7", _THEN, _THEN, is_here=True),
    LoginLine("2", "Safari on an iPhone", "", _THEN, _THEN, is_here=False),
]


def sent() -> Section:
    picture = {"url": f"{manifest.ICONS}any-512.png", "kind": "image", "size": "9 KB"}
    return Section(
        "What people send",
        (
            Specimen(linked_text, {"with an address in it": linked_text(text="I have this one: https://example.com/pads")}),
            Specimen(
                shown_file,
                {
                    "a picture": shown_file(name="disc.png", thumb_url=f"{manifest.ICONS}any-192.png", **picture),
                    "a picture that has no small one": shown_file(name="disc.png", thumb_url="", **picture),
                    "something else": shown_file(name="codes.txt", url=picture["url"], thumb_url="", kind="file", size="1 KB"),
                },
            ),
            Specimen(trouble_codes, {"two codes": trouble_codes(codes=_CODES), "none": trouble_codes(codes=[])}),
            Specimen(tip, {"after a session": tip(session_id="", mechanic_name="Sam")}),
            Specimen(forms.sent, {"in a sent form's place": text.body("Press Send message above: what you typed, in bold.")}),
        ),
    )


def money() -> Section:
    return Section(
        "Tables",
        (
            Specimen(
                money_parts.table,
                {"with rows": _table("Payments", _LINES), "with nothing": _table("No payments", [])},
                is_wide=True,
            ),
        ),
    )


def _table(label: str, lines: list[Line]) -> rx.Component:
    rows: Any = rx.Var.create(lines).to(list[Line])
    return money_parts.table(rows, label=label, title="Customer", words="For", nothing="Nothing was paid yet.", has_links=False)


def own_account() -> Section:
    logins: Any = rx.Var.create(_LOGINS).to(list[LoginLine])
    none: Any = rx.Var.create([]).to(list[LoginLine])
    return Section(
        "Account",
        (
            Specimen(
                account.own_logins,
                {
                    "two of them": _logins(logins, note=""),
                    "loading, one just ended": _logins(none, note="Logged out there."),
                },
            ),
            Specimen(account.new_password, {"to fill in": layout.stack(account.new_password(routes=NOWHERE, here="/dev/components"))}),
            Specimen(account.own_data, {"to take home": layout.stack(account.own_data(routes=NOWHERE))}),
            Specimen(account.end_of_account, {"to confirm": layout.stack(account.end_of_account(routes=NOWHERE, after="/"))}),
        ),
    )


def _logins(lines: Any, *, note: str) -> rx.Component:
    return layout.stack(account.own_logins(lines, note=note, on_end=lambda _id: rx.noop(), routes=NOWHERE, after="/"))
