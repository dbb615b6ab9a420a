"""What administrators read in French: numbers, days, what is kept in English, and what no sentence could be left to glue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from autodoctor.accounts.acts import Act
from autodoctor.core.ids import new_id
from autodoctor.matching.rules import CloseReason, RequestStatus, WhyNot
from autodoctor.payouts.comparing import NOTES
from autodoctor.sessions.rules import SessionStatus
from autodoctor.sessions.timeline import Happening
from autodoctor.ui import numbers
from autodoctor.ui.admin.audit_view import act_line
from autodoctor.ui.admin.audit_words import ACTIONS
from autodoctor.ui.admin.charts_view import chart
from autodoctor.ui.admin.kept_words import code_words, delivery, kept
from autodoctor.ui.admin.overview_view import REQUESTS
from autodoctor.ui.admin.session_view import event
from autodoctor.words import Language, _, speaking

THIN = "\u202f"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def french() -> Iterator[None]:
    with speaking(Language.fr):
        yield


def test_numbers_and_days_are_as_before_in_english() -> None:
    assert (numbers.number(1234567), numbers.number(1.4), numbers.tenths(4.25), numbers.tenths(5)) == ("1,234,567", "1", "4.2", "5.0")
    for matched in range(201):
        assert numbers.percent(matched, 200) == f"{matched / 200:.0%}"
    for month in range(1, 13):
        day = date(2026, month, 3)
        assert (numbers.day_words(day), numbers.short_day(day)) == (f"3 {day:%b %Y}", f"3 {day:%b}")
    assert numbers.days_words(date(2026, 3, 1), date(2026, 3, 9)) == "1 Mar 2026 to 9 Mar 2026"


def test_numbers_and_days_are_written_as_in_france(french: None) -> None:
    assert numbers.number(1234567) == f"1{THIN}234{THIN}567"
    assert (numbers.tenths(4.25), numbers.percent(1, 3).replace("\u00a0", THIN)) == ("4,2", f"33{THIN}%")
    assert (numbers.day_words(date(2026, 8, 3)), numbers.short_day(date(2026, 2, 3))) == ("3 août 2026", "3 févr.")


def test_a_chart_says_its_days_in_the_readers_words(french: None) -> None:
    days = [("3 févr.", (2, 1, 0, 0))]
    (column,) = chart(days, kinds=REQUESTS, in_words=numbers.number, summary="", is_stacked=True).columns
    assert column.words == f"3 févr.{THIN}: attribuées 2, expirées 1, annulée 0, en attente 0"


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("ended in the room", "terminée dans la salle"),
        ("request cancelled while waiting", f"demande{THIN}: annulée pendant l’attente"),
        ("15 minutes were bought", "15 minutes ont été achetées"),
        ("Robin (invited) joined", "Robin (invité) est arrivé"),
        ("a guest left the video", "un invité a quitté la vidéo"),
        ("Two of the three wheels", "Two of the three wheels"),
    ],
)
def test_what_is_kept_in_english_is_said_in_french(french: None, english: str, said: str) -> None:
    assert kept(english) == said


def test_what_is_kept_stays_as_it_is_in_english() -> None:
    for text in ("ended in the room", "request cancelled while waiting", "15 minutes were bought", "An {odd} one"):
        assert kept(text) == text
    assert (code_words("lost_or_stolen_card"), delivery("show_out")) == ("lost or stolen card", "Show out")


def test_every_status_and_every_reason_has_its_words(french: None) -> None:
    codes = [*SessionStatus, *RequestStatus, *CloseReason, *NOTES, "mail", "refund", "transfer", "reversal"]
    same = [code for code in codes if code_words(code) == code.replace("_", " ")]
    assert same == []
    assert [each for each in (*WhyNot, *NOTES.values()) if _(each) == each] == []


def test_a_change_of_status_is_one_sentence(french: None) -> None:
    happening = Happening(NOW, "session", "pending", "waiting", "accepted", "Kim")
    assert event(happening).words == f"Séance{THIN}: mécanicien prêt (était{THIN}: en attente d’un mécanicien), par Kim"
    assert event(Happening(NOW, "request", None, "pending", "paid", None)).words == f"Demande{THIN}: en attente d’un mécanicien"


def test_an_act_is_told_in_french_and_what_somebody_wrote_as_they_wrote_it(french: None) -> None:
    details = {"amount_cents": 1234, "reason": "duplicate", "was": "live", "new_thing": "x"}
    line = act_line(Act(new_id(), NOW, None, None, "refund", "session", "7", details))
    assert (line.what, line.who, line.about) == ("A remboursé de l’argent", "Ligne de commande, ou automatiquement", "séance 7")
    assert line.details == [
        f"montant{THIN}: 12,34\u00a0$US",
        f"new thing{THIN}: x",
        f"motif{THIN}: duplicate",
        f"était{THIN}: en direct",
    ]


def test_every_act_has_french_words(french: None) -> None:
    acts = [Act(new_id(), NOW, None, None, action, "requests", "all", {}) for action in ACTIONS]
    assert [line.what for line in map(act_line, acts) if line.what in ACTIONS.values()] == []
