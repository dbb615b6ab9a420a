"""The operator's command line: `python -m autodoctor.cli --help`.

Each command does one thing in one unit of work, says what it did in one line, and exits with 1 and a sentence when it can't.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor import subscribers  # noqa: F401 - connects them
from autodoctor.accounts import admins, by_hand, mechanics, second_factor, tokens
from autodoctor.accounts.models import Seniority
from autodoctor.audit import service as audit
from autodoctor.core.db import dispose_engine, reading, unit_of_work
from autodoctor.core.errors import Refusal, ValidationFailed
from autodoctor.core.settings import Settings, SettingsError, get_settings
from autodoctor.core.telemetry import configure_logging
from autodoctor.demo import load
from autodoctor.jobs.deadlines import fire_overdue
from autodoctor.jobs.outbox import deliver_waiting
from autodoctor.payments import heal, inbox
from autodoctor.payouts import reconcile, reconciliation_queries
from autodoctor.vehicles import code_book

ROOT = Path(__file__).resolve().parent.parent

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Auto Doctor's operator commands.")

EMAIL = Annotated[str, typer.Argument(help="the mechanic's address")]


@app.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Option()],
    name: Annotated[str, typer.Option()],
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="asked for when not given")],
) -> None:
    """Create an administrator (R4: there is no other way)."""

    async def work(db: AsyncSession) -> str:
        admin_id = await admins.create(db, email=email, password=password, name=name)
        await audit.record(db, None, "create_admin", "user", admin_id, email=email)
        return f"{email} is an administrator now."

    _in_transaction(work)


@app.command("reset-second-factor")
def reset_second_factor(
    email: Annotated[str, typer.Argument(help="whose authenticator app and recovery codes are lost")],
    mechanic: Annotated[bool, typer.Option("--mechanic", help="a mechanic's, not an administrator's")] = False,
) -> None:
    """Take somebody's second factor away and log them out everywhere (R4). First make sure that it is really them who ask."""

    async def work(db: AsyncSession) -> str:
        user_id = await (mechanics if mechanic else admins).find_id(db, email)
        had_one = await second_factor.remove(db, user_id)
        await tokens.revoke_all(db, user_id)
        await audit.record(db, None, "reset_second_factor", "user", user_id)
        return f"{email} logs in with the password alone now." if had_one else f"{email} had no second factor."

    _in_transaction(work)


@app.command("suspend-admin")
def suspend_admin(
    email: Annotated[str, typer.Argument(help="of the administrator who leaves")],
    undo: Annotated[bool, typer.Option("--undo", help="let them in again")] = False,
) -> None:
    """Log an administrator out everywhere and let them in no more (R4)."""

    async def work(db: AsyncSession) -> str:
        await (admins.let_in_again if undo else admins.suspend)(db, email)
        return f"{email} can log in again." if undo else f"{email} is logged out and can't log in any more."

    _in_transaction(work)


@app.command("log-out")
def log_out(
    email: Annotated[str, typer.Argument(help="whose logins end, in every role; left out with --everybody")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="every login of everybody, as after a break-in")] = False,
) -> None:
    """End logins at once; open pages lead to the login (R5)."""

    async def work(db: AsyncSession) -> str:
        ended = await (by_hand.log_everybody_out(db, None) if everybody else by_hand.log_out(db, None, email))
        return f"Ended {ended} logins."

    if everybody == bool(email):
        raise typer.BadParameter("Name an address or --everybody.")
    _in_transaction(work)


@app.command("approve-mechanic")
def approve_mechanic(email: EMAIL) -> None:
    """Let a mechanic take requests (R3)."""

    async def work(db: AsyncSession) -> str:
        await by_hand.approve(db, None, await mechanics.find_id(db, email))
        return f"{email} is approved and can take requests."

    _in_transaction(work)


@app.command("suspend-mechanic")
def suspend_mechanic(email: EMAIL) -> None:
    """Log a mechanic out everywhere and let them take no more requests (R3)."""

    async def work(db: AsyncSession) -> str:
        await by_hand.suspend(db, None, await mechanics.find_id(db, email))
        return f"{email} is suspended."

    _in_transaction(work)


@app.command("set-seniority")
def set_seniority(email: EMAIL, seniority: Seniority) -> None:
    """Make a mechanic senior (Full Diagnostics) or junior (R3)."""

    async def work(db: AsyncSession) -> str:
        await by_hand.set_seniority(db, None, await mechanics.find_id(db, email), seniority)
        return f"{email} is {seniority} now."

    _in_transaction(work)


@app.command("fulfil")
def fulfil(checkout_id: Annotated[str, typer.Argument(help="Stripe's id, cs_…")]) -> None:
    """Make the session of a paid checkout that has none (P3). Safe to repeat."""

    async def work() -> str:
        done = await heal.fulfil_one(checkout_id)
        return f"{checkout_id} is fulfilled: session {done.session_id}."

    _run(work)


@app.command("sweep")
def sweep() -> None:
    """Act on what Stripe has told, fire what is overdue, deliver what waits and heal missed checkouts, now."""

    async def work() -> str:
        told = await inbox.process_waiting()
        healed = await heal.fulfil_missed()
        fired = await fire_overdue()
        delivered = await deliver_waiting()
        return f"{told} events acted on, {healed} checkouts fulfilled, {fired} deadlines fired, {delivered} deliveries tried."

    _run(work)


@app.command("reconcile")
def compare_books(days: Annotated[int, typer.Option(min=1, max=366, help="how far back to look")] = 3) -> None:
    """Compare our books with Stripe's, write down what is missing, and say what can't be mended (P7)."""

    async def work() -> str:
        await reconcile.reconcile(timedelta(days=days))
        async with reading() as db:
            (run,) = await reconciliation_queries.latest(db, limit=1)
            found = await reconciliation_queries.open_differences(db)
        if run.error:
            return f"Not finished: {run.error}"
        looked_at = ", ".join(f"{count} {kind}" for kind, count in run.checked.items())
        lines = [f"{each.kind} {each.reference}: ours {each.ours_cents}, Stripe's {each.theirs_cents}. {each.note}" for each in found]
        return "\n".join([f"Since {run.since:%Y-%m-%d}: {looked_at}. {run.mended} mended, {len(found)} differences.", *lines])

    _run(work)


@app.command("demo")
def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="succeed without doing anything when there are accounts already")] = False,
) -> None:
    """Load the demo accounts and a few past consultations into an empty database (development only)."""

    async def work() -> str:
        if if_empty and not await load.is_empty():
            return "The database has accounts already: no demo data loaded."
        await load.load_demo()
        return f"Demo data loaded. Log in as {', '.join(load.DEMO_LOGINS)} with the password {load.PASSWORD}."

    _run(work)


@app.command("migrate")
def migrate() -> None:
    """Bring the database to the newest schema."""
    _settings()
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    command.upgrade(config, "head")
    typer.echo("The database has the newest schema.")


@app.command("check-config")
def check_config() -> None:
    """Say how the application would start with this configuration, or what is wrong with it."""
    settings = _settings()
    mail = "Resend" if settings.resend_api_key else "SMTP" if settings.smtp_url else "read at /dev/outbox"
    for name, value in {
        "environment": settings.app_env,
        "address": settings.app_url,
        "database": "SQLite" if settings.is_sqlite else "PostgreSQL",
        "workers": settings.workers,
        "redis": "configured" if settings.redis_url else "not configured",
        "payments": "sandbox" if settings.uses_stripe_sandbox else "Stripe",
        "video": "LiveKit" if settings.livekit_configured else "not configured",
        "mail": mail,
        "codes": "built-in table and OBDex" if settings.obdex_file else "built-in table",
    }.items():
        typer.echo(f"{name:12} {value}")


def _in_transaction(work: Callable[[AsyncSession], Awaitable[str]]) -> None:
    async def whole() -> str:
        async with unit_of_work() as db:
            return await work(db)

    _run(whole)


def _run(work: Callable[[], Awaitable[str]]) -> None:
    """Do the work and print its sentence, or the refusal's with exit code 1."""
    _settings()
    try:
        typer.echo(asyncio.run(_then_close(work)))
    except ValidationFailed as refusal:
        _give_up("\n".join(f"{each.field}: {each.message}" for each in refusal.errors))
    except Refusal as refusal:
        _give_up(refusal.detail)


async def _then_close(work: Callable[[], Awaitable[str]]) -> str:
    try:
        return await work()
    finally:
        await dispose_engine()


def _settings() -> Settings:
    try:
        settings = get_settings()
        code_book.check()
        configure_logging()
        return settings
    except SettingsError as error:
        _give_up(str(error))


def _give_up(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
