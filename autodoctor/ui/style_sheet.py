"""Puts the theme's style sheet and the two self-hosted fonts into the built site."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from reflex_base.plugins.base import CommonContext, Plugin, PreCompileContext

from autodoctor.ui.theme import style_sheet

FONTS = ("@fontsource-variable/inter@5.3.0", "@fontsource-variable/bricolage-grotesque@5.3.0")
_FILE = "autodoctor.css"


class StyleSheet(Plugin):
    """The packages of FONTS are installed by `rxconfig.py` (`frontend_packages`)."""

    def get_stylesheet_paths(self, **context: Unpack[CommonContext]) -> tuple[str, ...]:
        return (*(f"{package.rpartition('@')[0]}/index.css" for package in FONTS), f"./{_FILE}")

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        context["add_save_task"](_write)


def _write() -> tuple[str, str]:
    return str(Path("styles") / _FILE), style_sheet()
