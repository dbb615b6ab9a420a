"""What the registry's page shows and does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import named_id
from autodoctor.ui.customer.view import KnownVehicle
from autodoctor.ui.guard import customer_of
from autodoctor.ui.steady import Steady
from autodoctor.vehicles import queries, service
from autodoctor.vehicles.models import Vehicle
from autodoctor.vehicles.rules import name_of


class VehiclesState(Steady, rx.State):
    """`problem` says why the last click changed nothing."""

    ready: bool = False
    problem: str = ""
    vehicles: list[KnownVehicle] = []

    @rx.event
    async def load(self):
        """The caller's vehicles, the primary one first."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        self.problem = ""
        await self._show(caller)
        return None

    @rx.event
    async def make_primary(self, vehicle_id: str):
        """Forms start with this one from now on."""
        return await self._change(vehicle_id, lambda db, caller, chosen: service.change(db, caller, chosen, {}, is_primary=True))

    @rx.event
    async def remove(self, vehicle_id: str):
        """Forget one."""
        return await self._change(vehicle_id, service.remove)

    async def _change(self, vehicle_id: str, change: Callable[..., Awaitable[object]]):
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        self.problem = ""
        try:
            chosen = named_id(vehicle_id)
            async with unit_of_work() as db:
                await change(db, caller, chosen)
        except Refusal as refusal:
            self.problem = refusal.detail
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
        title=name_of(vehicle.model_dump()),
        vin=vehicle.vin or "",
        year=vehicle.year,
        make=vehicle.make,
        model=vehicle.model,
        plate=vehicle.plate or "",
        is_primary=vehicle.is_primary,
    )
