"""What a home screen is told of the application: its name, its icons, where it starts.

A manifest knows one colour of each kind, so it gets the light theme's; pages say their own, of both themes, in their heads
(`components/frame.py`).
"""

from __future__ import annotations

import json

from autodoctor.ui import theme
from autodoctor.words import _, spoken

ADDRESS = "/manifest.webmanifest"
NAME = "Auto Doctor"
ICONS = "/icons/"
SIZES = (192, 512)
"""In pixels. `scripts/icons.py` draws them."""


def manifest() -> str:
    """The Web App Manifest, as JSON."""
    return json.dumps(
        {
            "id": "/",
            "name": _("Auto Doctor: ask a mechanic now"),
            "short_name": NAME,
            "description": _("Talk to a certified mechanic about your car, now."),
            "lang": spoken().value,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "theme_color": theme.LIGHT["surface"],
            "background_color": theme.LIGHT["surface"],
            "icons": [_icon(purpose, size) for purpose in ("any", "maskable") for size in SIZES],
        },
        indent=2,
    )


def _icon(purpose: str, size: int) -> dict[str, str]:
    return {"src": f"{ICONS}{purpose}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
