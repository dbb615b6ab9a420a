"""Everything that the house has of one person, for that person to take home (R2)."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import logins
from autodoctor.accounts import queries as accounts
from autodoctor.accounts.identity import Caller, require_mechanic, require_role
from autodoctor.accounts.logins import OwnLogin
from autodoctor.accounts.models import Role, WaiverAcceptance
from autodoctor.accounts.queries import CustomerProfile, MechanicProfile
from autodoctor.chat import queries as chat
from autodoctor.chat.queries import MessageView
from autodoctor.core import clock
from autodoctor.core.paging import MAX_LIMIT, Page
from autodoctor.files.links import FileLink
from autodoctor.files.queries import uploads_of
from autodoctor.intake import queries as intakes
from autodoctor.intake.queries import IntakeView
from autodoctor.payments import queries as payments
from autodoctor.payments.queries import PaidView
from autodoctor.payouts import queries as payouts
from autodoctor.payouts.queries import PayoutView
from autodoctor.reports import queries
from autodoctor.reports.queries import PlanView, ReportView
from autodoctor.scheduling import queries as scheduling
from autodoctor.scheduling import time_off
from autodoctor.scheduling.rules import Block
from autodoctor.scheduling.time_off import TimeOffView
from autodoctor.sessions import queries as sessions
from autodoctor.sessions.queries import SessionView
from autodoctor.vehicles import queries as vehicles
from autodoctor.vehicles.models import Vehicle

Item = TypeVar("Item")


@dataclass(frozen=True)
class Waiver:
    version: str
    accepted_at: datetime
    ip_address: str | None
    user_agent: str | None


@dataclass(frozen=True)
class SessionData:
    """A session with all that was said, written and paid in it; the rating and its words are the session's own."""

    session: SessionView
    messages: list[MessageView]
    payments: list[PaidView]
    action_plan: PlanView
    report: ReportView


@dataclass(frozen=True)
class CustomerData:
    """Files are those that they have uploaded, with links that work for some minutes."""

    exported_at: datetime
    profile: CustomerProfile
    waivers: list[Waiver]
    logins: list[OwnLogin]
    vehicles: list[Vehicle]
    intakes: list[IntakeView]
    files: list[FileLink]
    sessions: list[SessionData]


@dataclass(frozen=True)
class MechanicData:
    """Of a session a mechanic takes home what is theirs: not what its customer said, uploaded or paid."""

    exported_at: datetime
    profile: MechanicProfile
    logins: list[OwnLogin]
    weekly_hours: list[Block]
    time_off: list[TimeOffView]
    sessions: list[SessionView]
    payouts: list[PayoutView]


async def of_customer(db: AsyncSession, caller: Caller) -> CustomerData:
    """Raises Forbidden for anybody else."""
    customer_id = require_role(caller, Role.customer).user_id
    took_part = await _all(lambda cursor: sessions.bookings(db, customer_id, limit=MAX_LIMIT, cursor=cursor))
    bills = await payments.bills(db, [each.id for each in took_part])
    return CustomerData(
        exported_at=clock.now(),
        profile=await accounts.customer_profile(db, customer_id),
        waivers=await _waivers(db, customer_id),
        logins=await _all(lambda cursor: logins.list_own(db, caller, limit=MAX_LIMIT, cursor=cursor)),
        vehicles=list(await vehicles.list_own(db, customer_id)),
        intakes=await intakes.own(db, customer_id),
        files=await uploads_of(db, customer_id),
        sessions=[await _session(db, each, bills[each.id].payments if each.id in bills else []) for each in took_part],
    )


async def of_mechanic(db: AsyncSession, caller: Caller) -> MechanicData:
    """Raises Forbidden for anybody else."""
    mechanic_id = require_mechanic(caller).user_id
    return MechanicData(
        exported_at=clock.now(),
        profile=await accounts.mechanic_profile(db, mechanic_id),
        logins=await _all(lambda cursor: logins.list_own(db, caller, limit=MAX_LIMIT, cursor=cursor)),
        weekly_hours=await scheduling.week(db, mechanic_id),
        time_off=await time_off.every(db, mechanic_id),
        sessions=await _all(lambda cursor: sessions.jobs(db, mechanic_id, limit=MAX_LIMIT, cursor=cursor)),
        payouts=await _all(lambda cursor: payouts.payouts(db, mechanic_id, limit=MAX_LIMIT, cursor=cursor)),
    )


async def _session(db: AsyncSession, session: SessionView, paid: list[PaidView]) -> SessionData:
    said = await chat.messages(db, session.id, limit=None)
    return SessionData(session, said, paid, await queries.plan(db, session.id), await queries.report(db, session.id))


async def _waivers(db: AsyncSession, customer_id: uuid.UUID) -> list[Waiver]:
    query = sa.select(WaiverAcceptance).where(col(WaiverAcceptance.user_id) == customer_id).order_by(col(WaiverAcceptance.created_at))
    return [Waiver(each.waiver_version, each.created_at, each.ip_address, each.user_agent) for each in await db.scalars(query)]


async def _all(ask: Callable[[str | None], Awaitable[Page[Item]]]) -> list[Item]:
    """Every page of a list."""
    page = await ask(None)
    found = page.items
    while page.next_cursor:
        page = await ask(page.next_cursor)
        found = found + page.items
    return found
