"""The gallery of components: nothing is forgotten in it, and in production it isn't there."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from reflex.compiler.compiler import into_component

from autodoctor.core.settings import get_settings
from autodoctor.ui import components, js
from autodoctor.ui.gallery.page import components_page
from autodoctor.ui.gallery.specimen import name_of
from autodoctor.ui.gallery.state import ComponentsState
from tests import production

ELSEWHERE = {
    "no component": {"classes.joined", "frame.app_settings", "layout.window_title", "scripts.library", "text.filled"},
    "nothing of it is seen": {
        "forms.hidden",
        "from_address.address_field",
        "from_address.fresh_door",
        "from_address.keep_onward",
        "from_address.take_onward",
        "from_address.time_zone_field",
        "keep_focus.keep_focus",
        "leave_for.leave_for",
        "presence.heartbeat",
        "title_count.title_count",
    },
    "asks the API for somebody's own: seen where it stands": {
        "account.login_codes",
        "checkout_return.checkout_return",
        "second_factor.second_factor",
        "set_up_payouts.new_payout_link",
        "set_up_payouts.set_up_payouts",
        "slot_picker.slot_picker",
        "week_hours.week_hours",
    },
    "needs a session: seen in the room": {
        "auto_scroll.message_log",
        "autosave.autosave",
        "composer.composer",
        "editors.plan_editor",
        "editors.report_editor",
        "extend.extend",
        "invite.invite",
        "panes.panes",
        "video_stage.video_stage",
    },
    "rings": {"alerts.alerts"},
    "shown as what pages call it by, in `forms`, `dialogs` and `layout`": {
        "confirm_dialog.confirm_dialog",
        "from_address.onward_link",
        "language_switch.language_switch",
        "site_nav.log_out",
        "site_nav.nav_links",
    },
}
"""What isn't in the gallery, by why."""


def modules() -> Iterator[ModuleType]:
    for package in (components, js):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def made_in(module: ModuleType) -> set[str]:
    """Its public functions, and what it makes components by."""
    functions = {value for value in vars(module).values() if inspect.isfunction(value) and value.__module__ == module.__name__}
    makers = {
        value
        for value in vars(module).values()
        if inspect.ismethod(value) and inspect.isclass(value.__self__) and value.__self__.__module__ == module.__name__
    }
    return {name_of(each) for each in functions | makers if not name_of(each).partition(".")[2].startswith("_")}


def test_every_component_is_in_the_gallery_or_it_is_said_why_not() -> None:
    made = set().union(*map(made_in, modules()))
    shown = set(re.findall(r'"data-specimen":"([\w.]+)"', str(into_component(components_page))))
    elsewhere = set().union(*ELSEWHERE.values())
    assert made - shown == elsewhere, "show it in ui/gallery"
    assert shown - made == {"money_parts.table"}, "of the administrators' pages"


def test_a_component_that_is_made_tomorrow_is_missed() -> None:
    tomorrow = ModuleType("tomorrow")
    exec("def gauge(): ...\ndef _needle(): ...", vars(tomorrow))
    assert made_in(tomorrow) == {"tomorrow.gauge"}


@pytest.mark.parametrize(("in_production", "phase"), [(False, "shown"), (True, "missing")])
async def test_it_is_there_in_development_alone(settings_env: pytest.MonkeyPatch, in_production: bool, phase: str) -> None:
    for name, value in production.PRODUCTION.items() if in_production else ():
        settings_env.setenv(name, value)
    get_settings.cache_clear()
    state = ComponentsState(_reflex_internal_init=True)  # type: ignore[call-arg]
    await ComponentsState.load.fn(state)  # type: ignore[attr-defined]
    assert state.phase == phase
