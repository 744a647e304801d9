"""Who may write to SQLite next: one at a time, in the order in which they came.

SQLite lets a writer that waits try again after a while, so that whoever comes at the right moment goes first, and the
others may try until they give up. In the last seconds before a deadline that turns teams away. Here they queue: the
threads of a process for its turn, the processes of this machine for a file beside the database, which the system
frees when a process is killed.
"""

import fcntl
import os
import threading

from sqlalchemy.engine import Connection

HELD = "hackaviz.writer"


class WriterQueue:
    """The queue before one SQLite database."""

    def __init__(self, database: str, patience_seconds: float) -> None:
        self._path = f"{database}-writers"
        self._patience_seconds = patience_seconds
        self._turn = threading.Lock()

    def enter(self, connection: Connection) -> None:
        """Wait for the turn of this connection.

        Who has waited too long behind others of this process leaves the queue: SQLite itself then decides, and
        refuses while another writes. The first of a process waits for the other processes as long as they write.
        """
        if not self._turn.acquire(timeout=self._patience_seconds):
            return
        try:
            connection.info[HELD] = _lock(self._path)
        except BaseException:
            self._turn.release()
            raise

    def leave(self, connection: Connection) -> None:
        """Let the next one go; nothing happens for a connection that was not let in."""
        descriptor = connection.info.pop(HELD, None)
        if descriptor is not None:
            os.close(descriptor)
            self._turn.release()


def _lock(path: str) -> int:
    """A lock on a file, held as long as the descriptor is open: one of its own each time, never shared by a fork.

    The file is empty and only ever read, so that whoever made it keeps nobody else out.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
