"""create_file_commands(): the commands that only read files, without the rooms' pages, which take seconds to start."""

from flask import Flask

from challenges.catalogue.inspect.commands import catalogue
from judging.panels.commands import judging
from judging.prizes.commands import prizes
from submissions.intake.commands import entries


def create_file_commands() -> Flask:
    """An application without pages, database or settings, for the commands of `command_line.FILE_COMMANDS`."""
    app = Flask("hackaviz", static_folder=None)
    for group in (catalogue, entries, judging, prizes):
        app.cli.add_command(group)
    return app
