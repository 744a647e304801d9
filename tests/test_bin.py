"""bin/demo and bin/test refuse nonsense before they touch anything; what they do is what runs these tests."""

import os
import subprocess

import pytest

from hackaviz.settings import ROOT


def run(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["bin/demo", "bin/test", "bin/_environment", ".ci/run"])
def test_each_script_is_sound_bash(name):
    assert run("bash", "-n", name).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "port", "sentence"),
    [
        (["--resset"], "8000", "usage: [PORT=8000] bin/demo [--reset]"),
        ([], "eighty", "PORT must be a number, not 'eighty'."),
    ],
)
def test_the_demo_refuses_what_it_does_not_understand(arguments, port, sentence):
    answer = run("bin/demo", *arguments, PORT=port)
    assert (answer.returncode, answer.stdout, answer.stderr.strip()) == (2, "", sentence)
