"""One picture of the gallery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.e2e.people import CustomerPerson, MechanicPerson, Person


@dataclass(frozen=True)
class Shot:
    """One page: its name in the gallery, its path, the cookies of whoever looks at it, and a button that is pressed first.

    `before` is done each time before the page is opened, `then` on the page after the button. `is_new`: it is looked at by the
    administrator of a server of its own, which nobody has used yet.
    """

    name: str
    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    press: str = ""
    before: Callable[[], object] = lambda: None
    then: Callable[[Page], object] = lambda _page: None
    is_new: bool = False


def cookie(person: Person) -> dict[str, str]:
    """What a browser of theirs brings along."""
    name = {MechanicPerson: "aad_mech", CustomerPerson: "aad_customer"}.get(type(person), "aad_admin")
    return {name: person.client.headers["Authorization"].removeprefix("Bearer ")}
