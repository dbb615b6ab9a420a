"""/api/sessions and what hangs on it, except files and chat."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Any

import httpx
import pytest

from autodoctor.sessions.rules import SessionStatus
from tests.api.worlds import World, accepted, browser_of, completed, live, paid, refusal, wrong_fields
from tests.conftest import Clock
from tests.people import Person, a_customer, a_mechanic

UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


async def get(api: httpx.AsyncClient, who: Person, path: str, **query: Any) -> httpx.Response:
    return await api.get(path, params=query, headers=who.headers)


async def post(api: httpx.AsyncClient, who: Person, path: str, body: Any = None) -> httpx.Response:
    return await api.post(path, json=body or {}, headers=who.headers)


def cursor(text: str) -> str:
    """A cursor that says this, as one could be forged."""
    return base64.urlsafe_b64encode(text.encode()).decode()


class TestReading:
    async def test_both_sides_see_the_session(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await live()
        fixed_clock.advance(minutes=10)
        seen = [(await get(api, who, world.session_path)).json() for who in (world.customer, world.mechanic)]
        assert seen[0] == seen[1]
        session = seen[0]
        expected = {
            "id": str(world.session_id),
            "plan": "chat10",
            "type": "chat",
            "status": "live",
            "customerId": str(world.customer.id),
            "customerName": "Robin Sample",
            "mechanicId": str(world.mechanic.id),
            "mechanicName": "Sam Wrench",
            "remainingSeconds": 1200,
            "startedAt": "2026-03-02T09:00:00Z",
            "endsAt": "2026-03-02T09:30:00Z",
            "endedAt": None,
            "priceCents": 999,
            "currency": "usd",
            "rating": None,
        }
        assert {name: session[name] for name in expected} == expected

    async def test_names_are_camel_case_and_times_are_utc(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        session = (await get(api, world.customer, world.session_path)).json()
        assert all(re.fullmatch(r"[a-z][a-zA-Z]*", name) for name in session)
        times = {name: value for name, value in session.items() if name.endswith("At") and value}
        assert set(times) == {"createdAt", "startedAt", "endsAt", "endedAt"}
        assert all(UTC_TIME.fullmatch(value) for value in times.values())

    async def test_a_strangers_session_is_not_found(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for stranger in (await a_customer(), await a_mechanic()):
            assert refusal(await get(api, stranger, world.session_path)) == (404, "not_found")
            assert refusal(await get(api, stranger, f"{world.session_path}/intake")) == (404, "not_found")
        assert refusal(await get(api, world.customer, f"/api/sessions/{uuid.uuid4()}")) == (404, "not_found")

    async def test_a_mechanic_who_has_not_accepted_is_a_stranger(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        assert refusal(await get(api, world.mechanic, world.session_path)) == (404, "not_found")

    async def test_an_id_that_is_none_is_named(self, database: str, api: httpx.AsyncClient) -> None:
        assert wrong_fields(await get(api, await a_customer(), "/api/sessions/42")) == (422, ["session_id"])

    async def test_own_sessions_come_newest_first_and_in_pages(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        customer, mechanic = await a_customer(), await a_mechanic()
        worlds: list[World] = []
        for _ in range(3):
            worlds.append(await completed(customer, mechanic))
            fixed_clock.advance(hours=1)
        await completed(await a_customer(), mechanic)
        newest_first = [str(each.session_id) for each in reversed(worlds)]
        for path in ("/api/sessions", "/api/customer/bookings"):
            first = (await get(api, customer, path, limit=2)).json()
            rest = (await get(api, customer, path, limit=2, cursor=first["nextCursor"])).json()
            assert [each["id"] for each in first["items"] + rest["items"]] == newest_first
            assert (len(first["items"]), rest["nextCursor"]) == (2, None)
        assert len((await get(api, mechanic, "/api/sessions")).json()["items"]) == 4

    async def test_a_mechanics_list_has_the_session_under_way(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        (session,) = (await get(api, world.mechanic, "/api/sessions")).json()["items"]
        assert (session["id"], session["status"]) == (str(world.session_id), "waiting")

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"limit": 0}, "limit"),
            ({"limit": 101}, "limit"),
            ({"cursor": "nonsense"}, "cursor"),
            ({"cursor": "é"}, "cursor"),
            ({"cursor": cursor("0001-01-01T00:00:00+14:00|00000000-0000-4000-8000-000000000000")}, "cursor"),
            ({"cursor": cursor("2026-03-02T09:00:00+00:00|42")}, "cursor"),
        ],
    )
    async def test_a_wrong_page_is_named(self, database: str, api: httpx.AsyncClient, query: dict[str, Any], field: str) -> None:
        customer = await a_customer()
        for path in ("/api/sessions", "/api/customer/bookings"):
            assert wrong_fields(await get(api, customer, path, **query)) == (422, [field])

    async def test_a_checkout_leads_to_its_session(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        path, checkout = "/api/sessions/resolve-by-stripe", (await world.consultation.session()).stripe_session_id
        assert (await get(api, world.customer, path, session_id=checkout)).json()["id"] == str(world.session_id)
        assert refusal(await get(api, await a_customer(), path, session_id=checkout)) == (404, "not_found")
        assert refusal(await get(api, world.customer, path, session_id="cs_unknown")) == (404, "not_found")
        assert wrong_fields(await get(api, world.customer, path)) == (422, ["session_id"])

    async def test_the_description_is_there_once_it_is_sent(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        assert refusal(await get(api, world.mechanic, f"{world.session_path}/intake")) == (404, "not_found")
        told = {"plan": "chat10", "sessionId": str(world.session_id), "name": "Robin", "email": "r@example.com", "phone": "+12025550143"}
        told |= {"make": "Honda", "model": "Accord", "year": "2003", "concern": "It knocks when cold"}
        assert (await post(api, world.customer, "/api/intake/start", told)).status_code == 201
        intake = (await get(api, world.mechanic, f"{world.session_path}/intake")).json()
        assert (intake["concern"], intake["model"], intake["phone"]) == ("It knocks when cold", "Accord", "+12025550143")


class TestStarting:
    async def test_it_is_live_as_soon_as_both_are_in_the_room(self, database: str, api: httpx.AsyncClient) -> None:
        world = await accepted()
        first = (await post(api, world.mechanic, f"{world.session_path}/start")).json()
        second = (await post(api, world.customer, "/api/session/start", {"sessionId": str(world.session_id)})).json()
        assert (first["success"], first["session"]["status"], first["session"]["remainingSeconds"]) == (True, "waiting", None)
        assert second["session"]["status"] == "live"
        assert 1795 <= second["session"]["remainingSeconds"] <= 1800

    async def test_nobody_starts_what_no_mechanic_has_accepted(self, database: str, api: httpx.AsyncClient) -> None:
        world = await paid()
        assert refusal(await post(api, world.customer, f"{world.session_path}/start")) == (409, "invalid_transition")

    async def test_nobody_starts_what_is_over(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        for who in (world.customer, world.mechanic):
            assert refusal(await post(api, who, f"{world.session_path}/start")) == (409, "invalid_transition")

    async def test_a_stranger_starts_nothing(self, database: str, api: httpx.AsyncClient) -> None:
        world, stranger = await accepted(), await a_customer()
        assert refusal(await post(api, stranger, f"{world.session_path}/start")) == (404, "not_found")
        assert refusal(await post(api, stranger, "/api/session/start", {"sessionId": str(world.session_id)})) == (404, "not_found")
        assert wrong_fields(await post(api, stranger, "/api/session/start")) == (422, ["sessionId"])


class TestEnding:
    async def test_the_mechanic_ends_it_with_the_last_notes(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await live()
        fixed_clock.advance(minutes=12, seconds=1)
        answer = (await post(api, world.mechanic, f"{world.session_path}/end", {"sessionNotes": "Piston slap."})).json()
        session = answer["session"]
        assert (answer["success"], session["status"], session["durationMinutes"]) == (True, "completed", 13)
        assert (session["endedAt"], session["sessionNotes"]) == ("2026-03-02T09:12:01Z", "Piston slap.")

    async def test_the_customer_ends_and_rates_it_at_once(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        session = (await post(api, world.customer, f"{world.session_path}/end", {"rating": 4})).json()["session"]
        assert (session["status"], session["rating"]) == ("completed", 4)

    async def test_no_body_is_needed(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        answer = await api.post(f"{world.session_path}/end", headers=world.customer.headers)
        assert answer.json()["session"]["status"] == "completed"

    async def test_a_rating_by_the_mechanic_ends_nothing(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await post(api, world.mechanic, f"{world.session_path}/end", {"rating": 5})) == (403, "forbidden")
        assert (await world.consultation.session()).status is SessionStatus.live

    async def test_it_ends_once(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        assert refusal(await post(api, world.customer, f"{world.session_path}/end")) == (409, "invalid_transition")

    async def test_a_stranger_ends_nothing(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await post(api, await a_mechanic(), f"{world.session_path}/end")) == (404, "not_found")
        assert (await world.consultation.session()).status is SessionStatus.live

    @pytest.mark.parametrize(("body", "field"), [({"rating": 6}, "rating"), ({"sessionNotes": "x" * 10_001}, "sessionNotes")])
    async def test_wrong_fields_are_named(self, database: str, api: httpx.AsyncClient, body: Any, field: str) -> None:
        world = await live()
        assert wrong_fields(await post(api, world.customer, f"{world.session_path}/end", body)) == (422, [field])


class TestReviewing:
    async def test_a_customer_rates_once(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        path = f"{world.session_path}/review"
        session = (await post(api, world.customer, path, {"rating": 5, "review": "Calm and clear."})).json()["session"]
        assert (session["rating"], session["review"], session["reviewedAt"] is not None) == (5, "Calm and clear.", True)
        assert refusal(await post(api, world.customer, path, {"rating": 1})) == (409, "already_reviewed")
        assert (await world.consultation.session()).rating == 5

    async def test_only_a_completed_session_is_rated(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await post(api, world.customer, f"{world.session_path}/review", {"rating": 5})) == (409, "invalid_transition")

    async def test_a_mechanic_rates_nothing(self, database: str, api: httpx.AsyncClient) -> None:
        world = await completed()
        assert refusal(await post(api, world.mechanic, f"{world.session_path}/review", {"rating": 5})) == (403, "forbidden")
        assert refusal(await post(api, await a_customer(), f"{world.session_path}/review", {"rating": 5})) == (404, "not_found")

    @pytest.mark.parametrize(
        ("body", "field"), [({}, "rating"), ({"rating": 0}, "rating"), ({"rating": 5, "review": "x" * 2001}, "review")]
    )
    async def test_wrong_fields_are_named(self, database: str, api: httpx.AsyncClient, body: Any, field: str) -> None:
        world = await completed()
        assert wrong_fields(await post(api, world.customer, f"{world.session_path}/review", body)) == (422, [field])


class TestNotes:
    async def keep(self, api: httpx.AsyncClient, who: Person, world: World, text: str) -> httpx.Response:
        return await api.patch(f"{world.session_path}/notes", json={"sessionNotes": text}, headers=who.headers)

    async def test_the_mechanic_writes_them(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        await self.keep(api, world.mechanic, world, "Knocks.")
        answer = await self.keep(api, world.mechanic, world, "Knocks when cold.")
        assert answer.json()["session"]["sessionNotes"] == "Knocks when cold."

    async def test_nobody_else_does(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        assert refusal(await self.keep(api, world.customer, world, "mine")) == (403, "forbidden")
        assert refusal(await self.keep(api, await a_mechanic(), world, "mine")) == (404, "not_found")
        assert wrong_fields(await self.keep(api, world.mechanic, world, "x" * 10_001)) == (422, ["sessionNotes"])


class TestBrowsers:
    async def test_a_browser_with_two_logins_acts_as_the_one_who_takes_part(self, database: str, api: httpx.AsyncClient) -> None:
        customer, mechanic = await a_customer(), await a_mechanic()
        bought, helped = await live(customer=customer), await live(mechanic=mechanic)
        browser = browser_of(customer, mechanic)
        for world in (bought, helped):
            assert (await api.get(world.session_path, **browser)).status_code == 200
        notes = {"json": {"sessionNotes": "mine"}}
        assert (await api.patch(f"{helped.session_path}/notes", **notes, **browser)).status_code == 200
        assert refusal(await api.patch(f"{bought.session_path}/notes", **notes, **browser)) == (403, "forbidden")
        listed = (await api.get("/api/sessions", **browser)).json()["items"]
        assert {each["id"] for each in listed} == {str(bought.session_id), str(helped.session_id)}

    async def test_a_change_from_another_site_is_refused(self, database: str, api: httpx.AsyncClient) -> None:
        world = await live()
        for origin in ("https://evil.example", None):
            answer = await api.post(f"{world.session_path}/end", **browser_of(world.customer, origin=origin))
            assert refusal(answer) == (403, "forbidden")
        assert (await world.consultation.session()).status is SessionStatus.live
        assert (await api.post(f"{world.session_path}/end", **browser_of(world.customer))).status_code == 200

    async def test_a_token_that_has_run_out_is_none(self, database: str, api: httpx.AsyncClient, fixed_clock: Clock) -> None:
        world = await completed()
        fixed_clock.advance(days=30)
        assert refusal(await get(api, world.customer, world.session_path)) == (401, "unauthenticated")
