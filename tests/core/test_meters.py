"""Several workers: whoever is asked tells the figures of all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from autodoctor.core import meters
from tests.figures import Figures, figure, read_figures
from tests.servers import ROOT

WORKER = """
import sys
from autodoctor.api.in_flight import PAGES
from autodoctor.matching.meters import MATCHES, TIME_TO_MATCH
MATCHES.inc(int(sys.argv[1])); PAGES.inc(int(sys.argv[1])); TIME_TO_MATCH.observe(20)
print("ready", flush=True)
sys.stdin.readline()
"""


class Once(Collector):
    """Stands for the database: the same for every worker."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("autodoctor_outbox_waiting", "-", value=7)


def a_worker(folder: Path, number: int) -> subprocess.Popen[str]:
    """One that has counted so many matches and has so many pages open."""
    environment = {**os.environ, meters.FOLDER: str(folder), "APP_ENV": "test", "APP_DATA_DIR": str(folder)}
    command = [sys.executable, "-c", WORKER, str(number)]
    worker = subprocess.Popen(command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


def told() -> Figures:
    return read_figures(meters.exposition(Once()).decode())


def test_counts_add_up_open_pages_are_those_of_the_living_and_the_database_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(meters.FOLDER, str(tmp_path))
    workers = [a_worker(tmp_path, number) for number in (2, 3)]
    try:
        figures = told()
        assert (figure(figures, "matches_total"), figure(figures, "pages_connected"), figure(figures, "outbox_waiting")) == (5, 5, 7)
        assert figure(figures, "time_to_match_seconds_bucket", le="20.0") == 2
        workers[0].kill()
        workers[0].wait()
        figures = told()
        assert (figure(figures, "matches_total"), figure(figures, "pages_connected")) == (5, 3)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
