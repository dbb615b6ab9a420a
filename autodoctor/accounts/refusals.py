"""Why an account's wish is refused, in the user's words."""

from __future__ import annotations

from typing import ClassVar

from autodoctor.core.errors import Refusal
from autodoctor.words import N_


class InvalidCredentials(Refusal):
    status, code = 401, "invalid_credentials"
    default_detail = N_("E-mail or password is wrong.")
    or_code: ClassVar[str] = N_("E-mail, password or code is wrong.")
    """Where somebody may have a second factor: nobody learns which of the three was wrong, nor whether there is one."""


class EmailTaken(Refusal):
    status, code = 409, "email_taken"
    default_detail = N_("There is already an account with this e-mail. Log in, or reset the password.")


class AccountSuspended(Refusal):
    status, code = 403, "account_suspended"
    default_detail = N_("This account is suspended. Write to us if you think that is a mistake.")


class AccountInUse(Refusal):
    status, code = 409, "account_in_use"
    default_detail = N_("Something of this account is still under way.")


class LinkExpired(Refusal):
    status, code = 410, "link_expired"
    default_detail = N_("This link was used already or has run out. Ask for a new one.")
