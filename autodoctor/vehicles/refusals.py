"""Why a vehicle or its VIN is refused, in the user's words."""

from __future__ import annotations

from autodoctor.core.errors import Refusal
from autodoctor.words import N_


class InvalidVin(Refusal):
    status, code = 422, "invalid_vin"
    default_detail = N_("We couldn't find a vehicle with this VIN. Please fill in year, make and model by hand.")


class TooManyVehicles(Refusal):
    status, code = 409, "too_many_vehicles"
    default_detail = N_("You have as many vehicles as we can keep. Please remove one that you no longer need.")
