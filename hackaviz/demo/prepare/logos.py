"""The marks of invented sponsors: a shape and a name, drawn as small PNG files.

python -m hackaviz.demo.prepare.logos
"""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from hackaviz.demo.prepare import tables
from hackaviz.demo.reading import read_editions

LOGOS: Path = tables.DEMO / "logos"
# That of the site (SIL Open Font License 1.1).
FONT = tables.DEMO.parent / "static" / "fonts" / "encode-sans.woff2"
WIDTH, HEIGHT, SIDE, LARGER = 600, 160, 120, 4
COLOURS = ("#0d627c", "#b04650", "#00461a", "#7a5f0f", "#820657", "#0e2733")
LETTERS, LONGEST_LINE = 44, 14
WEIGHT, FONT_WIDTH = 620, 105

Shape = Callable[[ImageDraw.ImageDraw, int], None]


def draw() -> None:
    """Write logos/<slug>.png, one a sponsor."""
    LOGOS.mkdir(exist_ok=True)
    sponsors = [sponsor for edition in read_editions() for sponsor in edition.sponsors]
    for place, sponsor in enumerate(sponsors):
        mark(sponsor.name, COLOURS[place % len(COLOURS)], SHAPES[place % len(SHAPES)]).save(
            LOGOS / f"{sponsor.slug}.png", optimize=True
        )


def mark(name: str, colour: str, shape: Shape) -> Image.Image:
    """A shape in a square, the name beside it on one line or two."""
    square = Image.new("L", (SIDE * LARGER, SIDE * LARGER), 0)
    shape(ImageDraw.Draw(square), SIDE * LARGER)
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    edge = (HEIGHT - SIDE) // 2
    picture.paste(colour, (edge, edge), square.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    words = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, LETTERS)
    font.set_variation_by_axes([WEIGHT, FONT_WIDTH])
    words.multiline_text((HEIGHT + 10, HEIGHT // 2), lines(name), colour, font, anchor="lm", spacing=6)
    return picture.quantize(32)


def lines(name: str) -> str:
    """The name, broken once where it is long."""
    words = name.split()
    if len(name) <= LONGEST_LINE or len(words) == 1:
        return name
    half = min(range(1, len(words)), key=lambda cut: abs(len(" ".join(words[:cut])) - len(name) / 2))
    return f"{' '.join(words[:half])}\n{' '.join(words[half:])}"


def bollard(square: ImageDraw.ImageDraw, side: int) -> None:
    """A post on a quay."""
    square.ellipse((side * 0.2, side * 0.02, side * 0.8, side * 0.36), 255)
    square.rectangle((side * 0.36, side * 0.2, side * 0.64, side * 0.78), 255)
    square.rectangle((0, side * 0.78, side, side * 0.98), 255)


def sun(square: ImageDraw.ImageDraw, side: int) -> None:
    """Half a disc over two lines of water."""
    square.pieslice((side * 0.12, side * 0.05, side * 0.88, side * 0.81), 180, 360, 255)
    for top in (0.55, 0.77):
        square.rectangle((0, side * top, side, side * (top + 0.12)), 255)


def light(square: ImageDraw.ImageDraw, side: int) -> None:
    """A tower with its beam."""
    square.polygon([(side * x, side * y) for x, y in ((0.3, 1), (0.38, 0.3), (0.6, 0.3), (0.68, 1))], 255)
    square.rectangle((side * 0.32, side * 0.16, side * 0.66, side * 0.25), 255)
    square.polygon([(side * x, side * y) for x, y in ((0.72, 0.2), (1, 0.04), (1, 0.36))], 255)


def shores(square: ImageDraw.ImageDraw, side: int) -> None:
    """Two banks and what passes between them."""
    square.pieslice((-side * 0.5, 0, side * 0.5, side), 270, 90, 255)
    square.pieslice((side * 0.5, 0, side * 1.5, side), 90, 270, 255)
    square.ellipse((side * 0.4, side * 0.4, side * 0.6, side * 0.6), 0)
    square.ellipse((side * 0.43, side * 0.43, side * 0.57, side * 0.57), 255)


def crates(square: ImageDraw.ImageDraw, side: int) -> None:
    """Containers, stacked."""
    for left, top in ((0, 0.68), (0.52, 0.68), (0, 0.36), (0.52, 0.36), (0.26, 0.04)):
        square.rectangle((side * left, side * top, side * (left + 0.48), side * (top + 0.28)), 255)


SHAPES: tuple[Shape, ...] = (bollard, sun, light, shores, crates)

if __name__ == "__main__":
    draw()
