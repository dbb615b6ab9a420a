"""What the reports capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PapersChanged:
    """There is a new action plan, or the report reads differently."""

    session_id: uuid.UUID
