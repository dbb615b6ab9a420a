"""Hints: what travels from a committed fact to the screens. Small, and never the truth itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from autodoctor.realtime import topics

CHANGED, MESSAGE, READ, PAPERS, RESYNC, ENDED = "changed", "message", "read", "papers", "resync", "ended"


@dataclass(frozen=True)
class Hint:
    """`kind` says what to look at again; `data` holds what JSON can carry: for a board, as `of`, how the views begin that it concerns."""

    topic: str
    kind: str
    data: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str | bytes) -> Hint:
        parts = json.loads(text)
        return Hint(topic=parts["topic"], kind=parts["kind"], data=parts["data"])


LOOK_AGAIN = Hint(topics.everybody, RESYNC)
"""Hints may have been lost: everybody reads anew."""
