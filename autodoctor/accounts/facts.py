"""What the accounts capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class MechanicChanged:
    """A mechanic went online or offline, was approved, suspended or changed in seniority."""

    mechanic_id: uuid.UUID
