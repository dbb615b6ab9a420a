"""The customer behind a page, or where to go instead."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.ui import guard


async def customer_of(state: rx.State) -> Caller | Any:
    """The verified customer who is calling; else the redirect that a handler returns: to the login, or to "verify your e-mail"."""
    caller = await guard.caller_of(state, Role.customer)
    if caller is None:
        return rx.redirect("/login")
    if not caller.email_verified:
        return rx.redirect("/customer/verify")
    return caller
