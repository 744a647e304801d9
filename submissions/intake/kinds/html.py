"""A single HTML page that carries everything it needs."""

import re

from submissions.intake.charset import BYTE_ORDER_MARKS, decode
from submissions.intake.external import external_hosts
from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "html"
LEADING = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>]*>)*", re.IGNORECASE | re.DOTALL)
FIRST_TAG = re.compile(r"<([a-z][a-z0-9-]*)[\s/>]", re.IGNORECASE)
COMMON_TAGS = (
    "html head body title base meta link style script noscript template main header footer nav section article aside "
    "div span p a h1 h2 h3 h4 h5 h6 ul ol dl table form figure picture img canvas video audio iframe center b i em "
    "strong blockquote pre details hr br font button input label li dt dd abbr address cite code del ins dfn kbd mark "
    "q s samp small sub sup time u var wbr caption col colgroup tbody td tfoot th thead tr area map audio embed object "
    "param picture source track math datalist fieldset form legend meter optgroup option output progress select "
    "textarea dialog summary slot search hgroup menu data frameset frame marquee"
)
ELEMENTS = frozenset(COMMON_TAGS.split())


def inspect(upload: Upload) -> Finding:
    """Find what the page loads from elsewhere; browsers read any HTML, so that nothing else can be wrong."""
    if not upload.text.strip():
        raise refusal("empty.page", item=upload.name)
    hosts = external_hosts(upload.public_name, upload.text)
    return Finding(entry_point=upload.public_name, external_hosts=tuple(sorted(hosts)))


def is_blank(upload: Upload) -> bool:
    """Whether a page has nothing but blanks, comments and declarations."""
    found = LEADING.match(upload.text)
    return found is not None and found.end() == len(upload.text)


def is_page(head: bytes) -> bool:
    """Whether a file that begins so is text whose first tag is one of HTML."""
    if b"\0" in head and not head.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        return False
    text = decode(head)
    tag = FIRST_TAG.match(text, LEADING.match(text).end())  # type: ignore[union-attr]
    # A name with a hyphen is an element that a script defines.
    return bool(tag and (tag[1].lower() in ELEMENTS or "-" in tag[1]))


FORMATS = (Format("HTML", KIND, (".html", ".htm"), lambda upload: is_page(upload.head), inspect),)
