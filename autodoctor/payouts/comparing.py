"""What Stripe's books and ours say differently, found without asking anybody. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from autodoctor.words import N_


@dataclass(frozen=True)
class Line:
    """One figure of one object. `cents` is None where that side doesn't know the object at all."""

    kind: str
    reference: str
    cents: int | None


@dataclass(frozen=True)
class Difference:
    kind: str
    reference: str
    ours_cents: int | None
    theirs_cents: int | None
    note: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return self.kind, self.reference

    @property
    def gap(self) -> tuple[str, str, bool, bool, int]:
        """By how much the sides are apart, and which of them doesn't know it at all."""
        ours, theirs = self.ours_cents, self.theirs_cents
        return self.kind, self.reference, ours is None, theirs is None, (theirs or 0) - (ours or 0)


NOTES: Mapping[str, str] = {
    "charge": N_("What was paid at Stripe isn't what we have booked."),
    "refund": N_("What went back at Stripe isn't what we have booked."),
    "transfer": N_("What went to the mechanic at Stripe isn't what we have booked."),
    "reversal": N_("What was taken back from the mechanic at Stripe isn't what we have booked."),
    "dispute": N_("What a bank has withdrawn at Stripe isn't what we have booked."),
    "balance": N_("Our balance at Stripe isn't what the ledger says. A movement is missing, or the account serves another shop too."),
}


def compare(ours: Iterable[Line], theirs: Iterable[Line]) -> list[Difference]:
    """The objects whose figures differ, or that only one side knows; each side's lines are unique by kind and reference."""
    our_cents = {(line.kind, line.reference): line.cents for line in ours}
    their_cents = {(line.kind, line.reference): line.cents for line in theirs}
    return [
        Difference(kind, reference, our_cents.get((kind, reference)), their_cents.get((kind, reference)), NOTES[kind])
        for kind, reference in sorted(our_cents.keys() | their_cents.keys())
        if our_cents.get((kind, reference)) != their_cents.get((kind, reference))
    ]


def lasting(first: Iterable[Difference], again: Iterable[Difference], known: Collection[tuple[str, str]]) -> list[Difference]:
    """Of what a second look has found, what isn't just money on its way: apart by the same cents as at the first look, or known before."""
    gaps = {each.gap for each in first}
    return [each for each in again if each.gap in gaps or each.key in known]
