"""Files that tell of the person who made them: Jane Doe, in Marseille."""

import base64
import io
import json

import pikepdf
from PIL import Image, PngImagePlugin

from tests.support.uploads import box, element, mp4_bytes, notebook, webm_bytes

NAME = b"Jane Doe"
TURNED = 6


def telling_image(image_format: str) -> bytes:
    """A picture with a place, an author, a program, and turned on its side."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112], exif[0x0131] = NAME.decode(), TURNED, "Lightroom"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (43.0, 17.0, 47.0), "E", (5.0, 22.0, 12.0)
    options: dict[str, object] = {"exif": exif, "icc_profile": b"a profile"}
    if image_format == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", NAME.decode())
        texts.add_itxt("Comment", "by Jane Doe", zip=True)
        options["pnginfo"] = texts
    if image_format == "GIF":
        options = {"comment": b"by " + NAME}
    buffer = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(buffer, image_format, **options)
    return buffer.getvalue()


def telling_pdf() -> bytes:
    """A document with an author, a script that starts, an enclosed file and a photograph."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        page = document.pages[0].obj
        document.docinfo["/Author"] = NAME.decode()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.attachments["cv.txt"] = pikepdf.AttachedFileSpec(document, b"I am " + NAME, filename="cv.txt")
        page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))
        photograph = pikepdf.Stream(document, telling_image("JPEG"), Width=60, Height=40, BitsPerComponent=8)
        photograph.stream_dict.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
        photograph.stream_dict.ColorSpace, photograph.stream_dict.Filter = (
            pikepdf.Name.DeviceRGB,
            pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photograph))
        page.Contents = document.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q")
        document.save(buffer, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def telling_notebook() -> bytes:
    """A notebook of Colab, with the account that ran it, and an image that names its author."""
    image = base64.b64encode(telling_image("JPEG")).decode()
    document = notebook({"output_type": "display_data", "metadata": {}, "data": {"image/jpeg": image}})
    document["metadata"] = {"authors": [{"name": NAME.decode()}], "kernelspec": {"name": "ir", "argv": "/home/jane"}}
    document["cells"][1]["metadata"] = {"executionInfo": {"user": {"displayName": NAME.decode()}}}  # type: ignore[index]
    return json.dumps(document).encode()


SVG = (
    b'<?xml version="1.0"?><!-- by Jane Doe --><svg xmlns="http://www.w3.org/2000/svg" xmlns:dc="d" xmlns:s="s" '
    b'xmlns:sodipodi="s" sodipodi:docname="/home/jane/map.svg"><metadata><dc:creator>Jane Doe</dc:creator></metadata>'
    b'<!-- by Jane Doe --><rect width="9" height="9"/><g><metadata/></g>text<sodipodi:namedview/></svg>'
    b"<!-- Jane Doe -->"
)
PAGE = (
    b"<html><head><meta name='author' content='Jane Doe'><meta charset=utf-8><META content='Jane Doe' name=dc.creator>"
    b"<title>Ports</title></head><body><img src='data:image/jpeg;base64,%s'></body></html>"
)
FILES = {
    "image/jpeg": telling_image("JPEG"),
    "image/png": telling_image("PNG"),
    "image/webp": telling_image("WEBP"),
    "image/avif": telling_image("AVIF"),
    "image/gif": telling_image("GIF"),
    "image/svg+xml": SVG,
    "application/pdf": telling_pdf(),
    "text/html; charset=utf-8": PAGE % base64.b64encode(telling_image("JPEG")),
    "application/x-ipynb+json": telling_notebook(),
    "video/mp4": mp4_bytes(
        b"avc1",
        box(b"udta", box(b"\xa9xyz", b"\0\x08\0\0+43.2+05"), box(b"\xa9ART", b"\0\x08\0\0" + NAME)),
        box(b"meta", bytes(4), box(b"ilst", box(b"\xa9ART", box(b"data", bytes(8), NAME)))),
    ),
    "video/webm": webm_bytes(b"V_VP9", element("1254C367", NAME * 30)),
}
