"""A large file passes through the worker without staying in its memory."""

import re
from pathlib import Path

import pytest

from tests.factories import make_edition, make_entry

MEBIBYTE = 1 << 20


class Zeros:
    """A body of many zeros that exists nowhere."""

    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        piece = b"\0" * min(size if size >= 0 else self.left, self.left, MEBIBYTE)
        self.left -= len(piece)
        return piece


def memory(name):
    """VmRSS (now) or VmHWM (highest since the last reset) of this process, in bytes."""
    return int(re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.mark.database("sqlite")
def test_a_file_of_500_megabytes_adds_less_than_32_mebibytes(app, session, team, member):
    app.config["UPLOAD_LIMIT_BYTES"] = 600_000_000
    address = f"/entries/{make_entry(session, team, team.challenge).public_id}/upload?name=big.png"
    Path("/proc/self/clear_refs").write_text("5")
    before, size = memory("VmRSS"), 500_000_000
    environ = {"wsgi.input": Zeros(size), "CONTENT_LENGTH": str(size)}
    answer = member.post(address, environ_overrides=environ, content_type="application/octet-stream")
    assert answer.status_code == 422
    assert memory("VmHWM") - before < 32 * MEBIBYTE
