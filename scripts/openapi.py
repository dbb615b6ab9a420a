"""Writes docs/openapi.json, the API's document as a program gets it. `--check` says whether the file is current (CI does)."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "docs/openapi.json"


def document() -> str:
    """The document, the same on every machine: nothing of its configuration is in it."""
    with tempfile.TemporaryDirectory() as nothing:
        os.environ.update(APP_ENV="test", APP_DATA_DIR=nothing, STRIPE_SECRET_KEY="", STRIPE_WEBHOOK_SECRET="")
        from autodoctor.api.app import create_api

        return json.dumps(create_api().openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    written = document()
    if "--check" not in sys.argv:
        FILE.write_text(written)
    elif not FILE.exists() or FILE.read_text() != written:
        sys.exit("docs/openapi.json isn't what the API says any more: run python -m scripts.openapi, look at the difference, and commit it")


if __name__ == "__main__":
    main()
