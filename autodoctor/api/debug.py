"""Tools by the source's names, for administrators; each use is in the audit log."""

from __future__ import annotations

from fastapi import APIRouter

from autodoctor.api.callers import AdminCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel
from autodoctor.core.db import unit_of_work
from autodoctor.matching import service

router = APIRouter(tags=["admin"])


class CleanupStatsOut(ApiModel):
    """What a sweep has put right (the source's `CleanupStats`, section 8.2)."""

    old_waiting_sessions: int
    expired_requests: int
    accepted_requests: int
    orphaned_sessions: int
    unattended_requests: int
    expired_tokens: int
    total_cleaned: int


@router.post("/api/debug/cleanup-sessions", responses=problems(401, 403))
async def cleanup_sessions(caller: AdminCaller) -> CleanupStatsOut:
    """Put right whatever is late, now. A second time finds nothing."""
    async with unit_of_work() as db:
        return CleanupStatsOut.model_validate(await service.sweep_by_hand(db, caller))
