"""The decoder that the NHTSA runs, asked for what the embedded database doesn't know."""

from __future__ import annotations

from typing import Any

import httpx

from autodoctor.core.errors import ProviderUnavailable
from autodoctor.core.settings import get_settings
from autodoctor.integrations.vin.decoded import DecodedVin, read_vehicle
from autodoctor.words import N_

SOURCE = "nhtsa"
PATIENCE_S = 3.0
_NAMES = {
    "year": "ModelYear",
    "make": "Make",
    "model": "Model",
    "trim": "Trim",
    "body_class": "BodyClass",
    "litres": "DisplacementL",
    "cylinders": "EngineCylinders",
    "shape": "EngineConfiguration",
    "fuel": "FuelTypePrimary",
}


class VinServiceUnavailable(ProviderUnavailable):
    default_detail = N_("We couldn't look this VIN up just now. Please fill in year, make and model by hand.")


async def look_up(vin: str) -> DecodedVin | None:
    """The vehicle, or None when the service doesn't know its make and model. Raises VinServiceUnavailable within 3 seconds."""
    url = f"{get_settings().vin_fallback_url.rstrip('/')}/DecodeVinValues/{vin}"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
            answer = await client.get(url, params={"format": "json"})
        answer.raise_for_status()
        values = _first_result(answer.json())
    except (httpx.HTTPError, ValueError) as error:
        raise VinServiceUnavailable from error
    return read_vehicle({ours: str(values.get(theirs) or "") for ours, theirs in _NAMES.items()}, SOURCE)


def _first_result(body: Any) -> dict[str, Any]:
    """The one result in the service's answer. Raises ValueError when the body is of another shape."""
    match body:
        case {"Results": [dict() as values, *_]}:
            return values
    raise ValueError("not an answer of DecodeVinValues")
