"""Confined functions: limits that hold, nothing inherited, nothing left behind."""

import os
import socket
import time
from pathlib import Path

import pytest

from hackaviz.kernel.confined import NICENESS, Caps, Crashed, Failed, OutOfMemory, TimedOut, run_confined


def test_arguments_and_answers_travel_as_json():
    assert run_confined("json:loads", '{"ports": ["Fos", "Sète"], "depth": null}') == {
        "ports": ["Fos", "Sète"],
        "depth": None,
    }


def test_a_function_that_never_ends_is_stopped_in_time():
    started = time.monotonic()
    with pytest.raises(TimedOut):
        run_confined("time:sleep", 60, caps=Caps(seconds=0.5))
    assert time.monotonic() - started < 30


def test_a_function_that_asks_for_too_much_memory_is_stopped():
    with pytest.raises(OutOfMemory):
        run_confined("operator:mul", "x", 1 << 30, caps=Caps(memory_bytes=256 << 20))


def test_a_function_that_kills_its_process_is_a_crash():
    with pytest.raises(Crashed):
        run_confined("os:abort")
    with pytest.raises(Crashed):
        run_confined("os:_exit", 3)


def test_an_answer_that_is_not_json_is_a_crash():
    with pytest.raises(Crashed):
        run_confined("builtins:object")


def test_an_exception_keeps_its_name_and_message():
    with pytest.raises(Failed, match="invalid literal") as caught:
        run_confined("builtins:int", "many")
    assert caught.value.kind == "ValueError"


def test_it_lets_those_who_wait_for_a_page_go_first():
    assert run_confined("os:nice", 0) == min(os.nice(0) + NICENESS, 19)


def test_what_the_function_prints_is_not_its_answer():
    assert run_confined("builtins:print", "hello") is None


def test_nothing_of_the_environment_is_inherited(monkeypatch):
    monkeypatch.setenv("HACKAVIZ_SECRET_KEY", "canary")
    assert run_confined("os:getenv", "HACKAVIZ_SECRET_KEY") is None


def test_its_folder_is_its_own_and_goes_with_it():
    folder = run_confined("os:getcwd")
    assert run_confined("tempfile:gettempdir") != folder != str(Path.cwd())
    assert not Path(folder).exists()


def test_files_cannot_grow_past_their_cap():
    with pytest.raises(Failed) as caught:
        run_confined("os:truncate", os.devnull, 0, caps=Caps(file_bytes=1000))
    assert caught.value.kind == "OSError"
    with pytest.raises(Failed, match="File too large"):
        run_confined("shutil:copyfile", __file__, "copy", caps=Caps(file_bytes=1000))


def test_it_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(Failed, match="no network"):
        run_confined("socket:create_connection", server.getsockname())


def test_what_it_started_ends_with_it(tmp_path):
    mark = tmp_path / "mark"
    with pytest.raises(TimedOut):
        run_confined("subprocess:call", ["sh", "-c", f"sleep 1; touch {mark}"], caps=Caps(seconds=0.4))
    time.sleep(1.2)
    assert not mark.exists()
