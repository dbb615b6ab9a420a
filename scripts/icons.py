"""Draws every icon of the application from the one mark, `assets/favicon.svg`. Run by `make icons`."""

from __future__ import annotations

import io
import re
from pathlib import Path

import typst
from PIL import Image

ASSETS = Path(__file__).resolve().parents[1] / "assets"
MARK = ASSETS / "favicon.svg"
SAFE = 0.8
"""How much of a maskable icon no launcher cuts off: a circle of this part of its width. An iPhone rounds its icons by itself."""

_SHEET = '#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: none)\n#image("/mark.svg", width: 100%)'
_ICO_SIZES = (16, 32, 48)


def icons() -> dict[str, bytes]:
    """Each file's content by its path in `assets/`."""
    mark = MARK.read_text()
    whole = full_bleed(mark)
    return {
        "icons/any-192.png": drawn(mark, 192),
        "icons/any-512.png": drawn(mark, 512),
        "icons/maskable-192.png": drawn(whole, 192),
        "icons/maskable-512.png": drawn(whole, 512),
        "apple-touch-icon.png": drawn(whole, 180),
        "favicon.ico": _ico(mark),
    }


def full_bleed(mark: str) -> str:
    """The mark on a ground without corners, with its line within the part that is never cut off."""
    ground = re.sub(r' rx="[^"]*"', "", mark)
    smaller = f'<g transform="translate(16 16) scale({SAFE}) translate(-16 -16)">'
    return re.sub(r"(<path[^>]*/>)", rf"{smaller}\1</g>", ground)


def drawn(svg: str, size: int) -> bytes:
    """As PNG, `size` pixels wide and high."""
    sheet = {"main.typ": _SHEET.format(size=size).encode(), "mark.svg": svg.encode()}
    packed = io.BytesIO()
    Image.open(io.BytesIO(typst.compile(sheet, format="png", ppi=72))).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _ico(mark: str) -> bytes:
    pictures = [Image.open(io.BytesIO(drawn(mark, size))) for size in _ICO_SIZES]
    packed = io.BytesIO()
    pictures[-1].save(packed, "ICO", append_images=pictures[:-1], sizes=[(size, size) for size in _ICO_SIZES])
    return packed.getvalue()


def main() -> None:
    for path, content in icons().items():
        file = ASSETS / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        print(path)


if __name__ == "__main__":
    main()
