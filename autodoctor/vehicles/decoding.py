"""Decoding a VIN for somebody who fills in a form (PRODUCT section 5)."""

from __future__ import annotations

from autodoctor.integrations.vin import service as vin_data
from autodoctor.integrations.vin.decoded import DecodedVin
from autodoctor.vehicles import rules
from autodoctor.vehicles.refusals import InvalidVin


async def decode(text: str) -> DecodedVin:
    """The vehicle that a VIN stands for, judged before it is looked up: a wrong check digit gets a sentence, not a guess.

    Raises InvalidVin, also for a VIN that no source knows; ProviderUnavailable when the one that may know doesn't answer.
    """
    vin = rules.clean_vin(text)
    if problem := rules.vin_problem(vin):
        raise InvalidVin(problem)
    decoded = await vin_data.decode(vin)
    if decoded is None:
        raise InvalidVin
    return decoded
