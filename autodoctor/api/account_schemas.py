"""Bodies and answers of the account routes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from autodoctor.accounts.logins import LoggedIn
from autodoctor.api.schemas import ApiModel, Success, Text, YesNo

Specialty = Annotated[Text, Field(max_length=60)]
_YEAR_IN_JSON = {"anyOf": [{"type": "string", "maxLength": 4}, {"type": "integer", "minimum": 0, "maximum": 9999}], "examples": ["2003"]}
Year = Annotated[
    Text,
    Field(max_length=4),
    BeforeValidator(lambda value: str(value) if type(value) is int and 0 <= value <= 9999 else value),
    WithJsonSchema(_YEAR_IN_JSON, mode="validation"),
]
"""As text; a number is taken too."""


class VehicleInfo(ApiModel):
    make: Text = Field(max_length=60)
    model: Text = Field(max_length=80)
    year: Year
    vin: Text | None = Field(default=None, max_length=17)


class CustomerSignup(ApiModel):
    email: Text = Field(max_length=254)
    password: Text = Field(max_length=400)
    full_name: Text = Field(max_length=200)
    phone: Text | None = Field(default=None, max_length=40)
    vehicle_info: VehicleInfo | None = None
    waiver_accepted: YesNo
    is_18_plus: YesNo = Field(alias="is18Plus")


class SignedUp(Success):
    user_id: uuid.UUID
    message: str


class Login(ApiModel):
    email: Text = Field(max_length=254)
    password: Text = Field(max_length=400)


class LoginWithCode(Login):
    totp: Text | None = Field(
        default=None, max_length=60, description="a code of the authenticator app, or a recovery code, where one is set up"
    )


class Email(ApiModel):
    email: Text = Field(max_length=254)


class NewPassword(ApiModel):
    token: Text = Field(max_length=200)
    password: Text = Field(max_length=400)


class UserSummary(ApiModel):
    id: uuid.UUID
    email: str
    full_name: str
    role: str


class UserLoggedIn(Success):
    """A customer's or an administrator's login."""

    token: str
    expires_at: datetime
    user: UserSummary

    @classmethod
    def of(cls, entered: LoggedIn) -> UserLoggedIn:
        caller = entered.caller
        user = UserSummary(id=caller.user_id, email=caller.email, full_name=caller.name, role=caller.role)
        return cls(token=entered.token, expires_at=entered.expires_at, user=user)


class Said(Success):
    message: str


class CustomerProfileOut(ApiModel):
    id: uuid.UUID
    created_at: datetime
    email: str
    full_name: str
    phone: str | None
    vehicle_info: dict[str, str | None] | None
    waiver_accepted: bool
    waiver_accepted_at: datetime | None
    is_18_plus: bool = Field(alias="is18Plus")
    email_verified: bool
    preferred_plan: str | None


class CustomerProfileChange(ApiModel):
    full_name: Text | None = Field(default=None, max_length=200)
    phone: Text | None = Field(default=None, max_length=40)
    vehicle_info: VehicleInfo | None = None
    preferred_plan: Text | None = Field(default=None, max_length=20)


class MechanicSignup(ApiModel):
    name: Text = Field(max_length=200)
    email: Text = Field(max_length=254)
    phone: Text | None = Field(default=None, max_length=40)
    password: Text = Field(max_length=400)
    time_zone: Text | None = Field(default=None, max_length=64)
    specialties: list[Specialty] = Field(default_factory=list, max_length=20)


class MechanicSignedUp(Success):
    mechanic_id: uuid.UUID
    message: str


class MechanicOut(ApiModel):
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
    is_public: bool = Field(description="wants a page for everybody, `/mechanics/{id}`; it is there once they are approved")
    online: bool = Field(description="wants work now: by the switch, or by the weekly hours")
    online_until: datetime | None = Field(description="when the weekly hours end by which it is so; null where the switch is on")


class MechanicLoggedIn(Success):
    token: str
    expires_at: datetime
    mechanic: MechanicOut


class MechanicChange(ApiModel):
    online: YesNo | None = Field(default=None, description="the switch; turned off in weekly hours it holds until they end")
    name: Text | None = Field(default=None, max_length=200)
    phone: Text | None = Field(default=None, max_length=40)
    time_zone: Text | None = Field(default=None, max_length=64)
    specialties: list[Specialty] | None = Field(default=None, max_length=20)
    bio: Text | None = Field(default=None, max_length=1000)
    is_public: YesNo | None = Field(default=None, description="whether there is a page for everybody")
