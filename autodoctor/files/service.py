"""Signing uploads, and tying stored files to sessions and intakes (M5)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.identity import Caller, require_customer, require_verified
from autodoctor.core import clock
from autodoctor.core.errors import FieldError, InvalidTransition, NotFound, ValidationFailed
from autodoctor.core.ids import new_id
from autodoctor.core.security import sign
from autodoctor.core.text import several_lines
from autodoctor.files import queries, rules
from autodoctor.files.links import UPLOAD, FileLink
from autodoctor.files.models import SessionFile, Upload
from autodoctor.files.queries import SessionFileView
from autodoctor.files.refusals import PayloadTooLarge, TooManyFiles, UnsupportedMedia
from autodoctor.sessions.guests import party_or_guest
from autodoctor.sessions.queries import party
from autodoctor.words import _

UPLOAD_LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class SignedUpload:
    """Where to PUT a file, what it is called afterwards, and until when (UTC) the PUT may begin."""

    upload_url: str
    file_path: str
    expires_at: datetime


async def sign_upload(
    db: AsyncSession,
    caller: Caller,
    *,
    file_name: str,
    file_size: int,
    file_type: str,
    session_id: uuid.UUID | None = None,
    intake_id: uuid.UUID | None = None,
) -> SignedUpload:
    """Permission to upload one file (M5): for a session by a party of it, else by a customer for an intake.

    Without both it belongs to its owner until an intake that names it is sent. That `intake_id` is the caller's own is
    checked above (`intake.service.sign_upload`). The limits on numbers are for good manners: two signatures at the same
    moment may pass them by one. Raises UnsupportedMedia, PayloadTooLarge, TooManyFiles, NotFound for a stranger's session,
    InvalidTransition for one that is over.
    """
    announced = _judge(file_name, file_size, file_type)
    require_verified(caller)
    if session_id:
        await _require_open(db, caller, session_id)
    else:
        require_customer(caller)
    await _require_room(db, caller.user_id, session_id, intake_id)
    upload = Upload(
        owner_id=caller.user_id,
        session_id=session_id,
        intake_id=intake_id,
        file_path=f"{f'sessions/{session_id}' if session_id else f'intakes/{caller.user_id}'}/{new_id()}",
        file_name=rules.clean_name(file_name),
        file_size=file_size,
        file_type=announced,
        expires_at=clock.now() + UPLOAD_LIFE,
    )
    db.add(upload)
    await db.flush()
    token = sign({"upload": str(upload.id), "size": file_size, "type": announced}, purpose=UPLOAD, ttl_s=int(UPLOAD_LIFE.total_seconds()))
    return SignedUpload(f"/api/uploads/put?token={token}", upload.file_path, upload.expires_at)


def _judge(file_name: str, file_size: int, file_type: str) -> str:
    announced = rules.declared_type(file_name, file_type)
    if announced is None:
        raise UnsupportedMedia
    if file_size < 1:
        raise ValidationFailed(FieldError("fileSize", _("This file is empty.")))
    kind = rules.kind_of(announced)
    if file_size > (most := rules.MAX_BYTES[kind]):
        raise PayloadTooLarge(_(rules.TOO_LARGE[kind], size=rules.size_words(file_size), most=rules.size_words(most)))
    return announced


async def _require_open(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> None:
    """The caller takes part in the session, and it isn't over, its follow-up questions included."""
    taking_part = await party(db, [caller], session_id)
    if not taking_part.takes_more(clock.now()):
        raise InvalidTransition(_("This session is over. Files can no longer be added to it."))


async def _require_room(db: AsyncSession, owner_id: uuid.UUID, session_id: uuid.UUID | None, intake_id: uuid.UUID | None) -> None:
    """Fewer files, stored or on their way, than the limit of what they are for. Raises TooManyFiles."""
    now = clock.now()
    if session_id:
        most, of_what = rules.MAX_PER_SESSION, col(Upload.session_id) == session_id
    elif intake_id:
        most, of_what = rules.MAX_PER_INTAKE, col(Upload.intake_id) == intake_id
    else:
        most = rules.MAX_LOOSE_PER_DAY
        of_what = sa.and_(
            col(Upload.owner_id) == owner_id,
            col(Upload.session_id).is_(None),
            col(Upload.intake_id).is_(None),
            col(Upload.created_at) > now - timedelta(days=1),
        )
    query = sa.select(sa.func.count()).select_from(Upload)
    is_there = sa.or_(col(Upload.stored_at).is_not(None), col(Upload.expires_at) > now)
    if (await db.scalar(query.where(of_what, is_there)) or 0) >= most:
        raise TooManyFiles(f"{most} files are the most we can take here.")


async def record_session_file(
    db: AsyncSession, caller: Caller, session_id: uuid.UUID, *, file_path: str, description: str | None = None
) -> SessionFileView:
    """Show an upload to the parties of the session it was signed for. Twice is the same as once.

    Name, size and type come from the upload, not from the caller's word. Raises NotFound for a stranger's session, and for a
    path that this person didn't sign for this session or that isn't stored yet; InvalidTransition for a session that is over.
    """
    await _require_open(db, caller, session_id)
    (view,) = await _record(db, caller.user_id, session_id, [file_path], description=several_lines(description)[:500] or None)
    return view


async def attach_to_session(db: AsyncSession, caller: Caller, session_id: uuid.UUID, paths: Sequence[str]) -> list[FileLink]:
    """Record the files that a message carries, and answer their links in the message's order. Raises like `record_session_file`."""
    wanted = list(dict.fromkeys(paths))
    if len(wanted) > rules.MAX_PER_MESSAGE:
        raise ValidationFailed(FieldError("attachments", _("A message carries at most {n} files.", n=rules.MAX_PER_MESSAGE)))
    await _require_open(db, caller, session_id)
    return [view.link for view in await _record(db, caller.user_id, session_id, wanted, description=None)]


async def _record(
    db: AsyncSession, owner_id: uuid.UUID, session_id: uuid.UUID, paths: Sequence[str], *, description: str | None
) -> list[SessionFileView]:
    """The uploads are locked first, so that the same recording twice at once happens one after the other."""
    found = await queries.own_uploads(db, owner_id, paths, is_locked=True)
    uploads = {upload.file_path: upload for upload in found if upload.session_id == session_id}
    if set(paths) - set(uploads):
        raise NotFound(_("This file hasn't been uploaded to this session yet."))
    recorded = await queries.recorded_paths(db, session_id, paths)
    db.add_all(_session_file(session_id, uploads[path], description) for path in paths if path not in recorded)
    await db.flush()
    views = {view.link.path: view for view in await queries.files_of_session(db, session_id, paths)}
    return [views[path] for path in paths]


def _session_file(session_id: uuid.UUID, upload: Upload, description: str | None) -> SessionFile:
    return SessionFile(
        session_id=session_id,
        uploaded_by=upload.owner_id,
        file_name=upload.file_name,
        file_size=upload.file_size,
        file_type=upload.file_type,
        storage_path=upload.file_path,
        description=description,
    )


async def list_session_files(db: AsyncSession, caller: Caller, session_id: uuid.UUID) -> list[SessionFileView]:
    """The files of a session, newest first, for its parties and their guests. Raises NotFound for strangers."""
    await party_or_guest(db, [caller], session_id)
    return await queries.files_of_session(db, session_id)


async def link_to_intake(
    db: AsyncSession, owner_id: uuid.UUID, intake_id: uuid.UUID, paths: Sequence[str], *, session_id: uuid.UUID | None
) -> None:
    """Make these the files of an intake, and no others. They must be the owner's, stored, and not another intake's or session's.

    Raises ValidationFailed at `files`; a stranger's path reads like one that doesn't exist.
    """
    wanted = set(paths)
    if len(wanted) > rules.MAX_PER_INTAKE:
        raise ValidationFailed(FieldError("files", _("{n} files are the most we can take.", n=rules.MAX_PER_INTAKE)))
    usable = {
        upload.file_path
        for upload in await queries.own_uploads(db, owner_id, wanted, is_locked=True)
        if upload.intake_id in {None, intake_id} and upload.session_id in {None, session_id}
    }
    if wanted - usable:
        raise ValidationFailed(FieldError("files", _("One of the files isn't uploaded yet, or was used elsewhere. Please add it again.")))
    table, path = sa.update(Upload).where(col(Upload.owner_id) == owner_id), col(Upload.file_path)
    await db.execute(table.where(col(Upload.intake_id) == intake_id, path.not_in(wanted)).values(intake_id=None))
    await db.execute(table.where(path.in_(wanted)).values(intake_id=intake_id))
