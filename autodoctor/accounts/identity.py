"""Who is calling: the one answer that every door gets from the accounts capability and hands to every service."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from autodoctor.accounts.models import MechanicStatus, Role, Seniority
from autodoctor.core.errors import Forbidden, Refusal, Unauthenticated
from autodoctor.words import N_


@dataclass(frozen=True)
class Caller:
    """A person whose token was checked against the database in this call.

    `must_enrol`: an administrator who has to set up a second factor before anything else. `last_used_at` and `ends_at` (UTC) are the
    login's: when it was last marked as used, and when it ends if nobody uses it again.
    """

    user_id: uuid.UUID
    role: Role
    name: str
    email: str
    token_id: uuid.UUID
    email_verified: bool = True
    mechanic_status: MechanicStatus | None = None
    seniority: Seniority | None = None
    must_enrol: bool = False
    last_used_at: datetime | None = field(default=None, compare=False)
    ends_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Origin:
    """Where a call comes from, as far as it is recorded with logins and acceptances."""

    ip_address: str | None = None
    user_agent: str | None = None


class EmailUnverified(Refusal):
    status, code = 403, "email_unverified"
    default_detail = N_("Please verify your e-mail first. We sent you a link; we can send it again.")


class MechanicNotApproved(Refusal):
    status, code = 403, "mechanic_not_approved"
    default_detail = N_("Your account is still being reviewed. You can take requests as soon as it is approved.")


class SecondFactorMissing(Refusal):
    status, code = 403, "second_factor_required"
    default_detail = N_("Administrators log in with a code here. Set up yours under Account first.")


def require_customer(caller: Caller | None) -> Caller:
    """A logged-in customer with a verified address (R2), else a refusal."""
    customer = require_role(caller, Role.customer)
    if not customer.email_verified:
        raise EmailUnverified
    return customer


def require_mechanic(caller: Caller | None) -> Caller:
    """A logged-in mechanic of any standing, else a refusal."""
    return require_role(caller, Role.mechanic)


def require_approved_mechanic(caller: Caller | None) -> Caller:
    """A logged-in mechanic whom an administrator has approved (R3), else a refusal."""
    mechanic = require_mechanic(caller)
    if mechanic.mechanic_status is not MechanicStatus.approved:
        raise MechanicNotApproved
    return mechanic


def require_admin(caller: Caller | None) -> Caller:
    """A logged-in administrator (R4), with a second factor where that is required, else a refusal."""
    admin = require_role(caller, Role.admin)
    if admin.must_enrol:
        raise SecondFactorMissing
    return admin


def require_enrolled(caller: Caller) -> Caller:
    """Anybody but an administrator who has to set up a second factor first."""
    if caller.must_enrol:
        raise SecondFactorMissing
    return caller


def require_anyone(caller: Caller | None) -> Caller:
    """Anybody who is logged in, else a refusal."""
    if caller is None:
        raise Unauthenticated
    return caller


def require_verified(caller: Caller | None) -> Caller:
    """Anybody who is logged in; a customer only with a verified address (R2), else a refusal."""
    somebody = require_anyone(caller)
    return require_customer(somebody) if somebody.role is Role.customer else somebody


def require_role(caller: Caller | None, role: Role) -> Caller:
    """Somebody logged in in this role, whatever their standing, else a refusal."""
    if require_anyone(caller).role is not role:
        raise Forbidden
    return caller  # type: ignore[return-value]
