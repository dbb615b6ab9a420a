"""The whole consultation with a client that was generated from the document, and nothing else (issue 7, "Done when")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.generated import PASSWORD, Generated, Person
from tests.e2e.people import HONDA, photo
from tests.e2e.server import LiveServer, wait_until


@pytest.fixture
def generated(server: LiveServer, tmp_path: Path) -> Iterator[Generated]:
    made = Generated(server, tmp_path)
    yield made
    made.forget()


def test_nothing_of_the_document_is_beyond_a_generator(server: LiveServer, generated: Generated) -> None:
    assert "WARNING" not in generated.said.upper(), generated.said
    names = generated.modules()
    functions = {name.rsplit(".", 1)[-1] for name in names if re.search(r"\.api\.\w+\.\w+$", name)}
    paths = json.loads(httpx.get(f"{server.url}/api/openapi.json", timeout=20).text)["paths"]
    declared = {told["operationId"] for verbs in paths.values() for told in verbs.values()}
    assert functions == declared
    print(f"\n{len(functions)} operations, {len([name for name in names if '.models.' in name])} models generated and imported")


def test_the_whole_journey(server: LiveServer, generated: Generated) -> None:
    models = generated.models
    admin = _an_admin(server, generated)
    mechanic = _a_senior(server, generated, admin)
    customer = Person(generated, server)

    who = models.CustomerSignup(
        email=customer.email, password=PASSWORD, full_name="Robin Sample", phone="+1 202 555 0143", is_18_plus=True, waiver_accepted=True
    )
    customer.do("customers.sign_up_as_customer", expect=201, body=who)
    code = httpx.URL(customer.mailed("/auth/callback")).params["code"]
    customer.do("customers.verify_email", expect=303, code=code)
    login = models.Login(email=customer.email, password=PASSWORD)
    assert customer.do("customers.log_in_as_customer", body=login).user.email == customer.email

    decoded = customer.do("vehicles.decode_vin", body=models.VinBody(vin=HONDA))
    vehicle = models.NewVehicle(vin=HONDA, year=str(decoded.year), make=decoded.make, model=decoded.model)
    assert customer.do("vehicles.add_vehicle", expect=201, body=vehicle).vehicle.make == "Honda"
    intake = models.IntakeBody(
        plan="diagnostic", name="Robin Sample", email=customer.email, vin=HONDA, make="Honda", model="Accord", concern="It knocks when cold"
    )
    intake_id = customer.do("intake.start_intake", expect=201, body=intake).intake_id

    checkout = customer.do("checkout.create_checkout_session", plan="diagnostic", intake_id=intake_id)
    _pay(checkout.url)
    session_id = customer.do("checkout.resolve_checkout", body=models.Resolve(stripe_session_id=checkout.id)).session_id
    active = customer.do("customers.get_active_request")
    assert (active.session.id, active.session.status, active.request.status) == (session_id, "pending", "pending")

    (card,) = mechanic.do("mechanics.list_requests_as_mechanic").items
    assert (card.id, card.concern, card.plan_code) == (active.request.id, "It knocks when cold", "diagnostic")
    assert mechanic.do("mechanics.accept_request", card.id).session.status == "waiting"
    for person in (mechanic, customer):
        person.do("sessions.start_session", session_id)
    assert customer.do("sessions.get_session", session_id).status == "live"

    customer.do("chat.send_message", expect=201, body=models.MessageBody(session_id=session_id, content="Hear it?", client_id="c-1"))
    mechanic.do("chat.send_message", expect=201, body=models.MessageBody(session_id=session_id, content="I do.", client_id="m-1"))
    said = customer.do("chat.get_session_info", session_id=session_id).messages
    assert [message.content for message in said] == ["Hear it?", "I do."]
    link = mechanic.upload(session_id, photo())
    picture = customer.do("files.download_file", link.rsplit("/", 1)[-1])
    assert picture.payload.read()[:2] == b"\xff\xd8"

    mechanic.do("sessions.write_notes", session_id, body=models.NotesBody(session_notes="Piston slap."))
    step = models.StepModel(text="Check the oil level", urgency=models.Urgency.NOW)
    mechanic.do("sessions.send_action_plan", session_id, expect=201, body=models.PlanBody(items=[step]))
    found = models.FindingModel(system="Engine", finding="Piston slap", priority=models.Priority.WATCH, parts_cents=0, labour_cents=9000)
    mechanic.do("sessions.write_report", session_id, body=models.ReportBody(findings=[found], summary="Harmless when cold."))
    ended = mechanic.do("sessions.end_session", session_id, body=models.EndBody(session_notes="Piston slap."))
    assert ended.session.status == "completed"
    mechanic.do("sessions.finish_report", session_id)

    report = customer.do("sessions.get_report", session_id)
    assert (report.summary, report.findings[0].labour_cents) == ("Harmless when cold.", 9000)
    assert report.finished_at is not None
    for paper in ("get_receipt_pdf", "get_report_pdf"):
        assert customer.do(f"sessions.{paper}", session_id).payload.read(5) == b"%PDF-"
    kept = {message.content for message in customer.do("sessions.get_transcript", session_id).messages}
    assert {"Hear it?", "I do."} < kept  # and what was noted of the action plan
    rated = customer.do("sessions.review_session", session_id, body=models.ReviewBody(rating=5, review="Calm and clear."))
    assert rated.session.rating == 5
    _pay(customer.do("sessions.tip_mechanic", session_id, body=models.TipBody(amount_cents=500)).checkout_url)

    def earned() -> list[int]:
        return sorted(each.share_cents for each in mechanic.do("mechanics.get_earnings").items)

    wait_until(lambda: len(earned()) == 2, what="the share and the tip")
    assert earned()[0] == 500
    (job,) = mechanic.do("mechanics.list_jobs").items
    assert (job.rating, job.review) == (5, "Calm and clear.")

    (shown,) = admin.do("admin.list_all_sessions").items
    assert (shown.id, shown.status, shown.customer_name) == (session_id, "completed", "Robin Sample")
    money = admin.do("admin.get_money").flows
    assert money.volume_cents == shown.price_cents + 500
    assert money.shares_cents == sum(earned())
    acts = {each.action for each in admin.do("admin.list_acts").items}
    assert {"create_admin"} < acts, acts


def _an_admin(server: LiveServer, generated: Generated) -> Person:
    admin = Person(generated, server)
    server.cli("create-admin", "--email", admin.email, "--name", "Kim Admin", "--password", PASSWORD)
    admin.do("admin.log_in_as_admin", body=generated.models.LoginWithCode(email=admin.email, password=PASSWORD))
    return admin


def _a_senior(server: LiveServer, generated: Generated, admin: Person) -> Person:
    """Signed up, approved and made a senior by the administrator, logged in, and at work."""
    mechanic, models = Person(generated, server), generated.models
    who = models.MechanicSignup(name="Sam Wrench", email=mechanic.email, password=PASSWORD, time_zone="Europe/Berlin")
    mechanic_id = mechanic.do("mechanics.sign_up_as_mechanic", expect=201, body=who).mechanic_id
    decision = models.MechanicDecision(status=models.Decision.APPROVED, seniority=models.Seniority.SENIOR)
    admin.do("admin.decide_about_mechanic", mechanic_id, body=decision)
    mechanic.do("mechanics.log_in_as_mechanic", body=models.LoginWithCode(email=mechanic.email, password=PASSWORD))
    mechanic.do("mechanics.change_mechanic_profile", body=models.MechanicChange(online=True))
    return mechanic


def _pay(url: str) -> None:
    """On the payment page of the sandbox, which is no part of the API."""
    answer = httpx.post(url, data={"action": "pay"}, follow_redirects=False, timeout=20)
    assert answer.status_code == 303, answer.text
