"""From a paper's data to its PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autodoctor.integrations.typeset import service as typeset

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Paper:
    """A paper ready to be set: which template, what stands in it, and the name under which one keeps it."""

    kind: Literal["report", "transcript", "receipt", "statement"]
    data: dict[str, Any]
    file_name: str


async def pdf(paper: Paper) -> bytes:
    """The paper as a PDF. No database session is needed for it, so none is held meanwhile."""
    return await typeset.pdf(TEMPLATES / f"{paper.kind}.typ", paper.data)


async def pictures(paper: Paper, *, ppi: float = 96) -> list[bytes]:
    """Its pages as PNG."""
    return await typeset.pictures(TEMPLATES / f"{paper.kind}.typ", paper.data, ppi=ppi)
