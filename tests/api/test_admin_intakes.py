"""The administrators' work with intakes: found, taken home, moved on (section 5)."""

from __future__ import annotations

import uuid
from itertools import product

import httpx
import pytest

from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.ids import new_id
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import INTAKE_TRANSITIONS, IntakeStatus
from tests.api.admin_calls import acts, get, page_by_page, sheet
from tests.api.test_intake import CAR, sent
from tests.api.worlds import refusal, wrong_fields
from tests.conftest import Clock
from tests.files import samples
from tests.people import Person, a_customer, a_session, an_admin, logged_in_again, upload

LIST, QUERY, FILE = "/api/admin/intakes", "/api/admin/intakes/query", "/api/admin/intakes/export"
I = IntakeStatus  # noqa: E741


async def an_intake(status: IntakeStatus = I.new, **told: object) -> uuid.UUID:
    intake = Intake(status=status, plan="chat10", name="Robin Sample", **told)  # type: ignore[arg-type]
    async with unit_of_work() as db:
        db.add(intake)
    return intake.id


async def status_of(intake_id: uuid.UUID) -> IntakeStatus:
    async with reading() as db:
        found = await db.get(Intake, intake_id)
    assert found is not None
    return found.status


async def move(api: httpx.AsyncClient, admin: Person, intake_id: uuid.UUID, to: str) -> httpx.Response:
    return await api.patch(f"{LIST}/{intake_id}/status", json={"status": to}, headers=admin.headers)


async def test_an_intake_is_shown_whole(database: str, api: httpx.AsyncClient) -> None:
    admin, customer = await an_admin(), await a_customer()
    session_id = await a_session(customer)
    path = await upload(api, customer, samples.picture(), name="leak.jpg")
    intake_id = await sent(api, customer, sessionId=str(session_id), files=[path], **CAR)
    told = await get(api, admin, f"{LIST}/{intake_id}")
    assert (told["customerId"], told["sessionId"], told["status"]) == (str(customer.id), str(session_id), "new")
    assert (told["email"], told["vin"], told["concern"]) == ("robin@example.com", CAR["vin"], "A knocking noise")
    (file,) = told["files"]
    assert (file["fileName"], (await api.get(file["url"])).status_code) == ("leak.jpg", 200)
    assert refusal(await api.get(f"{LIST}/{new_id()}", headers=admin.headers)) == (404, "not_found")


async def test_intakes_are_found_by_everything_that_is_asked(database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
    admin = await an_admin()
    first = str(await an_intake(make="Honda", model="Accord", concern="100 % of the time it stalls"))
    fixed_clock.advance(days=1)
    admin = await logged_in_again(admin)
    second = str(await an_intake(I.in_review, vin="1HGCM82633A004352", email="kim_b@example.com"))
    assert await page_by_page(api, admin, LIST) == await page_by_page(api, admin, QUERY) == [second, first]
    for wanted, found in (
        ({"status": "in_review"}, [second]),
        ({"plan": "chat10"}, [second, first]),
        ({"plan": "video15"}, []),
        ({"to": "2026-03-02"}, [first]),
        ({"from": "2026-03-03"}, [second]),
        ({"q": "accord"}, [first]),
        ({"q": " 3a00435 "}, [second]),
        ({"q": "100 %"}, [first]),
        ({"q": "00%"}, []),
        ({"q": "kim_"}, [second]),
        ({"q": "o_d"}, []),
        ({"q": "sample", "status": "new"}, [first]),
    ):
        assert [each["id"] for each in (await get(api, admin, QUERY, **wanted))["items"]] == found, wanted


async def test_what_can_not_be_looked_for_is_named(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    days = {"from": "2026-03-02", "to": "2026-03-01"}
    asked = (({"status": "lost"}, "status"), ({"plan": "x"}, "plan"), (days, "from"), ({"q": "x" * 101}, "q"))
    for path, (wanted, field) in product((QUERY, FILE), asked):
        assert wrong_fields(await api.get(path, params=wanted, headers=admin.headers)) == (422, [field])
    assert wrong_fields(await api.get(LIST, params={"cursor": "x"}, headers=admin.headers)) == (422, ["cursor"])
    assert await acts() == []


async def test_the_file_has_every_line_and_no_formula(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    first, second = await an_intake(concern="=HYPERLINK(1)", plate="-1"), await an_intake(I.resolved)
    lines = await sheet(api, admin, FILE)
    assert {line["intake"] for line in lines} == {str(first), str(second)}
    (line,) = await sheet(api, admin, FILE, status="new")
    assert (line["concern"], line["plate"], line["status"]) == ("'=HYPERLINK(1)", "'-1", "new")
    assert await acts() == [("export", "intakes", "all", {}), ("export", "intakes", "all", {"status": "new"})]


async def test_an_intake_goes_forward_and_each_step_is_written_down(database: str, api: httpx.AsyncClient) -> None:
    admin, intake_id = await an_admin(), await an_intake()
    way = ["pending", "in_review", "in_progress", "awaiting_customer", "in_progress", "resolved"]
    for to in way:
        answer = await move(api, admin, intake_id, to)
        assert (answer.status_code, answer.json()["intake"]["status"]) == (200, to), answer.text
    assert (await move(api, admin, intake_id, "resolved")).status_code == 200
    steps = [(details["before"], details["after"]) for action, _, which, details in await acts() if which == str(intake_id)]
    assert steps == list(zip(["new", *way[:-1]], way, strict=True))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_every_step_that_is_not_in_the_table_is_refused(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    for before, after in product(IntakeStatus, IntakeStatus):
        intake_id = await an_intake(before)
        answer = await move(api, admin, intake_id, after)
        if before is after or after in INTAKE_TRANSITIONS[before]:
            assert (answer.status_code, await status_of(intake_id)) == (200, after)
        else:
            assert refusal(answer) == (409, "invalid_transition")
            assert await status_of(intake_id) is before
    assert refusal(await move(api, admin, new_id(), "resolved")) == (404, "not_found")
    assert wrong_fields(await move(api, admin, new_id(), "lost")) == (422, ["status"])


async def test_many_are_moved_at_once_and_the_others_say_why(database: str, api: httpx.AsyncClient) -> None:
    admin, unknown = await an_admin(), new_id()
    new, working, over = await an_intake(), await an_intake(I.in_progress), await an_intake(I.cancelled)
    body = {"ids": [str(each) for each in (new, working, over, unknown, new)], "status": "in_review"}
    told = (await api.post(f"{LIST}/update-status", json=body, headers=admin.headers)).json()
    assert (told["success"], told["updated"]) == (True, [str(new)])
    assert {each["id"]: (each["code"], each["detail"]) for each in told["refused"]} == {
        str(working): ("invalid_transition", "It is in progress and can't become in review."),
        str(over): ("invalid_transition", "It is cancelled and can't become in review."),
        str(unknown): ("not_found", "We couldn't find this intake."),
    }
    assert [await status_of(each) for each in (new, working, over)] == [I.in_review, I.in_progress, I.cancelled]
    assert len(await acts()) == 1


async def test_many_are_one_to_a_hundred(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    for ids in ([], [str(new_id())] * 101):
        answer = await api.post(f"{LIST}/update-status", json={"ids": ids, "status": "resolved"}, headers=admin.headers)
        assert wrong_fields(answer) == (422, ["ids"])
