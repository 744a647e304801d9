"""What a `flask` command line asks for, told before anything is imported: a command starts no more than it needs."""

from collections.abc import Sequence
from pathlib import Path

# They read a file and print an answer: no page, no database, no setting.
FILE_COMMANDS = {
    ("catalogue", "inspect"),
    ("entries", "check"),
    ("judging", "assign"),
    ("judging", "pairwise"),
    ("judging", "rank"),
    ("judging", "reliability"),
    ("judging", "simulate"),
    ("prizes", "allocate"),
}
UNSIGNED_GROUPS = {"catalogue", "judging", "prizes", "database"}


def reads_files_alone(arguments: Sequence[str]) -> bool:
    """Whether it is a `flask` command that only reads files, which `create_file_commands` has."""
    return _is_flask(arguments) and tuple(arguments[1:3]) in FILE_COMMANDS


def works_without_secret(arguments: Sequence[str]) -> bool:
    """Whether it is a `flask` command that signs nothing, so that it runs without a secret key."""
    return _is_flask(arguments) and any(word in UNSIGNED_GROUPS for word in arguments[1:2])


def _is_flask(arguments: Sequence[str]) -> bool:
    return Path(arguments[0]).name == "flask" or arguments[0].endswith("flask/__main__.py")
