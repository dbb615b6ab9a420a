"""Setting pages with Typst: a template and its data become a PDF, in this process, without a browser or a service.

What people wrote is handed over as data and stays data: a template draws it, and nothing in it is ever read as markup.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import manimgx_fonts
import typst

_FONTS = Path(manimgx_fonts.__file__).parent
"""Noto Sans in many scripts, symbols and emoji; what even these lack is taken from the machine's own fonts."""


async def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of this template, which finds `data` as JSON in `sys.inputs.data` and can read nothing outside its own folder."""
    return await asyncio.to_thread(_compile, template, json.dumps(data), "pdf")


async def pictures(template: Path, data: Mapping[str, Any], *, ppi: float = 96) -> list[bytes]:
    """The same, each page as a PNG, for looking at."""
    made = await asyncio.to_thread(_compile, template, json.dumps(data), "png", ppi)
    return made if isinstance(made, list) else [made]


def _compile(template: Path, data: str, form: Literal["pdf", "png"], ppi: float | None = None) -> Any:
    return typst.compile(template, root=template.parent, font_paths=_fonts(), format=form, ppi=ppi, sys_inputs={"data": data})


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=[_FONTS])
