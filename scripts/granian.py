"""Granian's own command, with workers that can be told to end while they are still being put together.

A worker is a fork of the main process and keeps its handlers, which only note that somebody wants the end, until the application is
imported (2.8.9, `granian/server/mp.py`: `callback_loader()` comes before `set_loop_signals`). A SIGTERM within these seconds would be
lost, and the worker would serve on until it is killed for taking too long.
"""

from __future__ import annotations

import os
import signal

from granian.cli import entrypoint


def _end_when_told() -> None:
    """A worker that has begun nothing has nothing to finish."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    os.register_at_fork(after_in_child=_end_when_told)
    entrypoint()
