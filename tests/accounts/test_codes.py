"""Codes of an authenticator app, and recovery codes: which are right, and for how long."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pyotp
import pytest

from autodoctor.accounts import codes
from autodoctor.accounts.codes import Factor, Proof
from autodoctor.accounts.qr import QUIET_ZONE, qr_code
from autodoctor.core.security import seal, unseal
from autodoctor.core.settings import get_settings
from tests.conftest import Clock

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
pytestmark = pytest.mark.usefixtures("settings_env")


def factor(last_step: int | None = None, *recovery_codes: str) -> Factor:
    hashes = frozenset(codes.hash_recovery_code(each) for each in recovery_codes)
    return Factor(seal(SECRET, purpose=codes.SEALED_FOR), last_step, hashes)


def shown(at: datetime) -> str:
    """What an app shows then."""
    return pyotp.TOTP(SECRET).at(at)


def test_the_known_answers_of_rfc_6238_are_right(fixed_clock: Clock) -> None:
    secret = seal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", purpose=codes.SEALED_FOR)
    for second, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")):
        fixed_clock.time = datetime.fromtimestamp(second, UTC)
        assert codes.proof_by(Factor(secret, None, frozenset()), code) == Proof(step=second // 30)


@pytest.mark.parametrize(("late_s", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(fixed_clock: Clock, late_s: int, is_right: bool) -> None:
    code = shown(fixed_clock())
    fixed_clock.advance(seconds=late_s)
    assert (codes.proof_by(factor(), code) is not None) is is_right


def test_no_code_counts_of_a_used_step_or_an_earlier_one(fixed_clock: Clock) -> None:
    step = int(fixed_clock().timestamp()) // 30
    code = shown(fixed_clock())
    assert codes.proof_by(factor(step - 1), code) == Proof(step=step)
    assert codes.proof_by(factor(step), code) is None
    assert codes.proof_by(factor(step + 1), code) is None


@pytest.mark.parametrize("spelled", ["{}", " {} ", "{0:.3} {1}", "{0:.3}-{1}"])
def test_spaces_and_hyphens_dont_matter(fixed_clock: Clock, spelled: str) -> None:
    code = shown(fixed_clock())
    assert codes.proof_by(factor(), spelled.format(code, code[3:]) if "{1}" in spelled else spelled.format(code)) is not None


@pytest.mark.parametrize("typed", [None, "", "000000", "nonsense", "１２３４５６", "\x00", "x" * 60])
def test_anything_else_is_wrong(fixed_clock: Clock, typed: str | None) -> None:
    assert codes.proof_by(factor(None, *codes.new_recovery_codes()), typed) is None


def test_recovery_codes_are_long_random_and_read_however_they_are_typed() -> None:
    fresh = codes.new_recovery_codes()
    assert len(set(fresh)) == codes.RECOVERY_CODES == 10
    assert all(re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){4}", each) for each in fresh)
    for typed in (fresh[3], fresh[3].upper(), fresh[3].replace("-", " "), fresh[3].replace("-", "")):
        assert codes.proof_by(factor(None, *fresh), typed) == Proof(recovery_code=codes.hash_recovery_code(fresh[3]))
    assert codes.proof_by(factor(None, *fresh[4:]), fresh[3]) is None


def test_a_secret_is_read_by_this_installation_alone(settings_env: pytest.MonkeyPatch, fixed_clock: Clock) -> None:
    sealed = seal(SECRET, purpose=codes.SEALED_FOR)
    assert SECRET not in sealed
    assert unseal(sealed, purpose=codes.SEALED_FOR) == SECRET
    assert unseal(sealed, purpose="something else") is None
    assert unseal(sealed[:-2] + "AA", purpose=codes.SEALED_FOR) is None
    here = factor()
    settings_env.setenv("APP_SECRET", "another" * 10)
    get_settings.cache_clear()
    assert unseal(sealed, purpose=codes.SEALED_FOR) is None
    assert codes.proof_by(here, shown(fixed_clock())) is None, "nothing is right any more, and nothing breaks"


def test_a_qr_code_is_one_path_with_white_around_it() -> None:
    code = qr_code("otpauth://totp/Auto%20Doctor:kim@example.com?secret=" + SECRET)
    drawn = ElementTree.fromstring(f'<svg><path d="{code.path}"/></svg>')[0].attrib["d"]
    places = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn)}
    inside = range(QUIET_ZONE, code.size - QUIET_ZONE)
    assert all(x in inside and y in inside for x, y in places)
    corners = {(QUIET_ZONE, QUIET_ZONE), (code.size - QUIET_ZONE - 1, QUIET_ZONE), (QUIET_ZONE, code.size - QUIET_ZONE - 1)}
    assert corners <= places, "a reader finds its three corners"
