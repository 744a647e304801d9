"""How much one upload may hold."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """`bytes` caps the upload itself, `unpacked_bytes` and `files` what an archive holds.

    `ratio` caps how many times larger a file may be unpacked than packed, `poster_pixels` a still PNG or JPEG, `pixels`
    any other image, `animation_pixels` all the frames of one, `frames` their number, `side` the width and height of a
    drawing or a film.
    """

    bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    files: int = 5_000
    # A0 at 300 dots per inch has 139 million, with its bleed 142; 36 by 48 inches 156. Pillow itself stops at 179.
    poster_pixels: int = 175_000_000
    pixels: int = 80_000_000
    animation_pixels: int = 500_000_000
    frames: int = 3_000
    side: int = 60_000
    ratio: int = 200
    json_depth: int = 100
