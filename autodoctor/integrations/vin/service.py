"""From a VIN to a vehicle: the embedded database first, the NHTSA's service for what it doesn't know (PRODUCT section 5)."""

from __future__ import annotations

from autodoctor.integrations.vin import nhtsa, offline
from autodoctor.integrations.vin.decoded import DecodedVin


async def decode(vin: str) -> DecodedVin | None:
    """The vehicle of a well-formed VIN, or None when neither source knows its make and model.

    Raises ProviderUnavailable when the embedded database doesn't know it and the service doesn't answer.
    """
    return await offline.look_up(vin) or await nhtsa.look_up(vin)
