"""/api/mechanics/availability."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.people import Person, a_customer, a_mechanic

ADDRESS = "/api/mechanics/availability"
MONDAY = {"dayOfWeek": 1, "startTime": "09:00", "endTime": "12:30"}


async def save(api: httpx.AsyncClient, who: Person, *blocks: dict[str, object], **more: object) -> httpx.Response:
    return await api.post(ADDRESS, json={"blocks": blocks, **more}, headers=who.headers)


async def week(api: httpx.AsyncClient, who: Person) -> dict[str, object]:
    answer = await api.get(ADDRESS, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_week_is_empty_until_it_is_saved(database: str, api: httpx.AsyncClient) -> None:
    assert await week(api, await a_mechanic()) == {"timeZone": "UTC", "blocks": []}


async def test_a_saved_week_replaces_the_one_before(database: str, api: httpx.AsyncClient) -> None:
    mechanic, other = await a_mechanic(), await a_mechanic()
    await save(api, other, MONDAY)
    await save(api, mechanic, {**MONDAY, "dayOfWeek": 5})
    answer = await save(api, mechanic, {**MONDAY, "dayOfWeek": 6, "isAvailable": False}, MONDAY, timeZone="Europe/Berlin")
    saved = {
        "timeZone": "Europe/Berlin",
        "blocks": [
            {"dayOfWeek": 1, "startTime": "09:00:00", "endTime": "12:30:00", "isAvailable": True},
            {"dayOfWeek": 6, "startTime": "09:00:00", "endTime": "12:30:00", "isAvailable": False},
        ],
    }
    assert (answer.status_code, answer.json()) == (200, {"success": True, **saved})
    assert await week(api, mechanic) == saved
    assert len((await week(api, other))["blocks"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("block", "field"),
    [
        ({"startTime": "12:30"}, "blocks"),
        ({"startTime": "12:00", "endTime": "09:00"}, "blocks"),
        ({"dayOfWeek": 7}, "blocks.0.dayOfWeek"),
        ({"endTime": "24:30"}, "blocks.0.endTime"),
        ({"endTime": "13:00Z"}, "blocks.0.endTime"),
    ],
)
async def test_a_faulty_block_is_named(database: str, api: httpx.AsyncClient, block: dict[str, object], field: str) -> None:
    answer = await save(api, await a_mechanic(), {**MONDAY, **block})
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])


async def test_a_refused_week_leaves_the_old_one(database: str, api: httpx.AsyncClient) -> None:
    mechanic = await a_mechanic()
    await save(api, mechanic, MONDAY)
    overlapping = await save(api, mechanic, MONDAY, {**MONDAY, "startTime": "10:00"}, timeZone="Europe/Berlin")
    unknown_zone = await save(api, mechanic, timeZone="Mars/Olympus")
    assert (overlapping.status_code, unknown_zone.status_code) == (422, 422)
    assert unknown_zone.json()["errors"][0]["field"] == "timeZone"
    assert ((await week(api, mechanic))["timeZone"], len((await week(api, mechanic))["blocks"])) == ("UTC", 1)  # type: ignore[arg-type]


async def test_the_same_week_saved_many_times_at_once_stands_once(database: str, api: httpx.AsyncClient) -> None:
    mechanic = await a_mechanic()
    answers = await asyncio.gather(*(save(api, mechanic, MONDAY) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len((await week(api, mechanic))["blocks"]) == 1  # type: ignore[arg-type]


async def test_hours_are_mechanics_own(database: str, api: httpx.AsyncClient) -> None:
    assert (await api.get(ADDRESS)).status_code == 401
    assert (await save(api, await a_customer(), MONDAY)).status_code == 403
