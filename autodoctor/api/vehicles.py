"""A customer's registry of vehicles."""

from __future__ import annotations

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from autodoctor.api.callers import CustomerCaller
from autodoctor.api.errors import problems
from autodoctor.api.schemas import ApiModel, Success, Text, TypedNumber, YesNo
from autodoctor.core.db import reading, unit_of_work
from autodoctor.vehicles import queries, service
from autodoctor.vehicles.description import Description
from autodoctor.vehicles.models import Vehicle

router = APIRouter(tags=["vehicles"])


class VehicleChange(ApiModel):
    """What may be said about a vehicle; what is left out stays as it is."""

    make: Text | None = Field(default=None, examples=["Honda"])
    model: Text | None = Field(default=None, examples=["Accord"])
    year: Text | TypedNumber | None = Field(default=None, examples=["2003"])
    vin: Text | None = None
    color: Text | None = None
    mileage: Text | TypedNumber | None = None
    plate: Text | None = None
    nickname: Text | None = None
    is_primary: YesNo | None = Field(default=None, description="true makes it the primary one in place of another")

    def told(self) -> dict[str, str | None]:
        """The fields that were sent, as text."""
        values = self.model_dump(exclude_unset=True, exclude={"is_primary"})
        return {name: None if value is None else str(value) for name, value in values.items()}


class NewVehicle(VehicleChange):
    make: Text  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues]
    model: Text  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues]
    year: Text | TypedNumber  # pyright: ignore[reportIncompatibleVariableOverride, reportGeneralTypeIssues]


class VehicleOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    make: str
    model: str
    year: str
    vin: str | None
    color: str | None
    mileage: str | None
    plate: str | None
    nickname: str | None
    is_primary: bool


class VehicleList(ApiModel):
    items: list[VehicleOut]
    next_cursor: str | None = None


class VehicleAnswer(Success):
    vehicle: VehicleOut


@router.get("/api/customer/vehicles", responses=problems(401, 403))
async def list_vehicles(caller: CustomerCaller) -> VehicleList:
    """All vehicles of the caller, the primary one first. A registry holds at most 50, so there is only one page."""
    async with reading() as db:
        found = await queries.list_own(db, caller.user_id)
    return VehicleList(items=[VehicleOut.model_validate(each) for each in found])


@router.post("/api/customer/vehicles", status_code=201, responses=problems(401, 403, 409, 422))
async def add_vehicle(body: NewVehicle, caller: CustomerCaller) -> VehicleAnswer:
    """Add a vehicle. The first one becomes the primary one."""
    async with unit_of_work() as db:
        vehicle = await service.add(db, caller, Description(**_required(body)), is_primary=bool(body.is_primary))
    return _answer(vehicle)


@router.patch("/api/customer/vehicles/{vehicle_id}", responses=problems(401, 403, 404, 422))
async def change_vehicle(vehicle_id: uuid.UUID, body: VehicleChange, caller: CustomerCaller) -> VehicleAnswer:
    """Change what is sent; null empties a field that may be empty."""
    async with unit_of_work() as db:
        vehicle = await service.change(db, caller, vehicle_id, body.told(), is_primary=body.is_primary)
    return _answer(vehicle)


@router.delete("/api/customer/vehicles/{vehicle_id}", responses=problems(401, 403, 404, 422))
async def remove_vehicle(vehicle_id: uuid.UUID, caller: CustomerCaller) -> Success:
    """Forget a vehicle; past consultations keep what they know about it."""
    async with unit_of_work() as db:
        await service.remove(db, caller, vehicle_id)
    return Success()


def _required(body: NewVehicle) -> dict[str, str]:
    return {name: value for name, value in body.told().items() if value is not None}


def _answer(vehicle: Vehicle) -> VehicleAnswer:
    return VehicleAnswer(vehicle=VehicleOut.model_validate(vehicle))
