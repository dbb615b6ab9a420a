"""What the payments capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class RefundSettled:
    """Money of a session has gone back to its customer, or couldn't."""

    session_id: uuid.UUID
    customer_id: uuid.UUID
