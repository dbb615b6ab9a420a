from __future__ import annotations

from collections.abc import Iterator

import pytest

from autodoctor.core.settings import get_settings
from tests.video.telling import KEY, SECRET


@pytest.fixture
def configured(settings_env: pytest.MonkeyPatch) -> Iterator[None]:
    """A LiveKit that nobody runs: what is decided here needs none."""
    for name, value in {"LIVEKIT_URL": "ws://127.0.0.1:9", "LIVEKIT_API_KEY": KEY, "LIVEKIT_API_SECRET": SECRET}.items():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()
