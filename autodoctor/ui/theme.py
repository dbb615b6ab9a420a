"""Colours, type, spacing, radii: the only place that says what things look like (DESIGN, Material).

Every value is a CSS variable; light and dark follow the reader's system. Colours are Radix `teal` and `slate`, the accent a
step deeper than Radix's so that text on it can be read; `grass`, `amber` and `tomato` stand for state and nothing else. What
`-text` names is readable on every surface and on the `-soft` of the same name (`tests/ui/test_theme.py` computes it).
"""

from __future__ import annotations

from autodoctor.ui.components import (
    account_styles,
    admin_styles,
    board_styles,
    chat_styles,
    gallery_styles,
    page_styles,
    paper_styles,
    payout_styles,
    schedule_styles,
    styles,
    video_styles,
    week_styles,
)

LIGHT = {
    "surface": "#fcfcfd",
    "surface-raised": "#ffffff",
    "surface-sunken": "#f0f0f3",
    "text": "#1c2024",
    "text-muted": "#60646c",
    "line": "#e0e1e6",
    "line-strong": "#80838d",
    "accent": "#00796b",
    "accent-hover": "#00675b",
    "accent-soft": "#e0f8f3",
    "accent-text": "#006d60",
    "on-accent": "#ffffff",
    "good": "#46a758",
    "good-soft": "#e9f6e9",
    "good-text": "#26703a",
    "soon": "#ffc53d",
    "soon-soft": "#fff7c2",
    "soon-text": "#8a5000",
    "now": "#e54d2e",
    "now-soft": "#feebe7",
    "now-text": "#b82c10",
    "shadow": "0 1px 2px rgb(28 32 36 / 6%), 0 8px 24px rgb(28 32 36 / 8%)",
    "backdrop": "rgb(28 32 36 / 40%)",
    "on-picture": "#ffffff",
    "picture-shade": "rgb(0 0 0 / 65%)",
}

DARK = {
    "surface": "#111113",
    "surface-raised": "#18191b",
    "surface-sunken": "#212225",
    "text": "#edeef0",
    "text-muted": "#b0b4ba",
    "line": "#2e3135",
    "line-strong": "#777b84",
    "accent": "#14a795",
    "accent-hover": "#1fbba8",
    "accent-soft": "#0d2d2a",
    "accent-text": "#4fd6c1",
    "on-accent": "#06211d",
    "good": "#46a758",
    "good-soft": "#1b2a1e",
    "good-text": "#71d083",
    "soon": "#ffc53d",
    "soon-soft": "#302008",
    "soon-text": "#ffca16",
    "now": "#ec6142",
    "now-soft": "#391714",
    "now-text": "#ff977d",
    "shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 40%)",
    "backdrop": "rgb(0 0 0 / 60%)",
    "on-picture": "#ffffff",
    "picture-shade": "rgb(0 0 0 / 65%)",
}

MEASURES = {
    "text-xs": "0.75rem",
    "text-s": "0.875rem",
    "text-m": "1rem",
    "text-l": "1.25rem",
    "text-xl": "1.5625rem",
    "text-2xl": "1.9375rem",
    "text-3xl": "2.4375rem",
    "space-1": "4px",
    "space-2": "8px",
    "space-3": "12px",
    "space-4": "16px",
    "space-5": "24px",
    "space-6": "32px",
    "space-7": "48px",
    "space-8": "64px",
    "radius-card": "12px",
    "radius-control": "8px",
    "hit": "44px",
    "width-page": "1080px",
    "width-reading": "68ch",
    "width-form": "480px",
    "font-heading": '"Bricolage Grotesque Variable", system-ui, sans-serif',
    "font-text": '"Inter Variable", system-ui, sans-serif',
    "moving": "180ms ease-out",
}

BASE = """
html { font-family: var(--font-text); font-size: 100%; line-height: 1.5; color: var(--text); background: var(--surface);
  font-feature-settings: "cv11", "ss03"; -webkit-font-smoothing: antialiased; scroll-padding-top: var(--space-7); }
body { min-height: 100dvh; overflow-wrap: break-word; }
:focus-visible, input:is([type="date"], [type="time"]):focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
::selection { background: var(--accent); color: var(--on-accent); }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important;
    transition-duration: 0.01ms !important; scroll-behavior: auto !important; }
}
"""


def tokens() -> str:
    """The variables, of both themes."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{_block(':root', DARK)}\n}}"
    return "\n".join((_block(":root", {**MEASURES, **LIGHT}, "color-scheme: light dark;"), dark))


def style_sheet() -> str:
    """The one style sheet: the tokens, then the rules of the components in their terms."""
    return "\n".join(
        (
            tokens(),
            BASE,
            styles.RULES,
            account_styles.RULES,
            chat_styles.RULES,
            board_styles.RULES,
            page_styles.RULES,
            paper_styles.RULES,
            schedule_styles.RULES,
            week_styles.RULES,
            video_styles.RULES,
            admin_styles.RULES,
            payout_styles.RULES,
            gallery_styles.RULES,
        )
    )


def _block(selector: str, tokens: dict[str, str], more: str = "") -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in tokens.items())
    return f"{selector} {{ {more}\n{lines}}}"
