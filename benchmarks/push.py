"""How long it takes from the webhook's answer until a new request is on an open dashboard. Run by `make bench`.

A server of ours is started as everybody starts it. Dashboards are opened as real websocket clients, each with a login of its own.
Then signed events are posted to `/api/stripe/webhook`, one after the other, and the arrival of the new card is timed at every
dashboard. In the same run, on the same machine, a bare python-socketio server sends the same payloads to as many sockets.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from autodoctor.accounts import mechanics
from autodoctor.accounts.cookies import login_cookie
from autodoctor.accounts.models import Role
from autodoctor.core.db import dispose_engine, unit_of_work
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.delivery import sign
from tests.e2e.server import ROOT, LiveServer
from tests.people import Person, a_customer, a_mechanic
from tests.reflex_client import OpenPage, Update, open_page, over_tcp
from tests.servers import free_port

RESULTS = ROOT / "benchmarks" / "results"
LIMIT_MS = 300
DASHBOARD = "/mechanic/dashboard"


@dataclass
class Round:
    """One event: milliseconds from its answer (and from its post) to the arrival at each dashboard."""

    answered_after_ms: float
    arrivals_ms: list[float]
    payload: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def first_page_ms(self) -> float:
        return self.arrivals_ms[0]


async def ours(server: LiveServer, dashboards: int, rounds: int) -> list[Round]:
    """Post one signed event after the other to our server."""
    customers = [await a_customer() for _ in range(rounds)]
    people = [await a_mechanic() for _ in range(dashboards)]
    async with unit_of_work() as db:
        for person in people:
            await mechanics.set_online(db, person.caller, online=True)
    async with AsyncExitStack() as stack, httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        pages = [await stack.enter_async_context(open_page(over_tcp(server.url), DASHBOARD, cookie=cookie_of(each))) for each in people]
        for page in pages:
            await page.until(lambda page=page: page.last("board_at") is not None, what="the dashboard to be there")
        try:
            return [await one_round(pages, lambda customer=each: pay(client, customer), count) for count, each in enumerate(customers, 1)]
        finally:
            await dispose_engine()


async def reference(url: str, rounds: Sequence[Round], dashboards: int) -> list[Round]:
    """Have a bare socket server send the same payloads."""
    async with AsyncExitStack() as stack, httpx.AsyncClient(base_url=url, timeout=20) as client:
        await until_it_answers(client)
        pages = [await stack.enter_async_context(open_page(over_tcp(url), "/")) for _ in range(dashboards)]
        return [await one_round(pages, lambda each=each: client.post("/emit", json=each.payload), len(cards_of(each))) for each in rounds]


@contextmanager
def reference_server() -> Iterator[str]:
    """The bare socket server, on a port of its own, in the same kind of process as ours. Yields its address."""
    port = free_port()
    options = ["--interface", "asgi", "--port", str(port), "--log-level", "warning", "benchmarks.reference:app"]
    process = subprocess.Popen([sys.executable, "-m", "granian", *options], cwd=ROOT)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


async def one_round(pages: Sequence[OpenPage], post: Callable[[], Awaitable[httpx.Response]], cards: int) -> Round:
    """Post, and wait until every page has a list of so many cards."""
    posted_at = time.perf_counter()
    answer = await post()
    answered_at = time.perf_counter()
    answer.raise_for_status()
    updates = [await arrival(page, cards) for page in pages]
    return Round(
        answered_after_ms=milliseconds(answered_at - posted_at),
        arrivals_ms=[milliseconds(update.at - answered_at) for update in updates],
        payload={"delta": updates[0].delta, "events": []},
    )


async def arrival(page: OpenPage, cards: int) -> Update:
    """The update that brought this many cards."""

    def found() -> Update | None:
        return next((each for each in page.updates if len(each.value("board") or []) == cards), None)

    await page.until(lambda: found() is not None, what=f"the list of {cards} cards")
    update = found()
    assert update is not None
    return update


async def pay(client: httpx.AsyncClient, customer: Person) -> httpx.Response:
    """Stripe's word that this customer has paid for a chat."""
    name = secrets.token_hex(8)
    checkout = {
        "id": f"cs_test_{name}",
        "object": "checkout.session",
        "status": "complete",
        "payment_status": "paid",
        "amount_total": 999,
        "currency": "usd",
        "payment_intent": f"pi_{name}",
        "metadata": {"plan": "chat10", "user": str(customer.id)},
        "client_reference_id": str(customer.id),
    }
    event = {"id": f"evt_{name}", "object": "event", "type": "checkout.session.completed", "data": {"object": checkout}}
    body = json.dumps(event)
    return await client.post(
        "/api/stripe/webhook", content=body, headers={"Stripe-Signature": sign(body), "Content-Type": "application/json"}
    )


def cookie_of(mechanic: Person) -> str:
    return f"{login_cookie(Role.mechanic)}={mechanic.headers['Authorization'].removeprefix('Bearer ')}"


def cards_of(each: Round) -> list[Any]:
    (values,) = each.payload["delta"].values()
    return values["board_rx_state_"]


async def until_it_answers(client: httpx.AsyncClient) -> None:
    for _ in range(200):
        try:
            await client.get("/")
        except httpx.TransportError:
            await asyncio.sleep(0.05)
        else:
            return
    raise AssertionError("the reference server didn't start")


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def summary(rounds: Sequence[Round]) -> dict[str, float]:
    """The figures of one server: the median of the rounds for one dashboard, for the typical one, and for the last of them."""
    first = [each.first_page_ms for each in rounds]
    last = [max(each.arrivals_ms) for each in rounds]
    return {
        "one_dashboard_median_ms": round(statistics.median(first), 1),
        "one_dashboard_worst_ms": max(first),
        "typical_dashboard_median_ms": round(statistics.median(statistics.median(each.arrivals_ms) for each in rounds), 1),
        "last_dashboard_median_ms": round(statistics.median(last), 1),
        "last_dashboard_worst_ms": max(last),
        "answer_median_ms": round(statistics.median(each.answered_after_ms for each in rounds), 1),
    }


ROWS = {
    "one_dashboard_median_ms": "one open dashboard, median",
    "one_dashboard_worst_ms": "one open dashboard, worst",
    "typical_dashboard_median_ms": "the middle one of all dashboards, median",
    "last_dashboard_median_ms": "the last of all dashboards, median",
    "last_dashboard_worst_ms": "the last of all dashboards, worst",
    "answer_median_ms": "the post itself, until its answer, median",
}


def table(results: Sequence[dict[str, Any]]) -> str:
    """The results as Markdown."""
    heads = [f"{each['dashboards']} dashboards: ours | bare socket server" for each in results]
    lines = [f"| ms from the webhook's answer to | {' | '.join(heads)} |", f"| --- |{' --- | --- |' * len(results)}"]
    for key, words in ROWS.items():
        figures = [f"{each['ours'][key]} | {each['reference'][key]}" for each in results]
        lines.append(f"| {words} | {' | '.join(figures)} |")
    return "\n".join(lines)


def measure(dashboards: int, rounds: int) -> dict[str, Any]:
    """One run of both servers, ours with an empty database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.start()
        os.environ.update({name: server.environment[name] for name in ("APP_ENV", "APP_URL", "APP_DATA_DIR", "PORT")})
        get_settings.cache_clear()
        try:
            own = asyncio.run(ours(server, dashboards, rounds))
        finally:
            server.stop()
    with reference_server() as url:
        bare = asyncio.run(reference(url, own, dashboards))
    return {"dashboards": dashboards, "rounds": rounds, "ours": summary(own), "reference": summary(bare)}


def write_down(results: Sequence[dict[str, Any]], load: float) -> None:
    """As figures and as a table, in benchmarks/results."""
    machine = {"cores": os.cpu_count(), "load_before": round(load, 1), "python": sys.version.split()[0]}
    where = f"{machine['cores']} cores with a load of {machine['load_before']}"
    made = f"Made by `make bench` on {where}; medians of {results[0]['rounds']} requests."
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "push.json").write_text(json.dumps({"machine": machine, "results": results}, indent=2) + "\n")
    (RESULTS / "push.md").write_text(f"# From the webhook's answer to an open dashboard\n\n{table(results)}\n\n{made}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dashboards", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    results = [measure(dashboards, chosen.rounds) for dashboards in chosen.dashboards]
    write_down(results, load)
    print(table(results))
    slowest = max(each["ours"]["one_dashboard_median_ms"] for each in results)
    if slowest >= LIMIT_MS:
        sys.exit(f"Too slow: a dashboard hears of a request {slowest} ms after the webhook's answer, {LIMIT_MS} ms are allowed.")


if __name__ == "__main__":
    main()
