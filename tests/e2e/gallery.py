"""Every page in a state worth looking at, for the pictures in docs/screenshots and for the accessibility check."""

from __future__ import annotations

import itertools
import sqlite3
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.people import HONDA, PASSWORD, CustomerPerson, MechanicPerson, Person, photo
from tests.e2e.server import LiveServer, wait_until

SIZES = {"360": (360, 740), "1440": (1440, 900)}
IDLE = "Lee Torque"
THEMES = ("light", "dark")
PUBLIC = {
    "home": "/",
    "pricing": "/pricing",
    "signup": "/signup",
    "login": "/login",
    "admin-login": "/admin/login",
    "forgot-password": "/forgot-password",
    "reset-password": "/reset-password?token=none",
    "contact": "/contact",
    "terms": "/terms",
    "privacy": "/privacy",
    "waiver": "/waiver",
    "not-found": "/no-such-page",
    "dev-outbox": "/dev/outbox",
    "mechanic-login": "/mechanic/login",
    "mechanic-signup": "/mechanic/signup",
    "mechanic-forgot-password": "/mechanic/forgot-password",
    "mechanic-reset-password": "/mechanic/reset-password?token=none",
}


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


@dataclass(frozen=True)
class Shot:
    """One page: its name in the gallery, its path, the cookies of whoever looks at it, and a button that is pressed first.

    `before` is done each time before the page is opened, `then` on the page after the button.
    """

    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    press: str = ""
    before: Callable[[], object] = lambda: None
    then: Callable[[Page], object] = lambda _page: None


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


def build_world(server: LiveServer) -> World:
    """A customer in each state, a mechanic with a full board and one in a conversation."""
    busy, idle = MechanicPerson(server).ready(), MechanicPerson(server).ready()
    idle.call("PATCH", "/api/mechanics/me", json={"name": IDLE})
    rated = _customer(server)
    rated_session = _consultation(rated, busy)
    busy.post(f"/api/sessions/{rated_session}/end", {"sessionNotes": "Piston slap. Harmless when cold; check the oil level monthly."})
    rated.post(f"/api/sessions/{rated_session}/review", {"rating": 5, "review": "Calm, clear, and right about the oil."})
    unrated = _customer(server)
    unrated_session = _consultation(unrated, busy)
    unrated.post(f"/api/sessions/{unrated_session}/end")
    talking = _customer(server)
    talking_session = _consultation(talking, busy)
    waiting, undescribed = _customer(server), _customer(server)
    described_request(waiting)
    undescribed.paid_request()
    planner, planned = _customer(server), _mechanic(server, is_approved=True)
    planned.work_all_week()
    planned_session = planner.book(planner.slots()[60])
    asked = _mechanic(server, is_approved=True)
    server.cli("set-seniority", asked.email, "senior")
    asking = _customer(server)
    asked_session = _follow_up(asking, asked)
    senior = MechanicPerson(server).ready()
    server.cli("set-seniority", senior.email, "senior")
    diagnosed, diagnosing = _customer(server), _customer(server)
    reported_session = _diagnostic(diagnosed, senior)
    senior.post(f"/api/sessions/{reported_session}/report/finish")
    senior.post(f"/api/sessions/{reported_session}/end")
    diagnosing_session = _diagnostic(diagnosing, senior)
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
        newcomer=_customer(server),
        waiting=waiting,
        talking=talking,
        rated=rated,
        forgotten=_customer(server),
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
        admin=_admin(server),
    )


def _admin(server: LiveServer) -> Person:
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


def _customer(server: LiveServer) -> CustomerPerson:
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


def _cookie(person: Person) -> dict[str, str]:
    name = {MechanicPerson: "aad_mech", CustomerPerson: "aad_customer"}.get(type(person), "aad_admin")
    return {name: person.client.headers["Authorization"].removeprefix("Bearer ")}


def shots(world: World) -> list[Shot]:
    """The gallery, in the order of a visit."""
    checkout = world.newcomer.check_out()
    public = {**PUBLIC, "sandbox-checkout": checkout["url"].removeprefix(world.server.url)}
    newcomer, waiting, talking, rated = (_cookie(person) for person in (world.newcomer, world.waiting, world.talking, world.rated))
    idle, busy, planner, planned = (_cookie(person) for person in (world.idle, world.busy, world.planner, world.planned))
    senior = _cookie(world.senior)
    undescribed = world.undescribed.active()["session"]["id"]
    return [
        *(Shot(name, path) for name, path in public.items()),
        Shot("checkout-success-unpaid", f"/checkout/success?session_id={checkout['id']}", newcomer),
        Shot("intake", f"/intake?session_id={undescribed}", _cookie(world.undescribed)),
        Shot("intake-codes", f"/intake?session_id={undescribed}", _cookie(world.undescribed), then=_type_a_code),
        Shot("customer-verify", "/customer/verify", _cookie(world.unverified)),
        Shot("customer-dashboard-empty", "/customer/dashboard", newcomer),
        Shot("customer-dashboard-waiting", "/customer/dashboard", waiting),
        Shot("customer-dashboard-undescribed", "/customer/dashboard", _cookie(world.undescribed)),
        Shot("customer-dashboard-accepted", "/customer/dashboard", talking),
        Shot("customer-dashboard-history", "/customer/dashboard", rated),
        Shot("customer-dashboard-booked", "/customer/dashboard", planner),
        Shot("customer-schedule", "/customer/schedule?plan=video15&left=1", planner),
        Shot("customer-schedule-move", f"/customer/schedule?move={world.planned_session}", planner),
        Shot("customer-schedule-nothing", "/customer/schedule?plan=diagnostic", newcomer),
        Shot("customer-vehicles", "/customer/vehicles", rated),
        Shot("customer-profile", "/customer/profile", rated),
        Shot("customer-session", f"/customer/sessions/{world.rated_session}", rated),
        Shot("customer-session-report", f"/customer/sessions/{world.reported_session}", _cookie(world.diagnosed)),
        Shot("mechanic-dashboard", "/mechanic/dashboard", idle),
        Shot("mechanic-dashboard-review", "/mechanic/dashboard", _cookie(world.reviewed)),
        Shot("mechanic-dashboard-offline", "/mechanic/dashboard", _cookie(world.offline)),
        Shot("mechanic-dashboard-busy", "/mechanic/dashboard", busy),
        Shot("mechanic-dashboard-booked", "/mechanic/dashboard", planned),
        Shot("mechanic-availability", "/mechanic/availability", planned),
        Shot("mechanic-availability-empty", "/mechanic/availability", busy),
        Shot("mechanic-profile", "/mechanic/profile", busy),
        Shot("mechanic-session", f"/mechanic/sessions/{world.rated_session}", busy),
        Shot("mechanic-session-report", f"/mechanic/sessions/{world.reported_session}", senior),
        Shot("admin-unattended", "/admin/unattended", _cookie(world.admin), before=lambda: _unattended(world)),
        Shot("admin-assign", "/admin/unattended", _cookie(world.admin), press="Assign: "),
        Shot("admin-assign-refused", "/admin/unattended", _cookie(world.admin), press="Assign: ", then=lambda page: _refused(world, page)),
        Shot("admin-cleanup", "/admin/cleanup", _cookie(world.admin), press="Run cleanup"),
        Shot("admin-cleanup-found", "/admin/cleanup", _cookie(world.admin), press="Run cleanup", before=lambda: _left_alone(world)),
        Shot("room-customer", f"/chat/{world.talking_session}", talking),
        Shot("room-mechanic", f"/chat/{world.talking_session}", busy),
        Shot("room-picture", f"/chat/{world.talking_session}", talking, then=_open_picture),
        Shot("mechanic-dashboard-follow-up", "/mechanic/dashboard", _cookie(world.asked)),
        Shot("mechanic-session-follow-up", f"/mechanic/sessions/{world.asked_session}", _cookie(world.asked)),
        Shot("customer-session-follow-up", f"/customer/sessions/{world.asked_session}", _cookie(world.asking)),
        Shot("session-complete-follow-up", f"/session/complete?sessionId={world.asked_session}", _cookie(world.asking)),
        Shot("room-plan-editor", f"/chat/{world.talking_session}", busy, then=lambda page: _open(page, "Notes", "Action plan")),
        Shot("room-diagnostic", f"/diagnostic/{world.diagnosing_session}", _cookie(world.diagnosing)),
        Shot("room-report", f"/diagnostic/{world.diagnosing_session}", _cookie(world.diagnosing), then=lambda page: _open(page, "Notes")),
        Shot("room-report-editor", f"/diagnostic/{world.diagnosing_session}", senior, then=lambda page: _open(page, "Notes", "Report")),
        Shot("room-stranger", f"/chat/{world.talking_session}", newcomer),
        Shot("session-complete-unrated", f"/session/complete?sessionId={world.unrated_session}", _cookie(world.unrated)),
        Shot("session-complete-report", f"/session/complete?sessionId={world.reported_session}", _cookie(world.diagnosed)),
        Shot("session-complete", f"/session/complete?sessionId={world.rated_session}", rated),
        Shot("session-complete-mechanic", f"/session/complete?sessionId={world.rated_session}", busy),
        Shot("admin-unattended-empty", "/admin/unattended", _cookie(world.admin), before=lambda: _nobody_waits(world)),
    ]


def _open_picture(page: Page) -> None:
    page.get_by_role("log", name="Messages").get_by_role("link", name="piston.jpg").click()
    page.wait_for_function("() => document.querySelector('dialog[open] img')?.naturalWidth > 0")


def _open(page: Page, *tabs: str) -> None:
    """Open these tabs, one in the other; on a desk a pane has none."""
    for name in tabs:
        tab = page.get_by_role("tab", name=name, exact=True).first
        if tab.count():
            tab.click()


def _type_a_code(page: Page) -> None:
    page.get_by_label("Concern").fill("The dash shows P0420")
    page.locator(".code summary").first.click()


def _refused(world: World, page: Page) -> None:
    """The mechanic is suspended behind the page's back, in the moment before the button is pressed."""
    button = page.get_by_role("button", name=f"Assign to {IDLE}")
    button.wait_for()
    _write(world, "UPDATE mechanics SET status = 'suspended' WHERE name = ?", IDLE)
    button.click()
    page.get_by_role("alert").wait_for()
    _write(world, "UPDATE mechanics SET status = 'approved' WHERE name = ?", IDLE)


def _left_alone(world: World) -> None:
    """Somebody has waited for six minutes, and no sweep has looked."""
    _give_up(world.forgotten)
    request_id = described_request(world.forgotten)["request"]["id"]
    then = (datetime.now(UTC) - timedelta(minutes=6)).strftime("%Y-%m-%d %H:%M:%S.%f")
    _write(world, "UPDATE session_requests SET paid_at = ?, offered_at = ? WHERE id = ?", then, then, uuid.UUID(request_id).hex)


def _write(world: World, statement: str, *values: str) -> None:
    """Make so in the database what would take a server minutes."""
    with closing(sqlite3.connect(world.server.data_dir / "autodoctor.sqlite3", timeout=20)) as db, db:
        assert db.execute(statement, values).rowcount == 1


def _unattended(world: World) -> None:
    request = world.forgotten.active()["request"]
    if request is None or request["status"] != "unattended":
        _left_alone(world)
        world.admin.post("/api/debug/cleanup-sessions")


def _nobody_waits(world: World) -> None:
    for customer in (world.forgotten, world.waiting, world.undescribed):
        _give_up(customer)


def _give_up(customer: CustomerPerson) -> None:
    if request := customer.active()["request"]:
        customer.post(f"/api/customer/requests/{request['id']}/cancel")


@contextmanager
def looking_at(browser: Browser, server: LiveServer, shot: Shot, *, size: str) -> Iterator[Page]:
    """The page, drawn and quiet, in a window of this size."""
    width, height = SIZES[size]
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, reduced_motion="reduce")
    try:
        _log_in(context, server, shot)
        shot.before()
        page = context.new_page()
        page.goto(shot.path)
        page.wait_for_load_state("networkidle")
        settled(page)
        if shot.press:
            page.get_by_role("button", name=shot.press).first.click()
            page.locator(".candidates, .notice").first.wait_for()
        shot.then(page)
        yield page
    finally:
        context.close()


def _log_in(context: BrowserContext, server: LiveServer, shot: Shot) -> None:
    for name, value in shot.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": server.url, "httpOnly": True, "sameSite": "Lax"}])


def settled(page: Page) -> None:
    """Wait until no skeleton is left: the page shows what it knows."""
    page.wait_for_function("() => !document.querySelector('[aria-busy=\"true\"]')")


def _put_on(page: Page, theme: str) -> None:
    """Nothing is loaded anew: the style sheet follows the reader's theme, which may reach the page after the call that sets it, and
    colours that change by and by have changed."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("(theme) => matchMedia(`(prefers-color-scheme: ${theme})`).matches", arg=theme)
    page.evaluate(
        """async () => {
            await new Promise(requestAnimationFrame);
            const changing = document.getAnimations().filter((each) => each instanceof CSSTransition);
            await Promise.allSettled(changing.map((each) => each.finished));
        }"""
    )


def each_shot(browser: Browser, world: World, use: Callable[[Page, Shot, str, str], None], *, only: Collection[str] = ()) -> None:
    """Show every shot (or those named in `only`) in every size and theme to `use`."""
    wanted = [shot for shot in shots(world) if not only or shot.name in only]
    for shot, size in itertools.product(wanted, SIZES):
        with looking_at(browser, world.server, shot, size=size) as page:
            for theme in THEMES:
                _put_on(page, theme)
                use(page, shot, size, theme)
