"""The reader of the suite's logs notices what it is there for (tests/leaks.py)."""

from __future__ import annotations

import logging

import pytest
import structlog

from autodoctor.core import clock, security
from autodoctor.core.telemetry import configure_logging
from tests import leaks
from tests.conftest import Clock


@pytest.mark.parametrize(
    "line",
    [
        "login failed password=a-good-password-9",
        "4242 4242 4242 4242 was declined",
        "paid with 5555555555554444",
        "GET /api/me Authorization: Bearer 0123456789abcdef",
        "cookie aad_customer=0123456789abcdef; Path=/",
        "key sk_test_0123456789abcdef",
        "checked with whsec_0123456789",
        "row $2b$12$C6UzMDM.H6dfI/f/IKcEeO7q1ySNbJ8S1v5lKJY3zJQ4Yx0e1W7eK",
    ],
)
def test_a_secret_is_found(line: str) -> None:
    assert leaks.secrets_in(line) != []


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-02T09:00:00.000000Z [info] delivered request_id=6b1f7c0e9d2a4f0a8e5b3c1d7f9a0b2c attempts=3",
        "session 0198f2c4-1234-7abc-8def-0123456789ab is due at 1772442000000",
        "sha256:1a1df5067062cf7cbe677994e391f8ee0840f499d370f1a71266e0dd3aa9308e",
        "paid 4242 cents of 4242 4242",
        "test_an_open_page_is_let_go_at_once_and_hol",
    ],
)
def test_an_ordinary_line_is_left_alone(line: str) -> None:
    assert leaks.secrets_in(line) == []


def test_what_the_product_makes_is_found(settings_env: pytest.MonkeyPatch, fixed_clock: Clock) -> None:
    assert fixed_clock() == clock.now()
    for secret in (security.new_token(), security.sign({"for": "somebody"}, purpose="test", ttl_s=60)):
        assert leaks.secrets_in(f"link=https://example.org/verify?token={secret}") != []


def test_every_line_of_this_process_is_read(settings_env: pytest.MonkeyPatch) -> None:
    configure_logging()
    structlog.get_logger("ours").warning("refused", token=security.new_token())
    logging.getLogger("a library's").error("declined %s", "4242424242424242")
    try:
        raise ValueError(security.new_token())
    except ValueError:
        structlog.get_logger("ours").exception("it broke")
    assert len(leaks.taken()) == 3
