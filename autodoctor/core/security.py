"""Secrets: passwords (bcrypt), random tokens stored as hashes, and signatures for links that carry their own right."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import bcrypt
from cryptography.fernet import Fernet, InvalidToken

from autodoctor.core import clock
from autodoctor.core.errors import RateLimited
from autodoctor.core.settings import get_settings
from autodoctor.words import _

MAX_PASSWORD_BYTES = 72  # bcrypt reads no further; a longer one is refused, never cut (R5)


HASHING_THREADS = max(1, (os.cpu_count() or 2) // 2)
"""bcrypt keeps a core busy for a quarter of a second: it gets some of the cores, and threads of its own."""
MOST_WAITING = 24
BUSY_FOR_S = 5

Answer = TypeVar("Answer")
_hashing = ThreadPoolExecutor(HASHING_THREADS, thread_name_prefix="bcrypt")
_in_line = 0


async def _in_turn(work: Callable[..., Answer], *arguments: bytes) -> Answer:
    """Run bcrypt beside the loop, one after the other. Raises RateLimited when the line is so long that nobody would wait for its end."""
    global _in_line
    if _in_line >= HASHING_THREADS + MOST_WAITING:
        raise RateLimited(_("Very many people are logging in at this moment. Please try again in a few seconds."), retry_after_s=BUSY_FOR_S)
    _in_line += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_hashing, work, *arguments)
    finally:
        _in_line -= 1


async def hash_password(password: str) -> str:
    """bcrypt with 12 rounds in production, 4 elsewhere (R5). Raises RateLimited as `_in_turn`."""
    rounds = 12 if get_settings().is_production else 4
    digest = await _in_turn(bcrypt.hashpw, password.encode(), bcrypt.gensalt(rounds))
    return digest.decode()


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Without a hash (unknown account) the same work is done, so that the answer's time tells nothing. Raises RateLimited as `_in_turn`."""
    known = password_hash or _DUMMY_HASHES[12 if get_settings().is_production else 4]
    secret = password.encode()
    if len(secret) > MAX_PASSWORD_BYTES:
        secret = b""
    matches = await _in_turn(bcrypt.checkpw, secret, known.encode())
    return matches and password_hash is not None


_DUMMY_HASHES = {
    12: "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7q1ySNbJ8S1v5lKJY3zJQ4Yx0e1W7eK",
    4: "$2b$04$C6UzMDM.H6dfI/f/IKcEeO7q1ySNbJ8S1v5lKJY3zJQ4Yx0e1W7eK",
}


def new_token() -> str:
    """A random token of 256 bits, safe in a URL and a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is stored of a token: SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(text: str, *, purpose: str) -> str:
    """What stands for a text where nobody but us may find out by trying which one it is."""
    return _mac(purpose, text.encode())


def seal(text: str, *, purpose: str) -> str:
    """A text that only this installation can read again: encrypted with a key made of APP_SECRET, for what must be stored and read."""
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str | None:
    """The text, or None when it was changed, sealed for another purpose, or under another APP_SECRET."""
    try:
        return _sealer(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _sealer(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(f"seal:{purpose}")))


def sign(claims: dict[str, Any], *, purpose: str, ttl_s: int) -> str:
    """A signed, expiring text that carries `claims` (JSON values). `purpose` keeps one kind from passing as another."""
    body = json.dumps({**claims, "exp": int(clock.now().timestamp()) + ttl_s}, separators=(",", ":"), sort_keys=True)
    payload = base64.urlsafe_b64encode(body.encode()).rstrip(b"=")
    return f"{payload.decode()}.{_mac(purpose, payload)}"


def unsign(text: str, *, purpose: str) -> dict[str, Any] | None:
    """The claims of a signed text, or None when it was changed, is for another purpose, or has expired."""
    payload, _, mac = text.partition(".")
    if not hmac.compare_digest(_mac(purpose, payload.encode()).encode(), mac.encode()):
        return None
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return None if claims["exp"] <= clock.now().timestamp() else claims


def _mac(purpose: str, payload: bytes) -> str:
    return base64.urlsafe_b64encode(hmac.new(_key(purpose), payload, hashlib.sha256).digest()).rstrip(b"=").decode()


def _key(purpose: str) -> bytes:
    """A key of its own for each purpose."""
    return hashlib.sha256(f"{purpose}:{get_settings().app_secret}".encode()).digest()
