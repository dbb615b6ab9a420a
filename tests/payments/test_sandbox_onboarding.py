"""The sandbox's page where a mechanic fills in their account."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from autodoctor.integrations.stripe import service as stripe
from tests.conftest import Clock
from tests.payments.conftest import Shop

BACK, AGAIN = "https://shop.example/back", "https://shop.example/again"


@pytest.fixture
async def owner() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=10) as client:
        yield client


async def a_link() -> tuple[str, str]:
    """An account's id, and where it is filled in."""
    account = await stripe.create_account(email="kim@example.com", metadata={}, key="1")
    return account.id, await stripe.create_account_link(account.id, refresh_url=AGAIN, return_url=BACK)


async def press(owner: httpx.AsyncClient, link: str, action: str) -> tuple[int, str | None]:
    answer = await owner.post(link, data={"action": action})
    return answer.status_code, answer.headers.get("location")


async def test_the_page_says_whose_account_it_is_and_has_three_ways_on(shop: Shop, owner: httpx.AsyncClient) -> None:
    _, link = await a_link()
    page = (await owner.get(link)).text
    for words in ("kim@example.com", ">Finish</button>", ">Leave details out</button>", ">Go back</button>"):
        assert words in page


async def test_finished_it_can_receive_and_is_told(shop: Shop, owner: httpx.AsyncClient) -> None:
    account_id, link = await a_link()
    assert await press(owner, link, "finish") == (303, BACK)
    account = await stripe.retrieve_account(account_id)
    assert (account.payouts_enabled, account.details_submitted, account.missing) == (True, True, ())
    assert shop.types == ["account.updated"]


async def test_with_details_left_out_it_can_not_receive_and_says_what_is_missing(shop: Shop, owner: httpx.AsyncClient) -> None:
    account_id, link = await a_link()
    assert await press(owner, link, "leave_out") == (303, BACK)
    account = await stripe.retrieve_account(account_id)
    assert (account.payouts_enabled, account.details_submitted) == (False, True)
    assert account.missing == ("external_account", "individual.verification.document")


async def test_going_back_changes_nothing(shop: Shop, owner: httpx.AsyncClient) -> None:
    account_id, link = await a_link()
    assert await press(owner, link, "back") == (303, BACK)
    assert not (await stripe.retrieve_account(account_id)).details_submitted
    assert shop.types == []


async def test_a_used_link_leads_to_a_new_one(shop: Shop, owner: httpx.AsyncClient) -> None:
    _, link = await a_link()
    await press(owner, link, "back")
    assert (await owner.get(link)).headers["location"] == AGAIN
    assert await press(owner, link, "finish") == (303, AGAIN)
    assert shop.types == []


async def test_a_link_lasts_five_minutes(shop: Shop, owner: httpx.AsyncClient, fixed_clock: Clock) -> None:
    account_id, link = await a_link()
    fixed_clock.advance(minutes=4, seconds=59)
    assert (await owner.get(link)).status_code == 200
    fixed_clock.advance(seconds=1)
    assert (await owner.get(link)).headers["location"] == AGAIN
    assert await press(owner, link, "finish") == (303, AGAIN)
    assert not (await stripe.retrieve_account(account_id)).details_submitted


async def test_what_is_unknown_is_refused(shop: Shop, owner: httpx.AsyncClient) -> None:
    _, link = await a_link()
    assert (await press(owner, link, "steal"))[0] == 400
    nowhere = f"{link.rsplit('/', 1)[0]}/nothing"
    assert ((await owner.get(nowhere)).status_code, (await press(owner, nowhere, "finish"))[0]) == (404, 404)
