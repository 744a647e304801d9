"""HTML: the tags that name authors and programs are cut out. What the page shows to readers is the team's to change."""

import re

from submissions.intake.traces.embedded import scrub_embedded
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

META = re.compile(rb"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
NAME = re.compile(rb"\bname\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
LABELS = {
    b"author": Label.AUTHOR,
    b"creator": Label.AUTHOR,
    b"dc.creator": Label.AUTHOR,
    b"dcterms.creator": Label.AUTHOR,
    b"dc.contributor": Label.AUTHOR,
    b"publisher": Label.AUTHOR,
    b"copyright": Label.AUTHOR,
    b"citation_author": Label.AUTHOR,
    b"twitter:creator": Label.AUTHOR,
    b"generator": Label.SOFTWARE,
    b"progid": Label.SOFTWARE,
    b"originator": Label.SOFTWARE,
    b"date": Label.DATE,
    b"dcterms.date": Label.DATE,
    b"geo.position": Label.PLACE,
    b"geo.placename": Label.PLACE,
    b"icbm": Label.PLACE,
}


def scrub(content: bytes) -> Scrubbed:
    """The page without those tags, and with its embedded images scrubbed."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Scrubbed(content)
    traces: list[Trace] = []

    def kept(found: re.Match[bytes]) -> bytes:
        name = NAME.search(found[0])
        label = LABELS.get(name[1].lower()) if name else None
        if label is None:
            return found[0]
        told = CONTENT.search(found[0])
        traces.append(trace(label, next(filter(None, told.groups()), b"") if told else b""))
        return b""

    embedded = scrub_embedded(META.sub(kept, content))
    return Scrubbed(embedded.content, distinct([*traces, *embedded.traces]))
