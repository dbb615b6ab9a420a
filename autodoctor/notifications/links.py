"""Where mails lead, when more than one of them leads there."""

from __future__ import annotations

import uuid

from autodoctor.core.settings import get_settings


def receipt_link(session_id: uuid.UUID) -> str:
    """The receipt of a session as a PDF; who isn't logged in is asked to first."""
    return f"{get_settings().app_url}/api/sessions/{session_id}/receipt.pdf"
