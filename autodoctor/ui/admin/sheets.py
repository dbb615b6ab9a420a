"""What a tab of the administrators' money shows, whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from autodoctor.ui.admin.figures_view import Tile
from autodoctor.ui.admin.money_lines import Line
from autodoctor.ui.admin.trouble_view import DifferenceLine, RunLine


@dataclass(frozen=True)
class Sheet:
    """A tab with lists. `top` is what somebody should look at (`top_is_cut` when there is more of it), `lines` the list that goes on at
    the address `older`; `newest` is where it begins. Both addresses are "" where there is nothing to go to. `news` says in a sentence
    how it stands, for those who don't see it.
    """

    tiles: list[Tile] = field(default_factory=list)
    top: list[Line] = field(default_factory=list)
    top_is_cut: bool = False
    lines: list[Line] = field(default_factory=list)
    older: str = ""
    newest: str = ""
    news: str = ""


@dataclass(frozen=True)
class Books:
    """The last comparisons with Stripe, and what they can't mend."""

    runs: list[RunLine] = field(default_factory=list)
    differences: list[DifferenceLine] = field(default_factory=list)
    news: str = ""
