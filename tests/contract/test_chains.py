"""Along the links of the document, several calls one after the other: each answer is foreseen, and what was made is there (issue 7)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, Response
from schemathesis.generation.stateful.state_machine import APIStateMachine, StepInput, StepOutput

from tests.contract import rules
from tests.contract.company import Company
from tests.contract.judging import log_in
from tests.contract.running import Running
from tests.contract.scenes import STAGES

pytestmark = pytest.mark.usefixtures("the_same_examples")

CHAINS = 8
STEPS = 12
HOW = settings(
    max_examples=CHAINS,
    stateful_step_count=STEPS,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("role", "least"), [("visitor", 0), ("customer", 11), ("mechanic", 11), ("administrator", 11)])
def test_what_one_answer_leads_to_is_foreseen(running: Running, role: str, least: int) -> None:
    """A visitor's calls come one after the other too, though none is granted that leads on; a guest may call none that leads anywhere."""
    company = Company(running, role)
    followed: set[str] = set()
    for stage in STAGES:
        chains(running.app.openapi(), company, stage, followed).run(settings=HOW)
    calls = sum(answers.total() for answers in company.answers.values())
    print(f"\n{role}: {calls} calls of {len(company.answers)} operations, {len(followed)} links followed")
    assert calls > 100
    assert len(followed) >= least


def chains(document: dict[str, Any], company: Company, stage: str, followed: set[str]) -> type[APIStateMachine]:
    config = schemathesis.Config.from_dict(rules.config(company.running.url, company.role, document, follows_links=True))
    schema = schemathesis.openapi.from_dict(document, config=config)
    log_in(schema, company)

    class Chain(schema.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            company.enter(stage)

        def step(self, input: StepInput) -> StepOutput:  # noqa: A002 - schemathesis' own name
            self.given = input.applied_parameters
            if input.transition and input.is_applied:
                followed.add(input.transition.id)
            return super().step(input)

        def before_call(self, case: Case) -> None:
            company.aim(case, given=self.given)

        def after_call(self, response: Response, case: Case) -> None:
            super().after_call(response, case)
            company.note(case, response)

    return Chain
