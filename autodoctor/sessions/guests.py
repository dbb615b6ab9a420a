"""Guests: somebody whom one of the two sides invites by a link into this session, and into nothing else (M8).

A guest is a person with a name and a login of their own kind, which opens the one room they were invited to: to read and to write in
the conversation and to see its files. Everything else of a session asks for its `party`, and a guest is none.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts import tokens
from autodoctor.accounts.addresses import read_email
from autodoctor.accounts.identity import Caller, Origin
from autodoctor.accounts.models import Profile, Role, User
from autodoctor.accounts.rules import first_name
from autodoctor.accounts.tokens import IssuedToken
from autodoctor.core import clock, events
from autodoctor.core.errors import FieldError, Forbidden, InvalidTransition, NotFound, ValidationFailed
from autodoctor.core.security import hash_token, new_token
from autodoctor.core.settings import get_settings
from autodoctor.core.text import one_line
from autodoctor.notifications.service import send_mail
from autodoctor.sessions import queries, status
from autodoctor.sessions.facts import GuestCame, GuestRemoved
from autodoctor.sessions.models import ParticipantRole, Session, SessionInvite, SessionParticipant
from autodoctor.sessions.queries import NOT_FOUND, Party, party
from autodoctor.sessions.refusals import InvitationOver, InvitationUsed, TooManyGuests
from autodoctor.sessions.rules import SESSION_TRANSITIONS, SessionStatus, is_here
from autodoctor.words import N_, _

MOST_AT_A_TIME = 3
MOST_EVER = 12
"""Of a session: who invites and removes without end would send mail without end."""

LONGEST_NAME = 60
NO_INVITATION = N_("This invitation doesn't exist, or it was taken back. Ask who invited you for a new link.")
OVER = InvitationOver.default_detail

_OPEN = frozenset({SessionStatus.waiting, SessionStatus.live})


@dataclass(frozen=True)
class Invited:
    """A fresh invitation; its link is known in clear text this once."""

    id: uuid.UUID
    url: str


@dataclass(frozen=True)
class Joined:
    """Somebody came by a link: into which room, as whom, and their login."""

    session_id: uuid.UUID
    room_path: str
    guest_id: uuid.UUID
    login: IssuedToken


@dataclass(frozen=True)
class GuestView:
    """An invitation that stands. `name` and `guest_id` are None until somebody came by it."""

    id: uuid.UUID
    created_at: datetime
    email: str | None
    guest_id: uuid.UUID | None
    name: str | None
    joined_at: datetime | None
    seen_at: datetime | None
    last_read_seq: int

    def is_here(self, now: datetime) -> bool:
        return is_here(self.seen_at, now)


async def party_or_guest(db: AsyncSession, callers: Sequence[Caller], session_id: uuid.UUID) -> Party:
    """Which of these callers is in this session's room: one of the two sides, or a guest whose invitation stands.

    Raises NotFound for strangers, Forbidden with the reason for a guest after the end.
    """
    sides = [caller for caller in callers if caller.role is not Role.guest]
    try:
        return await party(db, sides, session_id)
    except NotFound:
        for caller in callers:
            if caller.role is Role.guest and (found := await _as_guest(db, caller, session_id)):
                return found
        raise


async def _as_guest(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> Party | None:
    query = (
        sa.select(Session)
        .join(SessionInvite, col(SessionInvite.session_id) == col(Session.id))
        .where(col(Session.id) == session_id, col(SessionInvite.guest_id) == caller.user_id, col(SessionInvite.revoked_at).is_(None))
    )
    session = await db.scalar(query.execution_options(populate_existing=True))
    if session is None:
        return None
    if not SESSION_TRANSITIONS[session.status]:
        raise Forbidden(_(OVER))
    return Party(
        caller=caller,
        user_id=caller.user_id,
        session_id=session_id,
        role=ParticipantRole.guest,
        status=session.status,
        plan=session.plan,
        customer_id=session.customer_user_id,
        mechanic_id=session.mechanic_id,
        is_mechanic_away=session.mechanic_away_since is not None,
    )


async def stands(db: AsyncSession, session_id: uuid.UUID, guest_id: uuid.UUID) -> bool:
    """Whether this person is a guest of this session whose invitation wasn't taken back."""
    theirs = (col(SessionInvite.session_id) == session_id, col(SessionInvite.guest_id) == guest_id)
    return await db.scalar(sa.select(col(SessionInvite.id)).where(*theirs, col(SessionInvite.revoked_at).is_(None))) is not None


async def was_guest(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> bool:
    """Whether this guest was invited into this session, also when it is over."""
    theirs = (col(SessionInvite.session_id) == session_id, col(SessionInvite.guest_id) == caller.user_id)
    return await db.scalar(sa.select(col(SessionInvite.id)).where(*theirs)) is not None


async def invite(db: AsyncSession, caller: Caller, session_id: uuid.UUID, *, email: str | None = None) -> Invited:
    """A link for one more person, mailed when there is an address.

    Raises NotFound for strangers and guests, InvalidTransition while the room isn't open, TooManyGuests, ValidationFailed.
    """
    await party(db, [caller], session_id)
    address = read_email(email) if email and email.strip() else None
    if isinstance(address, FieldError):
        raise ValidationFailed(address)
    if await status.locked(db, session_id) not in _OPEN:
        raise InvalidTransition(_("People can be invited while the room is open."))
    await _require_room(db, session_id)
    token = new_token()
    made = SessionInvite(session_id=session_id, invited_by=caller.user_id, token=hash_token(token), email=address)
    db.add(made)
    await db.flush()
    await _note(db, session_id, actor_id=caller.user_id, reason="somebody was invited")
    url = f"{get_settings().app_url}/join/{token}"
    if address:
        who = first_name(caller.name, otherwise="Somebody")
        await send_mail(db, template="invitation", to=address, key=f"invitation:{made.id}", who=who, link=url)
    await _tell(db, session_id)
    return Invited(made.id, url)


async def _require_room(db: AsyncSession, session_id: uuid.UUID) -> None:
    stands = sa.func.count().filter(col(SessionInvite.revoked_at).is_(None))
    query = sa.select(stands, sa.func.count()).select_from(SessionInvite).where(col(SessionInvite.session_id) == session_id)
    standing, ever = (await db.execute(query)).one().tuple()
    if standing >= MOST_AT_A_TIME:
        raise TooManyGuests
    if ever >= MOST_EVER:
        raise TooManyGuests(_("No more people can be invited to this session."))


async def read_invitation(db: AsyncSession, token: str) -> Session:
    """The session that a link leads to, while somebody can still come in by it. Raises NotFound, InvitationOver, InvitationUsed."""
    _found, session = await _standing(db, token)
    return session


async def _standing(db: AsyncSession, token: str) -> tuple[SessionInvite, Session]:
    query = (
        sa.select(SessionInvite, Session)
        .join(Session, col(Session.id) == col(SessionInvite.session_id))
        .where(col(SessionInvite.token) == hash_token(token), col(SessionInvite.revoked_at).is_(None))
    )
    found = (await db.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound(_(NO_INVITATION))
    invitation, session = found.tuple()
    if not SESSION_TRANSITIONS[session.status]:
        raise InvitationOver
    if invitation.guest_id is not None:
        raise InvitationUsed
    return invitation, session


async def room_by(db: AsyncSession, caller: Caller, token: str) -> str:
    """The path of the room that this guest came into by this link, "" for anybody else."""
    query = (
        sa.select(col(Session.type), col(Session.id))
        .join(SessionInvite, col(SessionInvite.session_id) == col(Session.id))
        .where(col(SessionInvite.token) == hash_token(token), col(SessionInvite.guest_id) == caller.user_id)
    )
    found = (await db.execute(query)).one_or_none()
    return f"/{found.type}/{found.id}" if found else ""


async def join(db: AsyncSession, token: str, name: str, origin: Origin) -> Joined:
    """Come in by a link, once, under this name. Raises NotFound, InvitationOver, InvitationUsed, ValidationFailed."""
    called = one_line(name)
    if not called or len(called) > LONGEST_NAME:
        raise ValidationFailed(FieldError("name", _("Tell us your name, up to {most} characters.", most=LONGEST_NAME)))
    _invite, session = await _standing(db, token)
    await status.locked(db, session.id)
    invitation, session = await _standing(db, token)  # as it stands now that nobody else comes in by it
    guest = User(role=Role.guest)
    db.add(guest)
    await db.flush()
    db.add(Profile(id=guest.id, full_name=called, role=Role.guest))
    db.add(SessionParticipant(session_id=session.id, user_id=guest.id, role=ParticipantRole.guest))
    invitation.guest_id, invitation.joined_at = guest.id, clock.now()
    await db.flush()
    await _note(db, session.id, actor_id=guest.id, reason=f"{called} (invited) joined")
    await events.record(db, GuestCame(session.id, guest.id, called))
    await _tell(db, session.id)
    return Joined(session.id, f"/{session.type}/{session.id}", guest.id, await tokens.issue(db, guest.id, Role.guest, origin))


async def remove(db: AsyncSession, caller: Caller, session_id: uuid.UUID, invite_id: uuid.UUID) -> None:
    """Take an invitation back: its link leads nowhere, and who came by it is out at once. Twice is the same as once.

    Raises NotFound for strangers and guests, and for another session's invitation.
    """
    await party(db, [caller], session_id)
    await status.locked(db, session_id)
    this = (col(SessionInvite.id) == invite_id, col(SessionInvite.session_id) == session_id)
    invitation = await db.scalar(sa.select(SessionInvite).where(*this).execution_options(populate_existing=True))
    if invitation is None:
        raise NotFound(_("There is no such invitation."))
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = clock.now()
    await db.flush()
    if invitation.guest_id is None:
        await _note(db, session_id, actor_id=caller.user_id, reason="an invitation was taken back")
    else:
        await _show_out(db, caller, session_id, invitation.guest_id)
    await _tell(db, session_id)


async def _show_out(db: AsyncSession, caller: Caller, session_id: uuid.UUID, guest_id: uuid.UUID) -> None:
    name = await db.scalar(sa.select(col(Profile.full_name)).where(col(Profile.id) == guest_id)) or "A guest"
    await tokens.revoke_all(db, guest_id)
    await _note(db, session_id, actor_id=caller.user_id, reason=f"{name} (invited) was removed")
    await events.record(db, GuestRemoved(session_id, guest_id, name, caller.user_id))


async def guests(db: AsyncSession, session_id: uuid.UUID) -> list[GuestView]:
    """The invitations that stand, the oldest first, and who came by them. Who asks has been let into the session before."""
    return await _views(db, col(SessionInvite.session_id) == session_id, col(SessionInvite.revoked_at).is_(None))


async def names(db: AsyncSession, session_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Everybody who ever came by an invitation, by their ids: what they said stays theirs when they are gone."""
    came = await _views(db, col(SessionInvite.session_id) == session_id, col(SessionInvite.guest_id).is_not(None))
    return {each.guest_id: f"{each.name} (invited)" for each in came if each.guest_id}


async def _views(db: AsyncSession, *conditions: sa.ColumnElement[bool]) -> list[GuestView]:
    in_this_session = sa.and_(
        col(SessionParticipant.session_id) == col(SessionInvite.session_id), col(SessionParticipant.user_id) == col(SessionInvite.guest_id)
    )
    query = (
        sa.select(SessionInvite, col(Profile.full_name), SessionParticipant)
        .outerjoin(Profile, col(Profile.id) == col(SessionInvite.guest_id))
        .outerjoin(SessionParticipant, in_this_session)
        .where(*conditions)
        .order_by(col(SessionInvite.created_at), col(SessionInvite.id))
        .execution_options(populate_existing=True)
    )
    return [
        GuestView(
            id=invitation.id,
            created_at=invitation.created_at,
            email=invitation.email,
            guest_id=invitation.guest_id,
            name=name,
            joined_at=invitation.joined_at,
            seen_at=there and there.seen_at,
            last_read_seq=there.last_read_seq if there else 0,
        )
        for invitation, name, there in (await db.execute(query)).tuples()
    ]


async def _note(db: AsyncSession, session_id: uuid.UUID, *, actor_id: uuid.UUID, reason: str) -> None:
    now_status = (await queries.view(db, session_id)).status
    await status.note(db, session_id, status.SESSION, now_status, now_status, actor_id=actor_id, reason=reason[:200])


async def _tell(db: AsyncSession, session_id: uuid.UUID) -> None:
    session = await db.scalar(sa.select(Session).where(col(Session.id) == session_id).execution_options(populate_existing=True))
    if session is None:
        raise NotFound(_(NOT_FOUND))
    await events.record(db, status.changed(session))
