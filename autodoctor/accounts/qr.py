"""A QR code as one path of an SVG: drawn here, so that no secret is sent to anybody who draws pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import segno

QUIET_ZONE = 4
"""Modules of white around the code: readers need them."""


@dataclass(frozen=True)
class QrCode:
    """`path` fills the dark modules of a square of `size` by `size` modules, quiet zone included."""

    size: int
    path: str = field(repr=False)


def qr_code(text: str) -> QrCode:
    code = segno.make(text, error="m", micro=False)
    dark = [
        f"M{column} {row}h1v1h-1z"
        for row, modules in enumerate(code.matrix_iter(border=QUIET_ZONE))
        for column, is_dark in enumerate(modules)
        if is_dark
    ]
    return QrCode(size=int(code.symbol_size(border=QUIET_ZONE)[0]), path="".join(dark))
