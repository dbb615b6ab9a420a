"""What intakes keep of an erased customer: the plan, the status, and make, model and year of the car."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from autodoctor.accounts.facts import AccountErased
from autodoctor.core import events
from autodoctor.intake.models import Intake

_KEPT = {
    "id", "created_at", "updated_at", "plan", "status", "year", "make", "model", "vehicle_year", "vehicle_make", "vehicle_model"
}  # fmt: skip


@events.subscribe(AccountErased)
async def erase_intakes(db: AsyncSession, fact: AccountErased) -> None:
    """Everything that they typed about themselves and the problem goes."""
    emptied = {name: field.get_default(call_default_factory=True) for name, field in Intake.model_fields.items() if name not in _KEPT}
    await db.execute(sa.update(Intake).where(col(Intake.customer_id) == fact.user_id).values(**emptied))


__all__ = ["erase_intakes"]
