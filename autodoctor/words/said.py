"""Saying a message: its translation from the catalogue, with its values put in. A message is known by its English text."""

from __future__ import annotations

from autodoctor.words.catalogue import catalogue
from autodoctor.words.language import Language, spoken


def _(message: str, /, **values: object) -> str:
    """The message in the language spoken now, `{name}` replaced by the value of that name. English where there is no translation.

    In page code a value may be a Reflex var: it is filled in by the page.
    """
    language = spoken()
    if language is Language.marked:
        return _filled(f"⟦{message}⟧", values)
    if language is not Language.en:
        message = catalogue(language).singular(message)
    return _filled(message, values)


def _n(one: str, many: str, n: int, /, **values: object) -> str:
    """Of two messages the one that fits the number, which stands in them as `{n}`. Other languages have other rules for that."""
    language = spoken()
    message = one if n == 1 else many
    if language is Language.marked:
        message = f"⟦{message}⟧"
    elif language is not Language.en:
        message = catalogue(language).plural(one, many, n)
    return _filled(message, {"n": n, **values})


def N_(message: str, /) -> str:  # noqa: N802 - gettext's name for it
    """The message as it is: marks it for the catalogue. Where it is said, `_(…)` says it, in the language spoken then."""
    return message


def _filled(message: str, values: dict[str, object]) -> str:
    return message.format(**values) if values else message
