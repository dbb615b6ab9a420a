"""Our own scripts without a browser: what they compute, run by Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

WORDS = ("words.js", "catalogue.js")
"""What every script may say."""
FOLDER = Path(__file__).resolve().parents[2] / "autodoctor/ui/js"


def in_node(tmp_path: Path, scripts: Sequence[str], expression: str, *, zone: str = "UTC") -> Any:
    """What an expression is in which `script` is the first of these scripts. They stand together with those they import."""
    if shutil.which("node") is None:
        pytest.skip("Node isn't installed")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name in (*scripts, *WORDS):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "run.js").write_text(f'import * as script from "./{scripts[0]}";\nconsole.log(JSON.stringify({expression}));')
    environment = {**os.environ, "TZ": zone}
    done = subprocess.run(["node", "run.js"], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True, timeout=30)
    return json.loads(done.stdout)
