"""A worker doesn't outlive its server: killed with -9, the server leaves nothing behind that keeps the port."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY_S = 0.5


async def leave_with_parent() -> None:
    """End this process when its parent ends (a lifespan task of each worker).

    Linux does it by itself once asked; elsewhere we look now and then whether the parent is still the one that started us.
    """
    parent = os.getppid()
    if sys.platform == "linux":
        die_with_parent()
        return
    while os.getppid() == parent:  # noqa: ASYNC110 - the system tells nobody of a parent's end
        await asyncio.sleep(_LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGKILL)


def die_with_parent() -> None:
    """Ask Linux to end this process as soon as its parent has ended."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
