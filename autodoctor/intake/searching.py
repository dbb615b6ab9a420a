"""Intakes in which words stand, found by an index of words however many intakes there are (docs/decisions/0023).

The databases keep the index themselves (migration 0011): PostgreSQL in the column `intakes.words`, SQLite in the tables `intake_words` and
`intake_places`. The filters are words in it too, which nobody can type. What is asked of it comes in the order of the list and no further
than a page needs, so a word that a third of all intakes have costs no more than one that none has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BIT, TSQUERY
from sqlmodel import col

from autodoctor.core import days, paging
from autodoctor.intake.models import Intake
from autodoctor.intake.rules import IntakeStatus
from autodoctor.plans.catalog import PlanCode

_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS_OF_A_BEGINNING = 3
_LONG_KNOWN = unicodedata.ucd_3_2_0


@dataclass(frozen=True, kw_only=True)
class IntakeFilter:
    """What is looked for; None and "" leave it open. `words` are looked for in contact, vehicle, concern and details."""

    status: IntakeStatus | None = None
    plan: PlanCode | None = None
    first_day: date | None = None
    last_day: date | None = None
    words: str = ""

    def named(self) -> dict[str, str]:
        """What was asked for, for the audit log."""
        return {name: str(value) for name, value in vars(self).items() if value}

    def days(self) -> list[sa.ColumnElement[bool]]:
        """Raises ValidationFailed for days in the wrong order."""
        return days.within(col(Intake.created_at), self.first_day, self.last_day)

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """All but the words. Raises ValidationFailed for days in the wrong order."""
        found = self.days()
        found += [col(Intake.status) == self.status] if self.status else []
        return found + ([col(Intake.plan) == self.plan] if self.plan else [])

    def marks(self) -> dict[str, str]:
        """The filters that are words of the index."""
        return {name: value.value for name, value in (("status", self.status), ("plan", self.plan)) if value}


def words_of(typed: str) -> list[str]:
    """The words in what somebody typed: letters and digits of any script, and nothing that an index would take for an operator.

    SQLite divides texts by the Unicode of 2012; a letter younger than that would be none to it, so here only old ones are letters.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFC", typed))
    return "".join(each if _is_letter_or_digit(each) else " " for each in plain).split()


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" and _LONG_KNOWN.category(character)[0] in "LN"


def _threes(word: str) -> list[str]:
    """What of a VIN is in the index, for a word that may be a part of one: each three letters and digits that follow each other."""
    may_be = word.isascii() and len(word) > 3 and not word.isalpha()
    return [word[start : start + 3] for start in range(len(word) - 2)] if may_be else []


def newest(dialect: sa.Dialect, wanted: IntakeFilter, *, cursor: str | None, limit: int) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """The ids of the first so many intakes behind the cursor to which everything asked applies, perhaps with some that the list's own
    conditions on the cursor leave out. Raises ValidationFailed for a bad cursor and for days in the wrong order.
    """
    words, spanned = words_of(wanted.words), wanted.days()
    if not words:
        return sa.select(col(Intake.id)).where(sa.false())
    if dialect.name == "postgresql":
        return _newest_in_postgresql(_asked_of_postgresql(wanted, words), spanned, cursor, limit)
    return _newest_in_sqlite(_matching(wanted, words), cursor, limit)


def everything(dialect: sa.Dialect, wanted: IntakeFilter, columns: Sequence[Any]) -> sa.Select[*tuple[Any, ...]]:
    """These columns of all of them, the oldest first, told as they are found. Raises ValidationFailed for days in the wrong order."""
    words, spanned = words_of(wanted.words), wanted.days()
    if not words:
        return sa.select(*columns).where(sa.false())
    if dialect.name == "postgresql":
        return _all_in_postgresql(_asked_of_postgresql(wanted, words), spanned, columns)
    return _all_in_sqlite(_matching(wanted, words), columns)


# --- SQLite: its index lists rows by their place, which is the time in milliseconds and 20 bits to tell those of the same one apart

_BITS = 20
_OF_ONE_MOMENT = (1 << _BITS) - 1
_indexed = sa.table("intake_words", sa.column("rowid", sa.BigInteger))
_places = sa.table("intake_places", sa.column("place", sa.BigInteger), sa.column("intake_id", sa.Uuid))
_place = _indexed.c.rowid


def _newest_in_sqlite(matching: list[sa.ColumnElement[bool]], cursor: str | None, limit: int) -> sa.CompoundSelect[Any]:
    """The index is asked once, and again only for intakes of the same millisecond as the page's last one or the cursor's: which of those
    belong to the page is decided by the list's own order.
    """
    place, before = _places.c.place, []
    tied: list[sa.ColumnElement[bool]] = []
    if cursor:
        moment, last_id = paging.position(cursor)
        first_of_it = _milliseconds(moment) << _BITS
        before = [_place < first_of_it]
        tied = [place.between(first_of_it, first_of_it + _OF_ONE_MOMENT) & (_places.c.intake_id != last_id)]
    page = sa.select(_place.label("place")).where(*matching, *before).order_by(_place.desc()).limit(limit).cte("page")
    last = sa.select(sa.func.min(page.c.place)).scalar_subquery()
    tied.append(place.between(last.op(">>")(_BITS).op("<<")(_BITS), last - 1))
    is_found = sa.exists().where(*matching, _place == place)
    ways = [place.in_(sa.select(page.c.place)), *(each & is_found for each in tied)]
    return sa.union_all(*(sa.select(_places.c.intake_id).where(each) for each in ways))


def _all_in_sqlite(matching: list[sa.ColumnElement[bool]], columns: Sequence[Any]) -> sa.Select[*tuple[Any, ...]]:
    of = sa.join(_indexed, _places, _places.c.place == _place).join(Intake, col(Intake.id) == _places.c.intake_id)
    return sa.select(*columns).select_from(of).where(*matching).order_by(_place)


def _matching(wanted: IntakeFilter, words: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    marks = [f"\ue000{value.replace('_', '')}" for value in wanted.marks().values()]
    ways = [f'"{each}"' for each in words]
    ways[-1] += " *"
    parts = [" AND ".join(f'"\ue001{three}"' for three in _threes(each)) for each in words]
    asked = [*(f'"{each}"' for each in marks), *(f"({way} OR ({part}))" if part else way for way, part in zip(ways, parts, strict=True))]
    found: list[sa.ColumnElement[bool]] = [sa.literal_column("intake_words").op("MATCH")(" AND ".join(asked))]
    if wanted.first_day:
        found.append(_place >= _milliseconds(days.start_of(wanted.first_day)) << _BITS)
    return found + ([_place < _milliseconds(days.end_of(wanted.last_day)) << _BITS] if wanted.last_day else [])


def _milliseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


# --- PostgreSQL: its index knows no order, so it is asked for some months after the others, until there are enough


def _newest_in_postgresql(asked: Any, spanned: list[sa.ColumnElement[bool]], cursor: str | None, limit: int) -> sa.Select[Any]:
    """First in the newest month, then in twice as many each time: what is common is there at once, and what is rare takes few questions.

    Of the months asked for all are sorted: with a limit there the planner might rather walk through all intakes along the time.
    """
    at, intake_id = col(Intake.created_at), col(Intake.id)
    first, last = sa.select(sa.func.min(at)).where(*spanned), sa.select(sa.func.max(at)).where(*spanned)
    newest = _month((last.where(at <= paging.position(cursor)[0]) if cursor else last).scalar_subquery())
    month = _each_month(newest, _month(first.scalar_subquery()), step=-1)
    digits = sa.func.length(sa.func.ltrim(sa.cast(sa.cast(newest - month, BIT(16)), sa.Text), "0"))
    months = sa.select(_one_of(month).label("months")).group_by(digits).order_by(digits).subquery()
    theirs = sa.select(intake_id.label("id")).where(_has(asked, months.c.months), *spanned)
    theirs = paging.after(theirs, cursor, at=at, row_id=intake_id, limit=limit).limit(None).lateral()
    return sa.select(theirs.c.id).select_from(sa.join(months, theirs, sa.true())).limit(limit)


def _all_in_postgresql(asked: Any, spanned: list[sa.ColumnElement[bool]], columns: Sequence[Any]) -> sa.Select[*tuple[Any, ...]]:
    """Month by month, so that no more than one is sorted at once."""
    at = col(Intake.created_at)
    ends = [_month(sa.select(end(at)).where(*spanned).scalar_subquery()) for end in (sa.func.min, sa.func.max)]
    month = _each_month(*ends, step=1)
    months = sa.select(_one_of(month).label("months")).group_by(month).order_by(month).subquery()
    theirs = sa.select(*columns).where(_has(asked, months.c.months), *spanned).order_by(at, col(Intake.id)).lateral()
    return sa.select(theirs).select_from(sa.join(months, theirs, sa.true()))


def _each_month(start: sa.ColumnElement[int], end: sa.ColumnElement[int], *, step: int) -> sa.ColumnElement[int]:
    return sa.func.generate_series(start, end, step).table_valued(sa.column("month", sa.Integer)).render_derived().c.month


def _month(moment: Any) -> sa.ColumnElement[int]:
    """As the index counts them, in UTC."""
    at = sa.func.timezone("UTC", moment)
    return sa.cast(sa.extract("year", at) * 12 + sa.extract("month", at), sa.Integer)


def _one_of(month: sa.ColumnElement[int]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.string_agg(sa.func.concat("'month=", month, "'"), " | "), TSQUERY)


def _has(asked: Any, months: Any) -> sa.ColumnElement[bool]:
    return sa.literal_column("intakes.words").op("@@")(asked.op("&&")(months))


def _asked_of_postgresql(wanted: IntakeFilter, words: Sequence[str]) -> sa.ColumnElement[Any]:
    """All of the words, the last one perhaps longer. What makes letters small and plain in the index does it here."""
    marks = [f"'{name}={value}'" for name, value in wanted.marks().items()]
    ways = [*(f"'{each}'" for each in words[:-1]), _begun_in_postgresql(words[-1])]
    parts = [" & ".join(f"'vin={three}'" for three in _threes(each)) for each in words]
    asked = " & ".join([*marks, *(f"({way} | {part})" if part else way for way, part in zip(ways, parts, strict=True))])
    plain = sa.func.lower(sa.func.regexp_replace(sa.func.normalize(asked, sa.text("NFD")), r"[\u0300-\u036f]+", "", "g"))
    return sa.cast(plain, TSQUERY)


def _begun_in_postgresql(word: str) -> str:
    """Beginnings of up to three letters are in the index; of a longer one all words that begin so are looked up."""
    letters = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return f"'~{word}'" if len(letters) <= _LETTERS_OF_A_BEGINNING else f"'{word}':*"
