"""How an account stands, what Stripe asks for in words, and weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from autodoctor.payouts.requirements import Standing, in_words, standing
from autodoctor.payouts.weeks import Week, parse_week, week_at, week_of


@pytest.mark.parametrize(
    ("submitted", "enabled", "asked", "disabled", "stands"),
    [
        (False, False, True, "requirements.past_due", Standing.begun),
        (True, False, True, "requirements.past_due", Standing.missing),
        (True, False, False, "requirements.pending_verification", Standing.checking),
        (True, False, True, "rejected.fraud", Standing.refused),
        (True, True, True, None, Standing.ready),
    ],
)
def test_how_an_account_stands(submitted: bool, enabled: bool, asked: bool, disabled: str | None, stands: Standing) -> None:
    assert standing(details_submitted=submitted, payouts_enabled=enabled, is_asked=asked, disabled_reason=disabled) is stands


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["external_account"], ["A bank account for your payouts"]),
        (["individual.dob.day", "individual.dob.month", "person_1AbC.dob.year"], ["Your date of birth"]),
        (["individual.verification.document"], ["A photo of your identity document"]),
        (["tos_acceptance.date", "tos_acceptance.ip"], ["Your agreement to Stripe's terms"]),
        (["business_profile.url"], ["A website, or a few words about your work"]),
        (["individual.political_exposure"], ["Political exposure"]),
        (["company.tax_id", "company.structure"], ["The company's tax number", "Details of the company"]),
        ([], []),
    ],
)
def test_what_is_missing_is_said_once_in_plain_words(names: list[str], words: list[str]) -> None:
    assert in_words(names) == words


def test_a_week_is_named_as_calendars_do() -> None:
    assert parse_week("2026-W47") == Week(2026, 47) == week_of(date(2026, 11, 22))
    assert (str(Week(2026, 1)), Week(2026, 1).first_day) == ("2026-W01", date(2025, 12, 29))
    assert [parse_week(name) for name in ("2026-W54", "2026-W00", "2026-47", "", None, "2025-W53")] == [None] * 6


def test_a_week_is_somebodys_own() -> None:
    moment = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)  # a Sunday, and Monday already in Auckland
    assert (week_at(moment, ZoneInfo("UTC")), week_at(moment, ZoneInfo("Pacific/Auckland"))) == (Week(2026, 9), Week(2026, 10))


def test_the_week_in_which_clocks_change_is_an_hour_shorter() -> None:
    zone, week = ZoneInfo("Europe/Berlin"), Week(2026, 13)
    assert (week.until(zone) - week.since(zone)).total_seconds() == (7 * 24 - 1) * 3600
