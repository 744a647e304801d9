"""Each danger of uploaded files, refused with its own code, quickly and in little memory."""

import json
import time
import tracemalloc
from pathlib import Path

import pytest

from submissions.intake.check import check_file, check_file_confined
from tests.support.hostile import WHOLE, cases

CASES = cases()


@pytest.mark.parametrize("danger", CASES)
def test_a_hostile_file_is_refused_for_what_it_is(tmp_path, danger):
    name, content, code = CASES[danger]
    path = tmp_path / "upload"
    path.write_bytes(content)
    tracemalloc.start()
    started = time.process_time()
    report = check_file(path, name)
    seconds, peak = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {str(reason.code) for reason in report.reasons} == {code}
    assert report.entry_point is None
    assert seconds < 5
    assert peak < 100_000_000
    json.dumps(report.as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_files_are_accepted_whole(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(WHOLE[name])
    assert check_file(path, name).reasons == ()


def test_hostile_files_of_others_are_answered_from_their_own_process(shared_data: Path):
    """The images crash and exhaust decoders: what comes back is a report, never an error."""
    for path in sorted((shared_data / "hostile" / "images").iterdir()):
        report = check_file_confined(path, path.name)
        assert report.accepted == (path.name == "exif_gps.jpg"), path
