"""What a line of the table says, and the one function that decides by it (issue 7, R2-R4, M1, M8).

A line names an action, who may do it, to whose things, and the doors that it stands behind: routes of the REST API and event handlers
of the pages. Which group somebody belongs to is decided by `accounts.identity`, whether a thing is theirs by the service that is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autodoctor.accounts import identity
from autodoctor.accounts.identity import Caller
from autodoctor.accounts.models import Role
from autodoctor.core.errors import Forbidden, Refusal, Unauthenticated
from autodoctor.words import _


class Group(StrEnum):
    """Who somebody is. `everybody` takes in visitors, `any_customer` those who haven't verified their
    address yet, `any_admin` those who have to set up their second factor first."""

    everybody = "everybody"
    any_customer = "any customer"
    customer = "verified customer"
    mechanic = "mechanic"
    approved_mechanic = "approved mechanic"
    any_admin = "any administrator"
    admin = "administrator"
    guest = "invited guest"


class Whose(StrEnum):
    """To whose things: a stranger's read as if they didn't exist."""

    nothing = "about no object"
    own = "their own"
    party = "of a session that they take part in"
    offered = "what is offered to them"
    anybodys = "anybody's"
    signed = "what the signature in the call names"


_IS: Mapping[Group, Callable[[Caller | None], Caller]] = {
    Group.any_customer: lambda caller: identity.require_role(caller, Role.customer),
    Group.customer: identity.require_customer,
    Group.mechanic: identity.require_mechanic,
    Group.approved_mechanic: identity.require_approved_mechanic,
    Group.any_admin: lambda caller: identity.require_role(caller, Role.admin),
    Group.admin: identity.require_admin,
    Group.guest: lambda caller: identity.require_role(caller, Role.guest),
}


@dataclass(frozen=True)
class Permission:
    """One line of the table.

    `routes` are written "METHOD path", as the route is declared; `events` "State.handler". With `leads_to_login` the route itself answers a
    visitor, a browser with the way to the login. With `draws_refusal` the page itself shows a stranger that it isn't theirs.
    """

    action: str
    who: tuple[Group, ...]
    whose: Whose
    routes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    leads_to_login: bool = False
    draws_refusal: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a visitor may."""
        return Group.everybody in self.who


def admitted(permission: Permission, callers: Sequence[Caller]) -> tuple[Caller, ...]:
    """Those of the callers who may, in their order; nobody when it is open to all and no one is logged in.

    Raises Unauthenticated for a visitor, and for others what stands in their way: EmailUnverified, MechanicNotApproved, Forbidden.
    """
    if permission.is_open:
        return tuple(callers)
    refusals: list[Refusal] = []
    found = tuple(caller for caller in callers if _may(permission, caller, refusals))
    if found:
        return found
    if not callers:
        raise Unauthenticated
    raise max(refusals, key=lambda each: type(each) is not Forbidden)  # what can be mended is told before what can't


def _may(permission: Permission, caller: Caller, refusals: list[Refusal]) -> bool:
    for group in permission.who:
        try:
            _IS[group](caller)
        except Refusal as refusal:
            refusals.append(refusal)
        else:
            return True
    if caller.role is Role.guest:
        refusals.append(Forbidden(_("Your invitation opens the room of one session, and nothing else.")))
    return False
