"""Everything that can be configured, read once from the environment and checked at start.

Names follow RUNNING.md and section 10.1 of the source document. A value that is wrong or a group that is half set stops the
start with a message that names the variable.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SANDBOX_WEBHOOK_SECRET = "whsec_sandbox_for_development_only"  # noqa: S105 - public by design, refused in production


SHORTEST_METRICS_TOKEN = 16

_ROOT = Path(__file__).resolve().parents[2]
_NO_LIVEKIT = "none"
_HIGHEST_PORT = 65_000
_DAY_S = 24 * 3600


class AppEnv(StrEnum):
    development = "development"
    test = "test"
    production = "production"


class NoShowPolicy(StrEnum):
    keep = "keep"
    refund = "refund"


class TotpPolicy(StrEnum):
    required = "required"
    optional = "optional"


class SettingsError(Exception):
    """The configuration can't be used; the text names each variable and what is wrong with it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    app_env: AppEnv = AppEnv.development
    port: int = Field(default=3000, ge=1, le=65535)
    app_url: str = ""
    database_url: str = ""
    redis_url: str = ""
    app_data_dir: Path = Path("var")
    workers: int = Field(default=1, ge=1, le=64)
    app_secret: str = ""

    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_connect_webhook_secret: str = ""
    stripe_api_base: str = ""
    stripe_price_chat10: str = ""
    stripe_price_video15: str = ""
    stripe_price_diagnostic: str = ""
    promotion_codes: bool | None = None
    stripe_tax: bool = False

    livekit_url: str = ""
    livekit_api_key: str = ""
    livekit_api_secret: str = ""
    livekit_server_bin: str = ""
    recordings: bool = False

    resend_api_key: str = ""
    resend_from_email: str = "Auto Doctor <hello@autodoctor.test>"
    smtp_url: str = ""
    contact_email: str = "hello@autodoctor.test"

    storage_url: str = ""
    aws_access_key_id: str = ""
    aws_secret_access_key: str = ""
    aws_region: str = ""
    aws_endpoint_url: str = ""

    vin_fallback_url: str = "https://vpic.nhtsa.dot.gov/api/vehicles"
    obdex_file: str = ""

    no_show_policy: NoShowPolicy = NoShowPolicy.keep
    unattended_after_s: int = Field(default=300, ge=1)
    expires_after_s: int = Field(default=7200, ge=1)
    no_show_after_s: int = Field(default=1800, ge=1)
    session_length_s: int | None = Field(default=None, ge=1)
    waiting_orphan_after_s: int = Field(default=900, ge=1)
    orphan_after_s: int = Field(default=3600, ge=1)
    mechanic_away_after_s: int = Field(default=120, ge=1)
    away_ends_after_s: int = Field(default=900, ge=1)
    offline_after_s: int = Field(default=90, ge=1)
    first_offer_s: int = Field(default=120, ge=1)
    customer_login_s: int = Field(default=30 * _DAY_S, ge=60)
    customer_idle_s: int = Field(default=14 * _DAY_S, ge=60)
    mechanic_login_s: int = Field(default=30 * _DAY_S, ge=60)
    mechanic_idle_s: int = Field(default=14 * _DAY_S, ge=60)
    admin_login_s: int = Field(default=12 * 3600, ge=60)
    admin_idle_s: int = Field(default=3600, ge=60)
    keep_mails_days: int = Field(default=30, ge=1)
    keep_drafts_days: int = Field(default=90, ge=1)
    keep_logins_days: int = Field(default=30, ge=1)
    keep_events_days: int = Field(default=90, ge=1)
    admin_totp: TotpPolicy | None = None
    rate_limits: bool = True
    metrics_token: str = ""
    sentry_dsn: str = ""
    _livekit_binary: Path | None = PrivateAttr(default=None)

    trusted_proxies: int = Field(default=0, ge=0, description="how many proxies in front of us set X-Forwarded-For")

    @field_validator("rate_limits", "recordings", "promotion_codes", "stripe_tax", mode="before")
    @classmethod
    def _on_off(cls, value: object) -> object:
        if isinstance(value, str) and value.lower() in {"on", "off"}:
            return value.lower() == "on"
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("storage_url")
    @classmethod
    def _known_storage(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme != "s3" or not parts.hostname):
            raise ValueError("must look like s3://bucket or s3://bucket/folder")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not parts.hostname):
            raise ValueError("must look like smtp://user:password@host:587, smtp+starttls://… or smtps://…")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _unguessable(cls, value: str) -> str:
        if value and len(value) < SHORTEST_METRICS_TOKEN:
            raise ValueError(f"must be a random text of at least {SHORTEST_METRICS_TOKEN} characters")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _known_sentry(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.scheme in {"http", "https"} and parts.username and parts.hostname and parts.path.strip("/")):
            raise ValueError("must look like https://KEY@HOST/PROJECT, as Sentry shows it")
        return value

    @model_validator(mode="after")
    def _fill_and_check(self) -> Settings:
        self.app_data_dir = self.app_data_dir.expanduser().resolve()
        self.app_url = (self.app_url or f"http://localhost:{self.port}").rstrip("/")
        if urlsplit(self.app_url).scheme not in {"http", "https"}:
            raise ValueError("APP_URL must start with http:// or https://")
        if not self.database_url:
            self.database_url = f"sqlite:///{self.app_data_dir / 'autodoctor.sqlite3'}"
        _check_livekit(self)
        if bool(self.aws_access_key_id) != bool(self.aws_secret_access_key):
            raise ValueError("set both of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or none")
        if self.is_production:
            _check_production(self)
        else:
            _fill_development(self)
        return self

    @property
    def is_production(self) -> bool:
        return self.app_env is AppEnv.production

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def uses_stripe_sandbox(self) -> bool:
        """True when no Stripe key is configured and the embedded stand-in answers (P8)."""
        return not self.stripe_secret_key

    @property
    def takes_promotion_codes(self) -> bool:
        """Whether the payment page has a field for a code; in production only where somebody has said so."""
        return not self.is_production if self.promotion_codes is None else self.promotion_codes

    @property
    def requires_admin_totp(self) -> bool:
        """Whether an administrator without a second factor can do nothing but set one up; in production unless somebody says otherwise."""
        return self.is_production if self.admin_totp is None else self.admin_totp is TotpPolicy.required

    @property
    def livekit_configured(self) -> bool:
        """Whether there is video: a LiveKit is named, or its server is started beside us in development."""
        return bool(self.livekit_url)

    @property
    def livekit_binary(self) -> Path | None:
        """The LiveKit server that is to be started beside the application, if any."""
        return self._livekit_binary


def _check_livekit(settings: Settings) -> None:
    given = {
        "LIVEKIT_URL": settings.livekit_url,
        "LIVEKIT_API_KEY": settings.livekit_api_key,
        "LIVEKIT_API_SECRET": settings.livekit_api_secret,
    }
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        raise ValueError(f"{', '.join(missing)} is missing: set all of LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET or none")
    if settings.livekit_url and urlsplit(settings.livekit_url).scheme not in {"ws", "wss", "http", "https"}:
        raise ValueError("LIVEKIT_URL must start with wss:// or ws://")
    if settings.recordings and not (settings.livekit_url and settings.storage_url and settings.aws_access_key_id):
        raise ValueError("RECORDINGS needs LIVEKIT_URL, STORAGE_URL and AWS_ACCESS_KEY_ID: the recorder writes into the bucket by itself")


def _check_production(settings: Settings) -> None:
    problems = []
    if not settings.stripe_secret_key:
        problems.append("STRIPE_SECRET_KEY is missing: the payment sandbox does not run in production")
    if not settings.stripe_webhook_secret or settings.stripe_webhook_secret == SANDBOX_WEBHOOK_SECRET:
        problems.append("STRIPE_WEBHOOK_SECRET is missing or the sandbox's")
    if len(settings.app_secret) < 32:
        problems.append("APP_SECRET must be a random text of at least 32 characters")
    if not settings.app_url.startswith("https://"):
        problems.append("APP_URL must start with https:// in production")
    if settings.livekit_url and urlsplit(settings.livekit_url).scheme not in {"wss", "https"}:
        problems.append("LIVEKIT_URL must start with wss:// in production: browsers connect to it")
    if not (settings.resend_api_key or settings.smtp_url):
        problems.append("RESEND_API_KEY or SMTP_URL is missing: mail has no way out")
    if settings.workers > 1 and (settings.is_sqlite or not settings.redis_url):
        problems.append("WORKERS above 1 needs DATABASE_URL on PostgreSQL and REDIS_URL")
    if problems:
        raise ValueError("; ".join(problems))


def _fill_development(settings: Settings) -> None:
    if settings.workers > 1 and not settings.redis_url:
        raise ValueError("WORKERS above 1 needs REDIS_URL: pushes would reach only one worker's visitors")
    if bool(settings.stripe_secret_key) != bool(settings.stripe_webhook_secret) and settings.stripe_secret_key:
        raise ValueError("STRIPE_WEBHOOK_SECRET is missing: STRIPE_SECRET_KEY is set, so events must be verifiable")
    settings.stripe_webhook_secret = settings.stripe_webhook_secret or SANDBOX_WEBHOOK_SECRET
    if settings.uses_stripe_sandbox:
        settings.stripe_api_base = settings.stripe_api_base or f"{settings.app_url}/dev/stripe"
        settings.stripe_price_chat10 = settings.stripe_price_video15 = settings.stripe_price_diagnostic = ""  # it knows no prices
    settings.app_secret = settings.app_secret or _development_secret(settings.app_data_dir)
    if settings.app_env is AppEnv.development and not settings.livekit_url:
        _fill_livekit(settings)


def _fill_livekit(settings: Settings) -> None:
    """A LiveKit server of our own, where its binary is found: on this machine's address, with a key that nobody has to choose."""
    settings._livekit_binary = _find_livekit(settings.livekit_server_bin)
    if settings.livekit_binary is None:
        return
    port = settings.port + 4880  # 3000 gives 7880, LiveKit's own
    host = urlsplit(settings.app_url).hostname or "localhost"
    settings.livekit_url = f"ws://{host}:{port if port <= _HIGHEST_PORT else settings.port - 4880}"
    settings.livekit_api_key = "development"
    settings.livekit_api_secret = hashlib.sha256(f"livekit:{settings.app_secret}".encode()).hexdigest()


def _find_livekit(configured: str) -> Path | None:
    if configured == _NO_LIVEKIT:
        return None
    if configured and not (found := shutil.which(configured)):
        raise ValueError(f"LIVEKIT_SERVER_BIN is no program that can be run: {configured}")
    found = shutil.which(configured or "livekit-server") or shutil.which(_ROOT / "var/tools/livekit-server")
    return Path(found) if found else None


def _development_secret(data_dir: Path) -> str:
    """A secret of this machine's own, so that signed links outlive a restart without anybody configuring anything."""
    file = data_dir / "app-secret"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


@lru_cache
def get_settings() -> Settings:
    """The settings of this process. Raises SettingsError naming every variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            message = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{name}: {message}" if name else message)
        raise SettingsError("Auto Doctor can't start with this configuration.\n  " + "\n  ".join(lines)) from error
