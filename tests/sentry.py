"""A server that stands for Sentry, and what arrived there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sentry_sdk

from autodoctor.core.settings import get_settings
from autodoctor.core.telemetry import configure_logging
from tests.http_stub import Stub, http_stub
from tests.logs import logging_restored


@dataclass
class Sentry:
    """Reports come from a thread of their own: both look at what has arrived once everything was sent."""

    stub: Stub

    def envelopes(self) -> list[str]:
        """Everything that was sent, as it was sent."""
        sentry_sdk.flush(timeout=5)
        return [body.decode() for body in self.stub.sent]

    def reports(self) -> list[dict[str, Any]]:
        """The errors in it."""
        parts = [json.loads(line) for envelope in self.envelopes() for line in envelope.splitlines() if line]
        return [part for part in parts if "exception" in part]


@contextmanager
def sentry_beside(env: pytest.MonkeyPatch) -> Iterator[Sentry]:
    """Inside, errors are reported there."""
    with http_stub(Stub()) as stub, logging_restored():
        env.setenv("SENTRY_DSN", stub.url.replace("http://", "http://a-public-key@") + "/42")
        get_settings.cache_clear()
        configure_logging()
        try:
            yield Sentry(stub)
        finally:
            sentry_sdk.get_client().close(timeout=2)
            sentry_sdk.get_global_scope().set_client(None)
            env.delenv("SENTRY_DSN")
            get_settings.cache_clear()


def class_of(report: dict[str, Any]) -> str:
    """What the error is called."""
    return report["exception"]["values"][-1]["type"]
