"""What the page of the audit log shows, and what its address asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from autodoctor.accounts.acts import Act, ActFilter
from autodoctor.ui.addresses import day_in, leading_to, words_in
from autodoctor.ui.amounts import money
from autodoctor.ui.room.view import iso

PAGE = "/admin/audit"
ACTIONS = {
    "approve_mechanic": "Approved a mechanic",
    "suspend_mechanic": "Suspended a mechanic",
    "set_seniority": "Changed a mechanic's seniority",
    "assign_mechanic": "Gave a request to a mechanic",
    "take_back_request": "Took a request back from a mechanic",
    "observe_session": "Looked into a session",
    "read_messages": "Read a session's messages",
    "delete_session": "Deleted a session",
    "end_session": "Ended a session",
    "force_cancel": "Cancelled a session",
    "refund": "Gave money back",
    "retry_refund": "Tried a refund again",
    "retry_payout": "Tried a payout again",
    "fulfil_checkout": "Fulfilled a payment",
    "process_event": "Processed an event of Stripe's again",
    "deliver_again": "Tried a delivery again",
    "reconcile": "Compared the books with Stripe's",
    "export": "Exported a list",
    "change_intake": "Changed a description",
    "erase_account": "Erased an account",
    "create_admin": "Made an administrator",
    "suspend_admin": "Shut an administrator out",
    "let_admin_in_again": "Let an administrator in again",
    "reset_second_factor": "Took a second factor away",
    "log_out": "Ended somebody's logins",
    "log_everybody_out": "Ended everybody's logins",
    "sweep": "Ran the cleanup",
    "inspect_requests": "Looked through the requests",
    "inspect_board": "Looked at a mechanic's board",
    "inspect_health": "Looked for broken sessions",
    "inspect_schema": "Checked the database's tables",
    "reset_broken_requests": "Put broken requests right",
}
"""What the reader calls each act. One that isn't here is shown by its own name."""


@dataclass(frozen=True)
class Asked:
    """Acts of this kind, on this day (UTC), about this object; "" leaves each open. `before`: behind this row."""

    action: str = ""
    day: str = ""
    entity: str = ""
    entity_id: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.action or self.day or self.entity)

    def wanted(self) -> ActFilter:
        day = date.fromisoformat(self.day) if self.day else None
        return ActFilter(
            action=self.action or None, entity=self.entity or None, entity_id=self.entity_id or None, first_day=day, last_day=day
        )

    def href(self, *, before: str = "") -> str:
        asked = {"action": self.action, "day": self.day, "entity": self.entity, "id": self.entity_id, "before": before}
        return leading_to(PAGE, asked)


def asked_by(query: Mapping[str, Any]) -> Asked:
    """What a query or a form asks for; what it doesn't name well is left open."""
    entity = words_in(query, "entity", 40)
    about = words_in(query, "id", 64) if entity else ""
    return Asked(words_in(query, "action", 60), day_in(query, "day"), entity, about, words_in(query, "before", 200))


@dataclass(frozen=True)
class ActLine:
    """An act in the log. `at` is ISO 8601 in UTC, `about` names the object, `same` leads to every act about it, `link` to its page."""

    id: str = ""
    at: str = ""
    who: str = ""
    what: str = ""
    about: str = ""
    details: list[str] = field(default_factory=list)
    same: str = ""
    link: str = ""


def act_line(act: Act) -> ActLine:
    is_one = act.entity_id != "all"
    return ActLine(
        id=str(act.id),
        at=iso(act.created_at),
        who=act.admin_name or ("Somebody whose account is gone" if act.admin_id else "Command line, or by itself"),
        what=ACTIONS.get(act.action) or act.action.replace("_", " ").capitalize(),
        about=f"{act.entity.replace('_', ' ')} {act.entity_id}" if is_one else f"all {act.entity.replace('_', ' ')}",
        details=[_detail(name, value) for name, value in sorted(act.details.items()) if value not in (None, "", 0, [], {})],
        same=Asked(entity=act.entity, entity_id=act.entity_id).href() if is_one else "",
        link=f"/admin/sessions/{act.entity_id}" if act.entity == "session" else "",
    )


def _detail(name: str, value: Any) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return f"{name.removesuffix('_cents').replace('_', ' ')}: {money(value)}"
    shown = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return f"{name.replace('_', ' ')}: {shown}"
