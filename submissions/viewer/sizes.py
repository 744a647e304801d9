"""How large still images are. Nothing is cropped: a long work becomes narrower."""

# Widest and highest, in pixels.
LARGE, SMALL, PAGE = (1280, 2560), (480, 720), (1600, 3200)
# What is made to hang on a wall is read from nearer: at this size the smallest print of an A0 poster is 15 pixels high.
READ = (4800, 9600)
# Widths among which browsers choose; none is higher than so many times its width.
STILL_WIDTHS, TALLEST = (320, 640, 1280), 2
FORMS = ("avif", "webp")


def fit(size: tuple[int, int], largest: tuple[int, int]) -> tuple[int, int]:
    """A size within another, in the same proportions; never larger than it is."""
    scale = min(largest[0] / size[0], largest[1] / size[1], 1)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
