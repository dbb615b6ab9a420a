"""Administrators log in with a code here, as in production."""

from __future__ import annotations

import pytest

from autodoctor.core.settings import get_settings
from tests.api.conftest import api  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _codes_are_required(settings_env: pytest.MonkeyPatch) -> None:
    settings_env.setenv("ADMIN_TOTP", "required")
    get_settings.cache_clear()
