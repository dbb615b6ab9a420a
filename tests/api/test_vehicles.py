"""/api/customer/vehicles."""

from __future__ import annotations

import asyncio
import uuid

import httpx
import sqlalchemy as sa

from autodoctor.core.db import unit_of_work
from autodoctor.vehicles.description import Description
from autodoctor.vehicles.models import Vehicle
from autodoctor.vehicles.service import remember
from tests.people import Person, a_customer

ADDRESS = "/api/customer/vehicles"
ACCORD = {"make": "Honda", "model": "Accord", "year": "2003"}


async def add(api: httpx.AsyncClient, who: Person, **fields: object) -> dict[str, object]:
    answer = await api.post(ADDRESS, json={**ACCORD, **fields}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["vehicle"]


async def listed(api: httpx.AsyncClient, who: Person) -> list[dict[str, object]]:
    return (await api.get(ADDRESS, headers=who.headers)).json()["items"]


async def test_the_first_vehicle_is_the_primary_one_until_another_is_chosen(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    first, second = await add(api, customer), await add(api, customer, model="Civic", year=2010)
    assert (first["isPrimary"], second["isPrimary"], second["year"]) == (True, False, "2010")
    answer = await api.patch(f"{ADDRESS}/{second['id']}", json={"isPrimary": True}, headers=customer.headers)
    assert answer.json()["vehicle"]["isPrimary"] is True
    assert [(each["model"], each["isPrimary"]) for each in await listed(api, customer)] == [("Civic", True), ("Accord", False)]


async def test_what_is_sent_changes_and_the_rest_stays(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    vehicle = await add(api, customer, color="red", plate="abc 1")
    answer = await api.patch(f"{ADDRESS}/{vehicle['id']}", json={"color": None, "mileage": 98000}, headers=customer.headers)
    changed = answer.json()["vehicle"]
    assert (changed["color"], changed["mileage"], changed["plate"], changed["make"]) == (None, "98000", "ABC 1", "Honda")


async def test_wrong_fields_are_named(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    wrong = {"make": " ", "year": "03", "vin": "1HGCM82643A004352", "plate": "?", "mileage": "lots"}
    answer = await api.post(ADDRESS, json={**ACCORD, **wrong}, headers=customer.headers)
    assert (answer.status_code, {each["field"] for each in answer.json()["errors"]}) == (422, set(wrong))


async def test_when_the_primary_vehicle_goes_another_takes_its_place(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    first = await add(api, customer)
    await add(api, customer, model="Civic")
    assert (await api.delete(f"{ADDRESS}/{first['id']}", headers=customer.headers)).json() == {"success": True}
    assert [(each["model"], each["isPrimary"]) for each in await listed(api, customer)] == [("Civic", True)]


async def test_a_strangers_vehicle_is_not_found(database: str, api: httpx.AsyncClient) -> None:
    customer, stranger = await a_customer(), await a_customer()
    vehicle = await add(api, customer)
    for address in (f"{ADDRESS}/{vehicle['id']}", f"{ADDRESS}/{uuid.uuid4()}"):
        assert (await api.patch(address, json={"color": "blue"}, headers=stranger.headers)).status_code == 404
        assert (await api.delete(address, headers=stranger.headers)).status_code == 404
    assert len(await listed(api, customer)) == 1


async def test_many_first_vehicles_at_once_leave_one_primary(database: str, api: httpx.AsyncClient) -> None:
    customer = await a_customer()
    await asyncio.gather(*(add(api, customer, nickname=f"no. {number}", isPrimary=True) for number in range(4)))
    assert [each["isPrimary"] for each in await listed(api, customer)] == [True, False, False, False]


async def test_an_intakes_vehicle_is_remembered_once_and_learned_about(database: str) -> None:
    customer = await a_customer()
    told = (
        Description(make="Honda", model="Accord", year="2003"),
        Description(make="HONDA", model="accord", year="2003", vin="1HGCM82633A004352"),
        Description(make="Honda", model="Accord EX", year="2003", vin="1hgcm82633a004352", mileage="98000"),
        Description(make="Ford", model="F-150", year="2013"),
    )
    for each in told:
        async with unit_of_work() as db:
            await remember(db, customer.id, each)
    async with unit_of_work() as db:
        known = (await db.scalars(sa.select(Vehicle).order_by(Vehicle.make))).all()
    assert [(each.make, each.model, each.vin, each.mileage, each.is_primary) for each in known] == [
        ("Ford", "F-150", None, None, False),
        ("Honda", "Accord EX", "1HGCM82633A004352", "98000", True),
    ]
