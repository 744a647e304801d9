"""The entry point of web servers and of the `flask` command."""

import sys

from hackaviz.factory import create_app
from hackaviz.settings import Settings, SettingsError, works_without_secret

try:
    app = create_app(Settings.from_env(secret_needed=not works_without_secret(sys.argv)))
except SettingsError as error:
    print(f"Hackaviz cannot start: {error}", file=sys.stderr)
    sys.exit(2)
