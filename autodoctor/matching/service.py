"""Requests: a paid session looking for its mechanic. The use cases by name; `accepting` and `closing` hold most of them."""

from __future__ import annotations

from autodoctor.matching.absence import ask_for_another, away_is_over, take_money_back
from autodoctor.matching.accepting import Accepted, accept, let_go, pass_on, take_pass_back
from autodoctor.matching.assigning import Candidate, assign, candidates
from autodoctor.matching.booked import first_offer_ends, offer_booked
from autodoctor.matching.closing import Cancelled, cancel, cancel_no_show, close_with_session, expire, mark_unattended
from autodoctor.matching.opening import open_request
from autodoctor.matching.orphans import look_at_session
from autodoctor.matching.refusals import ConsultationOpen, MechanicBusy, NotEligible, RequestTaken
from autodoctor.matching.suspended import take_back
from autodoctor.matching.sweep import CleanupStats, sweep, sweep_by_hand

__all__ = [
    "Accepted",
    "Cancelled",
    "Candidate",
    "CleanupStats",
    "ConsultationOpen",
    "MechanicBusy",
    "NotEligible",
    "RequestTaken",
    "accept",
    "ask_for_another",
    "assign",
    "away_is_over",
    "cancel",
    "cancel_no_show",
    "candidates",
    "close_with_session",
    "expire",
    "first_offer_ends",
    "let_go",
    "look_at_session",
    "mark_unattended",
    "offer_booked",
    "open_request",
    "pass_on",
    "sweep",
    "sweep_by_hand",
    "take_back",
    "take_money_back",
    "take_pass_back",
]
