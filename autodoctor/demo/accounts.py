"""The demo accounts, made as everybody's are: sign-up, the link in the mail, approval."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.accounts import admins, customers, mechanics, tokens
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import Seniority
from autodoctor.demo.people import ADMIN, CUSTOMERS, MECHANICS, PASSWORD, DemoCustomer, DemoMechanic
from autodoctor.notifications.queries import sent_mails
from autodoctor.scheduling.rules import WHOLE_WEEK
from autodoctor.scheduling.service import replace_week

ORIGIN = Origin(ip_address="127.0.0.1", user_agent="demo data")


@dataclass(frozen=True)
class Cast:
    """Everybody in the stories, by address, logged in."""

    customers: dict[str, Caller]
    mechanics: dict[str, Caller]


async def create_all(db: AsyncSession) -> Cast:
    """The administrator, the customers and the mechanics."""
    await admins.create(db, email=ADMIN[0], password=PASSWORD, name=ADMIN[1])
    return Cast(
        customers={person.email: await _customer(db, person) for person in CUSTOMERS},
        mechanics={person.email: await _mechanic(db, person) for person in MECHANICS},
    )


async def open_for_work(db: AsyncSession, cast: Cast) -> None:
    """Every mechanic works all week, and is online whenever their dashboard is open. The logins of the stories end."""
    for caller in cast.mechanics.values():
        await replace_week(db, caller.user_id, WHOLE_WEEK)
    for caller in (*cast.customers.values(), *cast.mechanics.values()):
        await tokens.revoke(db, caller)


async def _customer(db: AsyncSession, person: DemoCustomer) -> Caller:
    await customers.sign_up(
        db,
        ORIGIN,
        email=person.email,
        password=PASSWORD,
        full_name=person.name,
        phone=person.phone,
        vehicle_info=None,
        waiver_accepted=True,
        is_18_plus=True,
    )
    (mail,) = await sent_mails(db, to=person.email)
    (code,) = parse_qs(urlsplit(mail.links[0]).query)["code"]
    await customers.verify_email(db, code)
    return (await customers.log_in(db, ORIGIN, email=person.email, password=PASSWORD)).caller


async def _mechanic(db: AsyncSession, person: DemoMechanic) -> Caller:
    mechanic_id = await mechanics.sign_up(
        db, name=person.name, email=person.email, password=PASSWORD, time_zone="America/Los_Angeles", specialties=list(person.specialties)
    )
    await mechanics.approve(db, mechanic_id)
    if person.senior:
        await mechanics.set_seniority(db, mechanic_id, Seniority.senior)
    caller = (await mechanics.log_in(db, ORIGIN, email=person.email, password=PASSWORD)).caller
    await mechanics.update_profile(db, caller, bio=person.bio)
    return caller
