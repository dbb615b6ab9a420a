"""The people of a journey, as programs see them: the REST API with API.md's names, nothing else."""

from __future__ import annotations

import io
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx
from PIL import Image, ImageDraw

from tests.e2e.server import LiveServer, wait_until

PASSWORD = "a-good-password-9"
HONDA = "1HGCM82633A004352"


def photo() -> bytes:
    """A small real JPEG: a piston, as a child would draw it."""
    picture = Image.new("RGB", (640, 480), (58, 63, 68))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 400, 640, 480), fill=(44, 48, 52))
    draw.rounded_rectangle((200, 90, 440, 290), 18, fill=(176, 180, 186), outline=(120, 124, 130), width=4)
    for top in (118, 146, 174):
        draw.rectangle((196, top, 444, top + 12), fill=(92, 96, 102))
    draw.rectangle((292, 250, 348, 420), fill=(140, 144, 150))
    draw.ellipse((296, 216, 344, 264), fill=(70, 74, 79), outline=(210, 213, 218), width=4)
    draw.ellipse((262, 380, 378, 470), fill=(140, 144, 150), outline=(92, 96, 102), width=6)
    draw.line((212, 210, 230, 282), fill=(229, 77, 46), width=5)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


@dataclass
class Person:
    """Somebody with a bearer token and a client that uses it."""

    server: LiveServer
    email: str = field(default_factory=lambda: f"{secrets.token_hex(6)}@example.com")
    client: httpx.Client = field(init=False)
    user_id: str = ""

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.server.url, timeout=20)

    def call(self, method: str, path: str, *, expect: int | tuple[int, ...] = (200, 201), **options: Any) -> Any:
        answer = self.client.request(method, path, **options)
        wanted = (expect,) if isinstance(expect, int) else expect
        assert answer.status_code in wanted, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.headers.get("content-type", "").split(";")[0].endswith("json") else answer

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.call("POST", path, json=body or {}, **options)

    def get(self, path: str, **options: Any) -> Any:
        return self.call("GET", path, **options)

    def upload(self, content: bytes, name: str, kind: str, **target: str) -> str:
        """Sign and put one file; returns its path."""
        signed = self.post("/api/uploads/sign", {"fileName": name, "fileSize": len(content), "fileType": kind, **target})
        self.call("PUT", signed["uploadUrl"], content=content, headers={"Content-Type": kind})
        return signed["filePath"]

    def carry(self, token: str) -> None:
        self.client.headers["Authorization"] = f"Bearer {token}"


class CustomerPerson(Person):
    def sign_up(self) -> None:
        body = {
            "email": self.email,
            "password": PASSWORD,
            "fullName": "Robin Sample",
            "phone": "+1 202 555 0143",
            "waiverAccepted": True,
            "is18Plus": True,
        }
        self.user_id = self.post("/api/customer/signup", body, expect=201)["userId"]

    def verify(self) -> None:
        answer = self.client.get(mailed_link(self, "/auth/callback"), follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("/login?verified=1")

    def log_in(self) -> None:
        self.carry(self.post("/api/customer/login", {"email": self.email, "password": PASSWORD})["token"])

    def check_out(self, plan: str = "chat10", **query: str) -> dict[str, str]:
        return self.get("/api/checkout/create-session", params={"plan": plan, **query}, headers={"Accept": "application/json"})

    def pay(self, checkout: dict[str, str]) -> None:
        answer = httpx.post(checkout["url"], data={"action": "pay"}, follow_redirects=False, timeout=20)
        assert answer.status_code == 303, answer.text
        assert f"session_id={checkout['id']}" in answer.headers["location"]

    def paid_request(self, plan: str = "chat10") -> dict[str, Any]:
        """Pay for a session and wait for what the webhook makes of it."""
        self.pay(self.check_out(plan))
        wait_until(lambda: self.active()["request"] is not None, what="the request to exist after paying")
        return self.active()

    def hold(self, starts_at: str, plan: str = "chat10") -> dict[str, Any]:
        """Keep a slot; answers its checkout's address and the session it will be."""
        return self.post("/api/customer/schedule", {"plan": plan, "startsAt": starts_at}, expect=201)

    def slots(self, plan: str = "chat10") -> list[str]:
        """When a session of this plan can start."""
        return [each["startsAt"] for each in self.get("/api/customer/slots", params={"plan": plan})["items"]]

    def book(self, starts_at: str) -> str:
        """Hold a slot, pay for it, and wait for what the webhook makes of it. Answers the session's id."""
        held = self.hold(starts_at)
        httpx.post(held["checkoutUrl"], data={"action": "pay"}, follow_redirects=False, timeout=20)
        wait_until(lambda: held["sessionId"] in self.booked(), what="the booking to exist after paying")
        return held["sessionId"]

    def booked(self) -> dict[str, Any]:
        """What is booked, by its session's id."""
        return {each["sessionId"]: each for each in self.get("/api/customer/schedule")["items"]}

    def active(self) -> dict[str, Any]:
        return self.get("/api/customer/request")


class MechanicPerson(Person):
    def sign_up(self) -> None:
        body = {"name": "Sam Wrench", "email": self.email, "password": PASSWORD, "timeZone": "Europe/Berlin"}
        self.user_id = self.post("/api/mechanics/signup", body, expect=201)["mechanicId"]

    def approve(self) -> None:
        self.server.cli("approve-mechanic", self.email)

    def log_in(self) -> None:
        self.carry(self.post("/api/mechanics/login", {"email": self.email, "password": PASSWORD})["token"])

    def go_online(self) -> None:
        self.call("PATCH", "/api/mechanics/me", json={"online": True})

    def work_all_week(self) -> None:
        """Every hour can be booked."""
        whole_day = {"startTime": "00:00", "endTime": "23:59", "isAvailable": True}
        self.post("/api/mechanics/availability", {"timeZone": "UTC", "blocks": [{"dayOfWeek": day, **whole_day} for day in range(7)]})

    def ready(self) -> MechanicPerson:
        self.sign_up()
        self.approve()
        self.log_in()
        self.go_online()
        return self

    def board(self) -> list[dict[str, Any]]:
        return self.get("/api/mechanics/requests")["items"]


def mailed_link(person: Person, path: str) -> str:
    """The newest link to `path` in a mail to this person."""

    def links() -> list[str]:
        mails = httpx.get(f"{person.server.url}/api/dev/outbox", params={"to": person.email}, timeout=10).json()["items"]
        return [link for mail in mails for link in mail["links"] if path in link]

    wait_until(lambda: bool(links()), what=f"a mail with a link to {path}")
    return re.sub(r"^https?://[^/]+", "", links()[0])
