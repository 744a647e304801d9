import io
import socket

import pytest

from submissions.intake.antivirus import Scan, Verdict, scan
from tests.support.clamd import EICAR, LIMIT, clamd


@pytest.mark.parametrize("is_unix", [True, False])
def test_the_scanner_is_asked_over_either_socket(tmp_path, is_unix):
    with clamd(tmp_path / "clamd.ctl" if is_unix else None) as url:
        assert scan(io.BytesIO(b"ports" * 100_000), url) == Scan(Verdict.CLEAN)
        assert scan(io.BytesIO(b"x" * 300_000 + EICAR), url) == Scan(Verdict.INFECTED, "Eicar-Test-Signature")
        assert scan(io.BytesIO(b""), url).verdict is Verdict.CLEAN


def test_a_file_too_large_for_the_scanner_is_unscanned():
    with clamd() as url:
        found = scan(io.BytesIO(bytes(LIMIT * 4)), url)
    assert found.verdict is Verdict.UNSCANNED


def test_a_scanner_that_is_away_leaves_files_unscanned(tmp_path):
    assert scan(io.BytesIO(b"x"), f"unix:{tmp_path}/none").verdict is Verdict.UNSCANNED
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert scan(io.BytesIO(b"x"), url).verdict is Verdict.UNSCANNED


def test_a_scanner_that_hangs_up_leaves_files_unscanned():
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.listen()
        waiting = socket.create_connection(server.getsockname())
        accepted, _ = server.accept()
        accepted.close()
        waiting.close()
    assert scan(io.BytesIO(b"x"), url).verdict is Verdict.UNSCANNED
