"""POST /api/intake/start."""

from __future__ import annotations

import asyncio
import uuid

import httpx
import pytest

from autodoctor.core import events
from autodoctor.core.db import reading
from autodoctor.intake import queries
from autodoctor.intake.facts import IntakeAttached
from autodoctor.intake.models import Intake
from autodoctor.sessions.models import Session
from autodoctor.sessions.rules import SessionStatus
from autodoctor.vehicles.queries import list_own
from tests.files import samples
from tests.people import Person, a_customer, a_mechanic, a_session, upload

HONDA = "1HGCM82633A004352"
CAR = {"vin": HONDA, "year": "2003", "make": "Honda", "model": "Accord", "odometer": "120 000 km", "plate": "abc 1234"}
MINIMUM = {"plan": "chat10", "name": "Robin Sample", "email": "Robin@Example.com", "concern": "A knocking noise"}


async def send(api: httpx.AsyncClient, who: Person, **changes: object) -> httpx.Response:
    return await api.post("/api/intake/start", json={**MINIMUM, **changes}, headers=who.headers)


async def sent(api: httpx.AsyncClient, who: Person, **changes: object) -> uuid.UUID:
    answer = await send(api, who, **changes)
    assert (answer.status_code, answer.json()["success"]) == (201, True), answer.text
    return uuid.UUID(answer.json()["intakeId"])


def wrong_fields(answer: httpx.Response) -> set[str]:
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    return {each["field"] for each in answer.json()["errors"]}


async def row(intake_id: uuid.UUID) -> Intake:
    async with reading() as db:
        found = await db.get(Intake, intake_id)
    assert found is not None
    return found


async def test_an_intake_of_a_session_is_linked_and_told(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    session_id = await a_session(customer)
    facts: list[object] = []

    async def hear(fact: object) -> None:
        facts.append(fact)

    events.listen(hear)
    try:
        path = await upload(api, customer, samples.picture(), name="leak.jpg")
        intake_id = await sent(api, customer, sessionId=str(session_id), files=[path], phone="+1 202 555 0143", **CAR)
    finally:
        events.unlisten(hear)
    assert IntakeAttached(intake_id=intake_id, session_id=session_id) in facts
    async with reading() as db:
        session = await db.get(Session, session_id)
        view = await queries.view(db, intake_id)
        links = await queries.files_of(db, [intake_id, uuid.uuid4()])
    assert session is not None
    assert (session.intake_id, session.vehicle_info["make"]) == (intake_id, "Honda")
    assert (view.email, view.phone, view.vin, view.plate) == ("robin@example.com", "+12025550143", HONDA, "ABC 1234")
    assert [each.name for each in view.files] == ["leak.jpg"]
    assert {key: [each.path for each in value] for key, value in links.items()} == {intake_id: [path]}


async def test_the_empty_fields_of_a_form_count_as_left_out(database: str, api: httpx.AsyncClient) -> None:
    empty = dict.fromkeys(("sessionId", "phone", "city", "vin", "year", "make", "model", "odometer", "plate", "details"), "")
    intake = await row(await sent(api, await a_customer(), **empty))
    assert (intake.vin, intake.year, intake.phone, intake.details) == (None, None, None, None)


async def test_every_wrong_field_is_named_at_once(database: str, api: httpx.AsyncClient) -> None:
    wrong = {
        "plan": "gold",
        "name": " ",
        "email": "nowhere",
        "phone": "12",
        "vin": "1HGCM82643A004352",
        "year": "1899",
        "odometer": "lots",
        "plate": "<b>",
        "concern": " x ",
        "make": "M" * 61,
    }
    assert wrong_fields(await send(api, await a_customer(), **wrong)) == set(wrong)


@pytest.mark.parametrize("vin", ["1HGCM82633A00435", "1HGCM8263OA004352", "1HGCM82643A004352"], ids=["short", "letter O", "check digit"])
async def test_a_wrong_vin_is_named(database: str, api: httpx.AsyncClient, vin: str) -> None:
    assert wrong_fields(await send(api, await a_customer(), vin=vin)) == {"vin"}


async def test_a_concern_has_3_to_2000_characters(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    assert wrong_fields(await send(api, customer, concern="x" * 2001)) == {"concern"}
    assert (await send(api, customer, concern="x" * 2000)).status_code == 201
    assert (await send(api, customer, concern="ABS")).status_code == 201


async def test_a_second_submit_for_the_same_session_updates_the_same_intake(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    session_id = str(await a_session(customer))
    first_file, second_file = await upload(api, customer, samples.picture()), await upload(api, customer, samples.picture())
    first = await sent(api, customer, sessionId=session_id, files=[first_file], **CAR)
    second = await sent(api, customer, sessionId=session_id, files=[second_file], concern="It is a leak after all", **CAR)
    assert first == second
    async with reading() as db:
        view = await queries.view(db, first)
        vehicles = await list_own(db, customer.id)
    assert (view.concern, [each.path for each in view.files]) == ("It is a leak after all", [second_file])
    assert [(each.vin, each.is_primary) for each in vehicles] == [(HONDA, True)]


async def test_a_double_click_makes_one_intake_and_one_vehicle(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    for target in ({"sessionId": str(await a_session(customer))}, {}):
        ids = await asyncio.gather(*(sent(api, customer, **target, **CAR) for _ in range(4)))
        assert len(set(ids)) == 1
    async with reading() as db:
        assert len(await list_own(db, customer.id)) == 1


async def test_an_intake_before_paying_waits_for_the_next_checkout(database: str, api: httpx.AsyncClient) -> None:
    customer, stranger = await a_customer(), await a_customer()
    intake_id = await sent(api, customer)
    async with reading() as db:
        waiting = await queries.latest_unlinked(db, customer.id)
        assert waiting is not None
        assert (waiting.id, await queries.latest_unlinked(db, stranger.id)) == (intake_id, None)
    linked = await sent(api, customer, sessionId=str(await a_session(customer)))
    assert linked != intake_id


async def test_somebody_elses_session_is_not_found(database: str, api: httpx.AsyncClient) -> None:
    session_id = await a_session(await a_customer())
    answer = await send(api, await a_customer(), sessionId=str(session_id))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_session_that_is_over_takes_no_intake(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    session_id = await a_session(customer, await a_mechanic(), SessionStatus.completed)
    answer = await send(api, customer, sessionId=str(session_id))
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")


async def test_only_ones_own_stored_and_unused_files_can_be_sent(database: str, api: httpx.AsyncClient) -> None:
    customer, stranger = await a_customer(), await a_customer()
    foreign = await upload(api, stranger, samples.picture())
    used = await upload(api, customer, samples.picture())
    await sent(api, customer, sessionId=str(await a_session(customer)), files=[used])
    unsent = {"fileName": "a.jpg", "fileSize": 10, "fileType": "image/jpeg"}
    signed_only = (await api.post("/api/uploads/sign", json=unsent, headers=customer.headers)).json()["filePath"]
    for path in (foreign, used, signed_only, "../../etc/passwd"):
        assert wrong_fields(await send(api, customer, files=[path])) == {"files"}
    async with reading() as db:
        assert await queries.latest_unlinked(db, customer.id) is None


async def test_an_intake_takes_10_files_and_no_eleventh(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    paths = [await upload(api, customer, b"P0420\n", name="scan.txt", kind="text/plain") for _ in range(11)]
    assert wrong_fields(await send(api, customer, files=paths)) == {"files"}
    intake_id = await sent(api, customer, files=paths[:10])
    body = {"fileName": "a.jpg", "fileSize": 10, "fileType": "image/jpeg", "intakeId": str(intake_id)}
    answer = await api.post("/api/uploads/sign", json=body, headers=customer.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_files")


async def test_a_file_can_be_added_to_an_intake_by_its_owner_only(database: str, api: httpx.AsyncClient) -> None:
    customer, stranger = await a_customer(), await a_customer()
    intake_id = await sent(api, customer)
    path = await upload(api, customer, samples.picture(), intakeId=str(intake_id))
    async with reading() as db:
        assert [each.path for each in (await queries.files_of(db, [intake_id]))[intake_id]] == [path]
    body = {"fileName": "a.jpg", "fileSize": 10, "fileType": "image/jpeg", "intakeId": str(intake_id)}
    answer = await api.post("/api/uploads/sign", json=body, headers=stranger.headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_mechanic_sends_no_intake(database: str, api: httpx.AsyncClient) -> None:
    answer = await send(api, await a_mechanic())
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_files_signed_for_the_session_may_go_with_its_intake(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    session_id = str(await a_session(customer))
    path = await upload(api, customer, samples.picture(), sessionId=session_id)
    intake_id = await sent(api, customer, sessionId=session_id, files=[path])
    async with reading() as db:
        files = (await queries.files_of(db, [intake_id]))[intake_id]
    assert [each.path for each in files] == [path]
