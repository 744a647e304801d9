"""Pictures for the check report, and what can be read from them. Runs confined: paths in, paths and numbers out.

Colour-blind simulation after Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: their matrices for severity
1.0, applied to linear RGB.
"""

from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter, ImageOps

QUALITY = 90
SIMULATED_WIDTH = 640
GRID = 33
Row = tuple[float, float, float]
MATRICES: dict[str, tuple[Row, Row, Row]] = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def draw_pictures(sources: dict[str, str], folder: str) -> dict[str, Any]:
    """Each view as WebP, the first also as colour-blind people see it, and how plain each is.

    {"pictures": {name: {"path", "width", "height"}}, "plain": {view: share of pixels of the commonest colour, 0 to 1}}
    """
    pictures, plain, target = dict[str, Any](), dict[str, float](), Path(folder)
    for number, (name, source) in enumerate(sources.items()):
        with Image.open(source) as opened:
            image = opened.convert("RGB")
        plain[name] = plain_share(image)
        pictures[name] = _save(image, target / f"{name}.webp")
        if number == 0:
            for sight, seen in simulations(image).items():
                pictures[f"{name}-{sight}"] = _save(seen, target / f"{name}-{sight}.webp")
    return {"pictures": pictures, "plain": plain}


def plain_share(image: Image.Image) -> float:
    """The share of pixels that have the commonest colour, nearly equal ones counted as one."""
    coarse = ImageOps.posterize(image.resize((320, 240), Image.Resampling.NEAREST), 4)
    colours = coarse.getcolors(320 * 240) or []
    return max((count for count, _colour in colours), default=0) / (320 * 240)


def simulations(image: Image.Image) -> dict[str, Image.Image]:
    """The image, smaller, as people see it to whom one kind of cone is missing."""
    height = max(1, round(image.height * SIMULATED_WIDTH / image.width))
    small = image.resize((SIMULATED_WIDTH, height), Image.Resampling.LANCZOS)
    return {sight: small.filter(_table(matrix)) for sight, matrix in MATRICES.items()}


def simulate(colour: Row, matrix: tuple[Row, Row, Row]) -> Row:
    """A colour of sRGB, each part from 0 to 1, as it is seen."""
    red, green, blue = (_linear(part) for part in colour)
    seen = [a * red + b * green + c * blue for a, b, c in matrix]
    return _encoded(seen[0]), _encoded(seen[1]), _encoded(seen[2])


def _table(matrix: tuple[Row, Row, Row]) -> ImageFilter.Color3DLUT:
    return ImageFilter.Color3DLUT.generate(GRID, lambda red, green, blue: simulate((red, green, blue), matrix))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    clipped = min(1.0, max(0.0, part))
    return clipped * 12.92 if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055


def _save(image: Image.Image, path: Path) -> dict[str, Any]:
    image.save(path, "WEBP", quality=QUALITY, method=4)
    return {"path": str(path), "width": image.width, "height": image.height}
