"""Every event handler of every page, as everybody: anybody can call each of them with anything (issue 7, item 3)."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import reflex as rx
from reflex.event import Event, EventHandler

from autodoctor.access.permissions import Whose
from autodoctor.access.table import EVENTS
from autodoctor.autodoctor import app
from autodoctor.ui.doorkeeper import OF_REFLEX, Doorkeeper
from tests.access.expected import IN_GROUPS, may
from tests.access.house import SECRET, House, Visitor, a_house, a_visitor
from tests.ui.screens import open_page, shown

NOT_OURS = {"setvar", *OF_REFLEX}
PAGES = {
    "RoomState": "/chat/{session_id}",
    "SessionState": "/customer/sessions/{session_id}",
    "MechanicSessionState": "/mechanic/sessions/{session_id}",
    "AdminSessionState": "/admin/sessions/{session_id}",
    "SessionRecordState": "/admin/sessions/{session_id}",
    "CompleteState": "/session/complete?sessionId={session_id}",
    "JoinState": "/join/made-up",
}


def declared() -> dict[str, tuple[type[rx.State], EventHandler]]:
    """Every handler of our states, by "State.handler"."""
    found: dict[str, tuple[type[rx.State], EventHandler]] = {}
    waiting: list[Any] = list(rx.State.get_substates())
    while waiting:
        state = waiting.pop()
        waiting += state.get_substates()
        if state.__module__.startswith("autodoctor."):
            found |= {
                f"{state.__name__}.{name}": (state, handler) for name, handler in state.event_handlers.items() if name not in NOT_OURS
            }
    return found


def arguments(handler: EventHandler, house: House) -> dict[str, Any]:
    """Names of what is in the house; anything for the rest."""
    known: dict[str, Any] = {**house.ids, "kind": "changed", "data": {}, "online": True, "form": {}}
    names = list(inspect.signature(handler.fn).parameters)[1:]
    return {name: known.get(name, house.ids["session_id"]) for name in names}


def test_the_table_and_the_handlers_are_the_same() -> None:
    handlers = set(declared())
    assert handlers - set(EVENTS) == set(), "a page has it, and it isn't in the table: nobody may"
    assert set(EVENTS) - handlers == set(), "in the table, and no page has it"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_is_not_in_the_table_is_refused(database: str) -> None:
    page: Any = await open_page(rx.State, "/")
    for name in (
        "reflex___state____state.setvar",
        f"{declared()['RoomState.load'][0].get_full_name()}.setvar",
        f"{declared()['RoomState.load'][0].get_full_name()}.never_heard_of",
    ):
        update = await Doorkeeper().preprocess(app, page, Event(name=name, payload={"var_name": "phase", "value": "room"}))
        assert update is not None and not update.events and not update.delta


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", IN_GROUPS)
async def test_nobody_gets_further_than_the_table_says(database: str, kind: str) -> None:
    house, who = await a_house(), await a_visitor(kind)
    handlers, before, found = declared(), await house.belongings(), dict[str, str]()
    for name, (state, handler) in handlers.items():
        if (problem := await _at_the_door(name, state, handler, who, house)) or (
            problem := await _past_the_door(name, state, handler, who, house)
        ):
            found[name] = problem
        after = await house.belongings()
        is_theirs = kind == "administrator" or (EVENTS[name].whose is Whose.offered and may(EVENTS[name], kind))
        if after != before and not is_theirs:
            found[name] = f"it changed what isn't theirs: {after ^ before}"
        before = after
    print(f"\n{kind}: {len(handlers)} of {len(EVENTS)} event handlers walked")
    assert found == {}


async def _at_the_door(name: str, state: type[rx.State], handler: EventHandler, who: Visitor, house: House) -> str:
    page = await _page(state, who, house)
    event = Event(name=f"{state.get_full_name()}.{handler.fn.__name__}", payload=arguments(handler, house))
    update = await Doorkeeper().preprocess(app, page._get_root_state(), event)
    admitted = EVENTS[name].draws_refusal or may(EVENTS[name], who.kind)
    if admitted:
        return "" if update is None else "it isn't let in"
    if update is None:
        return "it is let in"
    return "" if [each.name for each in update.events] == ["_redirect"] else f"it isn't led away: {update.events}"


async def _past_the_door(name: str, state: type[rx.State], handler: EventHandler, who: Visitor, house: House) -> str:
    """The handler alone, as if there were no doorkeeper: it asks for itself."""
    if handler.is_background or (who.kind == "administrator" and may(EVENTS[name], who.kind)):
        return ""
    page = await _page(state, who, house)
    answer = handler.fn(page, **arguments(handler, house))
    if inspect.isasyncgen(answer):
        async for _each in answer:
            pass
    elif inspect.isawaitable(answer):
        await answer
    return "it shows what is the owner's own" if SECRET in repr(shown(page)) else ""


async def _page(state: type[rx.State], who: Visitor, house: House) -> Any:
    address = PAGES.get(state.__name__, "/").format(**house.ids)
    return await open_page(state, address, *([who.person] if who.person else []))
