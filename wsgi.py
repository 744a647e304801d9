"""The entry point of web servers and of the `flask` command."""

import gc
import sys

from hackaviz.command_line import reads_files_alone, works_without_secret
from hackaviz.settings import Settings, SettingsError

# Starting makes some 300,000 objects, and nearly all of them stay: looking through them for garbage is lost time,
# now and at each full collection later.
gc.disable()

if reads_files_alone(sys.argv):
    from hackaviz.file_commands import create_file_commands

    app = create_file_commands()
else:
    from hackaviz.factory import create_app

    try:
        app = create_app(Settings.from_env(secret_needed=not works_without_secret(sys.argv)))
    except SettingsError as error:
        print(f"Hackaviz cannot start: {error}", file=sys.stderr)
        sys.exit(2)

gc.freeze()
gc.enable()
