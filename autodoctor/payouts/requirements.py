"""How a mechanic's account stands, and what Stripe still asks of them, in plain words. Pure: no I/O, no clock, no settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from autodoctor.words import N_, _


class Standing(StrEnum):
    """`none`: no account yet. `begun`: made, never filled in. `missing`: filled in, and Stripe wants more. `checking`: Stripe looks at it.
    `refused`: Stripe won't have it. `ready`: money can go there.
    """

    none = "none"
    begun = "begun"
    missing = "missing"
    checking = "checking"
    refused = "refused"
    ready = "ready"


def standing(*, details_submitted: bool, payouts_enabled: bool, is_asked: bool, disabled_reason: str | None) -> Standing:
    """How an account stands that has been made. `is_asked`: Stripe wants something of its owner."""
    if payouts_enabled:
        return Standing.ready
    if (disabled_reason or "").startswith("rejected"):
        return Standing.refused
    if not details_submitted:
        return Standing.begun
    return Standing.missing if is_asked else Standing.checking


_SOMEBODY = re.compile(r"^(individual|representative|person_[A-Za-z0-9]+)\.")
"""Stripe says whose detail it is first: https://docs.stripe.com/connect/handling-api-verification."""

_WORDS = (
    ("external_account", N_("A bank account for your payouts")),
    ("tos_acceptance", N_("Your agreement to Stripe's terms")),
    ("business_type", N_("Whether you work for yourself or for a company")),
    ("business_profile.mcc", N_("What kind of work you do")),
    ("business_profile.url", N_("A website, or a few words about your work")),
    ("business_profile.product_description", N_("A website, or a few words about your work")),
    ("business_profile", N_("Details of your business")),
    ("settings.payments.statement_descriptor", N_("The name that stands on bank statements")),
    ("first_name", N_("Your name")),
    ("last_name", N_("Your name")),
    ("full_name", N_("Your name")),
    ("dob", N_("Your date of birth")),
    ("address", N_("Your address")),
    ("email", N_("Your e-mail address")),
    ("phone", N_("Your phone number")),
    ("id_number", N_("Your tax or identity number")),
    ("ssn_last_4", N_("The last four digits of your social security number")),
    ("verification.document", N_("A photo of your identity document")),
    ("verification.additional_document", N_("A document that shows your address")),
    ("relationship", N_("Your role in the company")),
    ("company.name", N_("The company's name")),
    ("company.tax_id", N_("The company's tax number")),
    ("company.address", N_("The company's address")),
    ("company.phone", N_("The company's phone number")),
    ("company.verification", N_("A document about the company")),
    ("company", N_("Details of the company")),
    ("owners", N_("Who owns the company")),
    ("directors", N_("Who directs the company")),
    ("executives", N_("Who runs the company")),
)


def in_words(missing: Iterable[str]) -> list[str]:
    """What Stripe asks for, in our words, each once, in its order: the three parts of a birthday are one thing to a person."""
    return list(dict.fromkeys(_in_words(name) for name in missing))


def _in_words(name: str) -> str:
    """What we have no words for is read as it is: `individual.political_exposure` is "Political exposure"."""
    what = _SOMEBODY.sub("", name)
    for start, words in _WORDS:
        if what == start or what.startswith(f"{start}."):
            return _(words)
    return re.sub(r"[._\s]+", " ", what).strip().capitalize() or _("Something that only Stripe can name")
