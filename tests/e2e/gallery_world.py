"""People in the middle of things, made through the REST API, for the gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.e2e.gallery_earnings import Earners, earners
from tests.e2e.people import HONDA, PASSWORD, CustomerPerson, MechanicPerson, Person, photo
from tests.e2e.server import LiveServer, wait_until

IDLE = "Lee Torque"
PLAN = [
    {"text": "Short trips only until the front brakes are done", "urgency": "now"},
    {"text": "Have the rear oxygen sensor replaced and the codes read again after a week", "urgency": "soon"},
    {"text": "Watch the coolant level", "urgency": "later"},
]
REPORT = {
    "summary": "The car is worth keeping. The brakes come first and can't wait; the rest can be done over three months.",
    "findings": [
        {
            "system": "Brakes",
            "finding": "Front pads worn to metal, left disc scored.",
            "priority": "now",
            "partsCents": 18500,
            "labourCents": 21000,
        },
        {
            "system": "Exhaust",
            "finding": "Heater of the rear oxygen sensor is dead. With a cold sensor the car can report P0420 by itself.",
            "priority": "soon",
            "partsCents": 9500,
            "labourCents": 6000,
        },
        {"system": "Engine", "finding": "Piston slap when cold, gone after a minute. Harmless.", "priority": "watch"},
    ],
    "nextSteps": ["Brakes on the front axle this week", "Rear oxygen sensor, then drive a week and read the codes again"],
}


@dataclass
class World:
    """People in the middle of things, made through the REST API."""

    server: LiveServer
    newcomer: CustomerPerson
    waiting: CustomerPerson
    talking: CustomerPerson
    rated: CustomerPerson
    forgotten: CustomerPerson
    idle: MechanicPerson
    busy: MechanicPerson
    talking_session: str
    rated_session: str
    undescribed: CustomerPerson
    unverified: CustomerPerson
    unrated: CustomerPerson
    unrated_session: str
    reviewed: MechanicPerson
    offline: MechanicPerson
    admin: Person
    planner: CustomerPerson
    planned: MechanicPerson
    planned_session: str
    asking: CustomerPerson
    asked: MechanicPerson
    asked_session: str
    diagnosed: CustomerPerson
    reported_session: str
    diagnosing: CustomerPerson
    senior: MechanicPerson
    diagnosing_session: str
    earners: Earners
    recovery_codes: list[str] = field(default_factory=list)


def build_world(server: LiveServer) -> World:
    """A customer in each state, a mechanic with a full board and one in a conversation."""
    busy, idle = MechanicPerson(server).ready(), MechanicPerson(server).ready()
    idle.call("PATCH", "/api/mechanics/me", json={"name": IDLE})
    rated = a_customer(server)
    rated_session = _consultation(rated, busy)
    busy.post(f"/api/sessions/{rated_session}/end", {"sessionNotes": "Piston slap. Harmless when cold; check the oil level monthly."})
    rated.post(f"/api/sessions/{rated_session}/review", {"rating": 5, "review": "Calm, clear, and right about the oil."})
    unrated = a_customer(server)
    unrated_session = _consultation(unrated, busy)
    unrated.post(f"/api/sessions/{unrated_session}/end")
    talking = a_customer(server)
    talking_session = _consultation(talking, busy)
    waiting, undescribed = a_customer(server), a_customer(server)
    described_request(waiting)
    undescribed.paid_request()
    planner, planned = a_customer(server), _mechanic(server, is_approved=True)
    planned.work_all_week()
    planned_session = planner.book(planner.slots()[60])
    asked = _mechanic(server, is_approved=True)
    server.cli("set-seniority", asked.email, "senior")
    asking = a_customer(server)
    asked_session = _follow_up(asking, asked)
    senior = MechanicPerson(server).ready()
    server.cli("set-seniority", senior.email, "senior")
    diagnosed, diagnosing = a_customer(server), a_customer(server)
    reported_session = _diagnostic(diagnosed, senior)
    senior.post(f"/api/sessions/{reported_session}/report/finish")
    senior.post(f"/api/sessions/{reported_session}/end")
    diagnosing_session = _diagnostic(diagnosing, senior)
    admin = an_admin(server)
    return World(
        server=server,
        asking=asking,
        asked=asked,
        asked_session=asked_session,
        diagnosed=diagnosed,
        reported_session=reported_session,
        diagnosing=diagnosing,
        senior=senior,
        diagnosing_session=diagnosing_session,
        planner=planner,
        planned=planned,
        planned_session=planned_session,
        newcomer=a_customer(server),
        waiting=waiting,
        talking=talking,
        rated=rated,
        forgotten=a_customer(server),
        idle=idle,
        busy=busy,
        talking_session=talking_session,
        rated_session=rated_session,
        undescribed=undescribed,
        unverified=_unverified(server),
        unrated=unrated,
        unrated_session=unrated_session,
        reviewed=_mechanic(server, is_approved=False),
        offline=_mechanic(server, is_approved=True),
        admin=admin,
        earners=earners(a_customer(server), admin),
    )


def an_admin(server: LiveServer) -> Person:
    admin = Person(server)
    server.cli("create-admin", "--email", admin.email, "--name", "Kim Admin", "--password", PASSWORD)
    admin.carry(admin.post("/api/admin/login", {"email": admin.email, "password": PASSWORD})["token"])
    return admin


def _unverified(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.log_in()
    return customer


def _mechanic(server: LiveServer, *, is_approved: bool) -> MechanicPerson:
    mechanic = MechanicPerson(server)
    mechanic.sign_up()
    if is_approved:
        mechanic.approve()
    mechanic.log_in()
    return mechanic


def a_customer(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def described_request(customer: CustomerPerson, plan: str = "chat10") -> dict[str, Any]:
    active = customer.paid_request(plan)
    path = customer.upload(photo(), "noise.jpg", "image/jpeg")
    intake = {
        "plan": plan,
        "sessionId": active["session"]["id"],
        "name": "Robin Sample",
        "email": customer.email,
        "city": "Halifax",
        "vin": HONDA,
        "year": "2003",
        "make": "Honda",
        "model": "Accord",
        "odometer": "182000",
        "concern": "A knocking noise under the bonnet when cold, gone after a minute. The dash shows P0420.",
        "files": [path],
    }
    customer.post("/api/intake/start", intake)
    return active


def _consultation(customer: CustomerPerson, mechanic: MechanicPerson, plan: str = "chat10") -> str:
    active = described_request(customer, plan)
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    lines = [
        (customer, "Hello. It knocks for about a minute when cold, then it stops."),
        (mechanic, "Thanks, that helps. Does the noise follow the engine speed, or the speed of the car?"),
        (customer, "The engine speed. It gets faster when I press the pedal in neutral."),
    ]
    for number, (person, text) in enumerate(lines):
        _say(person, session_id, text, number)
    path = mechanic.upload(photo(), "piston.jpg", "image/jpeg", sessionId=session_id)
    part = {"filePath": path, "fileName": "piston.jpg", "fileSize": len(photo()), "fileType": "image/jpeg"}
    mechanic.post(f"/api/sessions/{session_id}/files", part)
    _say(mechanic, session_id, "Most likely piston slap. This is the part I mean.", 9, [path])
    return session_id


def _follow_up(customer: CustomerPerson, mechanic: MechanicPerson) -> str:
    """A Full Diagnostic that is over, and a question since then."""
    mechanic.go_online()
    customer.pay(customer.check_out("diagnostic"))
    wait_until(lambda: customer.active()["request"] is not None, what="the request to exist after paying")
    active = customer.active()
    session_id = active["session"]["id"]
    mechanic.post(f"/api/mechanics/requests/{active['request']['id']}/accept")
    for person in (customer, mechanic):
        person.post(f"/api/sessions/{session_id}/start")
    _say(mechanic, session_id, "The compression is even on all four. I would change the oil first, then listen again.", 1)
    mechanic.post(f"/api/sessions/{session_id}/end")
    _say(customer, session_id, "One more question: which oil do you mean, this one? https://example.com/oil/5w-30", 2)
    return session_id


def _diagnostic(customer: CustomerPerson, mechanic: MechanicPerson) -> str:
    """Both in the room of a Full Diagnostic, with an action plan sent and a report begun."""
    session_id = _consultation(customer, mechanic, plan="diagnostic")
    path = f"/api/sessions/{session_id}"
    _say(customer, session_id, "The reader shows P0420 and P0141.", 10)
    mechanic.post(f"{path}/action-plan", {"items": PLAN})
    mechanic.call("PUT", f"{path}/report", json=REPORT)
    return session_id


def _say(person: Person, session_id: str, text: str, number: int, attachments: list[str] | None = None) -> None:
    body = {"sessionId": session_id, "content": text, "clientId": f"gallery-{number}", "attachments": attachments or []}
    person.post("/api/chat/send-message", body)
