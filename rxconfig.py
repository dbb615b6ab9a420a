"""Reflex's configuration, made from our own settings: one port serves pages, websocket and API."""

import os
import sys
from pathlib import Path

import reflex as rx

from autodoctor.core.settings import get_settings
from autodoctor.ui.installable.files import Installable
from autodoctor.ui.js import palette, video_stage
from autodoctor.ui.one_port import OnePort
from autodoctor.ui.page_tokens import PageTokens
from autodoctor.ui.page_words import PageWords
from autodoctor.ui.socket_guard import MOST_BYTES
from autodoctor.ui.style_sheet import FONTS, StyleSheet

settings = get_settings()
bun = Path(sys.executable).with_name("bun")

# A client that vanished is noticed within half a minute, not two: its state and its place among the listeners are given up.
os.environ.setdefault("REFLEX_SOCKET_INTERVAL", "10")
os.environ.setdefault("REFLEX_SOCKET_TIMEOUT", "20")
os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", str(MOST_BYTES))  # told to the page, which then doesn't send more
os.environ.setdefault("REFLEX_STATES_WORKDIR", str(settings.app_data_dir / "states"))

# Whose pages may open the websocket: our own, and before production those of this machine.
local = [] if settings.is_production else [f"http://{host}:{settings.port}" for host in ("localhost", "127.0.0.1")]

config = rx.Config(
    app_name="autodoctor",
    frontend_port=settings.port,
    backend_port=settings.port,
    api_url=f"http://localhost:{settings.port}",
    deploy_url=settings.app_url,
    cors_allowed_origins=[settings.app_url, *local],
    trusted_proxy_hops=settings.trusted_proxies,
    redis_url=settings.redis_url or None,
    state_manager_mode=rx.constants.StateManagerMode.REDIS if settings.redis_url else rx.constants.StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[OnePort(), PageTokens(), PageWords(), StyleSheet(), Installable()],
    frontend_packages=[*FONTS, *video_stage.PACKAGES, *palette.PACKAGES],
    disable_plugins=[rx.plugins.SitemapPlugin],
    **({"bun_path": bun} if bun.exists() else {}),
)
