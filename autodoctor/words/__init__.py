"""What the product says, in the language of whoever it speaks to (docs/languages.md).

At the bottom of everything, so that every room can use it. It reads its catalogues and knows nothing else.
"""

from __future__ import annotations

from autodoctor.words.language import OFFERED, Language, preferred, speaking, speaks, spoken
from autodoctor.words.said import N_, _, _n

__all__ = ["N_", "OFFERED", "Language", "_", "_n", "preferred", "speaking", "speaks", "spoken"]
