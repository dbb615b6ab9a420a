"""Which login the open pages of this worker belong to, so that a login's end reaches them at once (R5)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime


class Logins:
    """A page belongs to each login that it was shown by: a browser may be a customer and a mechanic. Nothing is kept of closed ones."""

    def __init__(self) -> None:
        self._ends_at: dict[str, dict[uuid.UUID, datetime]] = defaultdict(dict)
        self._pages: dict[uuid.UUID, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._ends_at) + len(self._pages)

    def add(self, token: str, login_id: uuid.UUID, ends_at: datetime) -> None:
        """This page was shown by this login, which ends then if nobody uses it again."""
        self._ends_at[token][login_id] = ends_at
        self._pages[login_id].add(token)

    def drop(self, token: str) -> None:
        """The page is closed, or was shown by a login that is no more."""
        for login_id in self._ends_at.pop(token, {}):
            self._pages[login_id].discard(token)
            if not self._pages[login_id]:
                del self._pages[login_id]

    def pages_of(self, login_ids: Iterable[uuid.UUID]) -> set[str]:
        """The pages that belong to any of these logins."""
        return set().union(*(self._pages.get(login_id, ()) for login_id in login_ids))

    def run_out(self, now: datetime) -> set[str]:
        """The pages of logins whose time seems to be over; in another window they may have been used since."""
        return {token for token, logins in self._ends_at.items() if any(ends_at <= now for ends_at in logins.values())}
