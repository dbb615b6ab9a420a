"""A wrong or half-set configuration stops the start and names the variable."""

from __future__ import annotations

import itertools
import re
import tomllib

import pytest

from autodoctor import __version__
from autodoctor.core.settings import Settings, SettingsError, get_settings
from tests.production import PRODUCTION
from tests.servers import ROOT


def load(env: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        env.setenv(name, value)
    get_settings.cache_clear()
    return get_settings()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"LIVEKIT_URL": "wss://x"}, "LIVEKIT_API_KEY, LIVEKIT_API_SECRET is missing"),
        ({"LIVEKIT_API_SECRET": "x", "LIVEKIT_API_KEY": "y"}, "LIVEKIT_URL is missing"),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, "STRIPE_WEBHOOK_SECRET is missing"),
        ({"WORKERS": "2"}, "REDIS_URL"),
        ({"WORKERS": "many"}, "WORKERS"),
        ({"PORT": "70000"}, "PORT"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"SMTP_URL": "mail.example.com"}, "SMTP_URL"),
        ({"NO_SHOW_POLICY": "shrug"}, "NO_SHOW_POLICY"),
        ({"APP_ENV": "staging"}, "APP_ENV"),
        ({"APP_URL": "autodoctor.example"}, "APP_URL"),
    ],
)
def test_a_wrong_setting_is_named(settings_env: pytest.MonkeyPatch, values: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(named)):
        load(settings_env, **values)


@pytest.mark.parametrize("missing", ["APP_SECRET", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "RESEND_API_KEY", "APP_URL"])
def test_production_does_not_start_without(settings_env: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        load(settings_env, **(PRODUCTION | {missing: ""}))


def test_the_payment_sandbox_refuses_production(settings_env: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="the payment sandbox does not run in production"):
        load(settings_env, **(PRODUCTION | {"STRIPE_SECRET_KEY": ""}))


def test_browsers_reach_the_video_encrypted_in_production(settings_env: pytest.MonkeyPatch) -> None:
    livekit = {"LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "s" * 32}
    with pytest.raises(SettingsError, match="wss://"):
        load(settings_env, **PRODUCTION, **livekit, LIVEKIT_URL="ws://video.example")
    assert load(settings_env, LIVEKIT_URL="wss://video.example").livekit_configured


def test_several_workers_in_production_need_postgresql(settings_env: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL on PostgreSQL"):
        load(settings_env, **PRODUCTION, WORKERS="2", REDIS_URL="redis://127.0.0.1")


def test_a_complete_production_configuration_starts(settings_env: pytest.MonkeyPatch) -> None:
    settings = load(settings_env, **PRODUCTION)
    assert (settings.is_production, settings.uses_stripe_sandbox) == (True, False)


def test_development_needs_nothing(settings_env: pytest.MonkeyPatch) -> None:
    settings = load(settings_env, APP_ENV="development")
    assert settings.uses_stripe_sandbox
    assert settings.is_sqlite
    assert len(settings.app_secret) >= 32
    assert load(settings_env).app_secret == settings.app_secret


def test_the_example_names_every_setting_with_its_default(settings_env: pytest.MonkeyPatch) -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(given) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        spelled = {True: "on", False: "off"}[default] if isinstance(default, bool) else str(default)
        assert given[name.upper()] == spelled, name


def test_every_line_of_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    for before, line in itertools.pairwise(lines):
        if line and not line.startswith("#"):
            assert before.startswith("# "), line


def test_the_version_is_the_projects() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__
