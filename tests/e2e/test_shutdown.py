"""SIGTERM to a server that is busy: whoever has asked is answered, pages connect elsewhere, another worker can lead (issue 7, item 10)."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from simple_websocket import ConnectionClosed

from autodoctor.core.db import sync_url
from autodoctor.integrations.sandbox.stripe.delivery import sign
from tests.conftest import fresh_postgres
from tests.e2e.people import PASSWORD, CustomerPerson
from tests.e2e.server import LiveServer, wait_until
from tests.figures import figure, read_figures
from tests.files import samples
from tests.reflex_client import over_tcp
from tests.servers import redis_server

LOGINS = 12
FILM = samples.MP4 + bytes(24 * 1024 * 1024 - len(samples.MP4))
ENDS_WITHIN_S = 20


@pytest.fixture(params=["one worker", "two workers"])
def idle(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that is still to be started."""
    if request.param == "one worker":
        live = LiveServer(tmp_path)
        yield live
        live.stop()
        return
    with redis_server() as redis:
        database = fresh_postgres(request.getfixturevalue("postgres_template"))
        live = LiveServer(tmp_path, WORKERS="2", REDIS_URL=redis, DATABASE_URL=database)
        yield live
        live.stop()


@pytest.fixture
def busy(idle: LiveServer) -> LiveServer:
    idle.start()
    return idle


class Slow:
    """A request whose last byte is sent when it is told to; until then the server is in the middle of it."""

    def __init__(self, server: LiveServer, method: str, path: str, body: bytes = b"", **headers: str) -> None:
        self._connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{server.port}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self._connection.sendall("\r\n".join([*lines, "", ""]).encode() + body[:-1])
        self._last = body[-1:]

    def answer(self) -> tuple[int, bytes]:
        """Send the last byte and read what comes."""
        if self._last:
            self._connection.sendall(self._last)
        answer = self.head()
        body = answer.read()
        self._connection.close()
        return answer.status, body

    def head(self) -> HTTPResponse:
        answer = HTTPResponse(self._connection)
        answer.begin()
        return answer


def in_flight(server: LiveServer) -> float:
    """Beside the question itself."""
    return figure(read_figures(httpx.get(f"{server.url}/metrics", timeout=5).text), "http_requests_in_flight") - 1


def takes_connections(server: LiveServer) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True


def told(server: LiveServer, question: str) -> list[Any]:
    """What the server's database says."""
    url = server.environment.get("DATABASE_URL") or f"sqlite:///{server.data_dir / 'autodoctor.sqlite3'}"
    engine = sa.create_engine(sync_url(url))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(question))]
    engine.dispose()
    return found


def end(server: LiveServer) -> None:
    """What a supervisor does: SIGTERM to the process it started, and to no other."""
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGTERM)


def ended(server: LiveServer) -> int:
    assert server.process is not None
    return server.process.wait(timeout=ENDS_WITHIN_S)


@pytest.fixture
def customer(busy: LiveServer) -> CustomerPerson:
    somebody = CustomerPerson(busy)
    somebody.sign_up()
    somebody.verify()
    somebody.log_in()
    return somebody


def a_download(server: LiveServer, customer: CustomerPerson) -> Slow:
    """A film that somebody begins to watch: uploaded, in a description, and asked for by its link."""
    path = customer.upload(FILM, "leak.mp4", "video/mp4")
    session_id = customer.paid_request()["session"]["id"]
    about = {"plan": "chat10", "name": "Robin Sample", "email": customer.email, "concern": "It knocks when cold."}
    customer.post("/api/intake/start", about | {"sessionId": session_id, "files": [path]}, expect=201)
    link = customer.get(f"/api/sessions/{session_id}/intake")["files"][0]["url"]
    return Slow(server, "GET", link)


def test_nobody_who_has_asked_is_left_without_an_answer(
    busy: LiveServer, customer: CustomerPerson, settings_env: pytest.MonkeyPatch
) -> None:
    login = json.dumps({"email": customer.email, "password": PASSWORD}).encode()
    logins = [Slow(busy, "POST", "/api/customer/login", login, Content_Type="application/json") for _ in range(LOGINS)]
    event = json.dumps({"id": "evt_last", "object": "event", "type": "unicorn.sighted", "data": {"object": {"id": "x"}}})
    webhook = Slow(busy, "POST", "/api/stripe/webhook", event.encode(), Content_Type="application/json", Stripe_Signature=sign(event))
    signed = customer.post("/api/uploads/sign", {"fileName": "b.mp4", "fileSize": len(FILM), "fileType": "video/mp4"})
    upload = Slow(busy, "PUT", signed["uploadUrl"], FILM, Content_Type="video/mp4")
    download = a_download(busy, customer)
    film = download.head()
    assert film.status == 200
    asked = [*logins, webhook, upload]
    wait_until(lambda: in_flight(busy) >= len(asked), what="all of them to have begun")

    end(busy)
    wait_until(lambda: not takes_connections(busy), what="the door to be closed")
    assert busy.process is not None
    assert busy.process.poll() is None, "it waits for them"
    wait_until(lambda: told(busy, "SELECT holder FROM leases") == [], what="the lease to be free, while they are still there")
    answers = [each.answer() for each in asked]
    seen = len(film.read())

    assert [(status, body[:200]) for status, body in answers if not 200 <= status < 300] == []
    assert seen == len(FILM)
    assert ended(busy) == 0
    assert told(busy, "SELECT status FROM stripe_events WHERE id = 'evt_last'") == [("processed",)]
    assert told(busy, "SELECT holder FROM leases") == []
    assert "broken off" not in busy.log.read_text()


def workers_of(server: LiveServer) -> list[str]:
    """The processes that Granian has begun: none before it is Granian."""
    assert server.process is not None
    process = Path(f"/proc/{server.process.pid}")
    if b"scripts.granian" not in (process / "cmdline").read_bytes():
        return []
    return (process / "task" / process.name / "children").read_text().split()


def test_a_server_that_is_told_to_end_while_it_starts_ends(idle: LiveServer) -> None:
    idle.launch()
    wait_until(lambda: len(workers_of(idle)) == int(idle.environment.get("WORKERS", 1)), what="the workers to be begun")
    end(idle)
    assert ended(idle) == 0


async def test_an_open_page_is_let_go_at_once_and_holds_nobody_up(busy: LiveServer) -> None:
    page = await over_tcp(busy.url)(f"/_event/?EIO=4&transport=websocket&token={uuid.uuid4()}", "")
    assert str(await page.receive()).startswith("0")
    began = time.monotonic()
    end(busy)
    with pytest.raises(ConnectionClosed):  # properly, though Granian keeps our code for itself
        while True:
            await page.receive()
    assert time.monotonic() - began < 5
    assert ended(busy) == 0
    assert time.monotonic() - began < 10
