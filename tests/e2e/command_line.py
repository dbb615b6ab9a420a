"""The operator's command line as a program of its own that has its imports behind it: they take two seconds, a command none."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection

WITHIN_S = 60
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["autodoctor.cli"])


def run(environment: Mapping[str, str], arguments: Sequence[str]) -> str:
    """Run a command of `python -m autodoctor.cli` in a process with this environment; returns what it printed. Fails when it fails."""
    ours, its = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_command, args=(its, dict(environment), list(arguments)))
    process.start()
    its.close()
    assert ours.poll(WITHIN_S), f"{arguments[0]} takes longer than {WITHIN_S} s"
    code, printed = ours.recv()
    process.join()
    assert code == 0, printed
    return printed


def _command(answer: Connection, environment: dict[str, str], arguments: list[str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    from autodoctor.cli import app

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            app(arguments)
        except SystemExit as end:
            code = end.code
    answer.send((code or 0, printed.getvalue()))
