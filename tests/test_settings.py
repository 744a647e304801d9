"""Settings: what is accepted, and that nonsense is refused with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hackaviz.settings import Settings, SettingsError
from tests.support.typed import type_flask

ROOT = Path(__file__).resolve().parent.parent
KEY = {"HACKAVIZ_SECRET_KEY": "k" * 40}


def test_every_setting_but_the_secret_key_has_a_default():
    settings = Settings.from_env(KEY)
    assert settings.database_url.startswith("sqlite:///")
    assert settings.storage_url.startswith("file:///")
    assert (settings.redis_url, settings.mail_url, settings.demo) == (None, "outbox:", False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HACKAVIZ_SECRET_KEY", ""),
        ("HACKAVIZ_SECRET_KEY", "short"),
        ("HACKAVIZ_DATABASE_URL", "mysql://localhost/x"),
        ("HACKAVIZ_DATABASE_URL", "sqlite://"),
        ("HACKAVIZ_DATABASE_URL", "sqlite:///:memory:"),
        ("HACKAVIZ_STORAGE_URL", "ftp://x"),
        ("HACKAVIZ_STORAGE_URL", "file://relative/path"),
        ("HACKAVIZ_STORAGE_URL", "s3://"),
        ("HACKAVIZ_STORAGE_URL", "s3://bucket?foo=1"),
        ("HACKAVIZ_STORAGE_URL", "s3://bucket?endpoint"),
        ("HACKAVIZ_REDIS_URL", "http://localhost"),
        ("HACKAVIZ_MAIL_URL", "mail.example.org"),
        ("HACKAVIZ_MAIL_URL", "smtp://host:port"),
        ("HACKAVIZ_MAIL_URL", "smtp:"),
        ("HACKAVIZ_BASE_URL", "contest.example.org"),
        ("HACKAVIZ_BASE_URL", "https://contest.example.org/path"),
        ("HACKAVIZ_BASE_URL", "https://contest.example.org:99999"),
        ("HACKAVIZ_CONTENT_URL", "http://127.0.0.1:9000"),
        ("HACKAVIZ_ANTIVIRUS_URL", "http://127.0.0.1:3310"),
        ("HACKAVIZ_ANTIVIRUS_URL", "unix:run/clamd.ctl"),
        ("HACKAVIZ_ANTIVIRUS_URL", "tcp://127.0.0.1"),
        ("HACKAVIZ_DEMO", "yes"),
        ("HACKAVIZ_CHECK_LINKS", "often"),
    ],
)
def test_nonsense_is_refused_with_one_sentence_that_names_the_setting(name, value):
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(KEY | {name: value})
    sentence = str(refused.value)
    assert name in sentence
    assert "\n" not in sentence


def test_a_server_without_a_secret_key_does_not_start():
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HACKAVIZ_")}
    command = [sys.executable, "-m", "flask", "run", "--port", "0"]
    answer = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "HACKAVIZ_SECRET_KEY" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_command_on_files_needs_no_setting(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n")
    answer = type_flask(tmp_path, "catalogue", "inspect", str(file), "--json", PATH=os.environ["PATH"])
    assert answer.returncode == 0
    assert answer.stdout.startswith("{")


def test_the_demo_with_its_public_passwords_is_built_nowhere_else(tmp_path):
    environ = KEY | {"HACKAVIZ_DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite'}", "PATH": os.environ["PATH"]}
    answer = type_flask(tmp_path, "demo", "build", **environ)
    assert answer.returncode != 0
    assert "HACKAVIZ_DEMO" in answer.stderr
