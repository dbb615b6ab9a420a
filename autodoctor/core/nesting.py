"""How deep JSON is nested, told before anything parses it: what reads it calls itself once a level."""

from __future__ import annotations

import re

DEEPEST = 32
"""Nothing that we take needs a third of it."""

_TEXTS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""Possessive: what has no closing quote is read once, not once for every quote in it."""
_ALIKE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def is_too_deep(json: bytes, deepest: int = DEEPEST) -> bool:
    """Whether this opens more than `deepest` levels. Brackets inside texts don't count; what isn't JSON may be either."""
    left = _TEXTS.sub(b"", json).translate(_ALIKE, _NO_BRACKETS)
    if left.count(b"[") <= deepest:
        return False
    for _level in range(deepest):
        inside = left.replace(b"[]", b"")  # the innermost level
        if len(inside) == len(left):
            break
        left = inside
    return b"[]" in left or left.count(b"[") > deepest
