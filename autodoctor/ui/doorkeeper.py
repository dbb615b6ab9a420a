"""Before every event handler: what the table of permissions says of it.

Anybody can call every event handler with any arguments: what a page's script sends is a wish. The handler still asks for itself who is
calling, because it needs to know; here is decided that nobody gets that far who may not.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from autodoctor.access.permissions import Group, Permission, admitted
from autodoctor.access.table import EVENTS
from autodoctor.accounts.identity import Caller, EmailUnverified, SecondFactorMissing
from autodoctor.accounts.models import Role
from autodoctor.core.errors import Refusal
from autodoctor.ui import guard
from autodoctor.ui.payloads import fits

log = structlog.get_logger(__name__)
security = structlog.get_logger("security")

OF_REFLEX = frozenset(
    {"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal", "update_vars_internal", "handle_frontend_exception"}
)
"""Reflex's own handlers, which draw a page and name no data of ours. Its `setvar`, which sets any var, is not among them."""

_ROLES = {
    Role.customer: {Group.customer, Group.any_customer},
    Role.mechanic: {Group.mechanic, Group.approved_mechanic},
    Role.admin: {Group.admin, Group.any_admin},
}


class Doorkeeper(rx.Middleware):
    """Refuses what the table doesn't know, and whoever it doesn't admit."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event through."""
        guard.forget()
        path, _, handler = event.name.rpartition(".")
        root = state._get_root_state()
        owner = type(root).get_class_substate(tuple(path.split(".")))
        permission = EVENTS.get(f"{owner.__name__}.{handler}")
        if permission is None:
            if owner.__module__.startswith("reflex.") and handler in OF_REFLEX:
                return None
            log.warning("refused an event that isn't in the table of permissions", event_name=event.name)
            return StateUpdate()
        if not fits(owner.event_handlers[handler], event.payload):
            log.warning("refused an event whose arguments don't fit", action=permission.action, state=owner.__name__, handler=handler)
            return StateUpdate()
        if permission.is_open or permission.draws_refusal:
            return None
        here: Any = await root.get_state(owner)
        callers: tuple[Caller, ...] = ()
        try:
            callers = await guard.look(here)
            admitted(permission, callers)
        except Refusal as refusal:
            who = {"user_ids": [str(each.user_id) for each in callers], "address": here.router.session.client_ip}
            security.warning("refused an event", state=owner.__name__, action=permission.action, code=refusal.code, **who)
            return await _refuse(here, permission, refusal)
        except Exception:
            # whoever it is can't be looked up: the handler finds the same when it asks for itself, and its page says so
            log.exception("the doorkeeper can't look", action=permission.action)
            guard.forget()
        if owner.event_handlers[handler].is_background:
            guard.forget()  # it may run for longer than who it was holds
        return None


async def _refuse(state: Any, permission: Permission, refusal: Refusal) -> StateUpdate:
    """Nothing of what was shown is left, nothing comes any more, and the page leads to where one can prove who one is."""
    state.reset()
    way_on = await _way_on(state, permission, refusal)
    root = state._get_root_state()
    update = StateUpdate(delta=root.get_delta(), events=list(Event.from_event_type(way_on)))
    root._clean()
    return update


async def _way_on(state: Any, permission: Permission, refusal: Refusal) -> Any:
    if isinstance(refusal, EmailUnverified):
        return rx.redirect(guard.VERIFY, replace=True)
    if isinstance(refusal, SecondFactorMissing):
        return rx.redirect(guard.ENROL, replace=True)
    role = next(role for role, groups in _ROLES.items() if groups & set(permission.who))
    return await guard.turn_away(state, role)
