"""Draws docs/lifecycles.md from the tables of the code. `--check` says whether the page is current (CI does)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from autodoctor.core.settings import Settings
from autodoctor.jobs.deadlines import RULES
from autodoctor.matching.rules import REQUEST_TRANSITIONS, CloseReason, RequestStatus, is_refunded
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus

PAGE = Path(__file__).resolve().parents[1] / "docs/lifecycles.md"

S, R = SessionStatus, RequestStatus

SESSION_WORDS: Mapping[tuple[SessionStatus, SessionStatus], str] = {
    (S.scheduled, S.pending): "its time has come",
    (S.scheduled, S.cancelled): "called off",
    (S.pending, S.waiting): "a mechanic accepts or is assigned",
    (S.pending, S.cancelled): "expired, called off, or lost its request",
    (S.waiting, S.live): "both are in the room",
    (S.waiting, S.pending): "the mechanic lets go",
    (S.waiting, S.cancelled): "no-show, called off, or lost its request",
    (S.live, S.completed): "ended by a side or by the clock",
    (S.live, S.pending): "the mechanic left, the customer wants another",
    (S.live, S.cancelled): "the mechanic left and stayed away",
}
REQUEST_WORDS: Mapping[tuple[RequestStatus, RequestStatus], str] = {
    (R.pending, R.accepted): "a mechanic accepts or is assigned",
    (R.pending, R.unattended): "5 minutes",
    (R.pending, R.expired): "120 minutes",
    (R.pending, R.cancelled): "called off",
    (R.unattended, R.accepted): "a mechanic accepts or is assigned",
    (R.unattended, R.expired): "120 minutes",
    (R.unattended, R.cancelled): "called off",
    (R.accepted, R.pending): "the mechanic lets go or has left",
    (R.accepted, R.cancelled): "no-show, called off, or the mechanic stayed away",
    (R.accepted, R.completed): "its session ended",
}
"""What brings each change about, in a few words. The changes themselves are the tables'."""

DEADLINES: Mapping[str, tuple[str, str]] = {
    "request_unattended": ("unattended_after_s", "a request that nobody accepted goes to the administrators, the customer is told"),
    "request_expires": (
        "expires_after_s",
        "a request that nobody accepted is closed and refunded (15 minutes after a letting go)",
    ),
    "no_show": ("no_show_after_s", "an accepted request whose room isn't full is cancelled, the mechanic is free"),
    "session_orphaned": ("waiting_orphan_after_s, orphan_after_s", "a session that lost its request is cancelled and refunded"),
    "session_end": ("the plan's length and bought extensions, or session_length_s", "a live session is completed"),
    "mechanic_away": ("mechanic_away_after_s", "the customer sits in a live session alone: its clock stands still, they are asked"),
    "away_ends": ("away_ends_after_s", "the mechanic stayed away: refunded, or completed where the customer had left too"),
    "first_offer_ends": ("first_offer_s", "a booked session is offered to everybody, no longer to the booked mechanic alone"),
    "booking_due": ("the booked time", "a booked session becomes a request"),
    "hold_ends": ("the checkout's end", "a slot that nobody paid for is free again"),
    "report_due": (
        "24 hours after the end",
        "the report of a Full Diagnostic that its mechanic began and didn't finish is finished as it is",
    ),
    "follow_up_quiet": (
        "10 minutes after the last message that follows an end",
        "who has read the beginning of what was written after the end of a Full Diagnostic, and not the rest, is mailed",
    ),
    "reminder_day": ("24 hours before", "both sides are reminded of a booked session"),
    "reminder_soon": ("15 minutes before", "both sides are reminded of a booked session"),
}
"""When each deadline is due (a setting with its default, or words), and what it does."""

AnyStatus = TypeVar("AnyStatus", bound=StrEnum)


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Lifecycles",
            "",
            "Drawn from the tables of the code by `python -m scripts.lifecycles`; `make check` refuses a page that isn't current.",
            "",
            "## Session (`sessions/rules.py`, changed only in `sessions/status.py`)",
            "",
            *_diagram(SESSION_TRANSITIONS, SESSION_WORDS),
            "",
            "## Request (`matching/rules.py`, changed only in `matching/status.py`)",
            "",
            *_diagram(REQUEST_TRANSITIONS, REQUEST_WORDS),
            "",
            "## Deadlines (`jobs/deadlines.py`)",
            "",
            "| kind | after | what happens |",
            "| --- | --- | --- |",
            *(f"| `{kind}` | {_after(DEADLINES[kind][0])} | {DEADLINES[kind][1]} |" for kind in sorted(RULES)),
            "",
            "## Money of a request that ends without a consultation (`matching/rules.py`)",
            "",
            "| why | refunded in full |",
            "| --- | --- |",
            *(f"| {reason} | {_refunded(reason)} |" for reason in CloseReason),
            "",
        ]
    )


def _diagram(table: Mapping[AnyStatus, frozenset[AnyStatus]], words: Mapping[tuple[AnyStatus, AnyStatus], str]) -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    for source, targets in table.items():
        lines += [f"  {source} --> {target}: {words[source, target]}" for target in sorted(targets)]
        if not targets:
            lines.append(f"  {source} --> [*]")
    return [*lines, "```"]


def _after(when: str) -> str:
    names = [name.strip() for name in when.split(",")]
    fields = Settings.model_fields
    return ", ".join(f"{fields[name].default:,} s (`{name.upper()}`)" if name in fields else name for name in names)


def _refunded(reason: CloseReason) -> str:
    always, by_policy = (is_refunded(reason, no_show_is_refunded=policy) for policy in (False, True))
    return "yes" if always else "with `NO_SHOW_POLICY=refund`" if by_policy else "no"


def main() -> None:
    drawn = page()
    if "--check" not in sys.argv:
        PAGE.write_text(drawn)
    elif not PAGE.exists() or PAGE.read_text() != drawn:
        sys.exit("docs/lifecycles.md isn't current: run python -m scripts.lifecycles")


if __name__ == "__main__":
    main()
