"""Types agree and imports go leftwards, as the tools say; they run beside the other tests, since they take a while."""

import subprocess
import sys
from pathlib import Path

import pytest

from hackaviz.settings import ROOT


@pytest.mark.parametrize("tool", ["mypy", "lint-imports"])
def test_the_tool_finds_nothing(tool):
    command = [str(Path(sys.executable).with_name(tool))]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
