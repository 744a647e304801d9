"""Settings from the environment, checked once at start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
UNSIGNED_KEY = "only-for-commands-that-sign-nothing"


class SettingsError(Exception):
    """A setting that makes no sense; the message is one sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation can choose. `docs/settings.md` explains each."""

    database_url: str
    storage_url: str
    redis_url: str | None
    secret_key: str
    base_url: str
    content_url: str
    mail_url: str
    demo: bool
    antivirus_url: str | None = None
    check_links: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, secret_needed: bool = True) -> "Settings":
        """Read `HACKAVIZ_*`; raise SettingsError on nonsense. An empty variable counts as unset."""
        given = {name: value for name, value in (environ if environ is not None else os.environ).items() if value}
        demo = _switch(given, "HACKAVIZ_DEMO")
        base_url = _origin(given, "HACKAVIZ_BASE_URL", "http://127.0.0.1:8000")
        content_url = _origin(given, "HACKAVIZ_CONTENT_URL", "http://localhost:8000")
        if urlsplit(base_url).hostname == urlsplit(content_url).hostname:
            raise SettingsError(
                "HACKAVIZ_CONTENT_URL must use another host name than HACKAVIZ_BASE_URL, "
                "so that an entry never shares cookies with the application."
            )
        return cls(
            database_url=_database_url(given),
            storage_url=_storage_url(given),
            redis_url=_url(given, "HACKAVIZ_REDIS_URL", {"redis", "rediss"}),
            secret_key=_secret_key(given) if secret_needed or "HACKAVIZ_SECRET_KEY" in given else UNSIGNED_KEY,
            base_url=base_url,
            content_url=content_url,
            mail_url=_mail_url(given),
            demo=demo,
            antivirus_url=_antivirus_url(given),
            check_links=_switch(given, "HACKAVIZ_CHECK_LINKS", default="0" if demo else "1"),
        )


def _switch(given: Mapping[str, str], name: str, *, default: str = "0") -> bool:
    value = given.get(name, default)
    if value not in {"0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def _url(given: Mapping[str, str], name: str, schemes: set[str]) -> str | None:
    value = given.get(name)
    if value is not None and urlsplit(value).scheme not in schemes:
        raise SettingsError(f"{name} must start with {' or '.join(sorted(schemes))}:, not {value.split(':')[0]!r}.")
    _check_port(name, value)
    return value


def _check_port(name: str, value: str | None) -> None:
    try:
        _ = urlsplit(value or "").port
    except ValueError:
        raise SettingsError(f"{name} has a port that is not a number from 0 to 65535.") from None


def _origin(given: Mapping[str, str], name: str, default: str) -> str:
    value = (_url(given, name, {"http", "https"}) or default).rstrip("/")
    parts = urlsplit(value)
    if not parts.hostname or parts.path or parts.query:
        raise SettingsError(f"{name} must be a scheme and a host such as https://contest.example.org, without a path.")
    return value


def _mail_url(given: Mapping[str, str]) -> str:
    value = _url(given, "HACKAVIZ_MAIL_URL", {"smtp", "smtps", "outbox"}) or "outbox:"
    if not value.startswith("outbox:") and not urlsplit(value).hostname:
        raise SettingsError("HACKAVIZ_MAIL_URL must name a mail server: smtp://user:password@mail.example.org:587.")
    return value


def _antivirus_url(given: Mapping[str, str]) -> str | None:
    value = _url(given, "HACKAVIZ_ANTIVIRUS_URL", {"unix", "tcp"})
    parts = urlsplit(value or "")
    if parts.scheme == "unix" and (parts.netloc or not parts.path.startswith("/")):
        raise SettingsError("HACKAVIZ_ANTIVIRUS_URL must be unix: followed by an absolute path.")
    if parts.scheme == "tcp" and not (parts.hostname and parts.port):
        raise SettingsError("HACKAVIZ_ANTIVIRUS_URL must name a host and a port: tcp://127.0.0.1:3310.")
    return value


def _database_url(given: Mapping[str, str]) -> str:
    value = _url(given, "HACKAVIZ_DATABASE_URL", {"sqlite", "postgresql", "postgresql+psycopg"})
    if value is None:
        INSTANCE.mkdir(mode=0o700, exist_ok=True)
        return f"sqlite:///{INSTANCE / 'hackaviz.sqlite'}"
    if value.startswith("sqlite") and urlsplit(value).path in {"", "/", "/:memory:"}:
        raise SettingsError("HACKAVIZ_DATABASE_URL must name a file: sqlite:////var/lib/hackaviz/hackaviz.sqlite.")
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def _storage_url(given: Mapping[str, str]) -> str:
    value = _url(given, "HACKAVIZ_STORAGE_URL", {"file", "s3"})
    if value is None:
        INSTANCE.mkdir(mode=0o700, exist_ok=True)
        return f"file://{INSTANCE / 'storage'}"
    parts = urlsplit(value)
    if parts.scheme == "file" and (parts.netloc or not parts.path.startswith("/")):
        raise SettingsError("HACKAVIZ_STORAGE_URL must be file:/// followed by an absolute path.")
    if parts.scheme == "s3" and not parts.netloc:
        raise SettingsError("HACKAVIZ_STORAGE_URL must name a bucket: s3://bucket/prefix.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme == "s3" and not (options.keys() <= {"endpoint", "region"} and all(options.values())):
        raise SettingsError("HACKAVIZ_STORAGE_URL takes ?endpoint=… and &region=… after the bucket, and nothing else.")
    return value


def _secret_key(given: Mapping[str, str]) -> str:
    value = given.get("HACKAVIZ_SECRET_KEY")
    if value is None:
        raise SettingsError(
            "HACKAVIZ_SECRET_KEY is not set: give it 32 random characters or more, "
            'for example from python3 -c "import secrets; print(secrets.token_urlsafe(48))".'
        )
    if len(value) < 32:
        raise SettingsError("HACKAVIZ_SECRET_KEY must have 32 characters or more.")
    return value
