"""the words of an intake are indexed for the administrators' search; what else they list and add up is read along an index

Which words, and why this way: docs/decisions/0023. SQLite's own index hangs on triggers of `intakes`: a later migration that makes that
table anew (`batch_alter_table`) takes them away, and has to create them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_TEXTS = ("name", "email", "phone", "city", "vin", "plate", "year", "make", "model", "vehicle_make", "vehicle_model", "concern", "details")
_IN_THEIR_ORDER = (
    ("intakes_status_idx", "intakes", ["status", "created_at", "id"]),
    ("intakes_plan_idx", "intakes", ["plan", "created_at", "id"]),
    ("payouts_status_idx", "payouts", ["status", "created_at", "id"]),
    ("session_requests_paid_at_idx", "session_requests", ["paid_at", "accepted_at", "status"]),
)
_PAYABLE = sa.text("account = 'payable'")
_THREES = range(1, 16)
"""Where the threes of a VIN's 17 characters begin. People know a VIN by any part of it, and each part of four or more is made of these: far
fewer words to index than all the parts.
"""
_ENDS_OF_A_PHONE = (10, 7, 4)

_ACCENTS = r"[\u0300-\u036f]+"
_BETWEEN_WORDS = (
    r"[\u0001-/:-@\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff"
    r"\u3000-\u3004\u3008-\u3020\ufe10-\ufe6f\uff00-\uff0f\U0001f000-\U0001ffff]+"
)
_LONGER_THAN_A_WORD = r"([^ ]{200})[^ ]+"
_WORD = r" ([^ ])([^ ]?)([^ ]?)([^ ]*)"
_WITH_BEGINNINGS = r" \1\2\3\4 ~\1 ~\1\2 ~\1\2\3"
"""So many words begin with the same one, two or three letters that these are words of their own."""


def upgrade() -> None:
    op.drop_index("intakes_status_idx", table_name="intakes")
    for name, table, columns in _IN_THEIR_ORDER:
        op.create_index(name, table, columns)
    op.create_index(
        "ledger_entries_payable_idx",
        "ledger_entries",
        ["mechanic_id", "account", "amount_cents"],
        postgresql_where=_PAYABLE,
        sqlite_where=_PAYABLE,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE intakes ADD COLUMN words tsvector GENERATED ALWAYS AS ({_vector()}) STORED")
        op.execute("CREATE INDEX intakes_words_idx ON intakes USING gin (words) WITH (fastupdate = off)")
        return
    op.execute("CREATE TABLE intake_places (place INTEGER NOT NULL PRIMARY KEY, intake_id CHAR(32) NOT NULL UNIQUE)")
    op.execute(
        "CREATE VIRTUAL TABLE intake_words USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3 4 5 6', "
        """tokenize="unicode61 remove_diacritics 2")"""
    )
    _fill_sqlite()
    _follow_in_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("intakes_words_idx", table_name="intakes")
        op.drop_column("intakes", "words")
    else:
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER intakes_words_{verb}")
        op.execute("DROP TABLE intake_words")
        op.execute("DROP TABLE intake_places")
    op.drop_index("ledger_entries_payable_idx", table_name="ledger_entries")
    for name, table, _columns in _IN_THEIR_ORDER:
        op.drop_index(name, table_name=table)
    op.create_index("intakes_status_idx", "intakes", ["status"])


# --- PostgreSQL: a generated column


def _vector() -> str:
    """Words in small letters without accents, what the filters ask for, and the month, by which a common word is read in parts."""
    phone = [f"right(phone, {length})" for length in _ENDS_OF_A_PHONE]
    texts = [*_TEXTS, "vehicle_year::text", *phone, "translate(plate, ' .-', '')"]
    whole = " || ' ' || ".join(f"coalesce({each}, '')" for each in texts)
    folded = f"lower(regexp_replace(normalize(left({whole}, 20000), NFD), '{_ACCENTS}', '', 'g'))"
    spaced = f"regexp_replace(' ' || {folded}, '{_BETWEEN_WORDS}', ' ', 'g')"
    cut = f"regexp_replace({spaced}, '{_LONGER_THAN_A_WORD}', '\\1', 'g')"
    words = f"regexp_replace({cut}, '{_WORD}', '{_WITH_BEGINNINGS}', 'g')"
    at = "created_at AT TIME ZONE 'UTC'"
    month = f"(extract(year FROM {at}) * 12 + extract(month FROM {at}))::integer"
    marks = ["status=' || status", "plan=' || coalesce(plan, '')", f"month=' || {month}"]
    marks += [f"vin=' || lower(coalesce(substr(vin, {start}, 3), ''))" for start in _THREES]
    return f"array_to_tsvector(array_remove(string_to_array({words}, ' '), '') || ARRAY[{', '.join(chr(39) + each for each in marks)}])"


# --- SQLite: a full-text table that holds no text, and a table that says whose each of its rows is


def _text(row: str) -> str:
    phone = [f"substr({row}.phone, -{length})" for length in _ENDS_OF_A_PHONE]
    plate = f"replace(replace(replace({row}.plate, ' ', ''), '.', ''), '-', '')"
    texts = [*(f"{row}.{each}" for each in (*_TEXTS, "vehicle_year")), *phone, plate]
    marks = [f"char(57344) || replace({row}.{each}, '_', '')" for each in ("status", "plan")]
    marks += [f"char(57345) || substr({row}.vin, {start}, 3)" for start in _THREES]
    return " || ' ' || ".join(f"coalesce({each}, '')" for each in [*texts, *marks])


def _place(row: str) -> str:
    """The milliseconds since 1970 and 20 bits for those of the same one: the index lists its rows by this number, so along time."""
    return f"((strftime('%s', {row}.created_at) * 1000 + substr({row}.created_at, 21, 3)) << 20)"


def _fill_sqlite() -> None:
    place = f"{_place('i')} + row_number() OVER (PARTITION BY {_place('i')} ORDER BY i.id) - 1"
    op.execute(f"INSERT INTO intake_places SELECT {place}, i.id FROM intakes i ORDER BY 1")  # noqa: S608 - our own names, as below
    texts = f"SELECT p.place, {_text('i')} FROM intake_places p JOIN intakes i ON i.id = p.intake_id ORDER BY p.place"  # noqa: S608
    op.execute(f"INSERT INTO intake_words (rowid, words) {texts}")


def _follow_in_sqlite() -> None:
    changed = f"old.created_at IS NOT new.created_at OR {_text('old')} IS NOT {_text('new')}"
    for verb, when, work in (
        ("insert", "", _add()),
        ("update", f"WHEN {changed}", _remove() + _add()),
        ("delete", "", _remove()),
    ):
        op.execute(f"CREATE TRIGGER intakes_words_{verb} AFTER {verb.upper()} ON intakes {when} BEGIN {work} END")


def _add() -> str:
    first = _place("new")
    next_of_its_moment = f"SELECT max(place) + 1 FROM intake_places WHERE place BETWEEN {first} AND {first} + 1048575"  # noqa: S608
    place = f"INSERT INTO intake_places VALUES (coalesce(({next_of_its_moment}), {first}), new.id);"  # noqa: S608
    text = f"SELECT place, {_text('new')} FROM intake_places WHERE intake_id = new.id;"  # noqa: S608
    return f"{place} INSERT INTO intake_words (rowid, words) {text}"


def _remove() -> str:
    """What is taken out has to be named as it was put in."""
    text = f"SELECT 'delete', place, {_text('old')} FROM intake_places WHERE intake_id = old.id;"  # noqa: S608
    return f"INSERT INTO intake_words (intake_words, rowid, words) {text} DELETE FROM intake_places WHERE intake_id = old.id; "  # noqa: S608
