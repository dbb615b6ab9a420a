"""The rules for what single pages need beside the components, in the theme's tokens. `ui/theme.py` puts them into the style sheet."""

from __future__ import annotations

RULES = ""
