"""The operator's commands: what each says and leaves behind."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from autodoctor.accounts import tokens
from autodoctor.cli import app
from autodoctor.core.db import dispose_engine, reading, sync_url
from autodoctor.core.settings import get_settings
from tests.people import Person, a_customer, a_mechanic, an_admin
from tests.production import PRODUCTION

MECHANIC = "mechanic@demo.test"


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def rows(database: str, query: str) -> list[tuple[object, ...]]:
    engine = sa.create_engine(sync_url(database))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text(query))]
    engine.dispose()
    return found


def create_admin(email: str = "ada@example.com", password: str = "a-long-password") -> Result:
    return run("create-admin", "--email", email, "--name", "Ada", "--password", password)


def test_an_administrator_is_created_and_that_is_written_down(database: str) -> None:
    result = create_admin()
    assert (result.exit_code, result.output) == (0, "ada@example.com is an administrator now.\n")
    assert rows(database, "SELECT role, email FROM users") == [("admin", "ada@example.com")]
    assert rows(database, "SELECT actor_id, action, entity FROM audit_log") == [(None, "create_admin", "user")]


def test_a_password_that_is_not_given_is_asked_for_twice(database: str) -> None:
    result = run("create-admin", "--email", "ada@example.com", "--name", "Ada", typed="a-long-password\na-long-password\n")
    assert result.exit_code == 0
    assert "a-long-password" not in result.output


@pytest.mark.parametrize(("email", "password", "words"), [("nonsense", "a-long-password", "mail"), ("ada@example.com", "short", "8")])
def test_a_refusal_is_a_sentence_and_exit_code_1(database: str, email: str, password: str, words: str) -> None:
    result = create_admin(email, password)
    assert result.exit_code == 1
    assert words in result.stderr
    assert rows(database, "SELECT id FROM users") == []


def test_every_wrong_value_is_named(database: str) -> None:
    words = create_admin("nonsense", "short").stderr
    assert "email: " in words
    assert "password: " in words


def test_demo_data_can_be_used_and_changed(database: str) -> None:
    loaded = run("demo")
    assert loaded.exit_code == 0, loaded.output
    assert rows(database, f"SELECT status, seniority, online FROM mechanics WHERE email = '{MECHANIC}'") == [("approved", "junior", False)]
    of_theirs = f"mechanic_id = (SELECT id FROM mechanics WHERE email = '{MECHANIC}')"
    hours = f"SELECT count(DISTINCT day_of_week) FROM mechanic_availability WHERE {of_theirs}"
    assert rows(database, hours) == [(7,)]  # at work all week by the weekly hours, as soon as they open their dashboard
    assert rows(database, "SELECT status, count(*) FROM sessions GROUP BY status") == [("completed", 4)]
    assert rows(database, "SELECT count(*) FROM sessions WHERE rating >= 4 AND review IS NOT NULL") == [(3,)]
    assert rows(database, "SELECT count(*) FROM deadlines WHERE settled_at IS NULL") == [(0,)]
    assert rows(database, "SELECT count(*), sum(amount_cents) FROM payments") == [(4, 4 * 999)]
    assert run("set-seniority", MECHANIC, "senior").exit_code == 0
    assert run("suspend-mechanic", MECHANIC).exit_code == 0
    assert rows(database, f"SELECT status, seniority, online FROM mechanics WHERE email = '{MECHANIC}'") == [("suspended", "senior", False)]
    assert run("approve-mechanic", MECHANIC).output == f"{MECHANIC} is approved and can take requests.\n"


def test_demo_data_goes_into_an_empty_database_only(database: str) -> None:
    create_admin()
    refused = run("demo")
    assert (refused.exit_code, rows(database, "SELECT count(*) FROM users")) == (1, [(1,)])
    assert "empty one only" in refused.stderr
    assert run("demo", "--if-empty").exit_code == 0
    assert rows(database, "SELECT count(*) FROM users") == [(1,)]


def test_demo_data_is_refused_in_production(database: str, settings_env: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    result = run("demo")
    assert (result.exit_code, rows(database, "SELECT count(*) FROM users")) == (1, [(0,)])
    assert "production" in result.stderr


def test_an_unknown_mechanic_is_named(database: str) -> None:
    result = run("approve-mechanic", "nobody@example.com")
    assert result.exit_code == 1
    assert "nobody@example.com" in result.stderr


def test_a_sweep_counts_what_it_did(database: str) -> None:
    create_admin()
    result = run("sweep")
    assert (result.exit_code, result.stdout) == (0, "0 events acted on, 0 checkouts fulfilled, 0 deadlines fired, 0 deliveries tried.\n")


@pytest.mark.parametrize(("checkout_id", "words"), [("nonsense", "couldn't find this payment"), ("cs_test_1", "isn't answering")])
def test_a_checkout_that_can_not_be_fulfilled_is_told(
    database: str, settings_env: pytest.MonkeyPatch, checkout_id: str, words: str
) -> None:
    settings_env.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    get_settings.cache_clear()
    result = run("fulfil", checkout_id)
    assert (result.exit_code, words in result.stderr) == (1, True)


def test_a_wrong_configuration_is_told_before_anything_is_done(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("WORKERS", "many")
    get_settings.cache_clear()
    for command in ("check-config", "migrate", "sweep"):
        result = run(command)
        assert result.exit_code == 1
        assert "WORKERS" in result.stderr


def test_the_configuration_is_summed_up_without_secrets(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("RESEND_API_KEY", "re_secret")
    get_settings.cache_clear()
    result = run("check-config")
    assert "mail         Resend" in result.output
    assert "re_secret" not in result.output


def test_migrate_makes_the_tables(settings_env: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('fresh') / 'fresh.sqlite3'}"
    settings_env.setenv("DATABASE_URL", url)
    get_settings.cache_clear()
    assert run("migrate").exit_code == 0
    assert rows(url, "SELECT count(*) FROM users") == [(0,)]


@pytest.mark.parametrize("whose", ["admin", "mechanic"])
def test_a_lost_second_factor_is_taken_away_and_that_is_written_down(database: str, whose: str) -> None:
    run("demo")
    create_admin()
    email, options = ("ada@example.com", []) if whose == "admin" else (MECHANIC, ["--mechanic"])
    table = "users" if whose == "admin" else "mechanics"
    write(
        database,
        "INSERT INTO second_factors (user_id, created_at, secret, confirmed_at) "
        f"SELECT id, CURRENT_TIMESTAMP, '-', CURRENT_TIMESTAMP FROM {table} WHERE email = '{email}'",
    )
    result = run("reset-second-factor", email, *options)
    assert (result.exit_code, result.output) == (0, f"{email} logs in with the password alone now.\n")
    assert rows(database, "SELECT user_id FROM second_factors") == []
    assert (None, "reset_second_factor") in rows(database, "SELECT actor_id, action FROM audit_log")
    assert run("reset-second-factor", email, *options).output == f"{email} had no second factor.\n"
    assert run("reset-second-factor", "nobody@example.com", *options).exit_code == 1


def test_an_operator_ends_somebodys_logins_or_everybodys(database: str) -> None:
    robin, sam, kim = asyncio.run(three_people())
    for ended, standing in ((robin, [False, True, True]), (sam, [False, False, True])):
        result = run("log-out", ended.caller.email)
        assert (result.exit_code, result.output) == (0, "Ended 1 logins.\n")
        assert [asyncio.run(stands(each)) for each in (robin, sam, kim)] == standing
    assert run("log-out", "nobody@example.com").exit_code == 1
    assert run("log-out").exit_code == 2
    assert run("log-out", "--everybody").output == "Ended 1 logins.\n"
    assert not asyncio.run(stands(kim))
    assert (None, "log_everybody_out") in rows(database, "SELECT actor_id, action FROM audit_log")


def test_an_administrator_who_leaves_is_shut_out_at_once(database: str) -> None:
    robin, _sam, kim = asyncio.run(three_people())
    assert run("suspend-admin", kim.caller.email).output == f"{kim.caller.email} is logged out and can't log in any more.\n"
    assert not asyncio.run(stands(kim))
    statuses = "SELECT account_status FROM profiles WHERE role = 'admin'"
    assert rows(database, statuses) == [("suspended",)]
    assert run("suspend-admin", robin.caller.email).exit_code == 1, "a customer is none"
    assert run("suspend-admin", kim.caller.email, "--undo").output == f"{kim.caller.email} can log in again.\n"
    assert rows(database, statuses) == [("active",)]
    written = [action for _, action in rows(database, "SELECT actor_id, action FROM audit_log")]
    assert {"suspend_admin", "let_admin_in_again"} <= set(written)


async def three_people() -> tuple[Person, Person, Person]:
    """A customer, a mechanic and an administrator, each logged in."""
    people = await a_customer(), await a_mechanic(), await an_admin()
    await dispose_engine()
    return people


async def stands(who: Person) -> bool:
    """Whether this login still opens something."""
    async with reading() as db:
        found = await tokens.identify(db, who.headers["Authorization"].removeprefix("Bearer "))
    await dispose_engine()
    return found is not None


def write(database: str, statement: str) -> None:
    engine = sa.create_engine(sync_url(database))
    with engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount == 1
    engine.dispose()
