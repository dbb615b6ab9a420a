"""Class names of a component together with those that its caller adds."""

from __future__ import annotations

from typing import Any


def joined(own: str, props: dict[str, Any]) -> dict[str, Any]:
    """The props with `own` as their class name, followed by the caller's `class_name`, if any."""
    more = props.get("class_name")
    return {**props, "class_name": own if not more else own + " " + more}
