"""What the intake capability tells others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class IntakeMoved:
    """An administrator has moved an intake on."""

    intake_id: uuid.UUID


@dataclass(frozen=True)
class IntakeAttached:
    """A session's description was sent, or sent again: cards that showed "still describing" fill in (L5)."""

    intake_id: uuid.UUID
    session_id: uuid.UUID
