"""What is written can be read: WCAG AA of every pair of colours that meets, in both themes."""

from __future__ import annotations

import re

import pytest

from autodoctor.ui import theme
from autodoctor.ui.components import chat_styles, page_styles, styles

TEXT, SIGN = 4.5, 3.0
SURFACES = ("surface", "surface-raised", "surface-sunken")
PAIRS = [
    *((name, surface, TEXT) for name in ("text", "text-muted", "accent-text") for surface in SURFACES),
    *((f"{tone}-text", ground, TEXT) for tone in ("good", "soon", "now") for ground in ("surface", "surface-raised", f"{tone}-soft")),
    ("text", "accent-soft", TEXT),
    ("text-muted", "accent-soft", TEXT),
    ("accent-text", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    *((name, surface, SIGN) for name in ("accent", "line-strong") for surface in SURFACES),
    *((name, "surface-raised", SIGN) for name in ("now", "soon-text")),
]
FROM_ELSEWHERE = {"visible-height"}
"""Set by a script, with a fallback in the rule."""
OF_ONE_COMPONENT = {"week-hour"}
"""Measures that a component's own rule sets, for what is inside it."""


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_has_enough_contrast(front: str, back: str, least: float, colours: dict[str, str]) -> None:
    assert contrast(colours[front], colours[back]) >= least


def test_both_themes_name_the_same_colours() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_every_variable_that_a_rule_uses_is_a_token() -> None:
    known = theme.LIGHT.keys() | theme.MEASURES.keys() | FROM_ELSEWHERE | OF_ONE_COMPONENT
    assert set(re.findall(r"var\(--([a-z0-9-]+)", theme.style_sheet())) - known == set()


def test_colours_stand_in_the_theme_alone() -> None:
    for rules in (styles.RULES, chat_styles.RULES, page_styles.RULES):
        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def test_the_dark_theme_stands_in_its_media_query() -> None:
    light, dark = theme.style_sheet().split("@media (prefers-color-scheme: dark)", 1)
    assert theme.LIGHT["surface"] in light
    assert theme.DARK["surface"] in dark
