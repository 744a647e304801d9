"""The picture that stands for a work in messages and posts: the work whole, its title and team under it.

It is drawn from our own still image, never from a file of a stranger.
"""

import io
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont

from hackaviz.settings import ROOT
from submissions.gallery.sharing import CARD_HEIGHT, CARD_WIDTH

GROUND, PAPER, INK, QUIET = "#edf3f4", "#ffffff", "#0e2733", "#455d68"
FONT = ROOT / "hackaviz" / "static" / "fonts" / "encode-sans.woff2"
MARGIN, CARTEL = 40, 118
TITLE_SIZE, TEXT_SIZE = 40, 26
QUALITY = 86


def draw_card(still: BinaryIO, title: str, credit: str) -> bytes:
    """A JPEG of 1200 by 630 pixels."""
    sheet = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), GROUND)
    with Image.open(still) as image:
        work = image.convert("RGB")
    work.thumbnail((CARD_WIDTH - 2 * MARGIN, CARD_HEIGHT - CARTEL - 2 * 24), Image.Resampling.LANCZOS)
    sheet.paste(work, ((CARD_WIDTH - work.width) // 2, (CARD_HEIGHT - CARTEL - work.height) // 2))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, CARD_HEIGHT - CARTEL, CARD_WIDTH, CARD_HEIGHT), fill=PAPER)
    for place in range(0, CARD_WIDTH, 80):
        pen.rectangle((place, CARD_HEIGHT - CARTEL, place + 39, CARD_HEIGHT - CARTEL + 7), fill=INK)
    for text, top, font, colour in (
        (title, 20, _font(TITLE_SIZE, 720), INK),
        (credit, 72, _font(TEXT_SIZE, 440), QUIET),
    ):
        pen.text((MARGIN, CARD_HEIGHT - CARTEL + top), _cut(text, font), font=font, fill=colour)
    answer = io.BytesIO()
    sheet.save(answer, "JPEG", quality=QUALITY, optimize=True)
    return answer.getvalue()


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    shown = text
    while shown and font.getlength(shown) > CARD_WIDTH - 2 * MARGIN:
        shown = f"{shown[:-2].rstrip(' …')}…"
    return shown


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight, 105])
    return font
