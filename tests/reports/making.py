"""Plans and reports as mechanics write them."""

from __future__ import annotations

from autodoctor.core.db import reading, unit_of_work
from autodoctor.notifications.queries import sent_mails
from autodoctor.reports import service
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.reports.rules import Finding, Priority, Step, Urgency
from autodoctor.sessions import service as sessions
from tests.people import Person
from tests.worlds import Consultation

STEPS = (Step("Don't drive until the brake hose is replaced", Urgency.now), Step("Have the battery tested", Urgency.soon))
FINDINGS = (
    Finding("Brakes", "Front pads worn to metal", Priority.now, 8_500, 12_000),
    Finding("Battery", "Weak after a cold night", Priority.watch, 14_000, 2_000),
)


async def plan(mechanic: Person, consultation: Consultation, *steps: Step) -> PlanView:
    async with unit_of_work() as db:
        return await service.send_plan(db, mechanic.caller, consultation.session_id, steps or STEPS)


async def report(
    mechanic: Person,
    consultation: Consultation,
    *findings: Finding,
    summary: str = "Safe after the brakes.",
    next_steps: tuple[str, ...] = ("Replace the pads", "Test the battery"),
) -> ReportView:
    async with unit_of_work() as db:
        return await service.write_report(
            db, mechanic.caller, consultation.session_id, findings=findings or FINDINGS, summary=summary, next_steps=next_steps
        )


async def finish(mechanic: Person, consultation: Consultation) -> ReportView:
    async with unit_of_work() as db:
        return await service.finish_report(db, mechanic.caller, consultation.session_id)


async def end(mechanic: Person, consultation: Consultation) -> None:
    async with unit_of_work() as db:
        await sessions.end(db, mechanic.caller, consultation.session_id)


async def subjects(person: Person) -> list[str]:
    """What was written to somebody, newest first."""
    async with reading() as db:
        return [mail.subject for mail in await sent_mails(db, person.caller.email)]
