"""The action plan and the report over HTTP (M6)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.plans.catalog import PlanCode
from tests import worlds
from tests.api.worlds import World, live, paid, refusal, wrong_fields
from tests.people import a_customer, a_mechanic

ITEMS = [{"text": "Check the oil level", "urgency": "now"}, {"text": "Have the gasket replaced", "urgency": "soon"}]
REPORT = {
    "findings": [{"system": "Brakes", "finding": "Pads are gone", "priority": "now", "partsCents": 8500, "labourCents": 12000}],
    "summary": "Safe once the brakes are done.",
    "nextSteps": ["Replace the pads"],
}


async def diagnostic() -> World:
    """A Full Diagnostic with both in the room."""
    consultation, mechanic = await worlds.live(PlanCode.diagnostic)
    return World(consultation.customer, mechanic, consultation.session_id, consultation.request_id)


async def test_a_plan_is_sent_read_and_replaced(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    path = f"{world.session_path}/action-plan"
    assert (await api.get(path, headers=world.customer.headers)).json() == {"items": [], "number": 0, "sentAt": None, "mechanicName": None}
    sent = await api.post(path, json={"items": ITEMS}, headers=world.mechanic.headers)
    assert (sent.status_code, sent.json()["success"], sent.json()["actionPlan"]["items"]) == (201, True, ITEMS)
    await api.post(path, json={"items": ITEMS[:1]}, headers=world.mechanic.headers)
    for person in (world.customer, world.mechanic):
        holds = (await api.get(path, headers=person.headers)).json()
        assert (holds["items"], holds["number"], holds["mechanicName"]) == (ITEMS[:1], 2, "Sam Wrench")


async def test_a_report_is_kept_read_and_finished(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    path = f"{world.session_path}/report"
    assert (await api.get(path, headers=world.customer.headers)).json()["updatedAt"] is None
    kept = await api.put(path, json=REPORT, headers=world.mechanic.headers)
    assert (kept.status_code, kept.json()["success"]) == (200, True)
    for person in (world.customer, world.mechanic):
        read = (await api.get(path, headers=person.headers)).json()
        assert {name: read[name] for name in REPORT} == REPORT
        assert read["finishedAt"] is None
    done = await api.post(f"{path}/finish", headers=world.mechanic.headers)
    assert (done.status_code, done.json()["report"]["findings"]) == (200, REPORT["findings"])
    assert done.json()["report"]["finishedAt"]
    assert refusal(await api.put(path, json=REPORT, headers=world.mechanic.headers)) == (409, "invalid_transition")


async def test_strangers_find_nothing_and_nobody_gets_in_without_a_login(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    calls = [("GET", "action-plan", None), ("POST", "action-plan", {"items": ITEMS}), ("GET", "report", None), ("PUT", "report", REPORT)]
    for method, name, body in [*calls, ("POST", "report/finish", None)]:
        path = f"{world.session_path}/{name}"
        for stranger in (await a_customer(), await a_mechanic()):
            assert refusal(await api.request(method, path, json=body, headers=stranger.headers)) == (404, "not_found")
        assert refusal(await api.request(method, path, json=body)) == (401, "unauthenticated")


async def test_the_customer_reads_and_the_mechanic_writes(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    for method, name, body in (("POST", "action-plan", {"items": ITEMS}), ("PUT", "report", REPORT), ("POST", "report/finish", None)):
        answer = await api.request(method, f"{world.session_path}/{name}", json=body, headers=world.customer.headers)
        assert refusal(answer) == (403, "forbidden")


async def test_other_plans_have_no_report(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    path = f"{world.session_path}/report"
    assert refusal(await api.get(path, headers=world.customer.headers)) == (404, "not_found")
    assert refusal(await api.put(path, json=REPORT, headers=world.mechanic.headers)) == (403, "forbidden")


async def test_nothing_is_written_before_there_is_a_session_to_write_about(database: str, api: httpx.AsyncClient) -> None:
    world = await paid()
    await worlds.accept(world.mechanic, world.consultation)
    answer = await api.post(f"{world.session_path}/action-plan", json={"items": ITEMS}, headers=world.mechanic.headers)
    assert refusal(answer) == (409, "invalid_transition")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_wrong_fields_are_named(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    plan, report = f"{world.session_path}/action-plan", f"{world.session_path}/report"

    async def wrong_plan(items: object) -> tuple[int, list[str]]:
        return wrong_fields(await api.post(plan, json={"items": items}, headers=world.mechanic.headers))

    assert await wrong_plan([]) == (422, ["items"])
    assert await wrong_plan([{"text": " ", "urgency": "now"}]) == (422, ["items.0.text"])
    assert await wrong_plan([{"text": "x", "urgency": "yesterday"}]) == (422, ["items.0.urgency"])
    finding = {**REPORT["findings"][0], "partsCents": -1}
    answer = await api.put(report, json={**REPORT, "findings": [finding]}, headers=world.mechanic.headers)
    assert wrong_fields(answer) == (422, ["findings.0.partsCents"])
    answer = await api.put(report, json={**REPORT, "summary": "x" * 4001}, headers=world.mechanic.headers)
    assert wrong_fields(answer) == (422, ["summary"])
