"""The `flask` command: what it starts for a command line, and that light starts have what they promise."""

import subprocess
import sys
from pathlib import Path

import pytest

from hackaviz.command_line import FILE_COMMANDS, reads_files_alone, works_without_secret
from hackaviz.file_commands import create_file_commands

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("line", "alone", "unsigned"),
    [
        ("flask catalogue inspect ports.csv", True, True),
        ("python/flask/__main__.py entries check work.zip --json", True, False),
        ("flask catalogue import portal.json", False, True),
        ("flask judging seal smart-port", False, True),
        ("flask judging --help", False, True),
        ("flask database upgrade", False, True),
        ("flask entries verify-receipt receipt.json", False, False),
        ("flask doctor", False, False),
        ("flask", False, False),
        ("gunicorn catalogue inspect", False, False),
    ],
)
def test_a_command_line_tells_what_it_needs(line: str, alone: bool, unsigned: bool):
    assert (reads_files_alone(line.split()), works_without_secret(line.split())) == (alone, unsigned)


def test_a_light_start_has_every_command_that_reads_files_alone():
    groups = create_file_commands().cli.commands
    assert all(command in groups[group].commands for group, command in FILE_COMMANDS)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("group", "command"), sorted(FILE_COMMANDS))
def test_a_command_that_reads_files_alone_starts_neither_the_rooms_nor_the_database(group: str, command: str):
    script = (
        "import sys, runpy; sys.argv = ['flask', *sys.argv[1:]]\n"
        "try: runpy.run_module('flask', run_name='__main__', alter_sys=False)\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'hackaviz.factory' not in sys.modules and 'sqlalchemy' not in sys.modules, sorted(sys.modules)"
    )
    run = [sys.executable, "-c", script, group, command, "--help"]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True, timeout=60)
