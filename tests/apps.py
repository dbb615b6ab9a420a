"""The application of the API, made once for all the tests of a process: making it is slower than most tests."""

from __future__ import annotations

from functools import cache

from fastapi import FastAPI
from starlette.datastructures import State

from autodoctor.api.app import create_api
from autodoctor.core.settings import get_settings


def the_api() -> FastAPI:
    """What `create_api` makes for the settings of now, with nothing remembered of the database of an earlier test."""
    settings = get_settings()
    app = _made(settings.is_production, settings.uses_stripe_sandbox)
    app.state = State()
    return app


@cache
def _made(is_production: bool, uses_stripe_sandbox: bool) -> FastAPI:
    """One for each answer to what `create_api` asks its settings."""
    return create_api()
