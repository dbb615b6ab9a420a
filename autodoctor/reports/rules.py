"""What a mechanic leaves behind in writing: its fields, how long it may be written, in which order it is read (M6).

Pure: no I/O, no clock, no settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from autodoctor.plans.catalog import PlanCode
from autodoctor.sessions.rules import SessionStatus

PAPERS_OPEN_FOR = timedelta(hours=24)
"""How long after the end of a session its mechanic may still write the action plan and finish the report."""

REMIND_AT = timedelta(minutes=5)
"""How much is left of a Quick Chat when its mechanic is reminded of the action plan."""

MOST_STEPS, LONGEST_STEP = 12, 280
MOST_FINDINGS, LONGEST_SYSTEM, LONGEST_FINDING = 40, 60, 1000
MOST_NEXT_STEPS, LONGEST_NEXT_STEP = 20, 300
LONGEST_SUMMARY = 4000
MOST_CENTS = 10_000_000


class Urgency(StrEnum):
    """When a step of an action plan is to be taken."""

    now = "now"
    soon = "soon"
    later = "later"


class Priority(StrEnum):
    """How pressing a finding is, the most pressing first."""

    now = "now"
    soon = "soon"
    watch = "watch"


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    text: str
    urgency: Urgency


@dataclass(frozen=True)
class Finding:
    """What is wrong with one system of the car, and what it may cost. Money in US cents."""

    system: str
    finding: str
    priority: Priority
    parts_cents: int = 0
    labour_cents: int = 0

    @property
    def is_blank(self) -> bool:
        """A line of the form that nobody has filled in yet."""
        return not (self.system or self.finding or self.parts_cents or self.labour_cents)


class Writable(StrEnum):
    """Whether something may be written now."""

    yes = "yes"
    not_yet = "not yet"
    no_more = "no more"


def writable(status: SessionStatus, ended_at: datetime | None, now: datetime) -> Writable:
    """The mechanic writes while the session is live, and for PAPERS_OPEN_FOR after its end. A cancelled one leaves no papers."""
    if status is SessionStatus.live:
        return Writable.yes
    if status is SessionStatus.completed:
        return Writable.yes if ended_at and now < ended_at + PAPERS_OPEN_FOR else Writable.no_more
    return Writable.no_more if status is SessionStatus.cancelled else Writable.not_yet


def has_report(plan: str) -> bool:
    """Whether a written report belongs to this plan (PRODUCT section 2)."""
    return plan == PlanCode.diagnostic


def promises_plan(plan: str) -> bool:
    """Whether customers of this plan were promised an action plan (PRODUCT section 2)."""
    return plan == PlanCode.chat10


def is_plan_due(remaining: timedelta) -> bool:
    """Whether it is time to remind the mechanic of the promised action plan (M6)."""
    return timedelta(0) <= remaining <= REMIND_AT


def by_system(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings under their systems, systems by their most pressing finding; what is equally pressing stays in the order of writing."""
    groups: dict[str, list[Finding]] = {}
    names: dict[str, str] = {}
    for each in findings:
        name = names.setdefault(each.system.casefold(), each.system)
        groups.setdefault(name, []).append(each)
    ranked = [(name, sorted(group, key=_rank)) for name, group in groups.items()]
    return sorted(ranked, key=lambda group: _rank(group[1][0]))


def _rank(finding: Finding) -> int:
    return list(Priority).index(finding.priority)


@dataclass(frozen=True)
class Totals:
    """What findings may cost together, in US cents."""

    parts_cents: int
    labour_cents: int

    @property
    def cents(self) -> int:
        return self.parts_cents + self.labour_cents


def totals(findings: Iterable[Finding]) -> Totals:
    """Parts and labour of all of them."""
    known = list(findings)
    return Totals(sum(each.parts_cents for each in known), sum(each.labour_cents for each in known))


def plan_key(plan_id: object) -> str:
    """The name under which an action plan stands in the conversation."""
    return f"action-plan:{plan_id}"


def plan_words(steps: Sequence[Step]) -> str:
    """An action plan as text, for whoever reads the conversation without our pages."""
    return "Action plan\n" + "\n".join(f"{number}. {step.text} ({step.urgency})" for number, step in enumerate(steps, start=1))
