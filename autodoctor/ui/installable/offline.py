"""The page that is shown when there is no network, and the service worker that shows it.

The page is one file, complete in itself: without a network there is no style sheet, no font and no script to be had.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from string import Template

from autodoctor.ui import theme
from autodoctor.ui.components import styles
from autodoctor.ui.installable import manifest
from autodoctor.words import _, spoken

PAGE = "/offline.html"
WORKER = "/service-worker.js"
REGISTER = f"if (navigator.serviceWorker) addEventListener('load', () => navigator.serviceWorker.register('{WORKER}').catch(console.info));"
"""Stands in the head of every page, also where each edit is built at once: the worker keeps no page, so none is ever an old one.
Where a browser won't have it, nothing is lost but that page."""

_HERE = Path(__file__).parent
_MARK = _HERE.parents[2] / "assets" / "favicon.svg"
_RESET = """
*, ::before, ::after { box-sizing: border-box; }
body, h1, p { margin: 0; }
button { font: inherit; }
.mark > svg { display: block; width: 64px; height: 64px; }
"""
_DOCUMENT = Template("""<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="$light">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="$dark">
<title>$title</title>
<style>$style</style>
</head>
<body>
<main class="page-main">
<div class="section narrow">
<div class="mark" aria-hidden="true">$mark</div>
<h1 class="heading1">$heading</h1>
<p class="body">$words</p>
<div class="row"><button type="button" class="button button-primary">$again</button></div>
</div>
</main>
<script>$script</script>
</body>
</html>
""")


def offline_page() -> str:
    """The page, with the theme's own rules."""
    return _DOCUMENT.substitute(
        language=spoken().value,
        title=f"{_('No connection')} · {manifest.NAME}",
        heading=_("No connection"),
        words=_("We can't be reached from here. What you sent before is safe. This page goes on by itself when the connection is back."),
        again=_("Try again"),
        light=theme.LIGHT["surface"],
        dark=theme.DARK["surface"],
        style="\n".join((_RESET, theme.tokens(), theme.BASE, styles.LAYOUT, styles.TEXT, styles.BUTTONS)),
        mark=_MARK.read_text().strip(),
        script=_script("come_back.js", page=PAGE),
    )


def service_worker() -> str:
    """The worker, for the page as it is now."""
    version = hashlib.sha256(offline_page().encode()).hexdigest()[:16]
    return _script("service_worker.js", page=PAGE, version=version)


def _script(name: str, **values: str) -> str:
    return Template((_HERE / name).read_text()).substitute(values)
