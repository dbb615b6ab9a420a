"""The translations, read once from the files that translators write (`autodoctor/locale`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import read_po

from autodoctor.words.language import Language

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_SCRIPTS = (".js", ".jsx")

Forms = tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """One language's messages by their English: one form each, or as many as the language has numbers. Only what is translated is there."""

    forms: Mapping[str, Forms]
    form_of: Callable[[int], int]
    in_scripts: frozenset[str]
    """Those that the pages' scripts say."""

    def singular(self, message: str) -> str:
        return self.forms.get(message, (message,))[0]

    def plural(self, one: str, many: str, n: int) -> str:
        found = self.forms.get(one)
        return found[self.form_of(n)] if found and len(found) > 1 else (one if n == 1 else many)

    def for_scripts(self) -> dict[str, str | Forms]:
        """What scripts say."""
        said = {message: self.forms[message] for message in sorted(self.in_scripts & self.forms.keys())}
        return {message: forms[0] if len(forms) == 1 else forms for message, forms in said.items()}


def file_of(language: Language) -> Path:
    """Where a language's messages stand."""
    return LOCALE / language.value / "LC_MESSAGES" / "autodoctor.po"


@cache
def catalogue(language: Language) -> Catalogue:
    """The messages of a language that has a file. A translation that is only a guess (fuzzy) is none."""
    with file_of(language).open("rb") as file:
        read = read_po(file, locale=language.value)
    forms: dict[str, Forms] = {}
    in_scripts = set()
    for message in read:
        english = message.id[0] if isinstance(message.id, list | tuple) else message.id
        translated = tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)
        if not english or message.fuzzy or not all(translated):
            continue
        forms[english] = translated
        if any(name.endswith(_SCRIPTS) for name, _line in message.locations):
            in_scripts.add(english)
    return Catalogue(forms, c2py(read.plural_expr), frozenset(in_scripts))
