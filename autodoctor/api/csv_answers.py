"""Lists as files for spreadsheets, sent line by line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi.responses import StreamingResponse

CSV: dict[int | str, dict[str, Any]] = {200: {"description": "The file", "content": {"text/csv": {"schema": {"type": "string"}}}}}
"""The `responses` of a route that answers with a file, for the OpenAPI document."""


def csv_file(name: str, lines: AsyncIterator[str]) -> StreamingResponse:
    """The answer: a file of this name, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingResponse(lines, media_type="text/csv", headers=headers)
