"""Every accepted upload as a list of files to store and serve, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from submissions.intake.archive.contents import CHUNK, MemberStream, chunks
from submissions.intake.archive.directory import read_members
from submissions.intake.kinds import bundle, static_site
from submissions.intake.limits import Limits
from submissions.intake.media_types import media_type
from submissions.intake.upload import Upload

ARCHIVES = tuple(suffix for each in static_site.FORMATS for suffix in each.suffixes)


@dataclass(frozen=True)
class PublicFile:
    """A file to publish. `path` is relative, with "/" and composed accents; `stream` is open until the next file."""

    path: str
    media_type: str
    stream: BinaryIO


def public_files(path: Path, kind: str, name: str, limits: Limits = Limits()) -> Iterator[PublicFile]:
    """The files of an upload of this kind, for a report that accepted it; the paths hold its entry point."""
    upload = Upload(path, name, limits)
    if upload.suffix in ARCHIVES:
        yield from unpack(path, name, limits, is_bundle=kind != static_site.KIND)
        return
    public_name = upload.public_name
    with path.open("rb") as file:
        yield PublicFile(public_name, media_type(public_name, lambda: _chunks(path)), file)


def unpack(path: Path, name: str, limits: Limits = Limits(), *, is_bundle: bool = False) -> Iterator[PublicFile]:
    """The files of a site, streamed and counted as they are read; leftovers of systems are left out.

    Of a bundle come the files beside its chart or film, under the paths by which that one names them. Raises Refused,
    here or while a stream is read, when the archive is not what a check accepts.
    """
    with path.open("rb") as archive:
        members = [member for member in read_members(archive, name, limits) if member.is_published]
        named = [(member.path, member) for member in members]
        if is_bundle and (main := bundle.find_main(archive, members, Upload(path, name, limits))):
            named = bundle.files_beside(main, members)
        for public_path, member in named:
            kind = media_type(member.path, lambda member=member: chunks(archive, member))  # type: ignore[misc]
            yield PublicFile(public_path, kind, cast(BinaryIO, MemberStream(archive, member)))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
