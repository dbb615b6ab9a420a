"""The whole table, by the doors that ask it. What isn't in it is open to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from autodoctor.access import admins, customers, mechanics, rooms, visitors
from autodoctor.access.permissions import Permission

TABLE: tuple[Permission, ...] = (
    *visitors.PERMISSIONS,
    *customers.PERMISSIONS,
    *mechanics.PERMISSIONS,
    *rooms.PERMISSIONS,
    *admins.PERMISSIONS,
)


def _by(doors: Iterable[tuple[str, Permission]]) -> Mapping[str, Permission]:
    found: dict[str, Permission] = {}
    for door, permission in doors:
        if door in found:
            raise ValueError(f"{door} stands twice in the table: {found[door].action!r} and {permission.action!r}")
        found[door] = permission
    return MappingProxyType(found)


ROUTES = _by((route, permission) for permission in TABLE for route in permission.routes)
"""By "METHOD path", as the route is declared."""

EVENTS = _by((event, permission) for permission in TABLE for event in permission.events)
"""By "State.handler"."""
