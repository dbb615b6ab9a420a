"""What the audit log keeps, in the reader's words. An act, a kind of object or a detail that isn't here is shown by its own name."""

from __future__ import annotations

from typing import Any

from autodoctor.ui.admin.kept_words import kept
from autodoctor.ui.amounts import money
from autodoctor.words import N_, _

ACTIONS = {
    "approve_mechanic": N_("Approved a mechanic"),
    "suspend_mechanic": N_("Suspended a mechanic"),
    "set_seniority": N_("Changed a mechanic's seniority"),
    "assign_mechanic": N_("Gave a request to a mechanic"),
    "take_back_request": N_("Took a request back from a mechanic"),
    "observe_session": N_("Looked into a session"),
    "read_messages": N_("Read a session's messages"),
    "delete_session": N_("Deleted a session"),
    "end_session": N_("Ended a session"),
    "force_cancel": N_("Cancelled a session"),
    "refund": N_("Gave money back"),
    "retry_refund": N_("Tried a refund again"),
    "retry_payout": N_("Tried a payout again"),
    "fulfil_checkout": N_("Fulfilled a payment"),
    "process_event": N_("Processed an event of Stripe's again"),
    "deliver_again": N_("Tried a delivery again"),
    "reconcile": N_("Compared the books with Stripe's"),
    "export": N_("Exported a list"),
    "change_intake": N_("Changed a description"),
    "erase_account": N_("Erased an account"),
    "create_admin": N_("Made an administrator"),
    "suspend_admin": N_("Shut an administrator out"),
    "let_admin_in_again": N_("Let an administrator in again"),
    "reset_second_factor": N_("Took a second factor away"),
    "log_out": N_("Ended somebody's logins"),
    "log_everybody_out": N_("Ended everybody's logins"),
    "sweep": N_("Ran the cleanup"),
    "inspect_requests": N_("Looked through the requests"),
    "inspect_board": N_("Looked at a mechanic's board"),
    "inspect_health": N_("Looked for broken sessions"),
    "inspect_schema": N_("Checked the database's tables"),
    "reset_broken_requests": N_("Put broken requests right"),
}
_ONE = {
    "checkout": N_("checkout {id}"),
    "intake": N_("intake {id}"),
    "mechanic": N_("mechanic {id}"),
    "money": N_("money {id}"),
    "outbox": N_("outbox {id}"),
    "payout": N_("payout {id}"),
    "refund": N_("refund {id}"),
    "request": N_("request {id}"),
    "schema": N_("schema {id}"),
    "session": N_("session {id}"),
    "stripe_event": N_("stripe event {id}"),
    "user": N_("user {id}"),
}
_ALL = {
    "intakes": N_("all intakes"),
    "money": N_("all money"),
    "requests": N_("all requests"),
    "sessions": N_("all sessions"),
    "user": N_("all user"),
}
_DETAILS = {
    "accepted_requests": N_("accepted requests"),
    "after": N_("after"),
    "amount_cents": N_("amount"),
    "before": N_("before"),
    "differences": N_("differences"),
    "email": N_("email"),
    "expired_requests": N_("expired requests"),
    "expired_tokens": N_("expired tokens"),
    "first_day": N_("first day"),
    "key": N_("key"),
    "kind": N_("kind"),
    "last_day": N_("last day"),
    "mechanic_id": N_("mechanic id"),
    "messages": N_("messages"),
    "old_waiting_sessions": N_("old waiting sessions"),
    "orphaned_sessions": N_("orphaned sessions"),
    "plan": N_("plan"),
    "reason": N_("reason"),
    "refund_cents": N_("refund"),
    "reset": N_("reset"),
    "seniority": N_("seniority"),
    "share_cents": N_("share"),
    "status": N_("status"),
    "tries": N_("tries"),
    "unattended_requests": N_("unattended requests"),
    "was": N_("was"),
    "words": N_("words"),
}
_CODES = frozenset({"after", "before", "seniority", "status", "was"})
"""Details whose values are codes of ours. Others may be what somebody has written, and are shown as they are."""


def act_words(action: str) -> str:
    return _(ACTIONS[action]) if action in ACTIONS else action.replace("_", " ").capitalize()


def object_words(entity: str, entity_id: str) -> str:
    """What was acted on: one of its kind, or (`all`) every one; "" for nothing."""
    if entity_id == "all":
        return _(_ALL[entity]) if entity in _ALL else _("all {what}", what=entity.replace("_", " "))
    return _(_ONE[entity], id=entity_id) if entity in _ONE and entity_id else f"{entity.replace('_', ' ')} {entity_id}".strip()


def detail_words(name: str, value: Any) -> str:
    what = _(_DETAILS[name]) if name in _DETAILS else name.removesuffix("_cents").replace("_", " ")
    return _("{what}: {value}", what=what, value=_value_words(name, value))


def _value_words(name: str, value: Any) -> str:
    if name.endswith("_cents") and isinstance(value, int):
        return money(value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return kept(value) if name in _CODES and isinstance(value, str) else str(value)
