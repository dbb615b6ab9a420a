"""Reading a PDF as a program does."""

from __future__ import annotations

import io

import pypdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """The whole text, each run of white space one space, without the places where a long word may break."""
    return " ".join("\n".join(pages_of(pdf)).replace("\u200b", "").split())
