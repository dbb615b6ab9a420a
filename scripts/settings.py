"""Prints what the shell scripts need of the settings as `NAME=value` lines; with a wrong configuration, says what is wrong."""

from __future__ import annotations

import sys

from autodoctor.core.settings import SettingsError, get_settings


def main() -> None:
    try:
        settings = get_settings()
    except SettingsError as error:
        sys.exit(str(error))
    print(f"APP_ENV={settings.app_env}\nPORT={settings.port}\nWORKERS={settings.workers}\nAPP_URL={settings.app_url}")


if __name__ == "__main__":
    main()
