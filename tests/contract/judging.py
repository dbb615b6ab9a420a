"""One run of schemathesis as somebody of a role: what is wrong, of which operation."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response, engine
from schemathesis.engine import Status, events
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER
from schemathesis.schemas import BaseSchema

from tests.contract import rules
from tests.contract.company import Company
from tests.contract.running import Running

SIGNED_BY_ANOTHER = {"livekit_webhook"}
"""Its `Authorization` is LiveKit's signature and no login."""


def require_that_every_answer_is_foreseen(running: Running, role: str) -> None:
    """Prints how much was asked. Fails for what is wrong, and for an operation that was never called."""
    company = Company(running, role)
    document = running.app.openapi()
    wrong = judged(document, company)
    declared = {f"{verb.upper()} {path}" for path, verbs in document["paths"].items() for verb in verbs}
    called = {label for label, answers in company.answers.items() if answers}
    succeeded = {label for label, answers in company.answers.items() if any(status < 400 for status in answers)}
    calls = sum(answers.total() for answers in company.answers.values())
    print(f"\n{role}: {len(called & declared)} of {len(declared)} operations, {len(succeeded)} with success, {calls} calls")
    assert declared - called == set(), "never called"
    assert not wrong, "\n\n".join(f"{what}\n{example}" for what, example in sorted(wrong.items()))


def judged(document: dict[str, Any], company: Company) -> dict[str, str]:
    """What is wrong, by operation and kind, each with one example of it."""
    config = schemathesis.Config.from_dict(rules.config(company.running.url, company.role, document))
    schema = schemathesis.openapi.from_dict(document, config=config)
    log_in(schema, company)

    def before_call(_context: HookContext, case: Case, _kwargs: dict[str, Any]) -> None:
        company.prepare(case)

    def after_call(_context: HookContext, case: Case, response: Response) -> None:
        company.note(case, response)

    for hook in (before_call, after_call):
        GLOBAL_HOOK_DISPATCHER.register_hook_with_name(hook, hook.__name__)
    try:
        return _failures(schema)
    finally:
        for hook in (before_call, after_call):
            GLOBAL_HOOK_DISPATCHER.unregister(hook)


def log_in(schema: BaseSchema, company: Company) -> None:
    if company.role != "visitor":
        schema.auth.set_from_requests(company).skip_for(operation_id=list(SIGNED_BY_ANOTHER))


def _failures(schema: BaseSchema) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for event in engine.from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            found[f"{event.label}: it couldn't be asked"].append(str(event.info))
        if isinstance(event, events.ScenarioFinished):
            for check in (each for checks in event.recorder.checks.values() for each in checks):
                failure = check.failure_info
                if check.status is Status.FAILURE and failure and not _is_about_nothing(check.name, failure.code_sample):
                    found[f"{event.label}: {check.name}"].append(f"{failure.failure.message}\n{failure.code_sample}")
    return {what: f"({len(examples)} times) {examples[0]}" for what, examples in found.items()}


def _is_about_nothing(check: str, call: str) -> bool:
    """NUL is a character in JSON and in no database: it is refused everywhere, and no schema says so in each field."""
    return check == "positive_data_acceptance" and any(each in call for each in ("\\u0000", "%00", "\\x00"))
