"""Run one of our functions where hostile input can hurt nothing: a subprocess with limits, killed as a group.

The function is named "package.module:function"; its arguments and its answer travel as JSON. The subprocess inherits
no environment, has a temporary folder of its own, no network, and limits on time, memory and the size of files.
"""

import ctypes
import importlib
import json
import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANSWER_BYTES = 16 << 20
# People who wait for a page go first: the work of two hundred teams is examined while others still hand in.
NICENESS = 10
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True)
class Caps:
    """What a confined function may use; `file_bytes` caps each file that it writes."""

    seconds: float = 30.0
    memory_bytes: int = 1 << 30
    file_bytes: int = 256 << 20


class ConfinedError(Exception):
    """A confined function gave no answer."""


class TimedOut(ConfinedError):
    """It used more time than its caps give."""


class OutOfMemory(ConfinedError):
    """It asked for more memory than its caps give."""


class Crashed(ConfinedError):
    """Its process died, or answered what cannot be read."""


class Failed(ConfinedError):
    """It raised an exception; `kind` is the name of its class."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


def run_confined(function: str, *arguments: Any, caps: Caps = Caps()) -> Any:
    """Call `function` ("module:function") with JSON-able arguments and return its JSON-able answer.

    Raises TimedOut, OutOfMemory, Crashed, or Failed when the function itself raised.
    """
    request = json.dumps({"function": function, "arguments": arguments, "caps": asdict(caps)})
    with tempfile.TemporaryDirectory(prefix="confined-") as folder:
        answer, complaint = Path(folder, "answer"), Path(folder, "complaint")
        with answer.open("wb") as standard_output, complaint.open("wb") as standard_error:
            process = _start(folder, standard_output, standard_error)
            _feed_and_wait(process, request, caps)
        return _read_answer(process.returncode, answer, complaint)


def _start(folder: str, standard_output: Any, standard_error: Any) -> subprocess.Popen[bytes]:
    work = Path(folder, "work")
    work.mkdir()
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "hackaviz.kernel.confined"],
        stdin=subprocess.PIPE,
        stdout=standard_output,
        stderr=standard_error,
        cwd=work,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "HOME": str(work),
            "TMPDIR": str(work),
            "LANG": "C.UTF-8",
        },
        start_new_session=True,
    )


def _feed_and_wait(process: subprocess.Popen[bytes], request: str, caps: Caps) -> None:
    try:
        process.communicate(request.encode(), timeout=caps.seconds)
    except subprocess.TimeoutExpired:
        raise TimedOut(f"no answer within {caps.seconds:g} s") from None
    finally:
        # The whole group: what the function started must not outlive it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _read_answer(status: int, answer: Path, complaint: Path) -> Any:
    if status == -signal.SIGXCPU:
        raise TimedOut("all its processor time is used")
    if status != 0 or answer.stat().st_size > ANSWER_BYTES:
        raise Crashed(f"ended with status {status}: {_tail(complaint)}")
    try:
        message = json.loads(answer.read_bytes())
    except ValueError:
        raise Crashed("ended without an answer") from None
    if "result" in message:
        return message["result"]
    if message["kind"] == "MemoryError":
        raise OutOfMemory("it asked for more memory than its caps give")
    raise Failed(message["kind"], message["message"])


def _tail(complaint: Path) -> str:
    with complaint.open("rb") as file:
        file.seek(max(0, complaint.stat().st_size - 2000))
        return file.read().decode(errors="replace").strip()


def _main() -> None:
    """The other side, in the subprocess."""
    request = json.load(sys.stdin)
    # Whatever the function prints goes to standard error, so that the answer stays one document.
    answer_to = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _leave_the_network()
    _apply(Caps(**request["caps"]))
    with answer_to:
        json.dump(_call(request["function"], request["arguments"]), answer_to)


def _call(function: str, arguments: list[Any]) -> dict[str, Any]:
    module, name = function.split(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(*arguments)}
    except Exception as error:  # noqa: BLE001  whatever it raises is its answer
        return {"kind": type(error).__name__, "message": str(error)[:1000]}


def _apply(caps: Caps) -> None:
    os.nice(NICENESS)
    processor_seconds = math.ceil(caps.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (caps.memory_bytes, caps.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (caps.file_bytes, caps.file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_the_network() -> None:
    """An empty network namespace where the kernel grants one; refusal inside Python everywhere."""
    system = ctypes.CDLL(None)
    if system.unshare(CLONE_NEWNET) != 0:
        system.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _details: Any) -> None:
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        raise PermissionError("a confined function has no network")


if __name__ == "__main__":
    _main()
