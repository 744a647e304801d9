"""Text files packed for those who can read it: once per content and process, kept in memory within a budget."""

import gzip
from collections import OrderedDict
from threading import Lock

BUDGET_BYTES = 64_000_000
# Below, packing saves nothing; above, a reader would wait for it longer than for the plain file.
SMALLEST, LARGEST = 1_000, 16_000_000
LEVEL = 6
WORDY = ("json", "javascript", "xml", "wasm", "x-ndjson", "manifest", "gltf", "font/ttf", "font/otf", "ms-fontobject")


def is_packable(media_type: str, size: int) -> bool:
    """Whether a file of this type shrinks enough to be worth it."""
    shrinks = media_type.startswith("text/") or any(word in media_type for word in WORDY)
    return shrinks and SMALLEST <= size <= LARGEST


class PackedFiles:
    """The packed forms that were asked for last, by the SHA-256 of the plain file; safe for threads."""

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._budget, self._bytes, self._lock = budget, 0, Lock()

    def find(self, sha256: str) -> bytes | None:
        """The packed form, if it was kept."""
        with self._lock:
            packed = self._files.get(sha256)
            if packed is not None:
                self._files.move_to_end(sha256)
            return packed

    def pack(self, sha256: str, plain: bytes) -> bytes:
        """Pack and keep; what was not asked for in the longest time makes room."""
        packed = gzip.compress(plain, LEVEL, mtime=0)
        with self._lock:
            if sha256 not in self._files:
                self._files[sha256] = packed
                self._bytes += len(packed)
            while self._bytes > self._budget:
                _oldest, dropped = self._files.popitem(last=False)
                self._bytes -= len(dropped)
        return packed
