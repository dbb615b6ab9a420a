"""The embedded vPIC database. The only importer of `ultravin`."""

from __future__ import annotations

import asyncio

import ultravin

from autodoctor.integrations.vin.decoded import DecodedVin, read_vehicle

SOURCE = "vpic-offline"
_NAMES = {
    "year": "Model Year",
    "make": "Make",
    "model": "Model",
    "trim": "Trim",
    "body_class": "Body Class",
    "litres": "Displacement (L)",
    "cylinders": "Engine Number of Cylinders",
    "shape": "Engine Configuration",
    "fuel": "Fuel Type - Primary",
}


async def look_up(vin: str) -> DecodedVin | None:
    """The vehicle, or None when the database doesn't know its make and model.

    In a thread: the first call of a process reads the database and takes a while, later ones some milliseconds.
    """
    attributes = (await asyncio.to_thread(ultravin.decode, vin))["attributes"]
    return read_vehicle({ours: str(attributes.get(theirs) or "") for ours, theirs in _NAMES.items()}, SOURCE)
