"""Codes of an authenticator app (TOTP, RFC 6238) and recovery codes: made, and recognised. No database.

A code stands for a step of 30 seconds. The step before and the one after count too: clocks differ. Of a step that was used, and of those
before it, no code counts again.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field

from pyotp.totp import TOTP

from autodoctor.core import clock
from autodoctor.core.security import hash_token, unseal

SEALED_FOR = "second factor"
STEP_S = 30
DRIFT = 1
RECOVERY_CODES = 10
_GROUPS, _GROUP = 5, 5
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike: 25 of these are 123 bits, so that their plain hash gives nothing away."""
_NOT_IN_CODES = re.compile(r"[\s-]")


@dataclass(frozen=True)
class Factor:
    """What a code is compared with: the sealed secret, the newest step that was used, the hashes of recovery codes that are left."""

    secret: str = field(repr=False)
    last_step: int | None
    recovery_codes: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """What a right code uses up: its step, or a recovery code (by its hash)."""

    step: int | None = None
    recovery_code: str = field(default="", repr=False)


def new_recovery_codes() -> list[str]:
    return ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def hash_recovery_code(code: str) -> str:
    """However it is typed."""
    return hash_token(_NOT_IN_CODES.sub("", code).lower())


def proof_by(factor: Factor, typed: str | None) -> Proof | None:
    """What the typed code proves, or None when it is wrong or used up."""
    code = _NOT_IN_CODES.sub("", typed or "")
    if (step := _step_of(factor, code)) is not None:
        return Proof(step=step)
    hashed = hash_recovery_code(code)
    return Proof(recovery_code=hashed) if hashed in factor.recovery_codes else None


def _step_of(factor: Factor, code: str) -> int | None:
    secret = unseal(factor.secret, purpose=SEALED_FOR)
    if secret is None:
        return None
    app, now = TOTP(secret, interval=STEP_S), int(clock.now().timestamp()) // STEP_S
    steps = [step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(app.generate_otp(step).encode(), code.encode())]
    return next((step for step in steps if factor.last_step is None or step > factor.last_step), None)
