"""Still images from files of strangers: runs confined. Paths in, paths and sizes out; nothing else is touched."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont, ImageOps

from hackaviz.settings import ROOT
from submissions.viewer.sizes import LARGE, PAGE, READ, SMALL, STILL_WIDTHS, TALLEST, fit

MOST_PAGES = 20
# A document of more pages is a report, not a poster.
MOST_POSTERS = 4
# Phones and some browsers show no picture of more pixels: viewers get a copy of a size to read.
POSTER_PIXELS = 40_000_000
QUALITY = 84
AVIF_QUALITY = 62
POINT_SCALE_LIMIT = 8.0
POSTER_SCALE = 2.0

LABEL_SIZE = (1280, 960)
GROUND, INK, QUIET = "#edf3f4", "#0e2733", "#455d68"
FONT = ROOT / "hackaviz" / "static" / "fonts" / "encode-sans.woff2"
TITLE_WEIGHT, TEXT_WEIGHT = 720, 440
TITLE_LINES = 4


def draw_sizes(source: str, folder: str) -> dict[str, Any]:
    """All sizes of an image file: {"large", "small"} with path and pixels, and "stills", each in two formats.

    "pages" has one copy to read of a picture too large to be shown as it is, else none.
    """
    target, pages = Path(folder), list[dict[str, Any]]()
    with warnings.catch_warnings():
        # Intake has counted the pixels already.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(source) as image:
            is_poster = image.width * image.height > POSTER_PIXELS and getattr(image, "n_frames", 1) == 1
            upright = _upright(image, READ if is_poster else (LARGE[0] * 2, LARGE[1] * 2))
    if is_poster:
        pages.append(_save(upright, READ, target / "page-1.webp"))
    return {**_all_sizes(upright, target), "pages": pages}


def draw_document(source: str, folder: str) -> dict[str, Any]:
    """The first pages of a PDF as "pages", and all sizes of the first."""
    target, pages = Path(folder), list[dict[str, Any]]()
    with pypdfium2.PdfDocument(source) as document:
        largest = READ if len(document) <= MOST_POSTERS else PAGE
        for number in range(min(len(document), MOST_PAGES)):
            image = _draw_page(document[number], largest)
            if not pages:
                first = image.copy()
            pages.append(_save(image, largest, target / f"page-{number + 1}.webp"))
    return {**_all_sizes(first, target), "pages": pages}


def draw_label(kind: str, name: str, folder: str) -> dict[str, Any]:
    """A plain sheet that says what the work is, for one of which no picture could be made."""
    sheet = Image.new("RGB", LABEL_SIZE, GROUND)
    pen, width = ImageDraw.Draw(sheet), LABEL_SIZE[0]
    for place in range(0, width, 80):
        pen.rectangle((place, 0, place + 39, 13), fill=INK)
    pen.rectangle((0, 0, width - 1, 13), outline=INK)
    pen.rectangle((96, 250, 190, 374), outline=INK, width=5)
    pen.line((152, 250, 152, 288, 190, 288), fill=INK, width=5)
    pen.text((230, 282), kind, font=_font(46, TEXT_WEIGHT), fill=QUIET)
    font = _font(72, TITLE_WEIGHT)
    lines = _wrap(name, font, width - 2 * 96)
    pen.multiline_text((96, 430), "\n".join(lines), font=font, fill=INK, spacing=14)
    return _all_sizes(sheet, Path(folder))


def _draw_page(page: pypdfium2.PdfPage, largest: tuple[int, int]) -> Image.Image:
    """A page as wide as pages are, or in the 144 dots per inch that a large one is read at."""
    width, height = page.get_size()
    as_page = min(PAGE[0] / max(width, 1), PAGE[1] / max(height, 1), POINT_SCALE_LIMIT)
    as_poster = min(largest[0] / max(width, 1), largest[1] / max(height, 1), POSTER_SCALE)
    scale = max(as_page, as_poster)
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return image


def _upright(image: Image.Image, largest: tuple[int, int]) -> Image.Image:
    # JPEG decoders can skip pixels that a smaller picture will not need.
    image.draft("RGB", fit(image.size, largest))
    image.load()
    if image.mode in ("P", "PA", "LA", "1", "I", "I;16", "F"):
        image = image.convert("RGBA")
    image.thumbnail(largest, Image.Resampling.BOX)
    return _on_white(ImageOps.exif_transpose(image))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A"))
    return sheet


def _all_sizes(image: Image.Image, target: Path) -> dict[str, Any]:
    return {
        "large": _save(image, LARGE, target / "large.webp"),
        "small": _save(image, SMALL, target / "small.webp"),
        "stills": list(_stills(image, target)),
    }


def _stills(image: Image.Image, target: Path) -> Iterator[dict[str, Any]]:
    """The widths that the image has, each as WebP and as AVIF."""
    sizes = dict.fromkeys(fit(image.size, (width, width * TALLEST)) for width in STILL_WIDTHS)
    for size in sizes:
        webp, avif = target / f"still-{size[0]}.webp", target / f"still-{size[0]}.avif"
        smaller = image.resize(size, Image.Resampling.LANCZOS)
        smaller.save(webp, "WEBP", quality=QUALITY, method=4)
        smaller.save(avif, "AVIF", quality=AVIF_QUALITY, speed=8)
        yield {"width": size[0], "height": size[1], "webp": str(webp), "avif": str(avif)}


def _save(image: Image.Image, largest: tuple[int, int], path: Path) -> dict[str, Any]:
    smaller = image.resize(fit(image.size, largest), Image.Resampling.LANCZOS)
    smaller.save(path, "WEBP", quality=QUALITY, method=4)
    return {"path": str(path), "width": smaller.width, "height": smaller.height}


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight, 105])
    return font


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines, line = list[str](), ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    lines.append(line)
    if len(lines) > TITLE_LINES:
        lines = [*lines[: TITLE_LINES - 1], f"{lines[TITLE_LINES - 1]} …"]
    return lines
