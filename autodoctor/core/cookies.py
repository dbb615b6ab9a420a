"""What a request carries in its `Cookie` header, and the language that it asks for."""

from __future__ import annotations

from autodoctor.words import Language, preferred

LANGUAGE = "language"
"""The cookie that keeps which language a reader chose; the pages' own script sets it."""


def carried(header: str) -> dict[str, str]:
    """The cookies of a `Cookie` header by name.

    Only spaces and tabs around a name are no part of it. Whoever strips more takes a cookie for ours whose name begins with a no-break
    space, and browsers don't protect that one.
    """
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(" \t"): value.strip(" \t") for name, separator, value in pairs if separator}


def language_of(cookies: str, accepted: str) -> Language:
    """The language of whoever sends these `Cookie` and `Accept-Language` headers. Everything that answers asks here, so that a page, its
    socket and the API never differ."""
    return preferred(carried(cookies).get(LANGUAGE, ""), accepted)
