from __future__ import annotations

import pytest

from tests.video.telling import configure


@pytest.fixture
def livekit_keys(database: str, settings_env: pytest.MonkeyPatch) -> None:
    """A LiveKit is configured."""
    configure(settings_env)
