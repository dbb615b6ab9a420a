"""An unknown account costs the same work as a wrong password (R5)."""

from __future__ import annotations

import asyncio
import base64
import time

import bcrypt
import pytest

from autodoctor.accounts.rules import password_problem
from autodoctor.core import security
from autodoctor.core.errors import RateLimited
from autodoctor.core.security import hash_password, hash_token, new_token, sign, unsign, verify_password
from autodoctor.core.settings import get_settings
from tests.conftest import Clock
from tests.production import PRODUCTION


async def test_a_password_is_checked_also_where_there_is_no_account(settings_env: pytest.MonkeyPatch) -> None:
    checked: list[bytes] = []
    real = bcrypt.checkpw

    def counting(password: bytes, hashed: bytes) -> bool:
        checked.append(hashed)
        return real(password, hashed)

    settings_env.setattr(bcrypt, "checkpw", counting)
    known = await hash_password("a-good-password-9")
    assert await verify_password("a-good-password-9", known) is True
    assert await verify_password("another", known) is False
    assert await verify_password("a-good-password-9", None) is False
    assert len(checked) == 3
    rounds = {hashed.split(b"$")[2] for hashed in checked}
    assert len(rounds) == 1


async def test_what_bcrypt_would_cut_off_never_matches(settings_env: pytest.MonkeyPatch) -> None:
    known = await hash_password("x" * 72)
    assert await verify_password("x" * 72, known) is True
    assert await verify_password("x" * 73, known) is False


async def test_production_hashes_with_twelve_rounds(settings_env: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    assert (await hash_password("a-good-password-9")).startswith("$2b$12$")


@pytest.mark.parametrize(
    ("password", "is_fine"), [("1234567", False), ("7-wrench", True), ("x" * 72, True), ("x" * 73, False), ("é" * 37, False)]
)
def test_a_password_has_8_characters_and_72_bytes(password: str, is_fine: bool) -> None:
    assert (password_problem(password) is None) is is_fine


def test_signed_claims_expire_and_serve_one_purpose(settings_env: pytest.MonkeyPatch, fixed_clock: Clock) -> None:
    signed = sign({"path": "a"}, purpose="download", ttl_s=60)
    claims = unsign(signed, purpose="download")
    assert claims is not None
    assert claims["path"] == "a"
    assert unsign(signed, purpose="upload") is None
    assert unsign(signed[:-1] + ("A" if signed[-1] != "A" else "B"), purpose="download") is None
    assert unsign("", purpose="download") is None
    assert unsign("é.é", purpose="download") is None
    fixed_clock.advance(seconds=60)
    assert unsign(signed, purpose="download") is None


def test_a_token_is_256_random_bits_and_no_two_are_alike() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_a_token_s_hash_says_nothing_of_it() -> None:
    assert hash_token("secret") != "secret"
    assert hash_token("secret") == hash_token("secret")


async def test_hashing_leaves_the_loop_to_everybody_else(settings_env: pytest.MonkeyPatch) -> None:
    slow = bcrypt.hashpw(b"a-good-password-9", bcrypt.gensalt(11)).decode()
    hashing = [asyncio.create_task(verify_password("a-guess-of-mine", slow)) for _ in range(security.MOST_WAITING)]
    longest, answered = 0.0, 0
    while not all(each.done() for each in hashing):
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        longest, answered = max(longest, time.perf_counter() - before), answered + 1
    assert [each.result() for each in hashing] == [False] * security.MOST_WAITING
    assert answered > security.MOST_WAITING, "the loop stood still"
    assert longest < 0.5


async def test_a_line_that_nobody_would_wait_for_is_refused_and_gone_afterwards(settings_env: pytest.MonkeyPatch) -> None:
    known = await hash_password("a-good-password-9")
    most = security.HASHING_THREADS + security.MOST_WAITING
    results = await asyncio.gather(*(verify_password("a-good-password-9", known) for _ in range(most + 7)), return_exceptions=True)
    refused = [each for each in results if isinstance(each, RateLimited)]
    assert (results.count(True), len(refused)) == (most, 7)
    assert {each.retry_after_s for each in refused} == {5}
    assert await verify_password("a-good-password-9", known) is True
