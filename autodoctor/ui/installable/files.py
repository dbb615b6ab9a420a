"""Puts into the built site what makes it installable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from reflex_base.constants import Dirs
from reflex_base.plugins.base import CommonContext, Plugin

from autodoctor.ui.installable import manifest, offline


class Installable(Plugin):
    """The files that are made of the theme; the icons lie in `assets/`."""

    def get_static_assets(self, **context: Unpack[CommonContext]) -> Sequence[tuple[Path, str | bytes]]:
        made = {manifest.ADDRESS: manifest.manifest(), offline.PAGE: offline.offline_page(), offline.WORKER: offline.service_worker()}
        return [(Path(Dirs.PUBLIC) / address.lstrip("/"), content) for address, content in made.items()]
