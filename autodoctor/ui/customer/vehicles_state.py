"""What the registry's page shows and does."""

from __future__ import annotations

import uuid

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.ui.customer.guarding import customer_of
from autodoctor.ui.customer.view import KnownVehicle, vehicle_words
from autodoctor.vehicles import queries, service
from autodoctor.vehicles.models import Vehicle


class VehiclesState(rx.State):
    ready: bool = False
    problem: str = ""
    vehicles: list[KnownVehicle] = []

    @rx.event
    async def load(self):
        """The caller's vehicles, the primary one first."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        await self._show(caller)
        return None

    @rx.event
    async def make_primary(self, vehicle_id: str):
        """Forms start with this one from now on."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        try:
            async with unit_of_work() as db:
                await service.change(db, caller, uuid.UUID(vehicle_id), {}, is_primary=True)
        except (Refusal, ValueError) as refusal:
            self.problem = str(refusal)
        await self._show(caller)
        return None

    @rx.event
    async def remove(self, vehicle_id: str):
        """Forget one."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        try:
            async with unit_of_work() as db:
                await service.remove(db, caller, uuid.UUID(vehicle_id))
        except (Refusal, ValueError) as refusal:
            self.problem = str(refusal)
        await self._show(caller)
        return None

    async def _show(self, caller: Caller) -> None:
        async with reading() as db:
            found = await queries.list_own(db, caller.user_id)
        self.vehicles = [known(each) for each in found]
        self.ready = True


def known(vehicle: Vehicle) -> KnownVehicle:
    """A vehicle as lists and forms take it."""
    return KnownVehicle(
        id=str(vehicle.id),
        title=vehicle_words(vehicle.year, vehicle.make, vehicle.model),
        vin=vehicle.vin or "",
        year=vehicle.year,
        make=vehicle.make,
        model=vehicle.model,
        plate=vehicle.plate or "",
        is_primary=vehicle.is_primary,
    )
