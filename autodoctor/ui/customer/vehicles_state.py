"""What the registry's page shows and does."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.core.db import reading, unit_of_work
from autodoctor.core.errors import Refusal
from autodoctor.core.ids import named_id, new_id
from autodoctor.ui.customer.view import KnownVehicle
from autodoctor.ui.guard import customer_of
from autodoctor.ui.steady import Steady
from autodoctor.vehicles import queries, service
from autodoctor.vehicles.models import Vehicle
from autodoctor.vehicles.rules import name_of
from autodoctor.vehicles.service import Removed
from autodoctor.words import _


class VehiclesState(Steady, rx.State):
    """`problem` says why the last click changed nothing; `offer` names the removal that may be taken back, "" for none."""

    ready: bool = False
    problem: str = ""
    vehicles: list[KnownVehicle] = []
    offer: str = ""
    removed: str = ""
    _removed: Removed | None = None

    @rx.event
    async def load(self):
        """The caller's vehicles, the primary one first."""
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        self.problem, self.offer, self.removed, self._removed = "", "", "", None
        await self._show(caller)
        return None

    @rx.event
    async def make_primary(self, vehicle_id: str):
        """Forms start with this one from now on."""
        return await self._change(vehicle_id, lambda db, caller, chosen: service.change(db, caller, chosen, {}, is_primary=True))

    @rx.event
    async def remove(self, vehicle_id: str):
        """Forget one; for a while this can be taken back."""

        async def forget(db: Any, caller: Caller, chosen: uuid.UUID) -> None:
            self._removed = await service.remove(db, caller, chosen)
            self.offer, self.removed = new_id().hex, _("{vehicle} is removed.", vehicle=name_of(self._removed.values))

        return await self._change(vehicle_id, forget)

    @rx.event
    async def undo(self, offer: str):
        """Put back the one that was just removed."""
        removed = self._removed if offer and offer == self.offer else None

        async def put_back(db: Any, caller: Caller) -> None:
            if removed is not None:
                await service.put_back(db, caller, removed)
                self.offer, self._removed = "", None

        return await self._do(put_back)

    async def _change(self, vehicle_id: str, change: Callable[..., Awaitable[object]]):
        return await self._do(lambda db, caller: change(db, caller, named_id(vehicle_id)))

    async def _do(self, act: Callable[[Any, Caller], Awaitable[object]]):
        caller = await customer_of(self)
        if not isinstance(caller, Caller):
            return caller
        self.problem = ""
        try:
            async with unit_of_work() as db:
                await act(db, caller)
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
