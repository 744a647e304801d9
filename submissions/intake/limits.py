"""How much one upload may hold."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """`bytes` caps the upload itself, `unpacked_bytes` and `files` what an archive holds.

    `ratio` caps how many times larger a file may be unpacked than packed, `pixels` an image with all its frames.
    """

    bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    files: int = 5_000
    pixels: int = 80_000_000
    ratio: int = 200
    json_depth: int = 100
