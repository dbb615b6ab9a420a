"""Identity: who people are and how they log in (R1, R5)."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from autodoctor.core import clock
from autodoctor.core.db import Choice, Json, Row, Table, UtcDateTime, one_of

_CONNECTED = sa.text("connected")


class Role(StrEnum):
    """`guest` is somebody who was invited into one session: a name, and nothing to log in with but that invitation."""

    customer = "customer"
    mechanic = "mechanic"
    admin = "admin"
    guest = "guest"


class MechanicStatus(StrEnum):
    pending_review = "pending_review"
    approved = "approved"
    suspended = "suspended"


class Seniority(StrEnum):
    junior = "junior"
    senior = "senior"


class TokenPurpose(StrEnum):
    verify_email = "verify_email"
    reset_password = "reset_password"  # noqa: S105 - a name, not a secret


class User(Row, table=True):
    """One row for every identity, so that every foreign key is real. Mechanics' credentials stand in `mechanics`."""

    __tablename__ = "users"
    __table_args__ = (one_of("role", Role),)

    role: Role = Field(sa_type=Choice(Role))
    email: str | None = Field(default=None, unique=True, max_length=254)
    password_hash: str | None = None


class Profile(Table, table=True):
    """What a customer, an administrator or a guest tells about themselves."""

    __tablename__ = "profiles"
    __table_args__ = (one_of("role", Role),)

    id: uuid.UUID = Field(primary_key=True, foreign_key="users.id", ondelete="CASCADE")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": clock.now})
    full_name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)
    role: Role = Field(sa_type=Choice(Role))
    vehicle_info: dict[str, Any] | None = Field(default=None, sa_type=Json)
    vehicle_hint: str | None = None
    is_18_plus: bool = False
    waiver_accepted: bool = False
    waiver_accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    waiver_ip_address: str | None = None
    terms_accepted: bool = False
    terms_accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    email_verified: bool = False
    account_status: str = Field(default="active", max_length=20)
    preferred_plan: str | None = Field(default=None, max_length=20)
    last_selected_slot: str | None = None
    date_of_birth: str | None = None
    stripe_account_id: str | None = None
    stripe_onboarding_completed: bool = False
    stripe_charges_enabled: bool = False
    stripe_payouts_enabled: bool = False
    stripe_details_submitted: bool = False
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))


class Mechanic(Table, table=True):
    """A mechanic: credentials, standing, and whether work is wanted now. The id is its user's (R1).

    `is_public`: wants a page for everybody, which is there once they are approved (`public_profiles`).
    """

    __tablename__ = "mechanics"
    __table_args__ = (
        one_of("status", MechanicStatus),
        one_of("seniority", Seniority),
        sa.Index("mechanics_online_idx", "online"),
        sa.Index("mechanics_stripe_account_key", "stripe_account_id", unique=True),
        sa.Index("mechanics_connected_idx", "last_seen_at", postgresql_where=_CONNECTED, sqlite_where=_CONNECTED),
    )

    id: uuid.UUID = Field(primary_key=True, foreign_key="users.id", ondelete="CASCADE")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    name: str = Field(max_length=200)
    email: str = Field(unique=True, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    password_hash: str
    status: MechanicStatus = Field(default=MechanicStatus.pending_review, sa_type=Choice(MechanicStatus))
    seniority: Seniority = Field(default=Seniority.junior, sa_type=Choice(Seniority))
    specialties: list[str] = Field(default_factory=list, sa_type=Json)
    time_zone: str = Field(default="UTC", max_length=64)
    photo_path: str | None = None
    bio: str | None = Field(default=None, max_length=1000)
    is_public: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    online: bool = False
    online_changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    connected: bool = False
    last_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stripe_account_id: str | None = None
    stripe_onboarding_completed: bool = False
    stripe_charges_enabled: bool = False
    stripe_payouts_enabled: bool = False
    stripe_details_submitted: bool = False
    stripe_missing: list[str] = Field(default_factory=list, sa_type=Json)
    stripe_disabled_reason: str | None = Field(default=None, max_length=100)


class MechanicSession(Row, table=True):
    """A mechanic's login. `token` holds the token's hash, never the token (R5)."""

    __tablename__ = "mechanic_sessions"
    __table_args__ = (sa.Index("mechanic_sessions_mechanic_idx", "mechanic_id"),)

    expires_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    mechanic_id: uuid.UUID = Field(foreign_key="mechanics.id", ondelete="CASCADE")
    token: str = Field(unique=True, max_length=64)
    ip_address: str | None = Field(default=None, max_length=64)
    user_agent: str | None = Field(default=None, max_length=400)


class LoginToken(Row, table=True):
    """A customer's, an administrator's or a guest's login, stored as a hash (R5)."""

    __tablename__ = "login_tokens"
    __table_args__ = (sa.Index("login_tokens_user_idx", "user_id"),)

    expires_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    token: str = Field(unique=True, max_length=64)
    ip_address: str | None = Field(default=None, max_length=64)
    user_agent: str | None = Field(default=None, max_length=400)


class OneTimeToken(Row, table=True):
    """The secret of a link in a mail: verification or password reset. Used once, stored as a hash."""

    __tablename__ = "one_time_tokens"
    __table_args__ = (one_of("purpose", TokenPurpose), sa.Index("one_time_tokens_user_idx", "user_id"))

    purpose: TokenPurpose = Field(sa_type=Choice(TokenPurpose))
    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    token: str = Field(unique=True, max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SecondFactor(Table, table=True):
    """The secret that somebody's authenticator app shares with us, sealed; it counts from `confirmed_at` on.

    `last_step` is the newest time step (30 s) whose code was used: it and every earlier one are used up.
    """

    __tablename__ = "second_factors"

    user_id: uuid.UUID = Field(primary_key=True, foreign_key="users.id", ondelete="CASCADE")
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)
    secret: str = Field(max_length=400)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_step: int | None = None


class RecoveryCode(Row, table=True):
    """Stands in for a code once, where the authenticator app is lost. Stored as a hash."""

    __tablename__ = "recovery_codes"
    __table_args__ = (sa.Index("recovery_codes_user_idx", "user_id"),)

    user_id: uuid.UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    code: str = Field(unique=True, max_length=64)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WaiverAcceptance(Row, table=True):
    """Proof that the waiver was accepted: which version, when, from where (R2)."""

    __tablename__ = "waiver_acceptances"
    __table_args__ = (sa.Index("waiver_acceptances_user_idx", "user_id"),)

    user_id: uuid.UUID = Field(foreign_key="users.id")
    waiver_version: str = Field(default="v1.0", max_length=20)
    ip_address: str | None = Field(default=None, max_length=64)
    user_agent: str | None = Field(default=None, max_length=400)
    metadata_: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column("metadata", Json, nullable=False))
