"""Decoding a VIN."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from autodoctor.accounts.identity import require_verified
from autodoctor.accounts.limits import check_rate
from autodoctor.api.callers import AnyCaller, VisitorOrigin
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Text
from autodoctor.integrations.vin.decoded import DecodedVin
from autodoctor.vehicles import decoding

router = APIRouter(tags=["vehicles"])


class VinBody(ApiModel):
    vin: Text = Field(max_length=100, description="17 characters; spaces and hyphens between them don't matter")


class DecodedVinOut(ApiModel):
    year: int | None
    make: str
    model: str
    trim: str | None
    body_class: str | None
    engine: str | None
    source: str = Field(description="`vpic-offline` for the built-in data, `nhtsa` for the service")


@router.post("/api/vin/decode", response_model=DecodedVinOut, responses=problems(401, 403, 422, 429, 503))
async def decode_vin(body: VinBody, caller: AnyCaller, origin: VisitorOrigin) -> DecodedVin:
    """The vehicle that a VIN stands for. 422 `invalid_vin` says in words what is wrong with it (length, letters, check digit)."""
    require_verified(caller)
    await check_rate("vin_decode", origin.ip_address, str(caller.user_id))
    return await decoding.decode(body.vin)
