"""What the mechanic's pages say to somebody who reads French."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autodoctor.accounts.devices import device_words
from autodoctor.payouts.queries import AccountView, WeekEarned
from autodoctor.payouts.requirements import Standing, in_words
from autodoctor.payouts.rules import PayoutStatus
from autodoctor.payouts.statements import WeekSummary
from autodoctor.payouts.weeks import Week
from autodoctor.sessions.queries import Rating
from autodoctor.ui.mechanic.earnings_view import account_card, bars, chart_words, week_line
from autodoctor.ui.mechanic.view import rating_words, title_of
from autodoctor.words import Language, speaking


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with speaking(Language.fr):
        yield


def plain(words: str) -> str:
    """With a space where French has one that doesn't break."""
    return words.replace("\u202f", " ").replace("\xa0", " ")


def test_how_the_account_stands() -> None:
    card = account_card(AccountView(Standing.missing, in_words(["individual.dob.day"])), {PayoutStatus.waiting: 2399})
    assert (card.title, card.missing) == ("Il manque encore quelque chose", ["Votre date de naissance"])
    assert plain(card.note) == "23,99 $US attendent votre compte de versement."
    assert card.waiting[0].name == "En attente de votre compte"
    assert card.waiting[0].words == "Cela part dès que Stripe indique que votre compte peut recevoir de l’argent."


@pytest.mark.parametrize(
    ("week", "days"),
    [
        (Week(2026, 10), "2–8 mars 2026"),
        (Week(2026, 14), "30 mars – 5 avr. 2026"),
        (Week(2026, 1), "29 déc. 2025 – 4 janv. 2026"),
    ],
)
def test_a_week_is_named_by_its_days(week: Week, days: str) -> None:
    assert week_line(WeekSummary(week, 0, 0, 0), None).days == days


def test_the_chart_in_words() -> None:
    weeks = [WeekEarned(Week(2026, 9), 0), WeekEarned(Week(2026, 10), 800)]
    assert plain(chart_words(weeks)) == (
        "Ces 2 dernières semaines, vous avez gagné 8,00 $US. La meilleure semaine a été celle du 2 mars, avec 8,00 $US."
    )
    assert plain(bars(weeks)[1].words) == "Semaine du 2 mars : 8,00 $US"


def test_ratings_are_a_sentence() -> None:
    assert rating_words(Rating(4.25, 12)) == "4,2 étoiles sur 5, selon 12 clients"


def test_what_is_not_known_of_a_request() -> None:
    assert title_of({}, is_described=False) == "Décrit encore le problème"


def test_a_device() -> None:
    told = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15"
    assert device_words(told) == "Safari sur un Mac"
