"""PDF: properties, thumbnails, scripts, actions that start by themselves and enclosed files are taken out.

The pages keep their text, fonts, links, outline and structure, which readers of the screen need.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from submissions.intake.traces import jpeg
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

LABELS = {
    "/Author": Label.AUTHOR,
    "/Creator": Label.SOFTWARE,
    "/Producer": Label.SOFTWARE,
    "/CreationDate": Label.DATE,
    "/ModDate": Label.DATE,
}
ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition")
PRIVATE = {"/Metadata": Label.OTHER, "/PieceInfo": Label.OTHER, "/LastModified": Label.DATE, "/Thumb": Label.THUMBNAIL}


def scrub(content: bytes) -> Scrubbed:
    """The document without what it tells of people, and without what would act by itself."""
    with pikepdf.open(io.BytesIO(content)) as document:
        traces = [*_properties(document), *_catalogue(document)]
        for thing in document.objects:
            traces += _thing(thing)
        if not traces:
            return Scrubbed(content)
        clean = io.BytesIO()
        document.save(clean, deterministic_id=True)
    return Scrubbed(clean.getvalue(), distinct(traces))


def _properties(document: pikepdf.Pdf) -> Iterator[Trace]:
    information = document.trailer.get("/Info")
    if not isinstance(information, pikepdf.Dictionary):
        return
    for name, value in information.items():
        if isinstance(value, pikepdf.String) and str(value).strip():
            yield trace(LABELS.get(name, Label.COMMENT), str(value))
    del document.trailer["/Info"]


def _catalogue(document: pikepdf.Pdf) -> Iterator[Trace]:
    """What would start when the document opens; a place to open at is harmless and stays."""
    opening = document.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        del document.Root["/OpenAction"]
        yield Trace(Label.SCRIPT)
    names = document.Root.get("/Names")
    for name, label in (("/JavaScript", Label.SCRIPT), ("/EmbeddedFiles", Label.ENCLOSED)):
        if isinstance(names, pikepdf.Dictionary) and name in names:
            del names[name]
            yield Trace(label)


def _thing(thing: Any) -> Iterator[Trace]:
    """What one object of the document, and the dictionaries directly in it, tell."""
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/DCTDecode":
        yield from _photograph(thing)
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from _dictionary(thing)
        for _name, value in list(thing.items()):
            yield from _nested(value)
    elif isinstance(thing, pikepdf.Array):
        yield from _nested(thing)


def _nested(value: Any) -> Iterator[Trace]:
    """Dictionaries written in place; those of their own come by themselves."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return
    if isinstance(value, pikepdf.Array):
        for each in value:
            yield from _nested(each)
    elif isinstance(value, pikepdf.Dictionary):
        yield from _thing(value)


def _dictionary(thing: Any) -> Iterator[Trace]:
    if thing.get("/S") in ACTIVE:
        # An action of no known kind does nothing, wherever it hangs.
        for name in list(thing.keys()):
            del thing[name]
        thing["/S"] = pikepdf.Name("/Removed")
        yield Trace(Label.SCRIPT)
        return
    for name in ("/AA", "/AF"):
        if name in thing:
            del thing[name]
            yield Trace(Label.SCRIPT if name == "/AA" else Label.ENCLOSED)
    if thing.get("/Type") == "/Filespec" and "/EF" in thing:
        del thing["/EF"]
        yield Trace(Label.ENCLOSED)
    for name, label in PRIVATE.items():
        if name in thing:
            del thing[name]
            yield Trace(label)


def _photograph(image: pikepdf.Stream) -> Iterator[Trace]:
    scrubbed = jpeg.scrub(image.read_raw_bytes())
    parameters: Any = image.get("/DecodeParms")
    if scrubbed.traces:
        image.write(scrubbed.content, filter=pikepdf.Name("/DCTDecode"), decode_parms=parameters)
        yield from scrubbed.traces
