"""A thousand logins against one account, from one address and from a thousand, at two workers: slowed as docs/security-logins.md says,
while others, and the owner, log in."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.conftest import fresh_postgres
from tests.e2e.people import PASSWORD, CustomerPerson, mailed_link
from tests.e2e.server import LiveServer
from tests.servers import redis_server

ATTEMPTS, AT_ONCE = 1000, 25
BY_ADDRESS, BY_STRANGERS = 10, 50
IN_WELL_UNDER_S = 5
"""The wait that the attacker is told is minutes."""


@pytest.fixture
def pair(tmp_path: Path, postgres_template: str) -> Iterator[LiveServer]:
    """Two workers behind a proxy that says where visitors come from, with rate limits on."""
    with redis_server() as redis:
        settings = {"WORKERS": "2", "REDIS_URL": redis, "RATE_LIMITS": "on", "TRUSTED_PROXIES": "1"}
        live = LiveServer(tmp_path, DATABASE_URL=fresh_postgres(postgres_template), **settings)
        live.start()
        yield live
        live.stop()


def member(server: LiveServer, address: str) -> CustomerPerson:
    """A verified customer, who has never logged in."""
    person = CustomerPerson(server)
    person.client.headers["X-Forwarded-For"] = address
    person.sign_up()
    person.verify()
    return person


async def log_in(client: httpx.AsyncClient, email: str, password: str, address: str, cookie: str = "") -> httpx.Response:
    """From a browser that brings nothing but this cookie."""
    headers = {"X-Forwarded-For": address, **({"Cookie": cookie} if cookie else {})}
    answer = await client.post("/api/customer/login", json={"email": email, "password": password}, headers=headers)
    client.cookies.clear()
    return answer


@dataclass
class Attack:
    """A thousand guesses, a few dozen at a time."""

    client: httpx.AsyncClient
    email: str
    address_of: Callable[[int], str]
    answers: list[httpx.Response] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def run(self) -> None:
        free = asyncio.Semaphore(AT_ONCE)

        async def guess(number: int) -> None:
            async with free:
                answer = await log_in(self.client, self.email, f"guess-{number}", self.address_of(number))
            async with self.news:
                self.answers.append(answer)
                self.news.notify_all()

        await asyncio.gather(*(guess(number) for number in range(ATTEMPTS)))

    async def has_come_to(self, number: int) -> None:
        async with self.news:
            await self.news.wait_for(lambda: len(self.answers) >= number)

    def statuses(self) -> Counter[int]:
        return Counter(answer.status_code for answer in self.answers)


async def log_in_meanwhile(client: httpx.AsyncClient, attack: Attack, email: str) -> list[float]:
    """Somebody else logs in eight times while the attack goes on; how long each took."""
    took = []
    for number in range(8):
        await attack.has_come_to(number * ATTEMPTS // 10)
        before = time.perf_counter()
        answer = await log_in(client, email, PASSWORD, f"198.51.100.{10 + number}")
        assert answer.status_code == 200, answer.text
        took.append(time.perf_counter() - before)
    return took


def waits(answers: list[httpx.Response]) -> list[int]:
    """What those who are refused are told to wait, in seconds."""
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.json()["code"] for answer in refused} == {"rate_limited"}
    return [int(answer.headers["retry-after"]) for answer in refused]


async def test_a_thousand_guesses_are_slowed_and_nobody_else_is(pair: LiveServer) -> None:
    robin, other = await asyncio.to_thread(member, pair, "198.51.100.1"), await asyncio.to_thread(member, pair, "198.51.100.2")
    async with httpx.AsyncClient(base_url=pair.url, timeout=30) as attacker, httpx.AsyncClient(base_url=pair.url, timeout=30) as client:
        at_home = await log_in(client, robin.email, PASSWORD, "198.51.100.1")
        device = f"aad_device={at_home.cookies['aad_device']}"

        one = Attack(attacker, robin.email, lambda _number: "203.0.113.7")
        _, took = await asyncio.gather(one.run(), log_in_meanwhile(client, one, other.email))
        assert one.statuses() == {401: BY_ADDRESS, 429: ATTEMPTS - BY_ADDRESS}
        assert all(1 <= wait <= 300 for wait in waits(one.answers))
        assert max(took) < IN_WELL_UNDER_S

        many = Attack(attacker, robin.email, lambda number: f"203.0.{number // 200}.{number % 200}")
        _, took = await asyncio.gather(many.run(), log_in_meanwhile(client, many, other.email))
        strangers_left = BY_STRANGERS - BY_ADDRESS - 1  # the owner's first login was a stranger's too
        assert many.statuses() == {401: strangers_left, 429: ATTEMPTS - strangers_left}
        assert all(300 < wait <= 3600 for wait in waits(many.answers))
        assert max(took) < IN_WELL_UNDER_S

        assert (await log_in(client, robin.email, PASSWORD, "192.0.2.1")).status_code == 429, "a stranger, though with the password"
        assert (await log_in(client, robin.email, PASSWORD, "192.0.2.2", device)).status_code == 200, "the owner, at home"
        await client.post("/api/customer/forgot-password", json={"email": robin.email}, headers={"X-Forwarded-For": "192.0.2.3"})
        link = await asyncio.to_thread(mailed_link, robin, "/reset-password")
        body = {"token": link.partition("token=")[2], "password": "another-good-one"}
        changed = await client.post("/api/customer/reset-password", json=body, headers={"X-Forwarded-For": "192.0.2.3"})
        new_device = f"aad_device={changed.cookies['aad_device']}"
        assert (await log_in(client, robin.email, "another-good-one", "192.0.2.4", new_device)).status_code == 200, "by a new password"
