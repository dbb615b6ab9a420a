"""What a person takes home of what the house has of them."""

from __future__ import annotations

import uuid
from datetime import datetime

from pydantic import Field

from autodoctor.api.account_schemas import CustomerProfileOut
from autodoctor.api.availability import BlockBody
from autodoctor.api.chat import MessageOut, message_out
from autodoctor.api.linked_files import LinkedFile
from autodoctor.api.logins import LoginOut
from autodoctor.api.mechanic_payouts import PayoutOut
from autodoctor.api.reports import PlanOut, ReportOut
from autodoctor.api.schemas import ApiModel
from autodoctor.api.session_schemas import IntakeOut, SessionOut
from autodoctor.api.time_off import OwnTimeOff, own_time_off
from autodoctor.api.vehicles import VehicleOut
from autodoctor.payments.models import DisputeStatus, PaymentPurpose, RefundStatus
from autodoctor.reports.personal_data import CustomerData, MechanicData, SessionData


class WaiverOut(ApiModel):
    version: str
    accepted_at: datetime
    ip_address: str | None
    user_agent: str | None


class RefundLineOut(ApiModel):
    amount_cents: int
    reason: str
    status: RefundStatus
    at: datetime


class DisputeLineOut(ApiModel):
    amount_cents: int
    status: DisputeStatus
    at: datetime


class PaymentOut(ApiModel):
    """One payment for a session, in cents."""

    purpose: PaymentPurpose
    amount_cents: int
    tax_cents: int = Field(description="in the amount")
    discount_cents: int = Field(description="taken off before")
    currency: str
    paid_at: datetime
    refunds: list[RefundLineOut]
    disputes: list[DisputeLineOut]


class SessionDataOut(ApiModel):
    session: SessionOut = Field(description="the rating and its words included")
    messages: list[MessageOut]
    payments: list[PaymentOut]
    action_plan: PlanOut
    report: ReportOut

    @classmethod
    def of(cls, found: SessionData) -> SessionDataOut:
        return cls(
            session=SessionOut.model_validate(found.session),
            messages=[message_out(each) for each in found.messages],
            payments=[PaymentOut.model_validate(each) for each in found.payments],
            action_plan=PlanOut.model_validate(found.action_plan),
            report=ReportOut.model_validate(found.report),
        )


class CustomerDataOut(ApiModel):
    """Everything about a customer."""

    exported_at: datetime
    profile: CustomerProfileOut
    waivers: list[WaiverOut]
    logins: list[LoginOut]
    vehicles: list[VehicleOut]
    intakes: list[IntakeOut]
    files: list[LinkedFile] = Field(description="uploaded by the customer; the links work for some minutes")
    sessions: list[SessionDataOut] = Field(description="newest first")

    @classmethod
    def of(cls, found: CustomerData) -> CustomerDataOut:
        return cls(
            exported_at=found.exported_at,
            profile=CustomerProfileOut.model_validate(found.profile),
            waivers=[WaiverOut.model_validate(each) for each in found.waivers],
            logins=[LoginOut.model_validate(each) for each in found.logins],
            vehicles=[VehicleOut.model_validate(each) for each in found.vehicles],
            intakes=[
                IntakeOut.model_validate({**vars(each), "files": [LinkedFile.of(file) for file in each.files]}) for each in found.intakes
            ],
            files=[LinkedFile.of(each) for each in found.files],
            sessions=[SessionDataOut.of(each) for each in found.sessions],
        )


class MechanicProfileOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    name: str
    email: str
    phone: str | None
    status: str
    seniority: str
    specialties: list[str]
    time_zone: str
    bio: str | None


class MechanicDataOut(ApiModel):
    """Everything about a mechanic; of their sessions what is theirs, not what customers said or uploaded."""

    exported_at: datetime
    profile: MechanicProfileOut
    logins: list[LoginOut]
    weekly_hours: list[BlockBody]
    time_off: list[OwnTimeOff]
    sessions: list[SessionOut] = Field(description="those that were completed, newest first")
    payouts: list[PayoutOut]

    @classmethod
    def of(cls, found: MechanicData) -> MechanicDataOut:
        return cls(
            exported_at=found.exported_at,
            profile=MechanicProfileOut.model_validate(found.profile),
            logins=[LoginOut.model_validate(each) for each in found.logins],
            weekly_hours=[
                BlockBody(day_of_week=each.day_of_week, start_time=each.start, end_time=each.end, is_available=each.is_available)
                for each in found.weekly_hours
            ],
            time_off=[own_time_off(each) for each in found.time_off],
            sessions=[SessionOut.model_validate(each) for each in found.sessions],
            payouts=[PayoutOut.model_validate(each) for each in found.payouts],
        )
