"""Prints what the shell scripts need of the settings as `NAME=value` lines; with a wrong configuration, says what is wrong."""

from __future__ import annotations

import sys

from autodoctor.core.settings import SettingsError, get_settings


def main() -> None:
    try:
        settings = get_settings()
    except SettingsError as error:
        sys.exit(str(error))
    for name in ("app_env", "port", "workers", "app_url", "app_data_dir"):
        print(f"{name.upper()}={getattr(settings, name)}")


if __name__ == "__main__":
    main()
