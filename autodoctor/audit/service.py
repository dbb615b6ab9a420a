"""Writing down who did what with special rights."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from autodoctor.audit.models import AuditEntry


async def record(db: AsyncSession, actor_id: uuid.UUID | None, action: str, entity: str, entity_id: object, **details: Any) -> None:
    """Append an act to the audit log. Without `actor_id` it came from the command line. `details` are JSON values, no secrets."""
    db.add(AuditEntry(actor_id=actor_id, action=action, entity=entity, entity_id=str(entity_id), details=details))
    await db.flush()
