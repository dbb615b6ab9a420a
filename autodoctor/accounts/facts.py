"""What the accounts capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class LoginsEnded:
    """These logins work no more: logged out here or from elsewhere, replaced, a new password, a suspension (R5)."""

    login_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class MechanicChanged:
    """A mechanic went online or offline, by the switch, by weekly hours or by the connection; was approved, suspended or changed in
    seniority."""

    mechanic_id: uuid.UUID


@dataclass(frozen=True)
class MechanicSuspended:
    """A mechanic takes no more requests; stated before their account changes, so that what they hold is held first."""

    mechanic_id: uuid.UUID


@dataclass(frozen=True)
class PayoutAccountChanged:
    """A mechanic's account for payouts exists, or can receive money now, or no longer (P6)."""

    mechanic_id: uuid.UUID


@dataclass(frozen=True)
class AccountLeaving:
    """A customer's account is to be erased; stated before the account is held, so that what of theirs will change is held first."""

    user_id: uuid.UUID


@dataclass(frozen=True)
class AccountClosing:
    """A customer's account is about to be erased. Whoever has something of theirs under way refuses, with AccountInUse."""

    user_id: uuid.UUID


@dataclass(frozen=True)
class AccountErased:
    """A customer's account is erased: whoever keeps something that says who they were erases it, in the same transaction."""

    user_id: uuid.UUID
