"""A process that writes one blob, for the tests that kill it or weigh it.

`writer.py URL BYTES half-way|at-the-end` says when it is there and then waits or goes on; `grow` prints by how many
bytes its memory grew; `plain` prints the name of the refusal, if any.
"""

import resource
import sys
import time

from hackaviz.kernel.storage import StorageUnavailable, open_storage

CHUNK = bytes(range(256)) * 256


class Source:
    def __init__(self, size: int, stop: str = "") -> None:
        self.left, self.half, self.stop = size, size // 2, stop

    def read(self, size: int, /) -> bytes:
        if self.stop == "half-way" and self.left <= self.half:
            print(self.stop, flush=True)
            time.sleep(60)
        if self.stop == "at-the-end" and not self.left:
            print(self.stop, flush=True)
        chunk = CHUNK[: min(size, self.left)]
        self.left -= len(chunk)
        return chunk


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(url: str, size: int, mode: str) -> None:
    storage = open_storage(url)
    if mode == "grow":
        storage.write(Source(1024 * 1024))
        before = peak()
        storage.write(Source(size))
        print(peak() - before)
        return
    try:
        storage.write(Source(size, mode))
    except StorageUnavailable:
        print("StorageUnavailable")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
