"""The administrators' hand on mechanics (R3): approve, suspend, junior or senior."""

from __future__ import annotations

import httpx

from autodoctor.core.ids import new_id
from tests.api.admin_calls import acts, get, page_by_page
from tests.api.identity import log_in, mails_to, new_address, sign_up_mechanic
from tests.api.worlds import accepted, completed, refusal, wrong_fields
from tests.people import Person, a_mechanic, an_admin

LIST = "/api/admin/mechanics"


async def decide(api: httpx.AsyncClient, admin: Person, mechanic_id: object, **body: object) -> httpx.Response:
    return await api.patch(f"{LIST}/{mechanic_id}", json=body, headers=admin.headers)


async def test_mechanics_are_listed_with_what_they_have_done(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await completed()
    await api.post(f"{world.session_path}/review", json={"rating": 4}, headers=world.customer.headers)
    newcomer = (await sign_up_mechanic(api, name="Nova 100% New")).json()["mechanicId"]
    assert set(await page_by_page(api, admin, LIST)) == {newcomer, str(world.mechanic.id)}
    for wanted, found in (
        ({"status": "pending_review"}, newcomer),
        ({"status": "approved"}, str(world.mechanic.id)),
        ({"q": "100%"}, newcomer),
        ({"q": world.mechanic.caller.email.upper()}, str(world.mechanic.id)),
    ):
        assert [each["id"] for each in (await get(api, admin, LIST, **wanted))["items"]] == [found], wanted
    assert (await get(api, admin, LIST, seniority="senior"))["items"] == []
    known, new = await get(api, admin, f"{LIST}/{world.mechanic.id}"), await get(api, admin, f"{LIST}/{newcomer}")
    assert (known["completed"], known["rating"], known["ratingCount"], known["isPayable"]) == (1, 4.0, 1, False)
    assert (new["completed"], new["rating"], new["ratingCount"], new["isConnected"]) == (0, None, 0, False)


async def test_what_can_not_be_looked_for_is_named(database: str, api: httpx.AsyncClient) -> None:
    admin = await an_admin()
    for wanted, field in (
        ({"status": "x"}, "status"),
        ({"seniority": "x"}, "seniority"),
        ({"cursor": "x"}, "cursor"),
        ({"q": "x" * 101}, "q"),
    ):
        assert wrong_fields(await api.get(LIST, params=wanted, headers=admin.headers)) == (422, [field])
    assert refusal(await api.get(f"{LIST}/{new_id()}", headers=admin.headers)) == (404, "not_found")


async def test_a_mechanic_is_approved_once_and_hears_of_it(database: str, api: httpx.AsyncClient) -> None:
    admin, email = await an_admin(), new_address()
    mechanic_id = (await sign_up_mechanic(api, email)).json()["mechanicId"]
    for _ in range(2):
        told = (await decide(api, admin, mechanic_id, status="approved", seniority="senior")).json()
        assert (told["mechanic"]["status"], told["mechanic"]["seniority"]) == ("approved", "senior")
    assert len(await mails_to(email)) == 1
    assert sorted(await acts()) == [
        ("approve_mechanic", "mechanic", mechanic_id, {}),
        ("set_seniority", "mechanic", mechanic_id, {"seniority": "senior"}),
    ]


async def test_a_suspended_mechanic_is_out_and_their_customer_gets_somebody_else(database: str, api: httpx.AsyncClient) -> None:
    admin, world = await an_admin(), await accepted()
    for _ in range(2):
        told = (await decide(api, admin, world.mechanic.id, status="suspended")).json()
        assert told["mechanic"]["status"] == "suspended"
    assert (await api.get("/api/mechanics/me", headers=world.mechanic.headers)).status_code == 401
    assert await world.consultation.statuses() == ("pending", "pending")
    assert [action for action, *_ in await acts()] == ["take_back_request", "suspend_mechanic"]
    assert (await decide(api, admin, world.mechanic.id, status="approved")).json()["mechanic"]["status"] == "approved"


async def test_a_suspended_mechanic_does_not_get_in_again(database: str, api: httpx.AsyncClient) -> None:
    admin, email = await an_admin(), new_address()
    mechanic_id = (await sign_up_mechanic(api, email)).json()["mechanicId"]
    await decide(api, admin, mechanic_id, status="suspended")
    assert refusal(await log_in(api, email, who="mechanics")) == (403, "account_suspended")


async def test_what_can_not_be_decided(database: str, api: httpx.AsyncClient) -> None:
    admin, mechanic = await an_admin(), await a_mechanic()
    for body, field in (({"status": "pending_review"}, "status"), ({"seniority": "master"}, "seniority")):
        assert wrong_fields(await decide(api, admin, mechanic.id, **body)) == (422, [field])
    for body in ({"status": "approved"}, {"status": "suspended"}, {"seniority": "senior"}, {}):
        assert refusal(await decide(api, admin, new_id(), **body)) == (404, "not_found")
    assert (await decide(api, admin, mechanic.id)).json()["mechanic"]["status"] == "approved"
    assert await acts() == []
