"""How schemathesis is asked to judge: every check there is, all kinds of cases, and each leave that is given with its reason."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from autodoctor.access.table import ROUTES
from tests.access.expected import may

EXAMPLES = 4
"""Drawn at random for each operation that a role may call, beside the boundaries of everything that it takes."""

KNOCKS = 2
"""Drawn for each of the others: whoever isn't admitted is refused before anything is read. What is open is open to all alike, so the
boundaries are tried once, as a visitor."""

KINDS = {role: role for role in ("visitor", "customer", "mechanic", "administrator")} | {"guest": "guest of another session"}
"""A role's name in the tests of the table of permissions."""

REFUSED = ["2xx", "3xx", "401", "403", "404", "409", "413", "429", "503"]
"""What a call of the right shape may be answered: it isn't theirs, isn't there, it is too late for it, or all of it together is too
large."""

WRONG = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "5xx"]
"""As schemathesis has it, and 413: too many long texts are too large before they are too many."""

WORDS = "how much a text may hold, and that it isn't empty, is the rules' to say, in words that a form can show"
KEPT = "e-mail addresses, telephone numbers, time zones and passwords are judged by libraries and lists, not by a pattern"
CATALOG = "there are no other plans, VINs or days than those there are"
SECRET = "a secret of the right shape is still the wrong one"
SIGNED = "only what was signed for is taken"
PART = "only a part of a file that there is can be had"
LEFT = "no more goes back than is left, and nobody is thanked with more than a customer may give"
CURSOR = "only a cursor that an answer gave leads on"
SPAN = "the last day comes after the first, and a year at most after it; so do times of a day"

_REASONS: dict[str, tuple[list[str], str]] = {
    WORDS: (
        ["422"],
        """add_vehicle change_vehicle start_intake send_message write_to_us review_session send_action_plan write_report write_notes
        finish_report replace_weekly_hours decide_about_mechanic force_cancel_session list_development_mails explain_codes end_session""",
    ),
    KEPT: (
        ["422"],
        """sign_up_as_customer sign_up_as_mechanic change_customer_profile change_mechanic_profile forgot_password_as_customer
        forgot_password_as_mechanic resend_verification invite_guest""",
    ),
    CATALOG: (["422"], "go_to_checkout create_checkout_session hold_slot move_booking decode_vin get_statement_csv get_statement_pdf"),
    SECRET: (
        ["410", "422"],
        """change_customer_password change_mechanic_password change_admin_password delete_account reset_password_as_customer
        reset_password_as_mechanic begin_mechanics begin_admins confirm_mechanics confirm_admins renew_mechanics renew_admins
        turn_off_mechanics turn_off_admins join_by_invitation""",
    ),
    SIGNED: (["400", "413", "415", "422"], "stripe_webhook livekit_webhook put_upload sign_upload"),
    PART: (["416"], "download_file"),
    LEFT: (["422"], "refund_session tip_mechanic"),
    SPAN: (["422"], "add_time_off"),
}
LEAVES = {name: statuses for statuses, names in _REASONS.values() for name in names.split()}
"""By operation: how a call of the right shape may be refused there all the same, for the reason that it stands under."""

CONFIG: dict[str, Any] = {
    "continue-on-failure": True,
    "cache": {"enabled": False},
    "warnings": False,
    "auth": {"auto-signup": False},
    "analysis": {"constants": {"enabled": False}},
    "generation": {"deterministic": True, "database": "none", "max-examples": EXAMPLES, "no-shrink": True},
    "phases": {
        "examples": {"enabled": True, "extra-data-sources": {"responses": False}},
        "coverage": {"enabled": True, "extra-data-sources": {"responses": False}},
        "fuzzing": {"enabled": True, "extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
        "stateful": {"enabled": False},
    },
    "checks": {
        "positive_data_acceptance": {"expected-statuses": REFUSED},
        "negative_data_rejection": {"expected-statuses": WRONG},
    },
}


def config(url: str, role: str, document: dict[str, Any], *, follows_links: bool = False) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            name = operation["operationId"]
            if statuses := _may_be_refused(name, operation):
                told[name]["checks"] = {"positive_data_acceptance": {"expected-statuses": [*REFUSED, *statuses]}}
            if not _is_admitted(role, f"{verb.upper()} {path}"):
                told[name]["phases"] = {phase: {"enabled": False} for phase in ("coverage", "examples", "stateful")}
                told[name]["generation"] = {"max-examples": KNOCKS}
    phases, generation = CONFIG["phases"], CONFIG["generation"]
    if follows_links:  # the document's own; a chain of right calls, because what is wrong is tried for itself
        phases = phases | {"stateful": {"enabled": True, "inference": {"algorithms": []}}}
        generation = generation | {"mode": "positive", "allow-x00": False}
    operations = [{"include-operation-id": name, **how} for name, how in told.items()]
    return {**CONFIG, "phases": phases, "generation": generation, "base-url": url, "operations": operations}


def _is_admitted(role: str, route: str) -> bool:
    permission = ROUTES[route]
    if role == "visitor":
        return permission.is_open or permission.leads_to_login
    return not permission.is_open and may(permission, KINDS[role])


def _may_be_refused(name: str, operation: dict[str, Any]) -> list[str]:
    takes = {each["name"] for each in operation.get("parameters", [])}
    more = ["422"] if takes & {"cursor", "from", "to"} else []  # CURSOR, SPAN
    return [*LEAVES.get(name, []), *more]
