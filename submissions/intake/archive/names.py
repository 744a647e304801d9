"""Names inside an archive: their text, whether they stay inside the folder, and whether they can be stored anywhere."""

import re
import struct
import unicodedata
import zlib

from hackaviz.kernel.unseen import has_unseen
from submissions.intake.report import Reason, reason, refusal

COMPONENT_BYTES = 255
PATH_BYTES = 1024
DEPTH = 40
UTF8_FLAG = 0x800
UNICODE_PATH_FIELD = 0x7075
DRIVE = re.compile(r"[A-Za-z]:")
BREAKS = re.compile(r"[\t\r\n]")
REFUSED_BY_WINDOWS = re.compile(r'[<>:"|?*]|[ .]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)', re.IGNORECASE)
# macOS calls the picture that a person gave to a folder "Icon" and a carriage return.
LEFT_OUT = ("__macosx", "thumbs.db", "desktop.ini", "icon\r")


def decode_name(raw: bytes, flags: int, extra: bytes) -> str:
    """The text of a name. Raises Refused when it claims UTF-8 and is not.

    macOS writes UTF-8 without the flag, older Windows the code page of its command line: 850 in western Europe, which
    has every accented letter of the 437 that the format names, at the same places.
    """
    try:
        return _unicode_path(raw, extra) or raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp850")
        if flags & UTF8_FLAG:
            raise refusal("malformed.name", item=text) from None
        return text


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    """The name that Info-ZIP keeps beside a name in an old code page, when it belongs to this one."""
    position = 0
    while position + 4 <= len(extra):
        field, size = struct.unpack_from("<HH", extra, position)
        content = extra[position + 4 : position + 4 + size]
        if field == UNICODE_PATH_FIELD and len(content) > 5:
            of_this_name = struct.unpack_from("<I", content, 1)[0] == zlib.crc32(raw)
            return content[5:].decode("utf-8") if of_this_name else None
        position += 4 + size
    return None


def clean_path(name: str) -> str:
    """The path to publish, in composed accents and without empty or "." parts; a folder ends with "/".

    Some programs on Windows write backslashes between folders, which no format allows and everybody understands.
    """
    parts = [part for part in re.split(r"[/\\]", unicodedata.normalize("NFC", name)) if part not in ("", ".")]
    return "/".join(parts) + ("/" if name.endswith(("/", "\\")) and parts else "")


def objection(name: str) -> Reason | None:
    """Why a name cannot be accepted, if so. Only a name that leaves the folder is a zip-slip.

    A leftover that stays in the folder may be called anything: it is never stored.
    """
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or DRIVE.match(name) or ".." in parts:
        return reason("zip-slip", item=name)
    if is_left_out(clean_path(name)):
        return None
    if has_unseen(name) or BREAKS.search(name):
        return reason("malformed.hidden-sign", item=name)
    if not name or _too_long(name):
        return reason("malformed.name", item=name)
    if any(REFUSED_BY_WINDOWS.search(part) for part in clean_path(name).split("/")):
        return reason("not-allowed.name", item=name)
    return None


def _too_long(name: str) -> bool:
    parts = clean_path(name).encode().split(b"/")
    return sum(map(len, parts)) > PATH_BYTES or len(parts) > DEPTH or max(map(len, parts)) > COMPONENT_BYTES


def is_left_out(path: str) -> bool:
    """Whether a file is a leftover of a system or hidden (.git, .env, .DS_Store), and is not published."""
    return any(part.startswith(".") or part.lower() in LEFT_OUT for part in path.split("/") if part)


def clashes(paths: list[str]) -> list[Reason]:
    """Files that would replace each other: of equal names but for capitals, or one where a folder is."""
    found: list[Reason] = []
    taken: dict[str, str] = {}
    for path in paths:
        key = _comparable(path)
        if key in taken:
            sentence = "malformed.duplicate" if taken[key] == path else "not-allowed.clash"
            found.append(reason(sentence, item=path, other=taken[key]))
        taken[key] = path
    for path in paths:
        parts = _comparable(path).split("/")
        if any("/".join(parts[:depth]) in taken for depth in range(1, len(parts))):
            found.append(reason("malformed.duplicate", item=path))
    return found


def _comparable(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())
