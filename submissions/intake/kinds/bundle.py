"""A ZIP without any page, that holds one chart or one film with its files beside it: its data, its captions."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from submissions.intake.archive.contents import chunks
from submissions.intake.archive.directory import Member
from submissions.intake.kinds import vega, video
from submissions.intake.limits import MEGABYTE
from submissions.intake.report import Finding, Refused, refusal
from submissions.intake.upload import Upload

PAGES = (".html", ".htm")
FILMS, SPECIFICATIONS = (".mp4", ".m4v", ".webm"), (".json", ".vl", ".vg")
FORMATS = (*vega.FORMATS, *video.FORMATS)
# A longer JSON document is data.
SPECIFICATION_BYTES = 20 * MEGABYTE


def find_main(file: BinaryIO, members: Sequence[Member], upload: Upload) -> Member | None:
    """The one chart or film of the archive; None when it has a page, nothing to show, or several things."""
    if any(member.path.lower().endswith(PAGES) for member in members):
        return None
    films = [member for member in members if member.path.lower().endswith(FILMS)]
    charts = [member for member in members if _may_be_chart(member) and _is_chart(file, member, upload)]
    found = [*films, *charts]
    return found[0] if len(found) == 1 else None


def files_beside(main: Member, members: Sequence[Member]) -> list[tuple[str, Member]]:
    """The files in the folder of the main one and below, under the paths by which it names them."""
    folder = main.path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    return [(member.path.removeprefix(prefix), member) for member in members if member.path.startswith(prefix)]


def inspect_main(file: BinaryIO, main: Member, members: Sequence[Member], upload: Upload) -> Finding:
    """What its own kind finds in it. Raises Refused as for a file sent by itself."""
    with _unpacked(file, main, upload) as inner:
        found = next((one for one in FORMATS if inner.suffix in one.suffixes and one.recognise(inner)), None)
        if found is None or found.inspect is None:
            raise refusal("type-mismatch", item=main.path, expected="MP4, WebM, Vega")
        finding = found.inspect(inner)
    beside = files_beside(main, members)
    entry_point = main.path.rpartition("/")[2]
    return Finding(entry_point, len(beside), finding.external_hosts, found.kind, finding.facts)


def _may_be_chart(member: Member) -> bool:
    return member.path.lower().endswith(SPECIFICATIONS) and member.size <= SPECIFICATION_BYTES


def _is_chart(file: BinaryIO, member: Member, upload: Upload) -> bool:
    """Whether it is a specification. Data that no browser reads as JSON is not one, and no fault here."""
    with _unpacked(file, member, upload) as inner, suppress(Refused):
        return vega.is_vega_lite(inner) or vega.is_vega(inner)
    return False


@contextmanager
def _unpacked(file: BinaryIO, member: Member, upload: Upload) -> Iterator[Upload]:
    with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        path = Path(folder, "file")
        with path.open("wb") as target:
            for piece in chunks(file, member):
                target.write(piece)
        yield Upload(path, member.path, upload.limits)
