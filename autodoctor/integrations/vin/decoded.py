"""What any source of VIN data answers, and the nice spelling of what vPIC writes in capitals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SHORT_NAMES_IN_LOWER_CASE = {"KIA", "RAM", "GEO"}
_SPELLED_THEIR_OWN_WAY = {"MCLAREN": "McLaren", "DELOREAN": "DeLorean", "MINI": "MINI", "SMART": "smart"}
_ENGINE_SHAPES = {"V-Shaped": "V", "In-Line": "inline-", "W-Shaped": "W", "Horizontally opposed (boxer)": "flat-"}


@dataclass(frozen=True)
class DecodedVin:
    """A vehicle as its VIN tells it. `source` names the data: `vpic-offline` or `nhtsa`."""

    year: int | None
    make: str
    model: str
    trim: str | None
    body_class: str | None
    engine: str | None
    source: str


def make_words(make: str) -> str:
    """A make as people write it: `HONDA` → `Honda`, `BMW` → `BMW`, `MERCEDES-BENZ` → `Mercedes-Benz`."""
    return " ".join(_word(word) for word in make.split())


def _word(word: str) -> str:
    capitals = word.upper()
    if capitals in _SPELLED_THEIR_OWN_WAY:
        return _SPELLED_THEIR_OWN_WAY[capitals]
    if len(word) <= 3 and capitals not in _SHORT_NAMES_IN_LOWER_CASE:
        return capitals
    return word.title()


def engine_words(values: Mapping[str, str]) -> str | None:
    """A short description from vPIC's values (`litres`, `cylinders`, `shape`, `fuel`), like `3.0 L V6, gasoline`."""
    litres, cylinders = _number(values.get("litres")), values.get("cylinders", "")
    size = f"{litres:.1f} L" if litres else ""
    shape = _ENGINE_SHAPES.get(values.get("shape", ""), "")
    block = f"{shape}{cylinders}" if cylinders and shape else f"{cylinders} cylinders" if cylinders else ""
    words = [" ".join(part for part in (size, block) if part), values.get("fuel", "").lower()]
    return ", ".join(word for word in words if word) or None


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def read_vehicle(values: Mapping[str, str], source: str) -> DecodedVin | None:
    """The vehicle in vPIC's values (`year`, `make`, `model`, …), or None when make or model is not among them."""
    make, model, year = values.get("make", ""), values.get("model", ""), values.get("year", "")
    if not make or not model:
        return None
    return DecodedVin(
        year=int(year) if year.isdigit() else None,
        make=make_words(make),
        model=model,
        trim=values.get("trim") or None,
        body_class=values.get("body_class") or None,
        engine=engine_words(values),
        source=source,
    )
