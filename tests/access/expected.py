"""What the table says of somebody at a door, worked out apart from the code that decides there."""

from __future__ import annotations

from autodoctor.access.permissions import Group, Permission

IN_GROUPS = {
    "visitor": set[Group](),
    "unverified customer": {Group.any_customer},
    "customer": {Group.any_customer, Group.customer},
    "unapproved mechanic": {Group.mechanic},
    "mechanic": {Group.mechanic, Group.approved_mechanic},
    "administrator": {Group.any_admin, Group.admin},
    "administrator without a second factor": {Group.any_admin},
    "guest of another session": {Group.guest},
}


def may(permission: Permission, kind: str) -> bool:
    """Whether somebody of this kind gets past the door."""
    return Group.everybody in permission.who or bool(IN_GROUPS[kind] & set(permission.who))
