"""Transcript, report and receipt over HTTP: for the parties, and for nobody else (M6, M7)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col

from autodoctor.core.db import unit_of_work
from autodoctor.payments.models import Dispute, DisputeStatus, Payment, PaymentPurpose, Refund, RefundStatus
from autodoctor.sessions.models import Session
from tests.api.test_reports import ITEMS, REPORT, diagnostic
from tests.api.worlds import World, live, refusal
from tests.people import a_customer, a_mechanic, an_admin, upload
from tests.reports.reading_pdf import pages_of, text_of

HOSTILE = [
    '#read("/etc/passwd")',
    "*not bold* _not slanted_",
    "$x^2$ and \\back\\ // no comment",
    "= no heading",
    "<label> @ref `code` ~",
    "50 % of 3 * 4",
]
FOREIGN = ["שלום", "Öldruckkontrollleuchte", "Привет", "😬", "🔧"]


async def get(api: httpx.AsyncClient, world: World, name: str, *, by: str = "customer") -> httpx.Response:
    person = world.customer if by == "customer" else world.mechanic
    return await api.get(f"{world.session_path}/{name}", headers=person.headers)


async def say(api: httpx.AsyncClient, world: World, text: str, *, by: str = "customer", **more: Any) -> None:
    person = world.customer if by == "customer" else world.mechanic
    body = {"sessionId": str(world.session_id), "content": text, **more}
    assert (await api.post("/api/chat/send-message", json=body, headers=person.headers)).status_code == 201


async def pay(world: World, purpose: PaymentPurpose, cents: int, *refunds: tuple[int, str, RefundStatus]) -> None:
    """One payment of this purpose, in place of the one that its world was made with."""
    async with unit_of_work() as db:
        await db.execute(sa.delete(Payment).where(col(Payment.session_id) == world.session_id, col(Payment.purpose) == purpose))
        number = f"{purpose}_{cents}"
        payment = Payment(
            purpose=purpose,
            session_id=world.session_id,
            customer_id=world.customer.id,
            stripe_session_id=f"cs_{number}",
            payment_intent_id=f"pi_{number}",
            amount_cents=cents,
            currency="usd",
        )
        db.add(payment)
        await db.flush()
        for place, (amount, reason, status) in enumerate(refunds):
            db.add(Refund(payment_id=payment.id, key=f"{number}:{place}", amount_cents=amount, reason=reason, status=status))


async def test_the_report_is_what_one_hands_to_a_garage(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    async with unit_of_work() as db:
        vehicle = {
            "year": "2003",
            "make": "Honda",
            "model": "Accord",
            "vin": "1HGCM82633A004352",
            "odometer": "148000",
            "plate": "ABC 1234",
        }
        await db.execute(sa.update(Session).where(col(Session.id) == world.session_id).values(vehicle_info=vehicle))
    findings = [
        {"system": "Exhaust", "finding": "Rear oxygen sensor", "priority": "soon", "partsCents": 9_500, "labourCents": 6_000},
        {"system": "Brakes", "finding": "Pads are gone", "priority": "now", "partsCents": 118_500, "labourCents": 12_000},
    ]
    await api.put(f"{world.session_path}/report", json={**REPORT, "findings": findings}, headers=world.mechanic.headers)
    draft = text_of((await get(api, world, "report.pdf")).content)
    assert "Draft, not finished" in draft
    await api.post(f"{world.session_path}/report/finish", headers=world.mechanic.headers)
    for by in ("customer", "mechanic"):
        answer = await get(api, world, "report.pdf", by=by)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert "no-store" in answer.headers["cache-control"]
        text = text_of(answer.content)
        for words in ("2003 Honda Accord", "1HGCM82633A004352", "148000", "ABC 1234", "Robin Sample", "Sam Wrench", "Page 1 of 1"):
            assert words in text
        assert "Draft" not in text
        assert text.index("Brakes") < text.index("Pads are gone") < text.index("Exhaust") < text.index("Rear oxygen sensor")
        assert "All of it 1,280.00 USD 180.00 USD 1,460.00 USD" in text
        assert "Safe once the brakes are done." in text
        assert "1. Replace the pads" in text


async def test_what_people_wrote_comes_out_as_they_wrote_it(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    for words in HOSTILE + FOREIGN:
        await say(api, world, words)
    findings = [{**REPORT["findings"][0], "system": words, "finding": words} for words in HOSTILE + FOREIGN]
    body = {"findings": findings, "summary": "\n".join(HOSTILE), "nextSteps": HOSTILE}
    assert (await api.put(f"{world.session_path}/report", json=body, headers=world.mechanic.headers)).status_code == 200
    for name in ("report.pdf", "transcript?format=pdf"):
        text = text_of((await get(api, world, name)).content)
        for words in HOSTILE + FOREIGN:
            assert words in text or words[::-1] in text, f"{words} in {name}"
        assert "root:" not in text


async def test_a_word_without_end_stays_on_the_paper(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    await say(api, world, "x" * 2000)
    pages = pages_of((await get(api, world, "transcript?format=pdf")).content)
    lines = [line.replace("\u200b", "") for page in pages for line in page.splitlines() if "xxx" in line]
    assert sum(line.count("x") for line in lines) == 2000
    assert max(map(len, lines)) < 120


async def test_the_transcript_has_messages_files_and_plans_in_their_order(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    await say(api, world, "It knocks")
    path = await upload(api, world.customer, b"P0420\n", name="scan.txt", kind="text/plain", sessionId=str(world.session_id))
    await say(api, world, "", attachments=[path])
    await api.post(f"{world.session_path}/action-plan", json={"items": ITEMS}, headers=world.mechanic.headers)
    await say(api, world, "Thank you")
    found = (await get(api, world, "transcript", by="mechanic")).json()
    assert found["session"]["customerName"] == "Robin Sample"
    assert [each["items"] for each in found["actionPlans"]] == [ITEMS]
    said = [(each["kind"], each["content"].splitlines()[:1]) for each in found["messages"]]
    assert said == [("text", ["It knocks"]), ("text", []), ("notice", ["Action plan"]), ("text", ["Thank you"])]
    assert [each["text"] for each in found["milestones"]] == ["The session began."]
    text = text_of((await get(api, world, "transcript?format=pdf")).content)
    assert text.count("Check the oil level") == 1
    assert text.index("It knocks") < text.index("scan.txt") < text.index("Check the oil level") < text.index("Thank you")


async def test_the_receipt_says_what_was_paid_and_what_went_back(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    refunds = [(300, "goodwill", RefundStatus.succeeded), (99, "goodwill", RefundStatus.requested), (50, "nothing", RefundStatus.failed)]
    await pay(world, PaymentPurpose.plan, 999, *refunds)
    await pay(world, PaymentPurpose.extension, 399)
    for by in ("customer", "mechanic"):
        text = text_of((await get(api, world, "receipt.pdf", by=by)).content)
        for words in ("Quick Chat, 30 minutes", "10 more minutes", "Paid 13.98 USD", "−3.00 USD", "−0.99 USD", "Refunded −3.99 USD"):
            assert words in text
        assert "You paid in all 9.99 USD" in text
        assert "nothing" not in text.split("All amounts")[0]


async def test_the_receipt_adds_up_with_a_code_tax_tips_and_a_bank(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    await pay(world, PaymentPurpose.plan, 989, (100, "goodwill", RefundStatus.waiting))
    await pay(world, PaymentPurpose.extension, 399)
    await pay(world, PaymentPurpose.tip, 500)
    async with unit_of_work() as db:
        taxed = sa.update(Payment).where(col(Payment.amount_cents) == 989)
        await db.execute(taxed.values(tax_cents=90, discount_cents=100))
        disputed = await db.scalar(sa.select(col(Payment.id)).where(col(Payment.amount_cents) == 399))
        assert disputed is not None
        for number, status in enumerate((DisputeStatus.lost, DisputeStatus.inquiry)):
            db.add(Dispute(payment_id=disputed, stripe_dispute_id=f"dp_{number}", amount_cents=399, reason="general", status=status))
    text = text_of((await get(api, world, "receipt.pdf")).content)
    for words in ("9.99 USD", "Promotion code −1.00 USD", "Sales tax 0.90 USD", "Tip for", "5.00 USD", "Paid 18.88 USD"):
        assert words in text
    for words in ("Goodwill (waiting for your bank)", "Given back by your bank", "Refunded −4.99 USD", "You paid in all 13.89 USD"):
        assert words in text
    assert "Your bank is looking at a payment" in text


async def test_what_is_not_there_is_not_found(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    assert refusal(await get(api, world, "report.pdf")) == (404, "not_found")
    async with unit_of_work() as db:
        await db.execute(sa.delete(Payment))
    assert refusal(await get(api, world, "receipt.pdf")) == (404, "not_found")
    assert refusal(await get(api, await live(), "report.pdf")) == (404, "not_found")


async def test_strangers_find_nothing(database: str, api: httpx.AsyncClient) -> None:
    world = await diagnostic()
    await pay(world, PaymentPurpose.plan, 4999)
    await api.put(f"{world.session_path}/report", json=REPORT, headers=world.mechanic.headers)
    for name in ("report.pdf", "receipt.pdf", "transcript", "transcript?format=pdf"):
        assert (await get(api, world, name)).status_code == 200
        for stranger in (await a_customer(), await a_mechanic(), await an_admin()):
            answer = await api.get(f"{world.session_path}/{name}", headers=stranger.headers)
            assert refusal(answer) == (404, "not_found")
        assert refusal(await api.get(f"{world.session_path}/{name}")) == (401, "unauthenticated")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_browser_that_is_not_logged_in_is_led_to_the_login_and_back(database: str, api: httpx.AsyncClient) -> None:
    world = await live()
    answer = await api.get(f"{world.session_path}/transcript?format=pdf", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={world.session_path}/transcript%3Fformat%3Dpdf")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_an_unknown_form_is_refused(database: str, api: httpx.AsyncClient) -> None:
    assert refusal(await get(api, await live(), "transcript?format=docx")) == (422, "validation")
