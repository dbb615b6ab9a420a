"""States whose page stays as it is drawn while the socket comes back."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.state import _override_base_method  # pinned version: the one way to change what a snapshot holds


class Steady(rx.State, mixin=True):
    """A state that says nothing until its `on_load` has read the database, and then says everything.

    When a socket comes back Reflex first sends a snapshot of every state. After a restart that snapshot is blank: everything would
    be drawn anew, and the open tab, the place in a text and the half-written word would be gone. Such a state is left out of
    snapshots, so what stands on the screen stays there until `on_load` brings what is true now. In return `on_load` assigns
    every var, and no var is computed.
    """

    @_override_base_method
    def dict(self, include_computed: bool = True, initial: bool = False, **options: Any) -> dict[str, Any]:
        """What a snapshot holds of this state: nothing, except at build time, when the defaults are asked for."""
        return super().dict(include_computed=include_computed, initial=initial, **options) if initial else {}
