"""Every accepted upload as a list of files to store and serve, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from submissions.intake.archive.contents import CHUNK, MemberStream, chunks
from submissions.intake.archive.directory import read_members
from submissions.intake.kinds import static_site
from submissions.intake.limits import Limits
from submissions.intake.media_types import media_type
from submissions.intake.upload import Upload


@dataclass(frozen=True)
class PublicFile:
    """A file to publish. `path` is relative, with "/" and composed accents; `stream` is open until the next file."""

    path: str
    media_type: str
    stream: BinaryIO


def public_files(path: Path, kind: str, name: str, limits: Limits = Limits()) -> Iterator[PublicFile]:
    """The files of an upload of this kind, for a report that accepted it; the paths hold its entry point."""
    if kind == static_site.KIND:
        yield from unpack(path, name, limits)
        return
    public_name = Upload(path, name, limits).public_name
    with path.open("rb") as file:
        yield PublicFile(public_name, media_type(public_name, lambda: _chunks(path)), file)


def unpack(path: Path, name: str, limits: Limits = Limits()) -> Iterator[PublicFile]:
    """The files of a site, streamed and counted as they are read; leftovers of systems are left out.

    Raises Refused, here or while a stream is read, when the archive is not what a check accepts.
    """
    with path.open("rb") as archive:
        for member in read_members(archive, name, limits):
            if member.is_published:
                kind = media_type(member.path, lambda member=member: chunks(archive, member))  # type: ignore[misc]
                yield PublicFile(member.path, kind, cast(BinaryIO, MemberStream(archive, member)))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
