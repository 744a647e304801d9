"""Run one server for a test run, and end it when the run ends, however it ends: finished, interrupted or killed.

`python keeper.py OWNER_PID FOLDER SIGNAL COMMAND…` starts COMMAND, watches the process OWNER_PID, then sends SIGNAL to
all that COMMAND started and removes FOLDER. It needs only the standard library, and is started in a session of its own
so that a Ctrl-C meant for the tests does not end it before them.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

WATCH_SECONDS = 0.2
PATIENCE_SECONDS = 10


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stop(server: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    for number in (how, signal.SIGKILL):
        try:
            os.killpg(server.pid, number)
            server.wait(PATIENCE_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def keep(owner: int, how: signal.Signals, command: list[str]) -> None:
    asked_to_stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: asked_to_stop.append(number))
    server = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
    while is_alive(owner) and server.poll() is None and not asked_to_stop:
        time.sleep(WATCH_SECONDS)
    stop(server, how)


if __name__ == "__main__":
    try:
        keep(int(sys.argv[1]), signal.Signals(int(sys.argv[3])), sys.argv[4:])
    finally:
        shutil.rmtree(sys.argv[2], ignore_errors=True)
