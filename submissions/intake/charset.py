"""The character set of a text file, so that accents come out right even when the page does not declare it."""

import codecs
import re
from collections.abc import Iterable

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|^@charset "([\w-]+)";""", re.IGNORECASE)
# Only sets that both browsers and Python know as text: a page must not choose one of Python's other codecs.
KNOWN = re.compile(
    r"windows-125[0-8]|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|gbk|gb18030|gb2312|big5|euc-jp|euc-kr|shift_jis|macintosh"
)
READ_AS_WINDOWS = ("iso-8859-1", "latin1", "us-ascii", "ascii")
# Where browsers look for a declaration.
DECLARATION_BYTES = 1024


def detect_charset(chunks: Iterable[bytes]) -> str:
    """The set of the text in `chunks`: byte order mark, declaration, UTF-8 when valid, else windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream = iter(chunks)
    head = next(stream, b"")
    known = _marked(head) or _declared(head[:DECLARATION_BYTES])
    if known:
        return known
    try:
        decoder.decode(head)
        for chunk in stream:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def decode(content: bytes) -> str:
    """The text of a whole file, unreadable bytes replaced."""
    return content.decode(_python_name(detect_charset([content])), errors="replace").removeprefix("\ufeff")


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def _declared(head: bytes) -> str | None:
    declaration = DECLARED.search(head)
    if not declaration:
        return None
    name = (declaration[1] or declaration[2]).decode("ascii", errors="replace").lower()
    if name in READ_AS_WINDOWS:
        return "windows-1252"
    if name.startswith("utf"):
        return "utf-8"
    return name if KNOWN.fullmatch(name) else None


def _python_name(charset: str) -> str:
    return {"windows-1252": "cp1252", "macintosh": "mac-roman"}.get(charset, charset)
