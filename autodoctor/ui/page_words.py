"""Gives the pages' scripts the words of the language that the pages are built for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from reflex_base.constants import Dirs
from reflex_base.plugins.base import CommonContext, Plugin

from autodoctor.ui.js.scripts import FOLDER
from autodoctor.words import OFFERED, Language, spoken
from autodoctor.words.catalogue import catalogue

FILE = "catalogue.js"
"""In the repository it holds English."""


class PageWords(Plugin):
    """Writes `catalogue.js` beside the scripts that the site is built from."""

    def get_static_assets(self, **context: Unpack[CommonContext]) -> Sequence[tuple[Path, str | bytes]]:
        return [(Path(Dirs.PUBLIC) / FOLDER / FILE, script_words(spoken()))]


def script_words(language: Language) -> str:
    """What the scripts say in this language, and nothing that only the server says."""
    said = {} if language is OFFERED[0] else catalogue(language).for_scripts()
    return f"export const language = {json.dumps(language.value)};\nexport const messages = {json.dumps(said, ensure_ascii=False)};\n"
