"""A mechanic's account at Stripe: made once, filled in there, known here (P6)."""

from __future__ import annotations

import httpx
import pytest

from autodoctor.accounts import payout_accounts
from autodoctor.core.db import reading
from autodoctor.integrations.sandbox.stripe import service as sandbox
from autodoctor.integrations.sandbox.stripe.store import transaction
from autodoctor.payouts import onboarding
from tests.api.conftest import api  # noqa: F401 - the fixture
from tests.payments.conftest import Shop, closed_shop, shop  # noqa: F401 - fixtures
from tests.payouts.earning import a_share, given_back
from tests.people import Person, a_customer, a_mechanic

pytestmark = pytest.mark.usefixtures("database", "fixed_clock")


async def accounts() -> list[str]:
    async with transaction() as state:
        return [each["id"] for each in await state.all(sandbox.ACCOUNT)]


async def fill_in(*missing: str) -> None:
    """The one account is filled in at the sandbox; its event is lost."""
    async with transaction() as state:
        (account,) = await state.all(sandbox.ACCOUNT)
        await sandbox.fill_in(state, account, missing=missing)


async def told(api: httpx.AsyncClient, mechanic: Person) -> tuple[str, list[str]]:  # noqa: F811
    answer = (await api.get("/api/mechanics/payouts/account", headers=mechanic.headers)).json()
    return answer["standing"], answer["missing"]


async def test_an_account_is_made_once_and_every_link_leads_to_it(shop: Shop) -> None:  # noqa: F811
    mechanic = await a_mechanic()
    first, second = await onboarding.begin(mechanic.caller), await onboarding.begin(mechanic.caller)
    assert first != second
    async with reading() as db:
        known = await payout_accounts.of_mechanic(db, mechanic.id)
    assert known is not None
    assert await accounts() == [known.account_id]


async def test_who_died_before_writing_it_down_gets_the_same_account(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    mechanic = await a_mechanic()

    async def die(*_: object, **__: object) -> bool:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(payout_accounts, "note", die)
        await onboarding.begin(mechanic.caller)
    await onboarding.begin(mechanic.caller)
    assert len(await accounts()) == 1


async def test_what_stripe_says_is_read_anew_on_the_way_back(shop: Shop, api: httpx.AsyncClient) -> None:  # noqa: F811
    mechanic = await a_mechanic()
    assert await told(api, mechanic) == ("none", [])
    await onboarding.refresh_account(mechanic.caller)
    assert (await api.post("/api/mechanics/stripe/onboard", headers=mechanic.headers)).json()["url"].startswith(shop.url)
    assert (await told(api, mechanic))[0] == "begun"
    await fill_in("external_account", "individual.verification.document")
    await onboarding.refresh_account(mechanic.caller)
    assert await told(api, mechanic) == ("missing", ["A bank account for your payouts", "A photo of your identity document"])
    await fill_in()
    await onboarding.refresh_account(mechanic.caller)
    assert await told(api, mechanic) == ("ready", [])


async def test_a_share_waits_for_the_account_and_goes_out_when_it_is_ready(shop: Shop, api: httpx.AsyncClient) -> None:  # noqa: F811
    mechanic = await a_mechanic()
    await a_share(mechanic)
    await onboarding.begin(mechanic.caller)
    (line,) = (await api.get("/api/mechanics/payouts", headers=mechanic.headers)).json()["items"]
    assert (line["status"], line["kind"], line["shareCents"], line["transferCents"]) == ("waiting", "session", 800, 0)
    await fill_in()
    await onboarding.refresh_account(mechanic.caller)
    (line,) = (await api.get("/api/mechanics/payouts", headers=mechanic.headers)).json()["items"]
    assert (line["status"], line["transferCents"]) == ("sending", 800)


async def test_figures_after_the_end_are_the_payouts_own(api: httpx.AsyncClient) -> None:  # noqa: F811
    mechanic = await a_mechanic()
    await given_back(await a_share(mechanic), 500)
    earned = (await api.get("/api/mechanics/earnings", headers=mechanic.headers)).json()
    assert [(each["priceCents"], each["feeCents"], each["shareCents"]) for each in earned["items"]] == [(499, 99, 400)]
    (job,) = (await api.get("/api/mechanics/requests/history", headers=mechanic.headers)).json()["items"]
    assert (earned["shareCents"], job["earningsCents"]) == (400, 400)


async def test_payouts_are_mechanics_own(api: httpx.AsyncClient) -> None:  # noqa: F811
    customer, stranger = await a_customer(), await a_mechanic()
    await a_share(await a_mechanic())
    assert (await api.get("/api/mechanics/payouts", headers=stranger.headers)).json() == {"items": [], "nextCursor": None}
    for verb, path in (("GET", "payouts"), ("GET", "payouts/account"), ("POST", "stripe/onboard"), ("GET", "statements")):
        assert (await api.request(verb, f"/api/mechanics/{path}")).status_code == 401
        assert (await api.request(verb, f"/api/mechanics/{path}", headers=customer.headers)).status_code == 403
