"""The product without its pages, as a process that can be killed and is back in a moment (started by victim.py).

The process started here has everything imported, and serves nothing itself. On each line of its input it forks a child that serves,
answers its number, and afterwards that it is gone. Told SIGUSR1, a child kills itself at one of its next commits, just before or just
after it: the moments at which most can go wrong are the shortest ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.orm import Session

from autodoctor.api.app import create_api
from autodoctor.core import outbox
from autodoctor.core.orphans import die_with_parent
from autodoctor.core.settings import get_settings
from autodoctor.integrations.sandbox.stripe.delivery import run_deliveries
from autodoctor.jobs.run import run_jobs
from autodoctor.payments import inbox
from tests.serving import serving

CLAIM_FOR = timedelta(seconds=5)
"""What a killed process had in hand is taken up again after this time, instead of after a minute."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what is logged is no answer
    app = create_api()
    print("ready", file=answers)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _live(app, fuse=int(line))
        print(child, file=answers)
        os.waitpid(child, 0)
        print("gone", file=answers)


def _live(app: FastAPI, *, fuse: int) -> None:
    """Never comes back. `fuse` is at which commit from SIGUSR1 on it ends, each counted before and after."""
    die_with_parent()
    outbox.CLAIM_FOR = inbox.CLAIM_FOR = CLAIM_FOR
    lit = False
    left = fuse

    def light(*_signal: Any) -> None:
        nonlocal lit
        lit = True

    def burn(*_about: Any) -> None:
        nonlocal left
        left -= lit
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    signal.signal(signal.SIGUSR1, light)
    sa.event.listen(sa.Engine, "commit", burn)
    sa.event.listen(Session, "after_commit", burn)
    asyncio.run(_serve(app))
    os._exit(1)


async def _serve(app: FastAPI) -> None:
    async with serving(app, get_settings().port), run_jobs():
        with contextlib.suppress(asyncio.CancelledError):
            await run_deliveries()


if __name__ == "__main__":
    main()
