"""Writes what the product says into the catalogues (docs/languages.md): `autodoctor/locale`, first the template, then each language.

Translations stay as they are; a message whose English changed comes without one. `--check` says whether the files are current (CI does).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from autodoctor.words import OFFERED
from autodoctor.words.catalogue import LOCALE, file_of

SOURCES = LOCALE.parent
TEMPLATE = LOCALE / "autodoctor.pot"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "_n": (1, 2), "say": None, "sayN": (1, 2)}
METHODS = [("**.py", "python"), ("**.jsx", "javascript"), ("**.js", "javascript")]
_HEADER = "# What Auto Doctor says. Written by `make words`: see docs/languages.md."


def template() -> Catalog:
    """Every message in the sources, each with the files that say it. Places have no line numbers: those change with every edit."""
    found = Catalog(project="Auto Doctor", fuzzy=False, header_comment=_HEADER, charset="utf-8")
    for name, _line, message, comments, context in sorted(
        extract_from_dir(SOURCES, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True),  # type: ignore[arg-type]
        key=lambda each: (each[0], each[1]),
    ):
        found.add(message, None, [(f"autodoctor/{Path(name).as_posix()}", 0)], auto_comments=comments, context=context)
    for message in found:
        message.flags.discard("python-format")  # ours are {named}: a % is a per cent
        message.locations = sorted(set(message.locations))
    return found


def texts() -> dict[Path, str]:
    """What the files must say."""
    messages = template()
    wanted = {TEMPLATE: _text(messages)}
    for language in OFFERED[1:]:
        path = file_of(language)
        existing = _read(path, language.value)
        existing.update(messages, no_fuzzy_matching=True)
        existing.obsolete.clear()
        for message in existing:
            message.flags.discard("python-format")
        wanted[path] = _text(existing)
    return wanted


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, project="Auto Doctor", fuzzy=False, header_comment=_HEADER, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _text(messages: Catalog) -> str:
    written = io.BytesIO()
    write_po(written, messages, width=140, sort_output=True, omit_header=False, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGING))


_CHANGING = tuple(
    f'"{name}:'
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To", "Generated-By")
)
"""Lines of a header that would differ each time, or that nobody fills in."""


def main() -> None:
    stale = {path: text for path, text in texts().items() if not path.exists() or path.read_text() != text}
    if "--check" not in sys.argv:
        for path, text in stale.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    elif stale:
        names = ", ".join(str(path.relative_to(SOURCES.parent)) for path in stale)
        sys.exit(f"{names}: not what the sources say any more. Run make words, translate what is new, and commit it")


if __name__ == "__main__":
    main()
