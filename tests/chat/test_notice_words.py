"""Notices: kept in English, read by everybody in their own language."""

from __future__ import annotations

import pytest

from autodoctor.chat import notice_words
from autodoctor.words import Language, speaking


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (notice_words.JOINED.format(name="Ann Lee"), "Ann Lee (invité) est arrivé"),
        (notice_words.REMOVED.format(name="{name}"), "{name} (invité) a été retiré"),
        (notice_words.MINUTES_ADDED.format(minutes=10), "10 minutes ont été ajoutées"),
        ("Action plan\n1. Check the oil (now)", "Action plan\n1. Check the oil (now)"),
    ],
)
def test_a_notice_is_read_in_the_readers_language(kept: str, read: str) -> None:
    with speaking(Language.fr):
        assert notice_words.in_words(kept) == read
    assert notice_words.in_words(kept) == kept
