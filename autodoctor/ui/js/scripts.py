"""Where our own scripts stand: all in one folder of the built site, so that they can import one another by `./name`.

`rx.asset` would do the same a script at a time, but looks through the whole stack of callers at each: for our scripts that
made every start of the server half a minute longer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reflex import constants

from autodoctor.core.ids import new_id

_HERE = Path(__file__).resolve().parent
FOLDER = f"{constants.Dirs.EXTERNAL_APP_ASSETS}/autodoctor/ui/js"


def library(name: str) -> str:
    """The import path of a script beside this file. Raises FileNotFoundError when there is none of this name."""
    if not (_HERE / name).exists():
        raise FileNotFoundError(_HERE / name)
    _place_all()
    return f"$/{constants.Dirs.PUBLIC}/{FOLDER}/{name}"


@lru_cache
def _place_all() -> None:
    """Link every script into the assets from which the site is built."""
    folder = Path.cwd() / constants.Dirs.APP_ASSETS / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for script in [*_HERE.glob("*.js"), *_HERE.glob("*.jsx")]:
        link = folder / script.name
        if link.is_symlink() and link.resolve() == script:
            continue
        fresh = link.with_name(f".{new_id().hex}")  # several workers start at once: each replaces in one step
        fresh.symlink_to(script)
        fresh.replace(link)
