"""Turn a drawn page into an image or a PDF with a headless Chromium, then into the format asked for."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from hackaviz.demo.prepare import tables

WORKS = tables.DEMO / "works"
# The date of every file in an archive, so that the same sources give the same bytes.
THE_SAME_DAY = (2026, 11, 21, 0, 0, 0)
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Variable fonts under the SIL Open Font License, from the npm packages @fontsource-variable/archivo and fraunces.
FONTS = Path(os.environ.get("FONTS", "node_modules/@fontsource-variable")).resolve()
FACES = {
    "Archivo": "archivo/files/archivo-latin-wdth-normal.woff2",
    "Fraunces": "fraunces/files/fraunces-latin-opsz-normal.woff2",
}


def font_faces() -> str:
    """CSS that makes the fonts available to the page; stops when one is missing, not to draw with another."""
    for path in FACES.values():
        (FONTS / path).stat()
    ranges = "font-weight: 100 900; font-stretch: 62% 125%"
    rule = '@font-face {{ font-family: "{name}"; src: url("file://{path}"); ' + ranges + " }}"
    return "\n".join(rule.format(name=name, path=FONTS / path) for name, path in FACES.items())


def page(drawing: str, width: int, height: int, style: str) -> str:
    """A page that holds one drawing at its own size."""
    return f"""<!doctype html><meta charset="utf-8"><style>{font_faces()}
* {{ margin: 0 }} @page {{ size: {width}px {height}px; margin: 0 }} svg {{ display: block }} {style}</style>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
{drawing}</svg>"""


@contextmanager
def opened(html: str, width: int, height: int) -> Iterator[Page]:
    """The page in a browser, its fonts loaded."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        source = Path(folder) / "work.html"
        source.write_text(html, encoding="utf-8")
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": width, "height": height})
        view.goto(source.as_uri())
        view.evaluate("document.fonts.ready")
        yield view
        browser.close()


def shoot(html: str, width: int, height: int) -> Image.Image:
    """A picture of the page."""
    with opened(html, width, height) as view:
        return Image.open(io.BytesIO(view.screenshot())).convert("RGB")


def write_pdf(html: str, width: int, height: int, name: str) -> None:
    """One page of vectors, of the size of the drawing."""
    with opened(html, width, height) as view:
        view.pdf(path=target(name), width=f"{width}px", height=f"{height}px", print_background=True, page_ranges="1")


def target(name: str) -> Path:
    """Where a work's file goes; its folder is made."""
    path = WORKS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
