"""What the pages' scripts say, in Node, with the catalogue that the build writes for them."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from autodoctor.ui.page_words import FILE, PageWords, script_words
from autodoctor.words import Language, speaking
from autodoctor.words.catalogue import catalogue

ROOT = Path(__file__).parents[2]
JS = ROOT / "autodoctor/ui/js"


def in_node(folder: Path, language: Language, expression: str) -> Any:
    """What an expression over words.js's functions is, in a build of this language."""
    if shutil.which("node") is None:
        pytest.skip("Node isn't installed")
    (folder / "package.json").write_text('{"type": "module"}')
    shutil.copy(JS / "words.js", folder)
    (folder / FILE).write_text(script_words(language))
    (folder / "run.js").write_text(f'import {{ say, sayN, locale }} from "./words.js";\nconsole.log(JSON.stringify({expression}));')
    return json.loads(subprocess.run(["node", "run.js"], cwd=folder, check=True, capture_output=True, text=True, timeout=60).stdout)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.en, ["Try again", "since 2 May {x}", "0 recovery codes are left.", "1 recovery code is left.", "No translation"]),
        (Language.fr, ["Réessayer", "depuis le 2 May {x}", "Il reste 0 code de secours.", "Il reste 1 code de secours.", "No translation"]),
    ],
)
def test_scripts_say_it_in_the_language_of_the_build(tmp_path: Path, language: Language, said: list[str]) -> None:
    counted = [f'sayN("{{n}} recovery code is left.", "{{n}} recovery codes are left.", {n})' for n in (0, 1)]
    calls = ['say("Try again")', 'say("since {date}", { date: "2 May {x}" })', *counted, 'say("No translation")']
    assert in_node(tmp_path, language, f"[{', '.join(calls)}]") == said


def test_dates_are_written_in_the_language_of_the_build_wherever_the_reader_is(tmp_path: Path) -> None:
    assert in_node(tmp_path, Language.fr, "locale()") == "fr"
    assert in_node(tmp_path, Language.en, 'locale().split("-")[0]') == "en"


def test_a_build_puts_its_words_where_the_scripts_look_for_them() -> None:
    with speaking(Language.fr):
        [(path, content)] = PageWords().get_static_assets()
    assert path.name == FILE and (JS / FILE).is_file() and '"fr"' in str(content)
    assert PageWords.__name__ in {type(plugin).__name__ for plugin in runpy.run_path(str(ROOT / "rxconfig.py"))["config"].plugins}


def test_scripts_carry_nothing_that_only_the_server_or_a_page_says() -> None:
    carried = catalogue(Language.fr).for_scripts()
    assert "Try again" in carried and "Three plans, no subscription" not in carried
