"""What a plan is called, on every page that names one."""

from __future__ import annotations

from autodoctor.plans.catalog import find_plan
from autodoctor.words import _


def plan_name(code: str) -> str:
    """Its name in the reader's language; the code itself for a plan that is no longer sold."""
    plan = find_plan(code)
    return _(plan.name) if plan else code
